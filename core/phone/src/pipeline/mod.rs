//! Save and retrieve.
//!
//! One thing at a time: a record on its way into memory, a file on its way to or from the server. A Save during a
//! running backup starts one more when it ends.
//!
//! Source: LAN Administrator Guide 555-233-507, Backup/Restore; user guides, "Automatic Backup/Retrieval Feature".

mod clear;
mod edit;
mod leave;
mod place;
mod retrieve;
mod save;
mod status;

use std::sync::Arc;

use deskset_files::backup::UserData;
use deskset_models::{Extension, FileName, Secret};

pub(crate) use edit::Buttons;
pub use status::{BackupStatus, LastTransfer};

use crate::{
    BackupReason, EventKind, Input, Phone, Record, StoredUser, WishId,
    phone::Stage,
    rare::{Rarely as _, rarely},
};

/// Who is at the phone, and what is theirs.
#[derive(Debug)]
pub(crate) struct User {
    /// `None`: registered without a name; nothing is saved or retrieved then.
    pub(crate) extension: Option<Extension>,
    /// What holds, unless that is nothing.
    data: Option<Arc<UserData>>,
    /// What has been edited and not yet saved.
    pub(crate) draft: Option<Box<UserData>>,
    /// An edit screen is open.
    pub(crate) editing: bool,
    /// Kept on the phone, but not yet on the server.
    pub(crate) dirty: bool,
    /// The FTP password the user typed; gone at logoff.
    pub(crate) ftp_password: Secret,
}

rarely!(UserData);

impl User {
    pub(crate) fn unnamed() -> Self {
        let ftp_password = Secret::default();
        User { extension: None, data: None, draft: None, editing: false, dirty: false, ftp_password }
    }

    pub(crate) fn named(extension: Extension, stored: StoredUser) -> Self {
        let mut user = User { extension: Some(extension), dirty: stored.dirty, ..User::unnamed() };
        user.hold(stored.data);
        user
    }

    /// What holds.
    pub(crate) fn data(&self) -> &UserData {
        self.data.as_deref().unwrap_or_else(|| UserData::nothing())
    }

    fn hold(&mut self, data: Arc<UserData>) {
        self.data = (!data.is_nothing()).then_some(data);
    }

    /// What is to be kept of it.
    fn stored(&self) -> StoredUser {
        StoredUser { data: self.data.clone().unwrap_or_default(), dirty: self.dirty }
    }
}

/// The running transfer, and what is to follow it.
#[derive(Debug, Default)]
pub(crate) struct Pipeline {
    running: Option<Box<Running>>,
    /// What a Save during a running transfer wants kept, as soon as nothing runs.
    again: Option<Box<UserData>>,
    /// A retrieval asked for by hand waits for the edit screen to close.
    retrieve_later: bool,
    /// The user leaves as soon as nothing runs.
    leaving: Option<Leaving>,
    /// What was sent last, or retrieved, is on the server.
    saved: bool,
    /// Waits to be kept before everything begins anew. Hardly any phone has one.
    last: Option<Box<Record>>,
}

/// How far a logoff is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Leaving {
    /// What is not yet on the server is to be sent once more.
    Asked,
    /// That has been tried.
    Tried,
}

#[derive(Debug)]
enum Running {
    /// A Save on its way into memory.
    Keep { wish: WishId, data: Arc<UserData> },
    /// The backup file on its way to the server.
    Store { wish: WishId, file: FileName, bytes: usize, by_hand: bool },
    /// The note that the server has everything, on its way into memory.
    KeepClean { wish: WishId },
    /// The backup file on its way here.
    Retrieve { wish: WishId, file: FileName, by_hand: bool },
    /// Retrieved data on its way into memory.
    KeepRetrieved { wish: WishId, data: Arc<UserData>, report: retrieve::Report },
    /// What is left of a user who leaves, on its way into memory.
    KeepLeft { wish: WishId, left: Option<StoredUser> },
    /// The forgotten login.
    KeepNobody { wish: WishId },
    /// What is kept before everything begins anew.
    KeepLast { wish: WishId, record: Record },
}

impl Running {
    fn wish(&self) -> WishId {
        match self {
            Running::Keep { wish, .. }
            | Running::Store { wish, .. }
            | Running::KeepClean { wish }
            | Running::Retrieve { wish, .. }
            | Running::KeepRetrieved { wish, .. }
            | Running::KeepLeft { wish, .. }
            | Running::KeepNobody { wish }
            | Running::KeepLast { wish, .. } => *wish,
        }
    }
}

impl Pipeline {
    pub(crate) fn awaits(&self, wish: WishId) -> bool {
        self.running.as_ref().is_some_and(|running| running.wish() == wish)
    }

    fn runs(&mut self, running: Running) {
        self.running = Some(Box::new(running));
    }

    pub(crate) fn is_idle(&self) -> bool {
        self.running.is_none() && self.again.is_none()
    }

    /// Whether what is retrieved is about to take the place of what the user owns.
    pub(crate) fn retrieves(&self) -> bool {
        matches!(self.running.as_deref(), Some(Running::Retrieve { .. } | Running::KeepRetrieved { .. }))
    }

    /// The newest data that Save was pressed for and that do not hold yet.
    fn newest(&self) -> Option<&UserData> {
        self.again.as_deref().or(match self.running.as_deref() {
            Some(Running::Keep { data, .. }) => Some(data),
            _ => None,
        })
    }
}

impl Phone {
    pub(crate) fn pipeline_input(&mut self, input: Input) {
        let wish = match &input {
            Input::FileArrived { wish, .. }
            | Input::Stored { wish }
            | Input::TransferFailed { wish, .. }
            | Input::Kept { wish }
            | Input::KeepFailed { wish, .. } => *wish,
            _ => return,
        };
        if !self.pipeline.awaits(wish) {
            return;
        }
        let Some(running) = self.pipeline.running.take() else { return };
        if matches!(self.stage, Stage::Clearing) && !matches!(*running, Running::KeepLast { .. }) {
            return self.keep_last();
        }
        match (*running, input) {
            (Running::Keep { data, .. }, Input::Kept { .. }) => self.save_kept(data),
            (Running::Keep { data, .. }, Input::KeepFailed { words, .. }) => self.save_not_kept(data, &words),
            (Running::Store { file, bytes, by_hand, .. }, Input::Stored { .. }) => self.stored(file, bytes, by_hand),
            (Running::Store { file, by_hand, .. }, Input::TransferFailed { reason, words, .. }) => {
                self.not_stored(Some(file), by_hand, reason, &words);
            }
            (Running::KeepClean { .. }, _) => self.settle(),
            (Running::Retrieve { file, by_hand, .. }, Input::FileArrived { bytes, .. }) => {
                self.retrieved(file, by_hand, &bytes);
            }
            (Running::Retrieve { file, by_hand, .. }, Input::TransferFailed { reason, words, .. }) => {
                self.not_retrieved(Some(file), by_hand, reason, &words);
            }
            (Running::KeepRetrieved { data, report, .. }, Input::Kept { .. }) => self.retrieved_kept(data, report),
            (Running::KeepRetrieved { report, .. }, Input::KeepFailed { words, .. }) => {
                self.not_retrieved(Some(report.file), report.by_hand, BackupReason::Local, &words);
            }
            (Running::KeepLeft { left, .. }, _) => self.user_left(left),
            (Running::KeepNobody { .. }, _) => self.nobody_kept(),
            (Running::KeepLast { record, .. }, Input::Kept { .. }) => self.last_kept(record),
            (Running::KeepLast { record, .. }, Input::KeepFailed { words, .. }) => self.last_not_kept(&record, &words),
            // An answer of another kind than was asked for: go on waiting.
            (running, _) => self.pipeline.runs(running),
        }
    }

    /// Nothing runs any more: what was put off is done now.
    pub(crate) fn settle(&mut self) {
        if let Some(data) = self.pipeline.again.take() {
            self.keep(*data);
        } else if self.pipeline.leaving.is_some() {
            self.go_on_leaving();
        } else {
            self.retrieve_if_it_waits();
        }
    }

    /// Takes over into the phone's own picture of its memory what the carrier has kept.
    fn remember(&mut self, extension: Extension, stored: Option<StoredUser>) {
        let victim = stored.as_ref().and_then(|_| self.memory.given_up_for(&extension)).cloned();
        if let Some(victim) = victim.filter(|victim| self.memory.users.get(victim).is_some_and(|user| user.dirty)) {
            self.event(EventKind::GivenUp { extension: victim });
        }
        self.memory.apply(&Record::User { extension, stored });
    }

    /// Whether commands on the user's data make sense now.
    fn in_use(&self) -> bool {
        matches!(self.stage, Stage::Ready) && self.pipeline.leaving.is_none()
    }
}
