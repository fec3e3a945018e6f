//! From the server into the phone: whole or not at all.

use std::sync::Arc;

use deskset_files::backup::{BackupFile, DroppedWhy, UserData};
use deskset_models::{BootText, FileName, since};

use super::{Phone, Running};
use crate::{BackupReason, EventKind, Output, Record, StoredUser, Transfer, phone::cut};

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
        if self.retrieves_at_login() && !matches!(self.place(), Err(BackupReason::NoServer)) {
            self.retrieve(false);
        }
    }

    /// Whether the release retrieves by itself, and the administrator lets it.
    pub(super) fn retrieves_at_login(&self) -> bool {
        let rules = self.setup.model.under(self.setup.signaling);
        let able = rules.is_some_and(|rules| rules.has(since::RETRIEVE_AT_LOGIN, self.release()));
        let administered = self.administered();
        able && administered.restores() && !administered.blocks_everything()
    }

    /// Retrieve, in the Backup/Restore menu. While an edit screen is open it waits.
    pub(crate) fn retrieve_by_hand(&mut self) {
        if !self.in_use() || self.pipeline.running.is_some() {
            return self.refuse("retrieve", "the phone is busy, or nobody uses it");
        }
        if self.administered().blocks_everything() {
            self.note_retrieval(Err(BackupReason::Blocked));
            return self.refuse("retrieve", "OPSTAT is 000: retrieving has no effect");
        }
        self.pipeline.retrieve_later = true;
        self.retrieve_if_it_waits();
    }

    /// Nothing runs: the retrieval that was asked for, unless an edit screen is open.
    pub(super) fn retrieve_if_it_waits(&mut self) {
        let editing = self.user.as_ref().is_some_and(|user| user.editing);
        if self.pipeline.retrieve_later && self.pipeline.running.is_none() && !editing {
            self.pipeline.retrieve_later = false;
            self.retrieve(true);
        }
    }

    fn retrieve(&mut self, by_hand: bool) {
        let (place, file) = match self.where_to() {
            Ok(found) => found,
            Err((reason, words)) => return self.not_retrieved(None, by_hand, reason, words),
        };
        let wish = self.new_wish();
        self.notify_running(BootText::RetrievalRunning);
        self.event(EventKind::Retrieving { file: file.clone(), protocol: place.protocol(), server: place.to_string() });
        self.out(Output::Retrieve(Transfer { wish, place, file: file.clone() }));
        self.pipeline.runs(Running::Retrieve { wish, file, by_hand });
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
            user.data(),
            |row| administered.allows(row),
            administered.dials_may_change(),
            administered.labels_may_change(),
            &setup.model,
        );
        self.leave_administered_values(&mut data);
        let report = Report { file, by_hand, bytes: bytes.len(), rows: taken, dials, dropped };
        let wish = self.new_wish();
        let data = Arc::new(data);
        let stored = Some(StoredUser { data: data.clone(), dirty: false });
        self.out(Output::Keep(wish, Record::User { extension, stored }));
        self.pipeline.runs(Running::KeepRetrieved { wish, data, report });
    }

    /// A row whose value is just what the administrator set is not the user's own choice: it goes on following the
    /// administrator, so that moving the FTP server moves its users. What the user may not change stays as it was.
    fn leave_administered_values(&self, data: &mut UserData) {
        for (_, row) in self.setup.model.tables().options.rows_on(self.setup.signaling) {
            let administered = row.default_from.as_ref().is_some_and(|name| self.parameters.get(name).is_some());
            let is_same = |value: Option<&String>| value.is_some_and(|value| value == self.value_without_user(row));
            if administered && is_same(data.options.get(&row.name)) && self.administered().allows(row) {
                data.options.remove(&row.name);
            }
            if administered && is_same(data.carried.get(&row.name)) {
                data.carried.remove(&row.name);
            }
        }
    }

    pub(super) fn retrieved_kept(&mut self, data: Arc<UserData>, report: Report) {
        if let Some(user) = &mut self.user {
            user.hold(data);
            user.dirty = false;
            user.draft = None;
            self.remember_user();
        }
        self.pipeline.saved = true;
        self.note_retrieval(Ok(()));
        // The rule has one time for both ways.
        self.notify_done(BootText::RetrievalDone, false);
        let Report { file, bytes, rows, dials, dropped, .. } = report;
        self.event(EventKind::Retrieved { file, bytes, rows, dials, dropped });
        self.settle();
    }

    pub(super) fn not_retrieved(&mut self, file: Option<FileName>, by_hand: bool, reason: BackupReason, words: &str) {
        self.note_retrieval(Err(reason));
        match (reason, file) {
            (BackupReason::NoFile, Some(file)) if !by_hand => {
                self.notice = None;
                self.event(EventKind::NothingToRetrieve { file });
            }
            (reason, file) => {
                let text =
                    if reason == BackupReason::NoServer { BootText::NoFtpServer } else { BootText::RetrievalFailed };
                self.notify_failed(text);
                self.event(EventKind::NotRetrieved { file, reason, words: cut(words) });
            }
        }
        self.settle();
    }
}
