use deskset_models::{Extension, FileName, HookError, Model, Signaling};

use crate::site::newest_release;

/// A kind of phone that backup files are read for.
#[derive(Clone, Copy, Debug)]
pub struct BackupPhone<'m> {
    /// The model.
    pub model: &'m Model,
    /// How it talks to its call server.
    pub signaling: Signaling,
}

impl<'m> BackupPhone<'m> {
    /// The model and signaling, as in `X100 H.323`.
    pub fn kind(&self) -> String {
        format!("{} {}", self.model.name(), self.signaling)
    }

    /// The file of a user, as the newest software names it.
    pub fn file_name(&self, extension: &Extension) -> Result<FileName, HookError> {
        let release = newest_release(self.model, self.signaling).unwrap_or_default();
        self.model.backup_file(extension, self.signaling, release)
    }

    /// Whose file `name`, in any case, is; `None` if no phone of this kind asks for it.
    pub fn owner(&self, name: &str) -> Option<Extension> {
        self.model.tables().files.owner(name, self.signaling)
    }

    /// Whether both ask for files of the same name.
    pub fn shares_files_with(&self, other: &BackupPhone<'_>) -> bool {
        let pattern = |phone: &BackupPhone<'_>| phone.model.tables().files.backup.get(&phone.signaling).cloned();
        pattern(self).is_some() && pattern(self) == pattern(other)
    }
}
