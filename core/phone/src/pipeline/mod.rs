//! Save and retrieve.
//!
//! One thing at a time: a record on its way into memory, a file on its way to or from the server. A Save during a
//! running backup starts one more when it ends.
//!
//! Source: LAN Administrator Guide 555-233-507, Backup/Restore; user guides, "Automatic Backup/Retrieval Feature".

mod edit;
mod retrieve;
mod save;

use deskset_files::backup::UserData;
use deskset_models::{Extension, FileName, OptionRow, Secret, effects};

use crate::{
    Administered, BackupReason, FtpAccount, Input, Phone, StoredUser, WishId, names, phone::Stage,
    servers::host_and_port,
};

/// Who is at the phone, and what is theirs.
#[derive(Debug)]
pub(crate) struct User {
    /// `None`: registered without a name; nothing is saved or retrieved then.
    pub(crate) extension: Option<Extension>,
    /// What holds.
    pub(crate) data: UserData,
    /// What has been edited and not yet saved.
    pub(crate) draft: Option<UserData>,
    /// Kept on the phone, but not yet on the server.
    pub(crate) dirty: bool,
    /// The FTP password the user typed; gone at logoff.
    pub(crate) ftp_password: Secret,
}

impl User {
    pub(crate) fn unnamed() -> Self {
        User { extension: None, data: UserData::default(), draft: None, dirty: false, ftp_password: Secret::default() }
    }

    pub(crate) fn named(extension: Extension, stored: StoredUser) -> Self {
        User { extension: Some(extension), data: stored.data, dirty: stored.dirty, ..User::unnamed() }
    }
}

/// The running transfer, and what is to follow it.
#[derive(Debug, Default)]
pub(crate) struct Pipeline {
    running: Option<Running>,
    /// What a Save during a running transfer wants kept, as soon as nothing runs.
    again: Option<UserData>,
    /// The user leaves as soon as nothing runs.
    leaving: bool,
    /// Whether the last backup of this session came through.
    saved: bool,
}

#[derive(Debug)]
enum Running {
    /// A Save on its way into memory.
    Keep { wish: WishId, data: UserData },
    /// The backup file on its way to the server.
    Store { wish: WishId, file: FileName, bytes: usize },
    /// The note that the server has everything, on its way into memory.
    KeepClean { wish: WishId },
    /// The backup file on its way here.
    Retrieve { wish: WishId, file: FileName, by_hand: bool },
    /// Retrieved data on its way into memory.
    KeepRetrieved { wish: WishId, data: UserData, report: retrieve::Report },
    /// What is left of a user who leaves, on its way into memory.
    KeepLeft { wish: WishId, left: Option<StoredUser> },
    /// The forgotten login.
    KeepNobody { wish: WishId },
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
            | Running::KeepNobody { wish } => *wish,
        }
    }
}

impl Pipeline {
    pub(crate) fn awaits(&self, wish: WishId) -> bool {
        self.running.as_ref().is_some_and(|running| running.wish() == wish)
    }

    pub(crate) fn is_idle(&self) -> bool {
        self.running.is_none() && self.again.is_none()
    }

    /// Whether what is retrieved is about to take the place of what the user owns.
    fn retrieves(&self) -> bool {
        matches!(self.running, Some(Running::Retrieve { .. } | Running::KeepRetrieved { .. }))
    }

    /// The newest data that Save was pressed for and that do not hold yet.
    fn newest(&self) -> Option<&UserData> {
        self.again.as_ref().or(match &self.running {
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
        match (running, input) {
            (Running::Keep { data, .. }, Input::Kept { .. }) => self.save_kept(data),
            (Running::Keep { data, .. }, Input::KeepFailed { words, .. }) => self.save_not_kept(data, &words),
            (Running::Store { file, bytes, .. }, Input::Stored { .. }) => self.stored(file, bytes),
            (Running::Store { file, .. }, Input::TransferFailed { reason, words, .. }) => {
                self.not_stored(Some(file), reason, &words);
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
            // An answer of another kind than was asked for: go on waiting.
            (running, _) => self.pipeline.running = Some(running),
        }
    }

    /// Nothing runs any more: what was put off is done now.
    pub(crate) fn settle(&mut self) {
        if let Some(data) = self.pipeline.again.take() {
            self.keep(data);
        } else if self.pipeline.leaving {
            self.clear_away();
        }
    }

    pub(crate) fn administered(&self) -> Administered {
        Administered::of(&self.parameters)
    }

    /// What holds for a row: the user's value, else the administered one, else the table's.
    pub(crate) fn option_value<'p>(&'p self, row: &'p OptionRow) -> &'p str {
        let own = self.user.as_ref().and_then(|user| user.data.options.get(&row.name));
        own.map_or_else(|| self.value_without_user(row), String::as_str)
    }

    /// What a row has where no user has set it.
    pub(crate) fn value_without_user<'p>(&'p self, row: &'p OptionRow) -> &'p str {
        let administered = row.default_from.as_ref().map_or("", |name| self.parameters.value(name));
        if !administered.is_empty() && row.values.accepts(administered) { administered } else { &row.default }
    }

    /// The value of the row with this effect, if the model has one and the administrator lets the user's value hold.
    fn effective(&self, effect: &str) -> Option<&str> {
        let row = self.setup.model.tables().options.with_effect(effect, self.setup.signaling)?;
        self.administered().allows(row).then(|| self.option_value(row))
    }

    /// Whether every Save is followed by a backup.
    pub(crate) fn backs_up_by_itself(&self) -> bool {
        let row = self.setup.model.tables().options.with_effect(effects::AUTOMATIC_BACKUP, self.setup.signaling);
        let wanted = row.is_none_or(|row| self.option_value(row) == "1");
        wanted && self.administered().restores()
    }

    /// The address of the FTP server in force, with its directory and name on it.
    ///
    /// The user's own server and directory hold as far as FTPUSERSTAT lets them.
    fn account(&self) -> Result<FtpAccount, BackupReason> {
        let user = self.user.as_ref().ok_or(BackupReason::NoServer)?;
        let extension = user.extension.as_ref().ok_or(BackupReason::NoServer)?;
        let own_or = |effect, parameter| {
            let own = self.effective(effect).filter(|own| !own.is_empty());
            own.unwrap_or_else(|| self.parameters.value(parameter))
        };
        let server = own_or(effects::FTP_SERVER, names::FTPSRVR);
        if server.is_empty() {
            return Err(BackupReason::NoServer);
        }
        let (host, port) = host_and_port(server, FTP_PORT, self.parameters.value(names::DOMAIN));
        let directory = own_or(effects::FTP_DIRECTORY, names::FTPDIR);
        let name = self.effective(effects::FTP_USER).unwrap_or_default();
        if !name.is_empty() && user.ftp_password.is_empty() {
            // Automatic transfers fail at once; asking on the screen is the menu's affair.
            return Err(BackupReason::Login);
        }
        Ok(FtpAccount {
            host,
            port,
            directory: (!directory.is_empty()).then(|| directory.to_owned()),
            user: (!name.is_empty()).then(|| (name.to_owned(), user.ftp_password.clone())),
            anonymous_password: format!("{extension}@"),
        })
    }

    /// The name of the user's backup file, from the plugin.
    fn backup_name(&mut self) -> Result<FileName, BackupReason> {
        let extension = self.user.as_ref().and_then(|user| user.extension.clone()).ok_or(BackupReason::NoServer)?;
        self.setup.model.backup_file(&extension, self.setup.signaling, self.release()).map_err(|why| {
            self.event(crate::EventKind::HookFailed(why));
            BackupReason::Local
        })
    }

    /// Whether commands on the user's data make sense now.
    fn in_use(&self) -> bool {
        matches!(self.stage, Stage::Ready) && !self.pipeline.leaving
    }
}

/// The control port of FTP.
const FTP_PORT: u16 = 21;
