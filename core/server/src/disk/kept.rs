//! Files that are asked for again and again, kept in memory.
//!
//! A fleet that boots asks for the same few files. One that is here costs a look at its inode, instead of a walk through
//! the folders, an open, a read and a close on another thread. The look is made for each request: whoever puts another
//! file in its place, or edits it, is served at once as before.

use std::{
    collections::HashMap,
    fs::Metadata,
    io::{self, Read, Seek},
    os::unix::fs::MetadataExt,
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use bytes::Bytes;
use deskset_models::FilePath;

use super::{About, DiskTree, OpenedFile};
use crate::limits::{KEPT_BYTES_MAX, KEPT_FILE_MAX, KEPT_FILES_MAX};

/// A file in memory, as it was on the disk when it was asked for.
#[derive(Debug)]
pub(crate) struct KeptFile {
    /// All of it.
    pub(crate) bytes: Bytes,
    served: String,
    modified: Option<SystemTime>,
    place: PathBuf,
    edition: Edition,
}

/// What differs as soon as it is another file, or has other bytes or rights.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Edition {
    device: u64,
    inode: u64,
    size: u64,
    modified: (i64, i64),
    changed: (i64, i64),
}

/// Files by the path that is asked for.
#[derive(Debug)]
pub(super) struct KeptFiles {
    kept: Mutex<Kept>,
    /// Only a file that has not changed for so long.
    rest: Duration,
}

#[derive(Debug, Default)]
struct Kept {
    files: HashMap<String, Arc<KeptFile>>,
    bytes: u64,
}

impl KeptFile {
    pub(crate) fn about(&self) -> About<'_> {
        let Edition { inode, size, .. } = self.edition;
        About { served: &self.served, size, modified: self.modified, inode }
    }
}

impl DiskTree {
    /// The file, if it is kept and still the same. One look at an inode: that may be done where nothing else may block.
    pub(crate) fn kept(&self, path: &FilePath) -> Option<Arc<KeptFile>> {
        let file = self.kept.lock().files.get(path.as_str())?.clone();
        let same = file.place.symlink_metadata().is_ok_and(|data| data.is_file() && Edition::of(&data) == file.edition);
        if !same {
            self.kept.lock().remove(path.as_str());
        }
        same.then_some(file)
    }

    /// Reads the file and keeps it, if it is of those that are kept; else it stays as it was opened.
    pub(crate) fn keep(&self, path: &FilePath, opened: &mut OpenedFile) -> io::Result<Option<Arc<KeptFile>>> {
        // By its own name, and with no link on the way: only then does a look at the place say what the name leads to.
        let own = opened.served == path.as_str() && opened.place == self.root.join(path.as_str());
        if !own || opened.size > KEPT_FILE_MAX {
            return Ok(None);
        }
        let data = opened.file.metadata()?;
        let edition = Edition::of(&data);
        if !edition.rests(self.kept.rest) {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        (&opened.file).take(KEPT_FILE_MAX).read_to_end(&mut bytes)?;
        if bytes.len() as u64 != edition.size || Edition::of(&opened.file.metadata()?) != edition {
            opened.file.rewind()?;
            return Ok(None);
        }
        let file = Arc::new(KeptFile {
            bytes: bytes.into(),
            served: opened.served.clone(),
            modified: data.modified().ok(),
            place: opened.place.clone(),
            edition,
        });
        self.kept.lock().add(file.clone());
        Ok(Some(file))
    }
}

impl Edition {
    fn of(data: &Metadata) -> Self {
        Edition {
            device: data.dev(),
            inode: data.ino(),
            size: data.size(),
            modified: (data.mtime(), data.mtime_nsec()),
            changed: (data.ctime(), data.ctime_nsec()),
        }
    }

    /// The time of the last change is the system's own: nobody can set it back.
    fn rests(&self, rest: Duration) -> bool {
        let (seconds, nanos) = self.changed;
        let since = |seconds, nanos| (UNIX_EPOCH + Duration::new(seconds, nanos)).elapsed();
        match (seconds.try_into(), nanos.try_into()) {
            (Ok(seconds), Ok(nanos)) => since(seconds, nanos).is_ok_and(|since| since >= rest),
            _ => false,
        }
    }
}

impl KeptFiles {
    pub(super) fn new(rest: Duration) -> Self {
        KeptFiles { kept: Mutex::default(), rest }
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn add(&mut self, file: Arc<KeptFile>) {
        self.remove(&file.served);
        if self.bytes + file.edition.size > KEPT_BYTES_MAX || self.files.len() >= KEPT_FILES_MAX {
            // Those that are still asked for come back.
            *self = Kept::default();
        }
        self.bytes += file.edition.size;
        self.files.insert(file.served.clone(), file);
    }

    fn remove(&mut self, path: &str) {
        if let Some(file) = self.files.remove(path) {
            self.bytes -= file.edition.size;
        }
    }
}
