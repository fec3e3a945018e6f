//! Our FTP client and foreign servers.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use deskset_transport::{Endpoint, FtpAsk, FtpMode, Login, Password, Transport, TransportSettings};

use super::{super::Peers, Quirk, cases_of, compare, files::contents};

/// A foreign FTP server.
#[derive(Debug)]
pub(in super::super) struct Server {
    pub(in super::super) peer: &'static str,
    pub(in super::super) version: &'static str,
    /// Where visitors without a name may store: the end of the variable, and the directory they see.
    anonymous: Option<(&'static str, Option<&'static str>)>,
    quirks: &'static [Quirk],
}

#[derive(Clone, Copy, Debug)]
enum Way {
    Store(Visit, FtpMode, &'static str),
    /// In place of another one.
    StoreAgain,
    Retrieve(Visit, FtpMode, &'static str),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Visit {
    Named,
    InDirectory,
    InMissingDirectory,
    WrongPassword,
    Anonymous,
    /// Files may be no larger than a small one.
    Small,
}

use FtpMode::{Active, ActiveThenPassive as Either, Passive};
use Visit::{Anonymous, InDirectory, InMissingDirectory, Named, Small, WrongPassword};
use Way::{Retrieve, Store, StoreAgain};

/// Case, way, what is seen.
const CASES: &[(&str, Way, &str)] = &[
    ("store, passive (PASV)", Store(Named, Passive, "phone.bin"), "stored"),
    ("store, active (PORT)", Store(Named, Active, "phone.bin"), "stored"),
    ("store, active or else passive", Store(Named, Either, "phone.bin"), "stored"),
    ("store an empty file", Store(Named, Either, "empty.bin"), "stored"),
    ("store over an older file", StoreAgain, "stored"),
    ("store in a directory", Store(InDirectory, Either, "phone.bin"), "stored"),
    ("retrieve, passive (PASV)", Retrieve(Named, Passive, "phone.bin"), "whole"),
    ("retrieve, active (PORT)", Retrieve(Named, Active, "phone.bin"), "whole"),
    ("retrieve, active or else passive", Retrieve(Named, Either, "phone.bin"), "whole"),
    ("retrieve an empty file", Retrieve(Named, Either, "empty.bin"), "whole"),
    ("retrieve from a directory", Retrieve(InDirectory, Either, "phone.bin"), "whole"),
    ("retrieve a file larger than allowed", Retrieve(Small, Either, "phone.bin"), "TooLarge"),
    ("missing file", Retrieve(Named, Either, "none.bin"), "NoFile"),
    ("missing directory (CWD)", Retrieve(InMissingDirectory, Either, "phone.bin"), "Directory"),
    ("wrong password", Retrieve(WrongPassword, Either, "phone.bin"), "Login"),
    ("anonymous: store", Store(Anonymous, Either, "phone.bin"), "stored"),
    ("anonymous: retrieve", Retrieve(Anonymous, Either, "phone.bin"), "whole"),
];

const NO_ANONYMOUS: &str = "the server, as it is set up here, lets nobody in without a name";
const NAMED_ONLY: &[Quirk] =
    &[Quirk::new("anonymous: store", "Login", NO_ANONYMOUS), Quirk::new("anonymous: retrieve", "Login", NO_ANONYMOUS)];

const PASSIVE_ONLY: &str = "the server knows no PORT; our client goes on to PASV where it may";
const PASSIVE_NAMED_ONLY: &[Quirk] = &[
    Quirk::new("store, active (PORT)", "Data", PASSIVE_ONLY),
    Quirk::new("retrieve, active (PORT)", "Data", PASSIVE_ONLY),
    NAMED_ONLY[0],
    NAMED_ONLY[1],
];

/// Foreign servers and what they do otherwise.
pub(in super::super) const SERVERS: &[Server] = &[
    Server { peer: "vsftpd", version: "VSFTPD", anonymous: Some(("_ANONYMOUS", Some("incoming"))), quirks: &[] },
    Server { peer: "proftpd", version: "PROFTPD", anonymous: Some(("", None)), quirks: &[] },
    Server { peer: "pure-ftpd", version: "PURE_FTPD", anonymous: None, quirks: NAMED_ONLY },
    Server { peer: "pyftpdlib", version: "PYFTPDLIB", anonymous: None, quirks: NAMED_ONLY },
    Server { peer: "aioftp", version: "AIOFTP", anonymous: None, quirks: PASSIVE_NAMED_ONLY },
];

pub(in super::super) fn cases(server: &Server) -> Vec<(&'static str, Option<&'static str>)> {
    cases_of(CASES.iter().map(|(case, ..)| (*case, None)), server.quirks)
}

pub(in super::super) async fn attempt(server: &Server, case: &'static str, peers: &Peers) -> Result<(), String> {
    let Some((_, way, expected)) = CASES.iter().find(|row| row.0 == case) else {
        return Err("no such case".to_owned());
    };
    let variable = server.version.replace('_', "");
    let (end, directory) = server.anonymous.filter(|_| way.visit() == Anonymous).unwrap_or(("", None));
    let root = PathBuf::from(peers.value(&format!("PEER_FTP_ROOT_{variable}{end}"))?);
    let at = Spot {
        address: peers.value(&format!("PEER_FTP_{variable}"))?,
        user: peers.value("PEER_FTP_USER")?,
        password: peers.value("PEER_FTP_PASSWORD")?,
        directory,
        root,
    };
    let seen = at.run(*way).await.map_err(|why| format!("{}: {why}", at.root.display()))?;
    compare(case, expected, server.quirks, &seen)
}

impl Way {
    fn visit(self) -> Visit {
        match self {
            Store(visit, ..) | Retrieve(visit, ..) => visit,
            StoreAgain => Named,
        }
    }
}

/// Where a file goes to or comes from.
struct Spot<'a> {
    address: &'a str,
    user: &'a str,
    password: &'a str,
    directory: Option<&'static str>,
    root: PathBuf,
}

const FOLDER: &str = "interop";

impl Spot<'_> {
    async fn run(&self, way: Way) -> std::io::Result<String> {
        let transport = match Transport::new(TransportSettings::default()) {
            Ok(transport) => transport,
            Err(why) => return Ok(why.to_string()),
        };
        Ok(match way {
            Store(visit, mode, file) => self.store(&transport, visit, mode, file).await?,
            StoreAgain => {
                let name = "again.bin";
                put(&self.root, name, &contents("small.bin"))?;
                self.stored(&transport, Named, Either, name, "phone.bin").await?
            }
            Retrieve(visit, mode, file) => {
                let name = format!("in-{file}");
                if file != "none.bin" {
                    put(&self.folder(visit)?, &name, &contents(file))?;
                }
                match transport.retrieve(&self.ask(visit, mode, &name)).await {
                    Ok(bytes) if bytes == contents(file) => "whole".to_owned(),
                    Ok(_) => "another file".to_owned(),
                    Err(why) => format!("{:?}", why.kind()),
                }
            }
        })
    }

    async fn store(&self, transport: &Transport, visit: Visit, mode: FtpMode, file: &str) -> std::io::Result<String> {
        let name = format!("out-{mode:?}-{file}");
        drop(fs::remove_file(self.folder(visit)?.join(&name)));
        self.stored(transport, visit, mode, &name, file).await
    }

    async fn stored(
        &self,
        transport: &Transport,
        visit: Visit,
        mode: FtpMode,
        name: &str,
        file: &str,
    ) -> std::io::Result<String> {
        let (place, sent) = (self.folder(visit)?.join(name), contents(file));
        let went = transport.store(&self.ask(visit, mode, name), &sent).await;
        let stored = fs::read(&place);
        drop(fs::remove_file(&place));
        Ok(match went {
            Ok(()) if stored.is_ok_and(|stored| stored == sent) => "stored".to_owned(),
            Ok(()) => "another file".to_owned(),
            Err(why) => format!("{:?}", why.kind()),
        })
    }

    /// The folder on the disk, open to the server whoever it runs as.
    fn folder(&self, visit: Visit) -> std::io::Result<PathBuf> {
        if visit != InDirectory {
            return Ok(self.root.clone());
        }
        let folder = self.root.join(FOLDER);
        fs::create_dir_all(&folder)?;
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o777))?;
        Ok(folder)
    }

    fn ask(&self, visit: Visit, mode: FtpMode, file: &str) -> FtpAsk {
        let (host, port) = self.address.rsplit_once(':').unwrap_or((self.address, ""));
        let password = if visit == WrongPassword { "not-the-password" } else { self.password };
        let directory = match visit {
            InDirectory => Some(FOLDER),
            InMissingDirectory => Some("none"),
            Named | WrongPassword | Anonymous | Small => self.directory,
        };
        FtpAsk {
            server: Endpoint::new(host, port.parse().unwrap_or_default()),
            directory: directory.map(str::to_owned),
            file: file.to_owned(),
            login: (visit != Anonymous)
                .then(|| Login { user: self.user.to_owned(), password: Password::new(password) }),
            anonymous_password: "4711@".to_owned(),
            mode,
            size_limit: if visit == Small { 1000 } else { 16 * 1024 * 1024 },
            id: "interop".to_owned(),
        }
    }
}

/// A file that a server of any account may read and replace.
fn put(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    let file = folder.join(name);
    fs::write(&file, bytes)?;
    fs::set_permissions(&file, fs::Permissions::from_mode(0o666))
}
