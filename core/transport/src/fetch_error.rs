//! Why a file did not come.

use std::io;

use deskset_tftp::TftpError;
use deskset_tftp::limits::BLOCK_NUMBER_MAX;

use crate::fetch::Protocol;

/// A fetch failed: which file, from where, why.
#[derive(Debug, thiserror::Error)]
#[error("{protocol} {path} from {server}: {fault}")]
pub struct FetchError {
    /// The protocol.
    pub protocol: Protocol,
    /// The path asked for.
    pub path: String,
    /// The server, as name and port.
    pub server: String,
    /// Why.
    #[source]
    pub fault: FetchFault,
}

/// Why a fetch failed.
#[derive(Debug, thiserror::Error)]
pub enum FetchFault {
    /// The server's name has no address.
    #[error("the server's name has no address; check the name and DNS")]
    NameNotFound(#[source] io::Error),
    /// The connection was refused, or no way leads there.
    #[error("the connection was refused; check the address and port, and that the server runs")]
    Refused(#[source] io::Error),
    /// Nothing came in time.
    #[error("the server did not answer in time; check the address, the port and the firewalls between")]
    Silent(#[source] io::Error),
    /// TFTP: no request was answered.
    #[error("the server did not answer {tries} requests; check the address, the port and the firewalls between")]
    Unanswered {
        /// Requests sent.
        tries: u32,
    },
    /// No TLS connection.
    #[error("no TLS connection: {0}")]
    Tls(#[source] TlsFault),
    /// The server has no such file.
    #[error("the server has no such file (it says: {said}); put the file there or correct the path")]
    NotFound {
        /// Its words.
        said: String,
    },
    /// The server does not give the file out.
    #[error("the server does not give the file out (it says: {said}); check the file's permissions there")]
    Denied {
        /// Its words.
        said: String,
    },
    /// A redirection, which is not followed.
    #[error("the server points elsewhere ({status}, to {to:?}); redirections are not followed, name the final address")]
    Redirect {
        /// HTTP status.
        status: u16,
        /// Its Location.
        to: String,
    },
    /// Another status than 200.
    #[error("the server answered with status {status}; see its log")]
    Status {
        /// HTTP status.
        status: u16,
    },
    /// The answer is not what the protocol asks for.
    #[error("the server's answer breaks the protocol; check that this port speaks it")]
    Protocol(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The connection broke, or the file ended too early.
    #[error("the transfer broke off after {received} bytes; what came is discarded")]
    Lost {
        /// Bytes received.
        received: u64,
        /// How it showed.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The file is larger than allowed.
    #[error("the file is larger than the limit of {limit} bytes; check that it is the right file")]
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// This machine could not do its part.
    #[error("this machine could not do its part; check its network and its limit on open files")]
    Local(#[source] io::Error),
}

/// Why no TLS connection came about.
#[derive(Debug, thiserror::Error)]
pub enum TlsFault {
    /// No vendor CA was given.
    #[error("no vendor CA is administered, and no other authority is accepted; give its certificate")]
    NoVendorCa,
    /// Neither a DNS name nor an address.
    #[error("{0:?} can be in no certificate; use a DNS name or an address")]
    Name(String),
    /// Public CA, another private CA, or self-signed.
    #[error(
        "the server's certificate does not come from the vendor's CA (a public CA, another CA and self-signed \
         certificates are all refused); let the vendor CA issue one"
    )]
    OtherAuthority(#[source] rustls::Error),
    /// Too old.
    #[error("the server's certificate has expired; renew it, and check this machine's clock")]
    Expired(#[source] rustls::Error),
    /// Too new.
    #[error("the server's certificate is not valid yet; check the clocks")]
    NotYetValid(#[source] rustls::Error),
    /// For another server.
    #[error("the server's certificate is for another name or address; use the name in it or renew it")]
    WrongName(#[source] rustls::Error),
    /// TLS 1.1 and older, or only ciphers of that time.
    #[error("the server offers only TLS versions or ciphers that are too old; it needs TLS 1.2 or 1.3")]
    OldTls(#[source] rustls::Error),
    /// For instance a self-signed CA certificate, or one for clients only.
    #[error("the server's certificate is not one for a server (a CA's own certificate is none); issue a server's")]
    NotForServers(#[source] rustls::Error),
    /// Something else than TLS, or an alert.
    #[error("the server broke the handshake; check that this port speaks TLS")]
    Handshake(#[source] rustls::Error),
    /// The connection broke.
    #[error("the connection broke during the handshake; the server's log may say why")]
    Broken(#[source] io::Error),
}

/// The kinds of failure that a phone tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FetchKind {
    /// The server's name has no address.
    NameNotFound,
    /// The connection was refused.
    Refused,
    /// Nothing came in time.
    Silent,
    /// No TLS connection.
    Tls,
    /// The server has no such file.
    NotFound,
    /// The server does not give the file out.
    Denied,
    /// Another HTTP status.
    Status(u16),
    /// Not what the protocol asks for.
    Protocol,
    /// Broken off, or too short.
    Lost,
    /// Larger than allowed.
    TooLarge,
    /// This machine's own fault.
    Local,
}

impl FetchError {
    /// What a phone decides on.
    #[must_use]
    pub fn kind(&self) -> FetchKind {
        self.fault.kind()
    }
}

impl FetchFault {
    /// What a phone decides on.
    #[must_use]
    pub fn kind(&self) -> FetchKind {
        match self {
            Self::NameNotFound(_) => FetchKind::NameNotFound,
            Self::Refused(_) => FetchKind::Refused,
            Self::Silent(_) | Self::Unanswered { .. } => FetchKind::Silent,
            Self::Tls(_) => FetchKind::Tls,
            Self::NotFound { .. } => FetchKind::NotFound,
            Self::Denied { .. } => FetchKind::Denied,
            Self::Redirect { status, .. } | Self::Status { status } => FetchKind::Status(*status),
            Self::Protocol(_) => FetchKind::Protocol,
            Self::Lost { .. } => FetchKind::Lost,
            Self::TooLarge { .. } => FetchKind::TooLarge,
            Self::Local(_) => FetchKind::Local,
        }
    }

    /// A connection that could not be opened.
    pub(crate) fn connecting(error: io::Error) -> Self {
        use io::ErrorKind as K;
        match error.kind() {
            K::ConnectionRefused | K::ConnectionReset => Self::Refused(error),
            K::TimedOut | K::HostUnreachable | K::NetworkUnreachable => Self::Silent(error),
            _ => Self::Local(error),
        }
    }

    pub(crate) fn lost(received: u64, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Lost { received, source: source.into() }
    }

    pub(crate) fn tftp(error: TftpError, received: u64) -> Self {
        use deskset_tftp::ErrorCode as C;
        match error {
            TftpError::NoAnswer { tries } => Self::Unanswered { tries },
            TftpError::Refused { code, message } => match code {
                C::NotFound => Self::NotFound { said: message },
                C::Denied | C::NoUser => Self::Denied { said: message },
                // Once blocks have come, an ERROR means that the server could not go on.
                _ if received > 0 => Self::lost(received, TftpError::Refused { code, message }),
                _ => Self::Protocol(TftpError::Refused { code, message }.into()),
            },
            TftpError::TooLarge { limit } => Self::TooLarge { limit },
            TftpError::Lost { .. } | TftpError::Short { .. } => Self::lost(received, error),
            TftpError::Aborted { .. } if received > 0 => Self::lost(received, error),
            TftpError::Aborted { .. } => Self::Silent(io::ErrorKind::TimedOut.into()),
            TftpError::Name(_) => Self::Local(io::Error::new(io::ErrorKind::InvalidInput, error)),
            TftpError::Rollover { block_size } => {
                Self::TooLarge { limit: BLOCK_NUMBER_MAX * u64::from(block_size) - 1 }
            }
            TftpError::Option { .. } | TftpError::Block { .. } => Self::Protocol(error.into()),
        }
    }
}
