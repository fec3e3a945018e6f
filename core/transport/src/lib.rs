//! Clients on tokio: TFTP, HTTP, HTTPS, FTP.
//!
//! **One call is one attempt at one server.** Nothing here walks a list of servers or decides what a failure
//! means for a boot; a call does only what its protocol needs: repeats of a datagram in TFTP, the next address
//! of a name in TCP, passive after active in FTP.
//!
//! ```text
//!  fetch ──► slot ──► tftp | http (over tls) ──► Fetched | FetchError
//!  store, retrieve ──► slot ──► ftp session ──► data connection ──► bytes | FtpError
//! ```
//!
//! A socket exists only during a transfer, and a transfer waits for one of the slots, whose number follows from
//! the process's limit on open files. Dropping the future of a call ends its transfer.

mod endpoint;
mod fetch;
mod fetch_error;
mod ftp;
mod ftp_data;
mod ftp_error;
mod ftp_session;
mod http;
pub mod limits;
mod settings;
mod slots;
mod tftp;
mod tls;

pub use deskset_tftp::{Patience, Rollover};
pub use endpoint::Endpoint;
pub use fetch::{FetchAsk, Fetched, Progress, Protocol};
pub use fetch_error::{FetchError, FetchFault, FetchKind, TlsFault};
pub use ftp::{FtpAsk, FtpMode, Login, Password};
pub use ftp_error::{FtpError, FtpFault, FtpKind};
#[doc(hidden)]
pub mod fuzzing {
    //! What is read here of a server's words, for the fuzz targets.
    pub use crate::ftp_data::passive_port;
}

pub use settings::{SettingsError, TftpSettings, TransferLimits, Transport, TransportSettings};
