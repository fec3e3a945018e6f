use std::sync::Arc;

use deskset_files::tree::{FileTree, TreeError, Visitor, may_store, requested_path};
use deskset_models::{FileName, FilePath};
use deskset_phone::{BackupReason, Fetch, FetchReason, FtpAccount, HttpPlace, Input, Protocol, Transfer};

use crate::MemoryTree;

/// How a server behaves.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub enum Behaviour {
    /// As it should.
    #[default]
    Sound,
    /// Nobody listens.
    Refuses,
    /// Takes the request and says nothing.
    Silent,
    /// Has no file at all.
    Empty,
    /// Answers, but not as the protocol asks for.
    Wrong,
    /// Breaks off in the middle.
    Breaks,
    /// Cannot prove who it is.
    Untrusted,
    /// Changes one byte in the middle of every file.
    Damages,
    /// Takes no file.
    ReadOnly,
}

#[derive(Debug)]
pub(crate) struct FileServer {
    pub(crate) protocol: Protocol,
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) tree: MemoryTree,
    pub(crate) behaviour: Behaviour,
    /// Every path that was asked for, in order.
    pub(crate) asked: Vec<String>,
}

#[derive(Debug)]
pub(crate) struct FtpServer {
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) tree: MemoryTree,
    pub(crate) behaviour: Behaviour,
}

fn failed(fetch: &Fetch, reason: FetchReason, words: &str) -> Input {
    Input::FileFailed { wish: fetch.wish, reason, words: words.to_owned() }
}

/// The answer when no server of the lab has that address.
pub(crate) fn nobody(fetch: &Fetch) -> Input {
    failed(fetch, FetchReason::Refused, "nobody listens there")
}

impl FileServer {
    pub(crate) fn answer(&mut self, fetch: &Fetch) -> Input {
        self.asked.push(fetch.path.to_string());
        let outcome = match self.behaviour {
            Behaviour::Refuses => Err((FetchReason::Refused, "nobody listens there")),
            Behaviour::Silent => Err((FetchReason::Silent, "no answer in time")),
            Behaviour::Wrong => Err((FetchReason::Wrong, "an answer that is none")),
            Behaviour::Breaks => Err((FetchReason::Lost, "the connection broke in the middle")),
            Behaviour::Untrusted => Err((FetchReason::Tls, "its certificate is not the vendor's")),
            Behaviour::Empty => Err((FetchReason::NotFound, "no such file")),
            Behaviour::Sound | Behaviour::Damages | Behaviour::ReadOnly => {
                self.tree.get(&fetch.path).map_err(|_| (FetchReason::NotFound, "no such file"))
            }
        };
        match outcome {
            Ok(bytes) if bytes.len() as u64 > fetch.size_limit => failed(fetch, FetchReason::TooLarge, "too large"),
            Ok(bytes) => {
                let bytes = if self.behaviour == Behaviour::Damages { damaged(&bytes) } else { bytes };
                Input::FileArrived { wish: fetch.wish, bytes }
            }
            Err((reason, words)) => failed(fetch, reason, words),
        }
    }
}

impl FileServer {
    pub(crate) fn is_at(&self, place: &HttpPlace) -> bool {
        let server = &place.server;
        (self.protocol, self.host.as_str(), self.port) == (server.protocol, server.host.as_str(), server.port)
    }

    /// PUT of a backup file. Nobody says a name, so only backup files may come.
    pub(crate) fn put(
        &self,
        place: &HttpPlace,
        transfer: &Transfer,
        bytes: &[u8],
        is_backup_file: impl Fn(&str) -> bool,
    ) -> Result<(), (BackupReason, String)> {
        self.greet()?;
        if self.behaviour == Behaviour::ReadOnly {
            return Err((BackupReason::Denied, "the server does not store it".to_owned()));
        }
        requested_path(&place.path(&transfer.file))
            .and_then(|path| {
                may_store(&Visitor::Anonymous, &path, is_backup_file)?;
                self.tree.store(&path, bytes)
            })
            .map_err(|why| (BackupReason::Denied, why.to_string()))
    }

    /// GET of a backup file.
    pub(crate) fn get(&self, place: &HttpPlace, transfer: &Transfer) -> Result<Arc<[u8]>, (BackupReason, String)> {
        self.greet()?;
        let path = requested_path(&place.path(&transfer.file));
        path.and_then(|path| self.tree.get(&path)).map_err(|why| (BackupReason::NoFile, why.to_string()))
    }

    fn greet(&self) -> Result<(), (BackupReason, String)> {
        let (reason, words) = match self.behaviour {
            Behaviour::Refuses => (BackupReason::Connect, "nobody listens there"),
            Behaviour::Silent => (BackupReason::Connect, "no answer in time"),
            Behaviour::Wrong => (BackupReason::Connect, "an answer that is none"),
            Behaviour::Untrusted => (BackupReason::Connect, "its certificate is not the vendor's"),
            Behaviour::Breaks => (BackupReason::Data, "the connection broke in the middle"),
            Behaviour::Sound | Behaviour::Empty | Behaviour::Damages | Behaviour::ReadOnly => return Ok(()),
        };
        Err((reason, words.to_owned()))
    }
}

fn damaged(bytes: &[u8]) -> Arc<[u8]> {
    let mut bytes = bytes.to_vec();
    let middle = bytes.len() / 2;
    if let Some(byte) = bytes.get_mut(middle) {
        *byte ^= 0xFF;
    }
    bytes.into()
}

impl FtpServer {
    pub(crate) fn is_at(&self, account: &FtpAccount) -> bool {
        self.host == account.host && self.port == account.port
    }

    fn path(account: &FtpAccount, file: &FileName) -> Result<FilePath, TreeError> {
        let directory = account.directory.as_deref().unwrap_or_default();
        requested_path(&format!("{directory}/{file}"))
    }

    pub(crate) fn store(
        &self,
        account: &FtpAccount,
        transfer: &Transfer,
        bytes: &[u8],
        is_backup_file: impl Fn(&str) -> bool,
    ) -> Result<(), (BackupReason, String)> {
        self.greet()?;
        if self.behaviour == Behaviour::ReadOnly {
            return Err((BackupReason::Denied, "the server does not store it".to_owned()));
        }
        if self.behaviour == Behaviour::Breaks {
            return Err((BackupReason::Data, "the data connection broke".to_owned()));
        }
        let visitor = match &account.user {
            Some((name, _)) => Visitor::User(name.clone()),
            None => Visitor::Anonymous,
        };
        let path = Self::path(account, &transfer.file);
        path.and_then(|path| {
            may_store(&visitor, &path, is_backup_file)?;
            self.tree.store(&path, bytes)
        })
        .map_err(|why| (BackupReason::Denied, why.to_string()))
    }

    pub(crate) fn retrieve(
        &self,
        account: &FtpAccount,
        transfer: &Transfer,
    ) -> Result<Arc<[u8]>, (BackupReason, String)> {
        self.greet()?;
        if self.behaviour == Behaviour::Breaks {
            return Err((BackupReason::Data, "the data connection broke".to_owned()));
        }
        let path = Self::path(account, &transfer.file);
        path.and_then(|path| self.tree.get(&path)).map_err(|why| (BackupReason::NoFile, why.to_string()))
    }

    fn greet(&self) -> Result<(), (BackupReason, String)> {
        match self.behaviour {
            Behaviour::Refuses => Err((BackupReason::Connect, "nobody listens there".to_owned())),
            Behaviour::Silent => Err((BackupReason::Connect, "no answer in time".to_owned())),
            Behaviour::Wrong => Err((BackupReason::Connect, "an answer that is none".to_owned())),
            _ => Ok(()),
        }
    }
}
