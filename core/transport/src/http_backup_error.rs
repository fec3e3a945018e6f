//! Why a backup was not stored or retrieved over HTTP.

use crate::fetch_error::{FetchFault, FetchKind};

/// A backup over HTTP failed: which file, on which server, why.
#[derive(Debug, thiserror::Error)]
#[error("{path} on HTTP server {server}: {fault}")]
pub struct HttpBackupError {
    /// The file's path.
    pub path: String,
    /// The server, as name and port.
    pub server: String,
    /// Why.
    #[source]
    pub fault: HttpBackupFault,
}

/// Why a backup over HTTP failed.
#[derive(Debug, thiserror::Error)]
pub enum HttpBackupFault {
    /// As any file may fail.
    #[error(transparent)]
    File(#[from] FetchFault),
    /// The file cannot be stored where it was to go.
    #[error("the server has no place for the file ({status}); create the folder or correct the path")]
    Directory {
        /// HTTP status.
        status: u16,
    },
    /// The server does not take the file.
    #[error("the server does not take the file ({status}); check permissions and space there")]
    Denied {
        /// HTTP status.
        status: u16,
    },
}

/// The kinds of failure that a phone tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HttpBackupKind {
    /// Name not resolved.
    NoServer,
    /// Refused, or no answer in time.
    Connect,
    /// No TLS connection.
    Tls,
    /// Store: 404, 409.
    Directory,
    /// Retrieval: 404, 410.
    NoFile,
    /// 401, 403; store: also 405, 413, 507.
    Denied,
    /// The connection broke, or the file ended too early.
    Data,
    /// Larger than allowed.
    TooLarge,
    /// A redirection, or any other answer.
    Protocol,
    /// This machine's own fault.
    Local,
}

impl HttpBackupError {
    /// What a phone decides on.
    #[must_use]
    pub fn kind(&self) -> HttpBackupKind {
        self.fault.kind()
    }
}

impl HttpBackupFault {
    /// What a phone decides on.
    #[must_use]
    pub fn kind(&self) -> HttpBackupKind {
        use HttpBackupKind as Kind;
        match self {
            Self::Directory { .. } => Kind::Directory,
            Self::Denied { .. } => Kind::Denied,
            Self::File(fault) => match fault.kind() {
                FetchKind::NameNotFound => Kind::NoServer,
                FetchKind::Refused | FetchKind::Silent => Kind::Connect,
                FetchKind::Tls => Kind::Tls,
                FetchKind::NotFound => Kind::NoFile,
                FetchKind::Denied => Kind::Denied,
                FetchKind::Status(_) | FetchKind::Protocol => Kind::Protocol,
                FetchKind::Lost => Kind::Data,
                FetchKind::TooLarge => Kind::TooLarge,
                FetchKind::Local => Kind::Local,
            },
        }
    }
}
