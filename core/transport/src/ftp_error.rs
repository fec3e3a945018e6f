//! Why a backup was not stored or retrieved.

use std::io;

/// An FTP transfer failed: which file, on which server, why.
#[derive(Debug, thiserror::Error)]
#[error("{file} on FTP server {server}: {fault}")]
pub struct FtpError {
    /// The file.
    pub file: String,
    /// The server, as name and port.
    pub server: String,
    /// Why.
    #[source]
    pub fault: FtpFault,
}

/// Why an FTP transfer failed.
#[derive(Debug, thiserror::Error)]
pub enum FtpFault {
    /// The server's name has no address.
    #[error("the server's name has no address; check the name and DNS")]
    NoServer(#[source] io::Error),
    /// Refused, timed out, broken off or turned away before a file was asked for.
    #[error("no session with the server; check the address and port, and that the server runs and has room")]
    Connect(#[source] io::Error),
    /// The server does not take user and password.
    #[error("user {user:?} may not log in ({code} {said}); check user name and password")]
    Login {
        /// The user name.
        user: String,
        /// FTP reply code.
        code: u32,
        /// The server's words.
        said: String,
    },
    /// The directory cannot be entered.
    #[error("directory {directory:?} cannot be entered ({code} {said}); create it or correct the path")]
    Directory {
        /// The directory.
        directory: String,
        /// FTP reply code.
        code: u32,
        /// The server's words.
        said: String,
    },
    /// The server has no such file.
    #[error("the server has no such file (it says: {said})")]
    NoFile {
        /// The server's words.
        said: String,
    },
    /// The server does not take the file, or does not give it out.
    #[error("the server does not allow it ({code} {said}); check permissions and space there")]
    Denied {
        /// FTP reply code.
        code: u32,
        /// The server's words.
        said: String,
    },
    /// The data connection was not opened, broke, or was not confirmed as complete.
    #[error("no complete data transfer; check that ports for active or passive FTP are open")]
    Data(#[source] io::Error),
    /// The file is larger than allowed.
    #[error("the file is larger than the limit of {limit} bytes; a backup is never that large")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The server does not speak FTP as expected, or a name cannot be sent.
    #[error("the session with the server went wrong; check that this port speaks FTP")]
    Protocol(#[source] io::Error),
}

/// The kinds of failure that a phone tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FtpKind {
    /// Name not resolved.
    NoServer,
    /// Refused or timed out.
    Connect,
    /// 530.
    Login,
    /// The directory cannot be entered.
    Directory,
    /// Retrieval: 550.
    NoFile,
    /// Store: 550, 552, 553.
    Denied,
    /// Data connection not opened or broken.
    Data,
    /// Larger than allowed.
    TooLarge,
    /// Anything else.
    Protocol,
}

impl FtpError {
    /// What a phone decides on.
    #[must_use]
    pub fn kind(&self) -> FtpKind {
        self.fault.kind()
    }
}

impl FtpFault {
    /// What a phone decides on.
    #[must_use]
    pub fn kind(&self) -> FtpKind {
        match self {
            Self::NoServer(_) => FtpKind::NoServer,
            Self::Connect(_) => FtpKind::Connect,
            Self::Login { .. } => FtpKind::Login,
            Self::Directory { .. } => FtpKind::Directory,
            Self::NoFile { .. } => FtpKind::NoFile,
            Self::Denied { .. } => FtpKind::Denied,
            Self::Data(_) => FtpKind::Data,
            Self::TooLarge { .. } => FtpKind::TooLarge,
            Self::Protocol(_) => FtpKind::Protocol,
        }
    }
}
