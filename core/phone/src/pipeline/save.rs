//! From the Save key to the server, and what a leaving user leaves behind.

use deskset_files::backup::{UserData, write};
use deskset_models::{BootText, FileName};

use super::{Phone, Running};
use crate::{
    BackupReason, EventKind, Output, Record, StoredUser, Transfer,
    limits::{ERROR_SHOWN, RESULT_SHOWN},
    phone::cut,
};

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
        let newest = self.pipeline.newest().unwrap_or(&user.data);
        let data = user.draft.take().unwrap_or_else(|| newest.clone());
        match self.pipeline.running {
            // What is edited from now on needs a Save of its own.
            Some(_) => self.pipeline.again = Some(data),
            None => self.keep(data),
        }
    }

    pub(super) fn keep(&mut self, data: UserData) {
        let Some(user) = &mut self.user else { return };
        let Some(extension) = user.extension.clone() else {
            // Without a name nothing outlives the session.
            user.data = data;
            return;
        };
        let wish = self.new_wish();
        let stored = Some(StoredUser { data: data.clone(), dirty: true });
        self.out(Output::Keep(wish, Record::User { extension, stored }));
        self.pipeline.running = Some(Running::Keep { wish, data });
    }

    pub(super) fn save_kept(&mut self, data: UserData) {
        if let Some(user) = &mut self.user {
            user.data = data;
            user.dirty = true;
            self.remember_user();
        }
        if self.pipeline.again.is_some() { self.settle() } else { self.start_backup() }
    }

    /// What was edited is not lost: another Save tries again.
    pub(super) fn save_not_kept(&mut self, data: UserData, words: &str) {
        if let Some(user) = &mut self.user {
            user.draft.get_or_insert(data);
        }
        self.not_stored(None, BackupReason::Local, words);
    }

    /// Takes over into the phone's own picture of its memory what the carrier has kept.
    pub(super) fn remember_user(&mut self) {
        let Some(user) = &self.user else { return };
        if let Some(extension) = user.extension.clone() {
            let stored = Some(StoredUser { data: user.data.clone(), dirty: user.dirty });
            self.memory.apply(&Record::User { extension, stored });
        }
    }

    /// A backup of everything, if the administrator and the user want one.
    pub(super) fn start_backup(&mut self) {
        if !self.backs_up_by_itself() {
            self.event(EventKind::NoBackup { why: "automatic backup is off" });
            return self.settle();
        }
        if matches!(self.account(), Err(BackupReason::NoServer)) {
            self.event(EventKind::NoBackup { why: "no FTP server is set" });
            return self.settle();
        }
        let (account, file) = match (self.account(), self.backup_name()) {
            (Ok(account), Ok(file)) => (account, file),
            (Err(reason), _) => return self.not_stored(None, reason, "the FTP user name has no password"),
            (_, Err(reason)) => return self.not_stored(None, reason, "the plugin gave no file name"),
        };
        let Some(user) = &self.user else { return };
        let options = &self.setup.model.tables().options;
        let value_of = |name: &str| options.find(name).map_or("", |(_, row)| self.option_value(row)).to_owned();
        let bytes = write(&user.data, &self.setup.model, self.setup.signaling, value_of);
        let size = bytes.len();
        let wish = self.new_wish();
        self.notify(BootText::BackupRunning, None);
        self.event(EventKind::Saving { file: file.clone(), server: account.to_string() });
        self.out(Output::Store(Transfer { wish, account, file: file.clone() }, bytes.into()));
        self.pipeline.running = Some(Running::Store { wish, file, bytes: size });
    }

    pub(super) fn stored(&mut self, file: FileName, bytes: usize) {
        self.pipeline.saved = true;
        self.notify(BootText::BackupDone, Some(self.now.after(RESULT_SHOWN)));
        self.event(EventKind::Saved { file, bytes });
        if self.pipeline.again.is_some() {
            return self.settle();
        }
        let Some(user) = &mut self.user else { return };
        user.dirty = false;
        let stored = Some(StoredUser { data: user.data.clone(), dirty: false });
        let Some(extension) = user.extension.clone() else { return };
        self.remember_user();
        let wish = self.new_wish();
        self.out(Output::Keep(wish, Record::User { extension, stored }));
        self.pipeline.running = Some(Running::KeepClean { wish });
    }

    pub(super) fn not_stored(&mut self, file: Option<FileName>, reason: BackupReason, words: &str) {
        self.pipeline.saved = false;
        self.notify(BootText::BackupFailed, Some(self.now.after(ERROR_SHOWN)));
        self.event(EventKind::NotSaved { file, reason, words: cut(words) });
        self.settle();
    }

    /// Options, Log Off, Yes. What is not yet on the server is sent there once more.
    pub(crate) fn log_off(&mut self) {
        if self.pipeline.leaving {
            return;
        }
        if !self.in_use() {
            return self.refuse("logoff", "nobody is logged in");
        }
        if !self.administered().may_log_off() {
            return self.refuse("logoff", "the administrator does not let users log off (OPSTAT)");
        }
        self.pipeline.leaving = true;
        let Some(user) = &mut self.user else { return };
        // What was edited without Save is given up.
        user.draft = None;
        let dirty = user.dirty && user.extension.is_some();
        match self.pipeline.running {
            Some(_) => {}
            None if dirty && self.backs_up_by_itself() => self.start_backup(),
            None => self.clear_away(),
        }
    }

    /// Decides what stays of a leaving user (project rule): with a working backup nothing, the next login retrieves it;
    /// without one Speed Dial and labels, for the same extension only.
    pub(super) fn clear_away(&mut self) {
        let safe = self.pipeline.saved && self.user.as_ref().is_some_and(|user| !user.dirty);
        let Some(user) = &self.user else { return };
        let Some(extension) = user.extension.clone() else { return self.forget_login() };
        let left = (!safe).then(|| {
            let data = UserData { options: Default::default(), ..user.data.clone() };
            StoredUser { data, dirty: user.dirty }
        });
        let wish = self.new_wish();
        self.out(Output::Keep(wish, Record::User { extension, stored: left.clone() }));
        self.pipeline.running = Some(Running::KeepLeft { wish, left });
    }

    pub(super) fn user_left(&mut self, left: Option<StoredUser>) {
        if let Some(extension) = self.user.as_ref().and_then(|user| user.extension.clone()) {
            self.memory.apply(&Record::User { extension, stored: left });
        }
        self.forget_login();
    }

    fn forget_login(&mut self) {
        let wish = self.new_wish();
        self.out(Output::Keep(wish, Record::Login(None)));
        self.pipeline.running = Some(Running::KeepNobody { wish });
    }

    pub(super) fn nobody_kept(&mut self) {
        self.memory.login = None;
        self.pipeline = Default::default();
        self.leave();
    }
}
