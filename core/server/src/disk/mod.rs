//! A folder as a file tree.
//!
//! Names are found part by part, in any case if so wished. A symbolic link may point anywhere inside the tree, never
//! out of it. What is stored is written to a file beside its place, made safe, and only then given its name.

mod find;
mod incoming;
mod kept;
mod leftover;
mod naming;
mod versions;

pub use incoming::Incoming;
pub(crate) use kept::KeptFile;

use std::{
    fs::{File, Metadata},
    io::{self, Read},
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use deskset_files::tree::{FileTree, PART_PREFIX, TreeError};
use deskset_models::FilePath;

use self::{kept::KeptFiles, versions::Versions};
use crate::limits::{DEPTH_MAX, FILES_MAX, KEPT_AFTER_DEFAULT};

/// A folder, served. All methods block.
#[derive(Debug)]
pub struct DiskTree {
    /// Without symbolic links.
    root: PathBuf,
    names: Names,
    versions: Versions,
    kept: KeptFiles,
    /// Whether what is stored survives a loss of power.
    sync: bool,
}

/// How asked names match those on disk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Names {
    /// Capitals and small letters are the same; the exact name first.
    AnyCase,
    /// Every letter counts.
    Exact,
}

/// A file, open to be read as it is now, whatever is stored in its place meanwhile.
#[derive(Debug)]
pub struct OpenedFile {
    /// Its path in the tree, in its true spelling.
    pub served: String,
    /// Where it really lies.
    pub place: PathBuf,
    /// Its size in bytes.
    pub size: u64,
    /// When it was written.
    pub modified: Option<SystemTime>,
    /// Tells it from every other file on the same disk, one stored in its place too.
    pub inode: u64,
    /// To read from.
    pub file: File,
}

/// What is told of a file that is sent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct About<'f> {
    /// Its path in the tree, in its true spelling.
    pub(crate) served: &'f str,
    /// Its size in bytes.
    pub(crate) size: u64,
    /// When it was written.
    pub(crate) modified: Option<SystemTime>,
    /// Tells it from every other file on the same disk.
    pub(crate) inode: u64,
}

/// What a folder holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// Name in its folder.
    pub name: String,
    /// Size in bytes; 0 for a folder.
    pub size: u64,
    /// When it was written.
    pub modified: Option<SystemTime>,
    /// Whether it is a folder.
    pub is_folder: bool,
}

/// Why the folder did not do as asked.
#[derive(Debug, thiserror::Error)]
pub enum DiskError {
    /// The tree's own rules.
    #[error(transparent)]
    Tree(#[from] TreeError),
    /// The file system did not take or give it.
    #[error("{path}: {source}")]
    Io {
        /// Which file.
        path: String,
        /// The system's words.
        source: io::Error,
    },
}

impl DiskTree {
    /// Serves `root`, which must be a folder that can be read.
    pub fn open(root: &Path, names: Names) -> Result<Self, DiskError> {
        let io = |source| DiskError::Io { path: root.display().to_string(), source };
        let real = root.canonicalize().map_err(io)?;
        real.read_dir().map_err(io)?;
        Ok(DiskTree {
            root: real,
            names,
            versions: Versions::default(),
            kept: KeptFiles::new(KEPT_AFTER_DEFAULT),
            sync: true,
        })
    }

    /// Keeps this many older versions of a file that is replaced, as `name.~1~`, the last one, and so on. Files on
    /// their way in already are not concerned.
    #[must_use]
    pub fn keeping(self, versions: usize) -> Self {
        DiskTree { versions: Versions::keeping(versions), ..self }
    }

    /// Files that have changed less than this ago are not kept in memory.
    pub(crate) fn keeping_after(self, rest: Duration) -> Self {
        DiskTree { kept: KeptFiles::new(rest), ..self }
    }

    /// Whether what is stored is made to survive a loss of power, as it is unless this says no. The end of the process
    /// it survives in any case.
    #[must_use]
    pub fn syncing(self, sync: bool) -> Self {
        DiskTree { sync, ..self }
    }

    /// The folder, without symbolic links.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Opens a file for reading, bit by bit.
    pub fn open_file(&self, path: &FilePath) -> Result<OpenedFile, DiskError> {
        let found = self.find(path)?;
        let (file, data) = found.open().map_err(|source| io_error(path, source))?;
        if !data.is_file() {
            return Err(TreeError::NotFound(path.to_string()).into());
        }
        Ok(OpenedFile {
            served: found.served,
            place: found.place,
            size: data.len(),
            modified: data.modified().ok(),
            inode: data.ino(),
            file,
        })
    }

    /// What there is at `path`; none is the root.
    pub fn entry(&self, path: Option<&FilePath>) -> Result<Entry, DiskError> {
        let Some(path) = path else {
            let data = self.root.metadata().map_err(|source| self.root_error(source))?;
            return Ok(Entry::new("/".to_owned(), &data));
        };
        let found = self.find(path)?;
        let data = found.place.metadata().map_err(|source| io_error(path, source))?;
        Ok(Entry::new(path.name().to_owned(), &data))
    }

    /// What lies in the folder `path`, sorted by name; none is the root.
    pub fn folder(&self, path: Option<&FilePath>) -> Result<Vec<Entry>, DiskError> {
        let place = match path {
            Some(path) => self.find(path)?.place,
            None => self.root.clone(),
        };
        if !place.is_dir() {
            return Err(TreeError::NotFound(path.map(FilePath::to_string).unwrap_or_default()).into());
        }
        let mut entries = Vec::new();
        for (name, real) in self.inside(&place)? {
            // A file may go away between the two looks.
            if let Ok(data) = real.metadata() {
                entries.push(Entry::new(name, &data));
            }
        }
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(entries)
    }

    /// Removes a file.
    pub fn remove(&self, path: &FilePath) -> Result<(), DiskError> {
        let file = self.open_file(path)?;
        std::fs::remove_file(&file.place).map_err(|source| io_error(path, source))
    }

    /// Makes a folder, with those it lies in.
    pub fn make_folder(&self, path: &FilePath) -> Result<(), DiskError> {
        self.folder_for(path, path.as_str()).map(|_| ())
    }

    /// Tries whether files can be stored.
    pub fn check_writable(&self) -> Result<(), DiskError> {
        Incoming::try_in(&self.root).map_err(|source| self.root_error(source))
    }

    /// The visible names in a folder, each with the place it really lies at, which is inside the tree.
    fn inside(&self, folder: &Path) -> Result<Vec<(String, PathBuf)>, DiskError> {
        let io = |source| DiskError::Io { path: folder.display().to_string(), source };
        let mut found = Vec::new();
        for item in folder.read_dir().map_err(io)?.take(FILES_MAX) {
            let item = item.map_err(io)?;
            let Ok(name) = item.file_name().into_string() else { continue };
            if name.starts_with(PART_PREFIX) {
                continue;
            }
            if let Ok(place) = self.real_place(&item.path()) {
                found.push((name, place));
            }
        }
        Ok(found)
    }

    fn root_error(&self, source: io::Error) -> DiskError {
        DiskError::Io { path: self.root.display().to_string(), source }
    }
}

impl OpenedFile {
    pub(crate) fn about(&self) -> About<'_> {
        About { served: &self.served, size: self.size, modified: self.modified, inode: self.inode }
    }
}

impl FileTree for DiskTree {
    fn read(&self, path: &FilePath) -> Result<Vec<u8>, TreeError> {
        let mut opened = self.open_file(path)?;
        let mut bytes = Vec::new();
        opened.file.read_to_end(&mut bytes).map_err(|source| io_error(path, source))?;
        Ok(bytes)
    }

    fn store(&self, path: &FilePath, bytes: &[u8]) -> Result<(), TreeError> {
        let mut incoming = self.begin(path)?;
        incoming.write(bytes)?;
        Ok(incoming.commit()?)
    }

    fn list(&self) -> Result<Vec<FilePath>, TreeError> {
        let mut paths = Vec::new();
        let mut folders = vec![(String::new(), self.root.clone(), 0)];
        while let Some((prefix, folder, depth)) = folders.pop() {
            for (name, place) in self.inside(&folder)? {
                let Ok(data) = place.symlink_metadata() else { continue };
                let path = format!("{prefix}{name}");
                if data.is_file() {
                    // A name that no client can write is not served either.
                    paths.extend(path.parse::<FilePath>());
                } else if data.is_dir() && depth < DEPTH_MAX {
                    folders.push((format!("{path}/"), place, depth + 1));
                }
                if paths.len() >= FILES_MAX {
                    break;
                }
            }
        }
        paths.sort();
        Ok(paths)
    }
}

impl Entry {
    fn new(name: String, data: &Metadata) -> Self {
        let size = if data.is_file() { data.len() } else { 0 };
        Entry { name, size, modified: data.modified().ok(), is_folder: data.is_dir() }
    }
}

impl From<DiskError> for TreeError {
    fn from(error: DiskError) -> TreeError {
        match error {
            DiskError::Tree(error) => error,
            DiskError::Io { path, source } => TreeError::Failed { path, why: source.to_string() },
        }
    }
}

fn io_error(path: &FilePath, source: io::Error) -> DiskError {
    DiskError::Io { path: path.to_string(), source }
}
