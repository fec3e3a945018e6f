//! From the Save key to the server.

use std::sync::Arc;

use deskset_files::backup::{UserData, write};
use deskset_models::{BootText, FileName};

use super::{Phone, Running};
use crate::{BackupReason, EventKind, Output, Record, StoredUser, Transfer, phone::cut};

impl Phone {
    /// The Save key: what was edited goes into memory, then, if that is administered, the whole file to the server.
    pub(crate) fn save(&mut self) {
        if !self.in_use() {
            return self.refuse("save", "nobody uses the phone now");
        }
        if self.pipeline.retrieves() {
            return self.refuse("save", "data are being retrieved; try again after the result");
        }
        let Some(user) = &mut self.user else { return };
        let data = match user.draft.take() {
            Some(draft) => *draft,
            None => self.pipeline.newest().unwrap_or(user.data()).clone(),
        };
        match self.pipeline.running {
            // What is edited from now on needs a Save of its own.
            Some(_) => self.pipeline.again = Some(Box::new(data)),
            None => self.keep(data),
        }
        self.end_edit();
    }

    /// Backup, in the Backup/Restore menu.
    pub(crate) fn back_up_by_hand(&mut self) {
        let named = self.user.as_ref().is_some_and(|user| user.extension.is_some());
        if !self.in_use() || !named {
            return self.refuse("backup", "nobody uses the phone under a name now");
        }
        if !self.administered().shows_second_screen() {
            return self.refuse("backup", "the administrator does not show Backup/Restore (OPSTAT)");
        }
        if self.backs_up_by_itself() {
            return self.refuse("backup", "every Save is followed by a backup; switch Automatic Backup off first");
        }
        if self.pipeline.running.is_some() {
            return self.refuse("backup", "a transfer is running; try again after its result");
        }
        self.back_up(true);
    }

    pub(super) fn keep(&mut self, data: UserData) {
        let Some(user) = &mut self.user else { return };
        let Some(extension) = user.extension.clone() else {
            // Without a name nothing outlives the session.
            user.hold(data.into());
            return;
        };
        let (wish, data) = (self.new_wish(), Arc::new(data));
        let stored = Some(StoredUser { data: data.clone(), dirty: true });
        self.out(Output::Keep(wish, Record::User { extension, stored }));
        self.pipeline.runs(Running::Keep { wish, data });
    }

    pub(super) fn save_kept(&mut self, data: Arc<UserData>) {
        if let Some(user) = &mut self.user {
            user.hold(data);
            user.dirty = true;
            self.remember_user();
        }
        if self.pipeline.again.is_some() { self.settle() } else { self.start_backup() }
    }

    /// What was edited is not lost: another Save tries again.
    pub(super) fn save_not_kept(&mut self, data: Arc<UserData>, words: &str) {
        if let Some(user) = &mut self.user {
            user.draft.get_or_insert_with(|| Box::new(Arc::unwrap_or_clone(data)));
        }
        self.not_stored(None, false, BackupReason::Local, words);
    }

    /// What the carrier has kept of the user, in the phone's own picture of its memory.
    pub(super) fn remember_user(&mut self) {
        let Some(user) = &self.user else { return };
        if let Some(extension) = user.extension.clone() {
            let stored = Some(user.stored());
            self.remember(extension, stored);
        }
    }

    /// A backup of everything, if the administrator and the user want one.
    pub(super) fn start_backup(&mut self) {
        if !self.backs_up_by_itself() {
            self.event(EventKind::NoBackup { why: "automatic backup is off" });
            return self.settle();
        }
        if matches!(self.place(), Err(BackupReason::NoServer)) {
            self.event(EventKind::NoBackup { why: "no FTP server is set" });
            return self.settle();
        }
        self.back_up(false);
    }

    fn back_up(&mut self, by_hand: bool) {
        let (place, file) = match self.where_to() {
            Ok(found) => found,
            Err((reason, words)) => return self.not_stored(None, by_hand, reason, words),
        };
        let Some(user) = &self.user else { return };
        let options = &self.setup.model.tables().options;
        let value_of = |name: &str| options.find(name).map_or("", |(_, row)| self.option_value(row)).to_owned();
        let bytes = write(user.data(), &self.setup.model, self.setup.signaling, value_of);
        let size = bytes.len();
        let wish = self.new_wish();
        self.notify_running(BootText::BackupRunning);
        self.event(EventKind::Saving { file: file.clone(), protocol: place.protocol(), server: place.to_string() });
        self.out(Output::Store(Transfer { wish, place, file: file.clone() }, bytes.into()));
        self.pipeline.runs(Running::Store { wish, file, bytes: size, by_hand });
    }

    pub(super) fn stored(&mut self, file: FileName, bytes: usize, by_hand: bool) {
        self.pipeline.saved = true;
        self.note_backup(Ok(()));
        self.notify_done(BootText::BackupDone, by_hand);
        self.event(EventKind::Saved { file, bytes });
        if self.pipeline.again.is_some() {
            return self.settle();
        }
        let Some(user) = &mut self.user else { return };
        user.dirty = false;
        let stored = Some(user.stored());
        let Some(extension) = user.extension.clone() else { return };
        self.remember_user();
        let wish = self.new_wish();
        self.out(Output::Keep(wish, Record::User { extension, stored }));
        self.pipeline.runs(Running::KeepClean { wish });
    }

    pub(super) fn not_stored(&mut self, file: Option<FileName>, by_hand: bool, reason: BackupReason, words: &str) {
        self.pipeline.saved = false;
        self.note_backup(Err(reason));
        let no_server = by_hand && reason == BackupReason::NoServer;
        self.notify_failed(if no_server { BootText::NoFtpServer } else { BootText::BackupFailed });
        self.event(EventKind::NotSaved { file, reason, words: cut(words) });
        self.settle();
    }
}
