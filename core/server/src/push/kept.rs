//! A directory on disk: phones subscribe when they register, so a server that restarts has to know them still.

use std::{
    io::Read as _,
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

use deskset_files::tree::{FileTree as _, TreeError};
use deskset_models::FilePath;
use serde::{Deserialize, Serialize};
use tokio::{sync::oneshot, task::JoinHandle, time::sleep};

use super::{
    Directory,
    directory::{Known, Said},
};
use crate::{
    DiskError, DiskTree, Names, ServerError, SubscriptionError,
    limits::{SUBSCRIPTIONS_FILE_BYTES_MAX, SUBSCRIPTIONS_KEPT_AFTER, SUBSCRIPTIONS_MAX},
};

/// The file's form and its version.
const SCHEMA: &str = "deskset-directory-1";

/// The file's name in its folder.
const FILE: &str = "known.json";

#[derive(Serialize, Deserialize)]
struct Raw {
    schema: String,
    phones: Vec<RawPhone>,
}

#[derive(Serialize, Deserialize)]
struct RawPhone {
    mac: String,
    extension: String,
    address: String,
    set_id: String,
    /// Seconds since 1970.
    at: u64,
}

/// Why a file is no directory.
#[derive(Debug, thiserror::Error)]
pub enum KeptError {
    /// The disk did not give it.
    #[error(transparent)]
    Disk(#[from] DiskError),
    /// It is longer than a directory can be.
    #[error("{0} bytes are more than the {SUBSCRIPTIONS_FILE_BYTES_MAX} of the largest directory")]
    TooLarge(u64),
    /// It names more phones than a directory knows.
    #[error("{0} phones are more than the {SUBSCRIPTIONS_MAX} that are known at once")]
    TooMany(usize),
    /// It is no JSON, or JSON of another kind.
    #[error("{0}")]
    Json(#[from] serde_json::Error),
    /// Its form is another one.
    #[error("its form is {0:?}, this program knows {SCHEMA:?}")]
    Schema(String),
    /// An entry cannot be.
    #[error("phone {number}: {why}")]
    Phone {
        /// Counted from 1.
        number: usize,
        /// Why.
        why: SubscriptionError,
    },
}

/// Keeps a directory in a folder, a moment after each change. Dropped, it writes a last time if the runtime goes on.
#[derive(Debug)]
pub struct Kept {
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
}

impl Directory {
    /// Takes in what was kept in `folder`, which is made if it is missing, and keeps every change there from now on. Must
    /// be called on a tokio runtime.
    ///
    /// # Errors
    /// A folder that cannot be used, or a file there that is no directory.
    pub fn keep(&self, folder: &Path) -> Result<Kept, ServerError> {
        let refused = |source: DiskError| ServerError::Folder { folder: folder.to_owned(), source };
        let failed = |source| refused(DiskError::Io { path: folder.display().to_string(), source });
        private_folder(folder).map_err(failed)?;
        let tree = DiskTree::open(folder, Names::Exact).map_err(refused)?;
        // Of a run that was killed.
        tree.remove_leftovers();
        let place: FilePath = FILE.parse().map_err(|_| refused(TreeError::Forbidden(FILE.to_owned()).into()))?;
        let wrong = |why| ServerError::Subscriptions { file: folder.join(FILE), why: Box::new(why) };
        if let Some(bytes) = read(&tree, &place).map_err(wrong)? {
            self.recall(&bytes, SystemTime::now()).map_err(wrong)?;
        }
        let (stop, stopped) = oneshot::channel();
        let keeping = keeping(self.clone(), Arc::new(tree), place, folder.join(FILE), stopped);
        Ok(Kept { stop, task: tokio::spawn(keeping) })
    }

    /// The file of all phones that are known.
    pub fn record(&self) -> Vec<u8> {
        let seconds = |at: SystemTime| at.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs());
        let raw = |(mac, known): (String, Known)| RawPhone {
            mac,
            extension: known.extension,
            address: known.address.to_string(),
            set_id: known.set_id,
            at: seconds(known.at),
        };
        let raw = Raw { schema: SCHEMA.to_owned(), phones: self.known().into_iter().map(raw).collect() };
        // A form of texts and numbers is always JSON.
        serde_json::to_vec(&raw).unwrap_or_default()
    }

    /// Takes in what [`record`](Self::record) wrote: all of it, or nothing.
    ///
    /// # Errors
    /// [`KeptError`], but none of the disk.
    pub fn recall(&self, bytes: &[u8], now: SystemTime) -> Result<(), KeptError> {
        let raw: Raw = serde_json::from_slice(bytes)?;
        if raw.schema != SCHEMA {
            return Err(KeptError::Schema(raw.schema));
        }
        if raw.phones.len() > SUBSCRIPTIONS_MAX {
            return Err(KeptError::TooMany(raw.phones.len()));
        }
        let mut phones = Vec::new();
        for (at, phone) in raw.phones.iter().enumerate() {
            let said =
                Said { mac: &phone.mac, extension: &phone.extension, address: &phone.address, set_id: &phone.set_id };
            // The clock may have been set back since.
            let told = SystemTime::UNIX_EPOCH.checked_add(std::time::Duration::from_secs(phone.at));
            let told = told.map_or(now, |told| told.min(now));
            phones.push(said.known(told).map_err(|why| KeptError::Phone { number: at + 1, why })?);
        }
        // The newest of two that say the same is believed.
        phones.sort_by_key(|(_, known)| known.at);
        phones.into_iter().for_each(|(mac, known)| self.enter(&mac, known));
        Ok(())
    }
}

impl Kept {
    /// Writes a last time and ends.
    pub async fn stop(self) {
        drop(self.stop);
        // It ends by itself; only a panic would be an error, and that has been told.
        let _ = self.task.await;
    }
}

async fn keeping(
    directory: Directory,
    tree: Arc<DiskTree>,
    place: FilePath,
    file: PathBuf,
    mut stopped: oneshot::Receiver<()>,
) {
    loop {
        let last = tokio::select! {
            () = directory.changed() => tokio::select! {
                () = sleep(SUBSCRIPTIONS_KEPT_AFTER) => false,
                _ = &mut stopped => true,
            },
            _ = &mut stopped => true,
        };
        let (directory, tree, place) = (directory.clone(), tree.clone(), place.clone());
        let stored = tokio::task::spawn_blocking(move || tree.store(&place, &directory.record())).await;
        if let Ok(Err(error)) = stored {
            tracing::error!(file = %file.display(), %error, "the subscriptions are not kept; check the disk");
        }
        if last {
            return;
        }
    }
}

fn read(tree: &DiskTree, place: &FilePath) -> Result<Option<Vec<u8>>, KeptError> {
    let opened = match tree.open_file(place) {
        Ok(opened) => opened,
        Err(DiskError::Tree(TreeError::NotFound(_))) => return Ok(None),
        Err(why) => return Err(why.into()),
    };
    let mut bytes = Vec::new();
    let failed = |source| DiskError::Io { path: FILE.to_owned(), source };
    opened.file.take(SUBSCRIPTIONS_FILE_BYTES_MAX + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > SUBSCRIPTIONS_FILE_BYTES_MAX {
        return Err(KeptError::TooLarge(opened.size));
    }
    Ok(Some(bytes))
}

/// A folder that only its owner can look into: who sits where is not for everybody.
fn private_folder(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    if let Some(parent) = folder.parent() {
        std::fs::create_dir_all(parent)?;
    }
    match std::fs::DirBuilder::new().mode(0o700).create(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        made => made,
    }
}
