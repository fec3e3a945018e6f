use std::{
    fs::{File, OpenOptions},
    io::{self, Write},
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use deskset_files::tree::{PART_PREFIX, TreeError};
use deskset_models::FilePath;

use super::{DiskError, DiskTree, io_error, leftover, versions::Versions};
use crate::limits::PART_TRIES;

/// A file on its way in. Nobody sees it until [`commit`](Incoming::commit); dropped before, it is gone.
#[derive(Debug)]
pub struct Incoming {
    path: FilePath,
    served: String,
    part: Part,
    target: PathBuf,
    versions: Versions,
    /// Whether it is to be made safe.
    sync: bool,
    /// Whether all that was written is.
    safe: bool,
}

/// A file under a name that is never served, removed when dropped.
#[derive(Debug)]
struct Part {
    folder: PathBuf,
    place: PathBuf,
    file: File,
    moved: bool,
}

static PARTS: AtomicU64 = AtomicU64::new(0);

impl DiskTree {
    /// Begins to store a file. Folders on the way are made.
    pub fn begin(&self, path: &FilePath) -> Result<Incoming, DiskError> {
        if path.name().starts_with(PART_PREFIX) {
            return Err(TreeError::Forbidden(path.to_string()).into());
        }
        let berth = self.berth(path)?;
        let target = berth.folder.join(&berth.name);
        let part = Part::new(&berth.folder).map_err(|source| io_error(path, source))?;
        Ok(Incoming {
            path: path.clone(),
            served: berth.served,
            part,
            target,
            versions: self.versions.clone(),
            sync: self.sync,
            safe: false,
        })
    }
}

impl Incoming {
    /// The path in the tree that it will have.
    pub fn served(&self) -> &str {
        &self.served
    }

    /// Adds bytes at the end.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), DiskError> {
        if bytes.is_empty() {
            return Ok(());
        }
        self.safe = false;
        self.part.file.write_all(bytes).map_err(|source| io_error(&self.path, source))
    }

    /// Whether it takes the disk's time to make it safe.
    pub(crate) fn takes_time(&self) -> bool {
        self.sync
    }

    /// Makes what was written survive a loss of power, still unseen. Takes most of the time of a commit.
    pub fn make_safe(&mut self) -> Result<(), DiskError> {
        if self.sync && !self.safe {
            self.part.file.sync_all().map_err(|source| io_error(&self.path, source))?;
            self.safe = true;
        }
        Ok(())
    }

    /// Puts the file in its place, replacing an older one, which is kept if the tree keeps some. Once this returns, it survives a loss of power.
    pub fn commit(mut self) -> Result<(), DiskError> {
        self.make_safe()?;
        self.part.settle(&self.target, &self.versions, self.sync).map_err(|source| io_error(&self.path, source))
    }

    pub(super) fn try_in(folder: &Path) -> io::Result<()> {
        Part::new(folder).map(drop)
    }
}

impl Part {
    fn new(folder: &Path) -> io::Result<Self> {
        let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
        // A name may be taken by a file left over from a process that had our number and was killed.
        for _ in 0..PART_TRIES {
            let number = PARTS.fetch_add(1, Ordering::Relaxed);
            let place = folder.join(format!("{PART_PREFIX}{}-{number}", std::process::id()));
            match OpenOptions::new().write(true).create_new(true).open(&place) {
                Ok(file) => {
                    leftover::claim(&file)?;
                    // Whoever cleans up at this moment may have taken it for a leftover.
                    if file.metadata()?.nlink() > 0 {
                        return Ok(Part { folder: folder.to_owned(), place, file, moved: false });
                    }
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
                Err(error) => return Err(error),
            }
        }
        Err(last)
    }

    fn settle(&mut self, target: &Path, versions: &Versions, sync: bool) -> io::Result<()> {
        versions.replace(&self.place, target, !sync)?;
        self.moved = true;
        if sync {
            File::open(&self.folder)?.sync_all()?;
        }
        Ok(())
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.moved
            && let Err(error) = std::fs::remove_file(&self.place)
        {
            tracing::warn!(part = %self.place.display(), %error, "an unfinished file stays behind; it is never served");
        }
    }
}
