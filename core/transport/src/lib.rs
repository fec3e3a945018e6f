//! Clients on tokio: TFTP, HTTP, HTTPS, FTP; and the port on which a phone takes pushes.
//!
//! **One call is one attempt at one server.** Nothing here walks a list of servers or decides what a failure
//! means for a boot; a call does only what its protocol needs: repeats of a datagram in TFTP, the next address
//! of a name in TCP, passive after active in FTP.
//!
//! ```text
//!  fetch ──► slot ──► tftp | http (over tls) ──► Fetched | FetchError
//!  store, retrieve ──► slot ──► ftp session ──► data connection ──► bytes | FtpError
//!  put, get ──► slot ──► http (over tls) ──► bytes | HttpBackupError
//!  web, push ──► slot ──► http ──► WebAnswer, PushAnswer | WebError, PushError
//!  listen_for_push ──► one connection after the other ──► PushRequest ──► its answer
//! ```
//!
//! A transfer waits for one of the slots, whose number follows from the process's limit on open files. Dropping the
//! future of a call ends its transfer. A socket exists only during a transfer, with one exception: [`Connections`]
//! keep one connection between two files of a boot. It keeps its slot, and is closed when nothing comes for
//! [`TransferLimits::idle`], or for [`limits::IDLE_IN_A_QUEUE`] when any transfer has to wait for a slot, and with the boot.

mod connections;
mod endpoint;
mod fetch;
mod fetch_error;
mod ftp;
mod ftp_data;
mod ftp_error;
mod ftp_session;
mod http;
mod http_backup;
mod http_backup_error;
mod http_line;
pub mod limits;
mod push;
mod push_listener;
mod settings;
mod slots;
mod tftp;
mod tls;
mod transfer_id;
mod web;

pub use connections::Connections;
pub use deskset_tftp::{Patience, Rollover};
pub use endpoint::Endpoint;
pub use fetch::{FetchAsk, Fetched, Progress, Protocol};
pub use fetch_error::{FetchError, FetchFault, FetchKind, TlsFault};
pub use ftp::{FtpAsk, FtpMode, Login, Password};
pub use ftp_error::{FtpError, FtpFault, FtpKind};
pub use http_backup::HttpBackupAsk;
pub use http_backup_error::{HttpBackupError, HttpBackupFault, HttpBackupKind};
#[doc(hidden)]
pub mod fuzzing {
    //! What is read here of a server's words, for the fuzz targets.
    pub use crate::ftp_data::passive_port;
}

pub use push::{PUSH_PATH, PushAnswer, PushAsk, PushError};
pub use push_listener::{PushListenError, PushListener, PushReply, PushRequest, PushVerdict};
pub use settings::{SettingsError, TftpSettings, TransferLimits, Transport, TransportSettings};
pub use transfer_id::{TRANSFER_ID_FIELD, TransferId};
pub use web::{WebAnswer, WebAsk, WebError, WebMethod};
