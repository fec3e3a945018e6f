//! From the server into the phone: whole or not at all.

use deskset_files::backup::{BackupFile, DroppedWhy, UserData};
use deskset_models::{BootText, FileName, since};

use super::{Phone, Running};
use crate::{
    BackupReason, EventKind, Output, Record, StoredUser, Transfer,
    limits::{ERROR_SHOWN, RESULT_SHOWN},
    phone::{Stage, cut},
};

/// What a retrieval brought, told once it is kept.
#[derive(Debug)]
pub(super) struct Report {
    pub(super) file: FileName,
    pub(super) by_hand: bool,
    bytes: usize,
    rows: usize,
    dials: usize,
    dropped: usize,
}

impl Phone {
    /// After login: retrieves if the release does that, the administrator wants it and there is a server.
    pub(crate) fn retrieve_at_login(&mut self) {
        let rules = self.setup.model.under(self.setup.signaling);
        let able = rules.is_some_and(|rules| rules.has(since::RETRIEVE_AT_LOGIN, self.release()));
        let administered = self.administered();
        let wanted = able && administered.restores() && !administered.blocks_everything();
        if wanted && !matches!(self.account(), Err(BackupReason::NoServer)) {
            self.retrieve(false);
        } else {
            self.ready();
        }
    }

    /// Retrieve, in the Backup/Restore menu.
    pub(crate) fn retrieve_by_hand(&mut self) {
        if !self.in_use() || self.pipeline.running.is_some() {
            return self.refuse("retrieve", "the phone is busy, or nobody uses it");
        }
        if self.administered().blocks_everything() {
            return self.refuse("retrieve", "OPSTAT is 000: retrieving has no effect");
        }
        self.retrieve(true);
    }

    fn retrieve(&mut self, by_hand: bool) {
        let (account, file) = match (self.account(), self.backup_name()) {
            (Ok(account), Ok(file)) => (account, file),
            (Err(reason), _) => {
                let words = match reason {
                    BackupReason::NoServer => "no FTP server is set",
                    _ => "the FTP user name has no password",
                };
                return self.not_retrieved(None, by_hand, reason, words);
            }
            (_, Err(reason)) => {
                return self.not_retrieved(None, by_hand, reason, "the plugin gave no file name");
            }
        };
        let wish = self.new_wish();
        self.notify(BootText::RetrievalRunning, None);
        self.event(EventKind::Retrieving { file: file.clone(), server: account.to_string() });
        self.out(Output::Retrieve(Transfer { wish, account, file: file.clone() }));
        self.pipeline.running = Some(Running::Retrieve { wish, file, by_hand });
    }

    /// The file is here. What is to hold is made apart and kept; only then does anything change.
    pub(super) fn retrieved(&mut self, file: FileName, by_hand: bool, bytes: &[u8]) {
        let setup = self.setup.clone();
        let read = match BackupFile::read(bytes, &setup.model, setup.signaling) {
            Ok(read) => read,
            Err(why) => return self.not_retrieved(Some(file), by_hand, BackupReason::Empty, &why.to_string()),
        };
        for dropped in &read.dropped {
            if let DroppedWhy::Plugin(why) = &dropped.why {
                self.event(EventKind::HookFailed(why.clone()));
            }
        }
        let Some(user) = &self.user else { return };
        let Some(extension) = user.extension.clone() else { return };
        let administered = self.administered();
        let dropped = read.dropped.len();
        let rows = read.data.options.keys();
        let table = &setup.model.tables().options;
        let taken = rows.filter(|name| table.find(name).is_some_and(|(_, row)| administered.allows(row))).count();
        let dials = if administered.dials_may_change() { read.data.speed_dials.len() } else { 0 };
        let mut data = read.adopt(
            &user.data,
            |row| administered.allows(row),
            administered.dials_may_change(),
            administered.labels_may_change(),
            &setup.model,
        );
        self.leave_administered_values(&mut data);
        let report = Report { file, by_hand, bytes: bytes.len(), rows: taken, dials, dropped };
        let wish = self.new_wish();
        let stored = Some(StoredUser { data: data.clone(), dirty: false });
        self.out(Output::Keep(wish, Record::User { extension, stored }));
        self.pipeline.running = Some(Running::KeepRetrieved { wish, data, report });
    }

    /// A row whose value is just what the administrator set is not the user's own choice: it goes on following the
    /// administrator, so that moving the FTP server moves its users.
    fn leave_administered_values(&self, data: &mut UserData) {
        for (_, row) in self.setup.model.tables().options.rows_on(self.setup.signaling) {
            let administered = row.default_from.as_ref().is_some_and(|name| self.parameters.get(name).is_some());
            let same = data.options.get(&row.name).is_some_and(|own| own == self.value_without_user(row));
            if administered && same {
                data.options.remove(&row.name);
            }
        }
    }

    pub(super) fn retrieved_kept(&mut self, data: UserData, report: Report) {
        if let Some(user) = &mut self.user {
            user.data = data;
            user.dirty = false;
            user.draft = None;
            self.remember_user();
        }
        self.pipeline.saved = true;
        self.notify(BootText::RetrievalDone, Some(self.now.after(RESULT_SHOWN)));
        let Report { file, bytes, rows, dials, dropped, .. } = report;
        self.event(EventKind::Retrieved { file, bytes, rows, dials, dropped });
        self.after_retrieval();
    }

    pub(super) fn not_retrieved(&mut self, file: Option<FileName>, by_hand: bool, reason: BackupReason, words: &str) {
        match (reason, file) {
            (BackupReason::NoFile, Some(file)) if !by_hand => {
                self.notice = None;
                self.event(EventKind::NothingToRetrieve { file });
            }
            (reason, file) => {
                let text =
                    if reason == BackupReason::NoServer { BootText::NoFtpServer } else { BootText::RetrievalFailed };
                self.notify(text, Some(self.now.after(ERROR_SHOWN)));
                self.event(EventKind::NotRetrieved { file, reason, words: cut(words) });
            }
        }
        self.after_retrieval();
    }

    fn after_retrieval(&mut self) {
        if matches!(self.stage, Stage::Arriving) {
            self.ready();
        }
        self.settle();
    }
}
