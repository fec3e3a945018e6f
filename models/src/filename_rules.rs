use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Extension, FileName, NameError, Signaling};

/// Stands for the extension in the name of a backup file.
pub const EXTENSION_MARK: &str = "{ext}";

/// How a model names the files it asks for.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct FilenameRules {
    /// The first file of every boot.
    pub upgrade_script: String,
    /// The settings files that a script of this series GETs, in that order. Only those who write scripts need them.
    pub settings: Vec<String>,
    /// The user's backup file per signaling, `{ext}` standing for the extension.
    pub backup: BTreeMap<Signaling, String>,
}

impl FilenameRules {
    /// The user's backup file, if the model has one under `signaling`.
    ///
    /// Source: LAN Administrator Guide 555-233-507, Backup/Restore.
    pub fn backup_file(&self, extension: &Extension, signaling: Signaling) -> Option<Result<FileName, NameError>> {
        let pattern = self.backup.get(&signaling)?;
        Some(pattern.replace(EXTENSION_MARK, extension.as_str()).parse())
    }

    /// Whose backup file `name`, in any case, would be under `signaling`.
    pub fn owner(&self, name: &str, signaling: Signaling) -> Option<Extension> {
        let pattern = self.backup.get(&signaling)?.to_ascii_lowercase();
        let (before, after) = pattern.split_once(EXTENSION_MARK)?;
        let name = name.to_ascii_lowercase();
        name.strip_prefix(before)?.strip_suffix(after)?.parse().ok()
    }

    /// Whether `name`, in any case, could be somebody's backup file under these rules.
    pub fn is_backup_file(&self, name: &str) -> bool {
        self.backup.keys().any(|signaling| self.owner(name, *signaling).is_some())
    }
}
