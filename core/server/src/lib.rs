//! The far side: TFTP, HTTP, HTTPS and FTP on one file tree.
//!
//! ```text
//!                     ┌── TFTP ──┐
//!  scripts, settings, ├── HTTP ──┤
//!  application files  ├── HTTPS ─┤──► DiskTree ──► one folder
//!  backup files       └── FTP ───┘        │
//!                           └──► ServerRecord, one per transfer: complete, aborted or refused
//! ```
//!
//! [`FileServer::start`] opens the ports that [`ServerSettings`] name. Every transfer gives one [`ServerRecord`], to
//! the [`Recorder`] and to the log. A file that is stored becomes visible only when it is complete, and survives the
//! end of the process from the moment the client is told so.

mod crowd;
mod disk;
mod error;
mod ftp;
mod http;
mod identity;
mod lab_ca;
pub mod limits;
mod listen;
mod metrics;
mod metrics_port;
mod push;
mod record;
mod record_line;
mod record_log;
mod running;
mod server;
mod settings;
mod tftp;

/// What number the TFTP block after 65535 has.
pub use deskset_tftp::Rollover;
pub use disk::{DiskError, DiskTree, Entry, Incoming, Names, OpenedFile};
pub use error::ServerError;
pub use identity::TlsIdentity;
pub use lab_ca::LabCa;
pub use metrics::Metrics;
pub use metrics_port::MetricsPort;
pub use push::{
    ContentServer, Directory, Document, Fetch, Kept, KeptError, Placed, PushSite, Shelf, ShelfFull, Subscription,
    SubscriptionError,
};
pub use record::{Action, Protocol, RecordOutcome, Recorder, ServerRecord};
pub use record_log::{LogError, LoggedTransfer, read_log};
pub use server::{Addresses, FileServer};
pub use settings::{AnonymousFtp, BackupNames, FtpSettings, FtpUser, HttpsSettings, ServerSettings, TftpSettings};
