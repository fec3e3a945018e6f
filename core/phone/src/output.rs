use std::{fmt, sync::Arc};

use deskset_models::{Extension, FileName, FilePath, Secret, Signaling};

use crate::{Event, PlayAudio, PushId, PushStatus, Record, Server, WebRequest};

/// Ties an answer to a wish. Unique in a phone's life.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct WishId(pub u32);

/// What a phone asks of its carrier. Wishes are carried out side by side; their answers may come in any order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Output {
    /// One attempt to get one file from one server.
    Fetch(Fetch),
    /// One attempt to store the backup file.
    Store(Transfer, Arc<[u8]>),
    /// One attempt to get the backup file.
    Retrieve(Transfer),
    /// Ask the call server to take the phone in.
    Register(Register),
    /// Tell the call server that the phone leaves.
    Unregister(Option<Extension>),
    /// Put a record into non-volatile memory.
    Keep(WishId, Record),
    /// Listen for push requests on this TCP port, or close it. One connection at a time is taken.
    ListenForPush(PushDoor),
    /// The answer to a push request. It is given before any content is fetched.
    AnswerPush(PushId, PushStatus),
    /// One HTTP request.
    WebRequest(WebRequest),
    /// The request is no longer wanted; no answer is needed.
    AbandonWeb(WishId),
    /// Open a new pair of ports for a stream, the lower one even, from [`crate::limits::AUDIO_PORTS`] where the machine
    /// has them free. What arrives before `PlayAudio` is dropped.
    OpenAudio(WishId),
    /// Play what arrives there.
    PlayAudio(PlayAudio),
    /// The stream is over, or never began: close the ports.
    CloseAudio(WishId),
    /// Something happened.
    Event(Event),
}

/// The port for push requests.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum PushDoor {
    /// Nobody listens: connections are refused.
    #[default]
    Closed,
    /// The phone listens.
    Open {
        /// On which TCP port; 80 unless PUSHPORT says another.
        port: u16,
    },
}

/// A file wanted from a file server.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fetch {
    /// To be named in the answer.
    pub wish: WishId,
    /// Where.
    pub server: Server,
    /// What, directory included.
    pub path: FilePath,
    /// Larger ones are not wanted.
    pub size_limit: u64,
    /// What for.
    pub purpose: Purpose,
}

/// What a file is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// The first file of a boot.
    UpgradeScript,
    /// The software.
    Application,
    /// A further script, by GET.
    Settings,
}

/// A backup file's way to or from its server.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Transfer {
    /// To be named in the answer.
    pub wish: WishId,
    /// Where, and as whom.
    pub place: Place,
    /// The file.
    pub file: FileName,
}

/// Where backup files lie.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Place {
    /// In a directory of an FTP server.
    Ftp(FtpAccount),
    /// Below a URI: stored by PUT, fetched by GET.
    Http(HttpPlace),
}

impl Place {
    /// The word in reports: `ftp`, `http`, `https`.
    pub fn protocol(&self) -> &'static str {
        match self {
            Place::Ftp(_) => "ftp",
            Place::Http(place) => place.server.protocol.key(),
        }
    }
}

/// Host and port; user, directory and password are nobody else's business.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Ftp(account) => account.fmt(f),
            Place::Http(HttpPlace { server, .. }) => write!(f, "{}:{}", server.host, server.port),
        }
    }
}

/// A place on an HTTP server.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HttpPlace {
    /// Its protocol is never TFTP.
    pub server: Server,
    /// As it stands in the URI, beginning with `/` and ending in one.
    pub directory: String,
}

impl HttpPlace {
    /// What `file` is asked for as: directory and name.
    pub fn path(&self, file: &FileName) -> String {
        format!("{}{file}", self.directory)
    }
}

/// A place on an FTP server.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FtpAccount {
    /// Address or name.
    pub host: String,
    /// Control port, 21 unless the address says another.
    pub port: u16,
    /// To change to after login; `None`: stay.
    pub directory: Option<String>,
    /// Name and password; `None`: anonymous.
    pub user: Option<(String, Secret)>,
    /// What an anonymous visitor gives as password: the extension and `@`.
    pub anonymous_password: String,
}

impl fmt::Display for FtpAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

/// A registration.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Register {
    /// To be named in the answer.
    pub wish: WishId,
    /// Gatekeepers or registrars, first choice first.
    pub servers: String,
    /// How.
    pub signaling: Signaling,
    /// Who; `None` without a name.
    pub extension: Option<Extension>,
    /// Never shown.
    pub password: Secret,
    /// Whoever has the extension is to be put out.
    pub takes_over: bool,
}
