use std::{fmt, net::IpAddr, ops::RangeInclusive, path::PathBuf, sync::Arc, time::Duration};

use deskset_models::Secret;
use deskset_tftp::Rollover;

use crate::{
    Names, PushSite, TlsIdentity,
    limits::{KEPT_AFTER_DEFAULT, PER_ADDRESS_DEFAULT},
};

/// What a file server serves, and where.
#[derive(Clone, Debug)]
pub struct ServerSettings {
    /// The folder with scripts, settings and application files; it must exist.
    pub root: PathBuf,
    /// The address that all ports are opened on.
    pub bind: IpAddr,
    /// Whether names match in any case.
    pub names: Names,
    /// Connections or TFTP transfers that one address may have open, for each protocol; at least 1.
    pub per_address: usize,
    /// TFTP port, 69 by custom; 0 takes any free one, none leaves the protocol out.
    pub tftp_port: Option<u16>,
    /// What TFTP clients may do.
    pub tftp: TftpSettings,
    /// HTTP port, 80 by custom; 0 takes any free one, none leaves the protocol out.
    pub http_port: Option<u16>,
    /// HTTPS, unless left out.
    pub https: Option<HttpsSettings>,
    /// FTP, unless left out.
    pub ftp: Option<FtpSettings>,
    /// How long a file must not have changed before it may be sent from memory. A file that changes twice within one
    /// tick of the disk's clock looks the same after both: at most two seconds (FAT).
    pub kept_after: Duration,
    /// What of push HTTP and HTTPS serve below `/push/`; none: that is a folder like any other.
    pub push: Option<PushSite>,
}

/// How TFTP is served.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct TftpSettings {
    /// Whether clients may store files, under any name in the folder: TFTP knows no users.
    pub writable: bool,
    /// What number the block after 65535 has.
    pub rollover: Rollover,
}

/// How HTTPS is served.
#[derive(Clone, Debug)]
pub struct HttpsSettings {
    /// Port, 411 or 443 by custom; 0 takes any free one.
    pub port: u16,
    /// The server's certificate and key.
    pub identity: TlsIdentity,
}

/// How FTP is served.
#[derive(Clone, Debug)]
pub struct FtpSettings {
    /// Port, 21 by custom; 0 takes any free one.
    pub port: u16,
    /// The folder that clients see as the root: relative to the file server's, or absolute. Made if missing.
    pub folder: PathBuf,
    /// How many older versions of a stored file are kept beside it, as `name.~1~` and so on, higher numbers older.
    pub versions: usize,
    /// Whether a stored file is safe from a loss of power before the client hears that it is stored.
    pub sync: bool,
    /// Who may log in, and then store any file.
    pub users: Vec<FtpUser>,
    /// What a visitor without a name may do.
    pub anonymous: AnonymousFtp,
    /// Ports for passive data connections; none takes any free one.
    pub passive_ports: Option<RangeInclusive<u16>>,
}

/// A user of the FTP server.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FtpUser {
    /// Login name.
    pub name: String,
    /// Password.
    pub password: Secret,
}

/// What a visitor without a name may do over FTP, and put over HTTP into the same folder.
#[derive(Clone, Debug)]
pub enum AnonymousFtp {
    /// Not even log in.
    Refused,
    /// Read everything, and store files with these names. HTTP takes the same names if the folder lies in the served one.
    MayStore(BackupNames),
}

/// Tells the names of backup files from all others.
#[derive(Clone)]
pub struct BackupNames(Arc<dyn Fn(&str) -> bool + Send + Sync>);

impl ServerSettings {
    /// A server of `root` on `bind` with no protocol yet; names match in any case.
    pub fn new(root: impl Into<PathBuf>, bind: IpAddr) -> Self {
        ServerSettings {
            root: root.into(),
            bind,
            names: Names::AnyCase,
            per_address: PER_ADDRESS_DEFAULT,
            tftp_port: None,
            tftp: TftpSettings::default(),
            http_port: None,
            https: None,
            ftp: None,
            kept_after: KEPT_AFTER_DEFAULT,
            push: None,
        }
    }
}

impl FtpSettings {
    /// FTP on `port` into the folder `backups`, where nobody may log in yet.
    pub fn new(port: u16) -> Self {
        FtpSettings {
            port,
            folder: PathBuf::from("backups"),
            versions: 0,
            sync: true,
            users: Vec::new(),
            anonymous: AnonymousFtp::Refused,
            passive_ports: None,
        }
    }
}

impl BackupNames {
    /// The names for which `is_backup_file` says so; usually, whether any loaded model calls it one.
    pub fn new(is_backup_file: impl Fn(&str) -> bool + Send + Sync + 'static) -> Self {
        BackupNames(Arc::new(is_backup_file))
    }

    pub(crate) fn hold(&self, name: &str) -> bool {
        (self.0)(name)
    }
}

impl fmt::Debug for BackupNames {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BackupNames")
    }
}
