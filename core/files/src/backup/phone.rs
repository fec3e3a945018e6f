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
    /// Each model under every signaling that it has software for.
    pub fn all_of(models: impl IntoIterator<Item = &'m Model>) -> Vec<BackupPhone<'m>> {
        let each = |model| Signaling::ALL.into_iter().map(move |signaling| BackupPhone { model, signaling });
        models.into_iter().flat_map(each).filter(BackupPhone::is_sold).collect()
    }

    /// The one of `phones` that knows most rows of a file: models that share a file differ in what they have. Of a
    /// model under both signalings the first: H.323, if nothing tells which.
    pub fn knowing_most(phones: impl IntoIterator<Item = BackupPhone<'m>>) -> Option<BackupPhone<'m>> {
        let rows = |phone: &BackupPhone<'_>| phone.model.tables().options.rows_on(phone.signaling).count();
        phones.into_iter().reduce(|most, phone| {
            if most.model.name() != phone.model.name() && rows(&phone) > rows(&most) { phone } else { most }
        })
    }

    /// Whether there is software for it.
    pub fn is_sold(&self) -> bool {
        self.model.under(self.signaling).is_some_and(|rules| !rules.releases.is_empty())
    }

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

/// The name that tells whose file it is: without what a kept file has at its end (`.old`, `.old.2`, or `.~1~` on our
/// FTP server).
pub fn base_name(name: &str) -> &str {
    let kept = [".old", ".~"].into_iter().find_map(|mark| name.rsplit_once(mark));
    match kept {
        Some((before, number)) if number.trim_matches(['.', '~']).bytes().all(|byte| byte.is_ascii_digit()) => before,
        _ => name,
    }
}
