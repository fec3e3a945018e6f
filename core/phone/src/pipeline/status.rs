use crate::{BackupReason, Phone, Time, limits::USERS_KEPT_MAX};

/// What the Backup/Restore status screen tells a user.
///
/// It belongs to the extension: it outlives a logoff, not a restart, and nobody else sees it (project rule; user
/// guides, "Verifying Backup/Retrieval Status").
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct BackupStatus {
    /// The last backup.
    pub backup: Option<LastTransfer>,
    /// The last retrieval.
    pub retrieval: Option<LastTransfer>,
}

/// When a transfer ended, and how.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LastTransfer {
    /// When.
    pub at: Time,
    /// Well, or why not; see [`BackupReason::code`].
    pub result: Result<(), BackupReason>,
}

impl Phone {
    /// What became of the last transfers of who is logged in.
    pub fn backup_status(&self) -> BackupStatus {
        let extension = self.user.as_ref().and_then(|user| user.extension.as_ref());
        let mut known = self.statuses.iter();
        let found = extension.and_then(|extension| known.find(|(other, _)| other == extension));
        found.map(|(_, status)| *status).unwrap_or_default()
    }

    pub(super) fn note_backup(&mut self, result: Result<(), BackupReason>) {
        let last = Some(LastTransfer { at: self.now, result });
        self.note(|status| status.backup = last);
    }

    pub(super) fn note_retrieval(&mut self, result: Result<(), BackupReason>) {
        let last = Some(LastTransfer { at: self.now, result });
        self.note(|status| status.retrieval = last);
    }

    fn note(&mut self, change: impl FnOnce(&mut BackupStatus)) {
        let Some(extension) = self.user.as_ref().and_then(|user| user.extension.clone()) else { return };
        if let Some((_, status)) = self.statuses.iter_mut().find(|(other, _)| *other == extension) {
            return change(status);
        }
        if self.statuses.len() >= USERS_KEPT_MAX {
            self.statuses.remove(0);
        }
        let mut status = BackupStatus::default();
        change(&mut status);
        self.statuses.push((extension, status));
    }
}
