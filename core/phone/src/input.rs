use std::{fmt, sync::Arc};

use deskset_browser::Answer;
use deskset_files::backup::SpeedDial;
use deskset_models::Secret;

use crate::{CallNews, FeatureState, Hook, Key, Login, PushRequest, View, WishId};

/// What a carrier tells a phone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Input {
    /// Power is there.
    PowerOn,
    /// Nothing but that time has passed; to be given when [`crate::Phone::deadline`] is reached.
    Tick,
    /// The carrier tries for the `number`th time to reach the server of a wish.
    Attempt {
        /// Of which wish.
        wish: WishId,
        /// Counted from 1.
        number: u32,
    },
    /// So much of a file has come so far.
    Received {
        /// Of which wish.
        wish: WishId,
        /// In all.
        bytes: u64,
    },
    /// A whole file is here: an answer to `Fetch` or `Retrieve`.
    FileArrived {
        /// Of which wish.
        wish: WishId,
        /// All of it.
        bytes: Arc<[u8]>,
    },
    /// A `Fetch` came to nothing.
    FileFailed {
        /// Of which wish.
        wish: WishId,
        /// What kind of failure.
        reason: FetchReason,
        /// The carrier's sentence.
        words: String,
    },
    /// A `Store` was acknowledged.
    Stored {
        /// Of which wish.
        wish: WishId,
    },
    /// A `Store` or `Retrieve` came to nothing.
    TransferFailed {
        /// Of which wish.
        wish: WishId,
        /// What kind of failure.
        reason: BackupReason,
        /// The carrier's sentence.
        words: String,
    },
    /// The call server took the phone in.
    Registered {
        /// Of which wish.
        wish: WishId,
    },
    /// The call server did not.
    Refused {
        /// Of which wish.
        wish: WishId,
        /// Why.
        why: RefusedWhy,
    },
    /// Another phone has taken the extension over: the call server does not know this one any more.
    PutOut,
    /// A record is in non-volatile memory.
    Kept {
        /// Of which wish.
        wish: WishId,
    },
    /// A record could not be kept.
    KeepFailed {
        /// Of which wish.
        wish: WishId,
        /// The carrier's sentence.
        words: String,
    },
    /// Somebody at the phone, or a script in their place, does something.
    Command(Command),
    /// A key is pressed.
    Key(Key),
    /// The handset is lifted or put back.
    Hook(Hook),
    /// The call server changes a call appearance.
    Call(CallNews),
    /// The call server administers a feature button, or changes its state.
    Feature {
        /// Counted from 1, as downloaded.
        number: u16,
        /// The call server's words; a button without any does nothing.
        label: String,
        /// What it is doing.
        state: FeatureState,
    },
    /// A keyboard types into the field that is open. Without one it is refused, and an event says so.
    Text(String),
    /// A push request came in; [`crate::Output::AnswerPush`] follows at once.
    PushRequest(PushRequest),
    /// The port for push requests could not be opened, or is lost.
    NotListening {
        /// The carrier's sentence.
        words: String,
    },
    /// A web server, or the proxy, answered, with whatever status.
    WebAnswered {
        /// Of which wish.
        wish: WishId,
        /// What of it matters.
        answer: Answer,
    },
    /// There is no answer to a `WebRequest`, or it is too long.
    WebFailed {
        /// Of which wish.
        wish: WishId,
        /// The carrier's sentence.
        words: String,
    },
    /// A pair of ports for a stream is open: an even one for RTP, the next one for RTCP.
    AudioOpened {
        /// Of which wish.
        wish: WishId,
        /// The even one.
        port: u16,
    },
    /// The ports could not be opened, or the stream cannot be heard.
    AudioFailed {
        /// Of which wish.
        wish: WishId,
        /// The carrier's sentence.
        words: String,
    },
    /// How loud the stream is now; to be told a few times a second at most, and only when it changes.
    AudioLevel {
        /// Of which wish.
        wish: WishId,
        /// 0 silence to 100 full scale.
        level: u8,
    },
    /// No packet came for [`crate::PlayAudio::quiet_after`].
    AudioQuiet {
        /// Of which wish.
        wish: WishId,
    },
    /// The stream's server said that it is over (RTCP BYE).
    AudioEnded {
        /// Of which wish.
        wish: WishId,
    },
}

/// What somebody at the phone does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Command {
    /// Extension and password at the prompt; `None`: `#` alone, which registers without a name.
    LogIn(Option<Login>),
    /// Options, Log Off, Yes.
    LogOff,
    /// An option's value on its screen. It holds only after [`Command::Save`].
    SetOption {
        /// The row's name.
        name: String,
        /// As written in files.
        value: String,
    },
    /// A Speed Dial position; `None` deletes. It holds only after [`Command::Save`].
    EditSpeedDial {
        /// Counted from 1.
        position: u16,
        /// Label and number.
        dial: Option<SpeedDial>,
    },
    /// The name of a feature button; empty: the call server's own again. It holds only after [`Command::Save`].
    EditFeatureLabel {
        /// Counted from 1.
        number: u16,
        /// The words.
        label: String,
    },
    /// The name of a button of the expansion unit, as above.
    EditUnitLabel {
        /// Counted from 1.
        number: u16,
        /// The words.
        label: String,
    },
    /// An edit screen opens: a retrieval asked for while it is open waits until it closes.
    BeginEdit,
    /// The edit screen closes; what was edited there waits for Save or Cancel, a retrieval gives it up.
    EndEdit,
    /// The Cancel softkey: what was edited is given up, the edit screen closes.
    Cancel,
    /// The password for the user's name on the FTP server, as typed in the Backup/Restore menu. It is never saved.
    FtpPassword(Secret),
    /// The Save softkey; it closes the edit screen.
    Save,
    /// Backup, in the Backup/Restore menu: there only while backups are not made by themselves.
    Backup,
    /// Retrieve, in the Backup/Restore menu.
    Retrieve,
    /// The keypad's Clear procedure, all questions answered with yes (Installation Guide 555-233-128, "Clear
    /// Procedure").
    Clear,
    /// Shows an application.
    Show(View),
}

/// Why a file did not come.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum FetchReason {
    /// The server's name has no address.
    NameNotFound,
    /// Nobody listens there.
    Refused,
    /// No answer in time.
    Silent,
    /// The server could not prove who it is, or speaks another TLS.
    Tls,
    /// The server has no such file.
    NotFound,
    /// The server does not give it.
    Denied,
    /// An answer that is none.
    Wrong,
    /// The connection broke in the middle.
    Lost,
    /// More than a phone can hold.
    TooLarge,
    /// The carrier itself could not.
    Local,
}

/// Why a save or a retrieval came to nothing.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum BackupReason {
    /// FTPSRVR is empty or its name has no address.
    NoServer,
    /// Refused or timed out.
    Connect,
    /// Name or password not accepted, or a name without a password.
    Login,
    /// The directory is not there.
    Directory,
    /// No such file yet.
    NoFile,
    /// The server does not store it.
    Denied,
    /// No data connection, or it broke.
    Data,
    /// No usable line in the file.
    Empty,
    /// OPSTAT is 0 or 000.
    Blocked,
    /// The file could not be named or kept.
    Local,
}

impl BackupReason {
    /// The code on the status screen and in reports.
    pub fn code(self) -> &'static str {
        match self {
            BackupReason::NoServer => "no-server",
            BackupReason::Connect => "connect",
            BackupReason::Login => "login",
            BackupReason::Directory => "dir",
            BackupReason::NoFile => "no-file",
            BackupReason::Denied => "denied",
            BackupReason::Data => "data",
            BackupReason::Empty => "empty",
            BackupReason::Blocked => "blocked",
            BackupReason::Local => "local",
        }
    }
}

impl fmt::Display for BackupReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Why a call server refuses a registration.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum RefusedWhy {
    /// It does not know the extension.
    UnknownExtension,
    /// The password is wrong.
    WrongPassword,
    /// Another phone has the extension.
    InUse,
    /// It is full or cannot be reached.
    Busy,
}

impl fmt::Display for RefusedWhy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            RefusedWhy::UnknownExtension => "the call server does not know the extension",
            RefusedWhy::WrongPassword => "the password is wrong",
            RefusedWhy::InUse => "another phone has the extension",
            RefusedWhy::Busy => "the call server is full or cannot be reached",
        })
    }
}
