use std::{io, net::SocketAddr, path::PathBuf};

use crate::{DiskError, KeptError, Protocol};

/// Why a server could not be started.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// Somebody else has the port.
    #[error("{protocol} port {} on {} is in use: stop the other program or choose port 0", .address.port(), .address.ip())]
    PortBusy {
        /// Which protocol.
        protocol: Protocol,
        /// Address and port asked for.
        address: SocketAddr,
        /// The system's words.
        source: io::Error,
    },
    /// The port is for privileged programs.
    #[error(
        "{protocol} port {} on {} is not open to this program: choose port 0 or one above 1023, or grant \
         CAP_NET_BIND_SERVICE", .address.port(), .address.ip()
    )]
    PortDenied {
        /// Which protocol.
        protocol: Protocol,
        /// Address and port asked for.
        address: SocketAddr,
        /// The system's words.
        source: io::Error,
    },
    /// The port could not be opened for another reason.
    #[error("{protocol} port {} on {} cannot be opened: check that the address is one of this machine's", .address.port(), .address.ip())]
    Port {
        /// Which protocol.
        protocol: Protocol,
        /// Address and port asked for.
        address: SocketAddr,
        /// The system's words.
        source: io::Error,
    },
    /// A folder is missing, is no folder, or cannot be read.
    #[error("folder {} cannot be served: create it and make it readable, or name another", .folder.display())]
    Folder {
        /// Which folder.
        folder: PathBuf,
        /// Why.
        source: DiskError,
    },
    /// Nothing could be stored there.
    #[error("folder {} cannot be written: nothing that comes could be stored there; make it writable, or name another", .folder.display())]
    FolderReadOnly {
        /// Which folder.
        folder: PathBuf,
        /// Why.
        source: DiskError,
    },
    /// The directory of an earlier run cannot be read.
    #[error("{}: the subscriptions kept here cannot be read: {why}; move the file away, and phones subscribe again when they register", .file.display())]
    Subscriptions {
        /// Which file.
        file: PathBuf,
        /// Why.
        #[source]
        why: Box<KeptError>,
    },
    /// No port can be taken for passive data connections.
    #[error("the FTP passive ports {first} to {last} are no range: write the lower port first, and not port 0")]
    PassivePorts {
        /// As given.
        first: u16,
        /// As given.
        last: u16,
    },
    /// A certificate or key file cannot be read or written.
    #[error("{}: this certificate or key file cannot be read or written", .file.display())]
    IdentityFile {
        /// Which file.
        file: PathBuf,
        /// The system's words.
        source: io::Error,
    },
    /// A certificate and its key cannot be used.
    #[error("{what}: no PEM text with a certificate and its private key, or the two do not belong together")]
    Identity {
        /// Whose.
        what: String,
        /// Why, if TLS says so.
        source: Option<rustls::Error>,
    },
    /// A certificate could not be made.
    #[error("no certificate could be made for {names}: give host names or addresses")]
    Issue {
        /// The names asked for.
        names: String,
        /// Why.
        source: rcgen::Error,
    },
}

impl ServerError {
    /// Whether the machine is to blame, not what was asked of it: a port, a folder, a file.
    pub fn is_environment(&self) -> bool {
        match self {
            ServerError::PortBusy { .. }
            | ServerError::PortDenied { .. }
            | ServerError::Port { .. }
            | ServerError::Folder { .. }
            | ServerError::FolderReadOnly { .. }
            | ServerError::Subscriptions { .. }
            | ServerError::IdentityFile { .. } => true,
            ServerError::PassivePorts { .. } | ServerError::Identity { .. } | ServerError::Issue { .. } => false,
        }
    }
}
