//! The tree as libunftp wants to see it.

use std::{
    fmt::{self, Debug},
    io::{self, Read as _, Seek as _, SeekFrom},
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

use async_trait::async_trait;
use deskset_files::tree::{TreeError, Visitor, may_store};
use deskset_models::FilePath;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    time::timeout,
};
use unftp_core::storage::{Error, ErrorKind, FEATURE_RESTART, Fileinfo, Metadata, Permissions, Result, StorageBackend};

use super::{
    Store,
    control::Control,
    guests::Guest,
    paths::{file_in_tree, in_tree, shown},
    store,
};
use crate::{
    Action, DiskError, DiskTree, Entry, OpenedFile, Protocol,
    limits::{CHUNK, FTP_DATA_IDLE, FTP_TRANSFER_TIME},
    record::Transfer,
    settings::AnonymousFtp,
};

/// The tree in one session.
#[derive(Clone)]
pub(super) struct Storage {
    pub(super) store: Arc<Store>,
    pub(super) control: Arc<Control>,
    peer: SocketAddr,
}

impl Storage {
    pub(super) fn new(store: Arc<Store>, control: Arc<Control>, peer: SocketAddr) -> Self {
        Storage { store, control, peer }
    }

    pub(super) fn begin(&self, action: Action, path: &Path) -> Transfer {
        self.store.recorder.begin(Protocol::Ftp, action, self.peer, &shown(path))
    }

    /// Whether `guest` may store or remove `path`.
    pub(super) fn may_store(&self, guest: &Guest, path: &FilePath) -> std::result::Result<(), TreeError> {
        may_store(&guest.0, path, |name| match &self.store.anonymous {
            AnonymousFtp::MayStore(names) => names.hold(name),
            AnonymousFtp::Refused => false,
        })
    }

    /// Does what blocks elsewhere.
    pub(super) async fn on_disk<T: Send + 'static>(
        &self,
        work: impl FnOnce(&DiskTree) -> std::result::Result<T, DiskError> + Send + 'static,
    ) -> std::result::Result<T, DiskError> {
        let tree = self.store.tree.clone();
        tokio::task::spawn_blocking(move || work(&tree)).await.unwrap_or_else(|_| {
            let source = io::Error::other("the server is stopping");
            Err(DiskError::Io { path: String::new(), source })
        })
    }

    /// The file, and its first bytes from `start` on: of a backup file, all. Past its end there is nothing to send, and
    /// nothing wrong.
    async fn begin_sending(&self, path: &Path, start: u64) -> std::result::Result<(OpenedFile, Vec<u8>), DiskError> {
        let path = file_in_tree(path)?;
        let work = move |tree: &DiskTree| {
            let mut opened = tree.open_file(&path)?;
            let mut first = Vec::new();
            let read = opened.file.seek(SeekFrom::Start(start));
            let read = read.and_then(|_| (&opened.file).take(CHUNK as u64).read_to_end(&mut first));
            match read {
                Ok(_) => Ok((opened, first)),
                Err(source) => Err(DiskError::Io { path: path.to_string(), source }),
            }
        };
        self.on_disk(work).await
    }

    async fn open(&self, path: &Path) -> std::result::Result<OpenedFile, DiskError> {
        let path = file_in_tree(path)?;
        self.on_disk(move |tree| tree.open_file(&path)).await
    }
}

/// How a client is told.
pub(super) fn reply(error: DiskError) -> Error {
    match error {
        DiskError::Tree(TreeError::NotFound(_)) => Error::new(ErrorKind::PermanentFileNotAvailable, error),
        DiskError::Tree(TreeError::Forbidden(_)) => Error::new(ErrorKind::FileNameNotAllowedError, error),
        DiskError::Tree(TreeError::NotAllowed(..)) => Error::new(ErrorKind::PermissionDenied, error),
        DiskError::Tree(TreeError::Failed { .. }) => Error::new(ErrorKind::LocalError, error),
        DiskError::Io { ref source, .. } if is_full(source) => {
            Error::new(ErrorKind::ExceededStorageAllocationError, error)
        }
        DiskError::Io { source, .. } => Error::from(source),
    }
}

/// Whether the disk, or the user's part of it, has no more room.
fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge)
}

#[async_trait]
impl StorageBackend<Guest> for Storage {
    type Metadata = Entry;

    /// `RETR` goes on where a client was cut off (`REST`, RFC 3659, section 5).
    fn supported_features(&self) -> u32 {
        FEATURE_RESTART
    }

    async fn metadata<P: AsRef<Path> + Send + Debug>(&self, _: &Guest, path: P) -> Result<Entry> {
        let path = in_tree(path.as_ref()).map_err(|error| reply(error.into()))?;
        self.on_disk(move |tree| tree.entry(path.as_ref())).await.map_err(reply)
    }

    async fn list<P: AsRef<Path> + Send + Debug>(&self, _: &Guest, path: P) -> Result<Vec<Fileinfo<PathBuf, Entry>>> {
        let path = in_tree(path.as_ref()).map_err(|error| reply(error.into()))?;
        let entries = self.on_disk(move |tree| tree.folder(path.as_ref())).await.map_err(reply)?;
        Ok(entries.into_iter().map(|entry| Fileinfo { path: PathBuf::from(&entry.name), metadata: entry }).collect())
    }

    async fn get<P: AsRef<Path> + Send + Debug>(
        &self,
        _: &Guest,
        path: P,
        start: u64,
    ) -> Result<Box<dyn AsyncRead + Send + Sync + Unpin>> {
        let mut opened = self.open(path.as_ref()).await.map_err(reply)?;
        opened.file.seek(SeekFrom::Start(start))?;
        Ok(Box::new(tokio::fs::File::from_std(opened.file)))
    }

    async fn get_into<'a, P, W: ?Sized>(&self, _: &Guest, path: P, start: u64, output: &'a mut W) -> Result<u64>
    where
        W: AsyncWrite + Unpin + Sync + Send,
        P: AsRef<Path> + Send + Debug,
    {
        let mut transfer = self.begin(Action::Fetch, path.as_ref());
        let _place = self.store.transfers.acquire().await;
        let (opened, first) = match self.begin_sending(path.as_ref(), start).await {
            Ok(begun) => begun,
            Err(error) => {
                transfer.refused(&error);
                return Err(reply(error));
            }
        };
        transfer.serving(&opened.served);
        let sent = timeout(FTP_TRANSFER_TIME, send(opened, first, output, &mut transfer)).await;
        match sent.unwrap_or_else(|late| Err(late.into())) {
            Ok(bytes) => {
                transfer.complete();
                Ok(bytes)
            }
            Err(error) => {
                transfer.aborted(&error);
                Err(Error::new(ErrorKind::ConnectionClosed, error))
            }
        }
    }

    async fn put<P: AsRef<Path> + Send + Debug, R: AsyncRead + Send + Sync + Unpin + 'static>(
        &self,
        guest: &Guest,
        mut input: R,
        path: P,
        start: u64,
    ) -> Result<u64> {
        let mut transfer = self.begin(Action::Store, path.as_ref());
        let _place = self.store.transfers.acquire().await;
        if start > 0 {
            // A part put behind a whole file could not be undone.
            transfer.refused("files are stored whole, not continued");
            store::hear_out(self, &mut input).await;
            return Err(ErrorKind::CommandNotImplemented.into());
        }
        match store::receive(self, guest, &mut input, path.as_ref(), &mut transfer).await {
            Ok(bytes) => {
                transfer.complete();
                Ok(bytes)
            }
            Err(failure) => {
                let is_here = !matches!(failure, store::Failure::Aborted(_));
                let error = failure.tell(transfer);
                if is_here {
                    store::hear_out(self, &mut input).await;
                }
                Err(error)
            }
        }
    }

    async fn del<P: AsRef<Path> + Send + Debug>(&self, guest: &Guest, path: P) -> Result<()> {
        let path = file_in_tree(path.as_ref()).map_err(|error| reply(error.into()))?;
        named_only(guest, &path)?;
        self.on_disk(move |tree| tree.remove(&path)).await.map_err(reply)
    }

    async fn mkd<P: AsRef<Path> + Send + Debug>(&self, guest: &Guest, path: P) -> Result<()> {
        let path = file_in_tree(path.as_ref()).map_err(|error| reply(error.into()))?;
        named_only(guest, &path)?;
        self.on_disk(move |tree| tree.make_folder(&path)).await.map_err(reply)
    }

    async fn rename<P: AsRef<Path> + Send + Debug>(&self, _: &Guest, _: P, _: P) -> Result<()> {
        Err(ErrorKind::CommandNotImplemented.into())
    }

    async fn rmd<P: AsRef<Path> + Send + Debug>(&self, _: &Guest, _: P) -> Result<()> {
        Err(ErrorKind::CommandNotImplemented.into())
    }

    async fn cwd<P: AsRef<Path> + Send + Debug>(&self, guest: &Guest, path: P) -> Result<()> {
        match self.metadata(guest, path).await {
            Ok(entry) if entry.is_folder => Ok(()),
            Ok(_) => Err(ErrorKind::PermanentDirectoryNotAvailable.into()),
            Err(error) if error.kind() == ErrorKind::PermanentFileNotAvailable => {
                Err(Error::new(ErrorKind::PermanentDirectoryNotAvailable, error))
            }
            Err(error) => Err(error),
        }
    }
}

/// Removing files and making folders is for users with a name.
fn named_only(guest: &Guest, path: &FilePath) -> Result<()> {
    match &guest.0 {
        Visitor::User(_) => Ok(()),
        Visitor::Anonymous => Err(reply(TreeError::NotAllowed(path.to_string(), Visitor::Anonymous).into())),
    }
}

async fn send<W>(opened: OpenedFile, mut chunk: Vec<u8>, output: &mut W, transfer: &mut Transfer) -> io::Result<u64>
where
    W: AsyncWrite + Unpin + Send + ?Sized,
{
    let mut file = tokio::fs::File::from_std(opened.file);
    let mut sent = 0;
    while !chunk.is_empty() {
        timeout(FTP_DATA_IDLE, output.write_all(&chunk)).await??;
        sent += chunk.len() as u64;
        transfer.moved(chunk.len() as u64);
        let is_last = chunk.len() < CHUNK;
        chunk.clear();
        if !is_last {
            AsyncReadExt::take(&mut file, CHUNK as u64).read_to_end(&mut chunk).await?;
        }
    }
    timeout(FTP_DATA_IDLE, output.flush()).await??;
    Ok(sent)
}

impl Metadata for Entry {
    fn len(&self) -> u64 {
        self.size
    }

    fn is_dir(&self) -> bool {
        self.is_folder
    }

    fn is_file(&self) -> bool {
        !self.is_folder
    }

    fn is_symlink(&self) -> bool {
        false
    }

    fn modified(&self) -> Result<SystemTime> {
        self.modified.ok_or_else(|| ErrorKind::LocalError.into())
    }

    fn gid(&self) -> u32 {
        0
    }

    fn uid(&self) -> u32 {
        0
    }

    fn permissions(&self) -> Permissions {
        Permissions(if self.is_folder { 0o755 } else { 0o644 })
    }
}

impl Debug for Storage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Storage").field("peer", &self.peer).finish_non_exhaustive()
    }
}
