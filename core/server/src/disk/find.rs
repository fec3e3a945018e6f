//! From a path that was asked for to a place on disk.

use std::{
    fs::{File, Metadata, OpenOptions},
    io::{self, ErrorKind},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use deskset_files::tree::{PART_PREFIX, TreeError, choose};
use deskset_models::FilePath;

use super::{DiskError, DiskTree, Names, io_error};
use crate::limits::FILES_MAX;

/// Something that is there.
pub(super) struct Found {
    /// Its path in the tree, in its true spelling.
    pub(super) served: String,
    /// Where it really lies: inside the tree, without symbolic links.
    pub(super) place: PathBuf,
}

/// A folder that a file is to go into, and the name it gets there.
pub(super) struct Berth {
    pub(super) folder: PathBuf,
    pub(super) name: String,
    pub(super) served: String,
}

impl Found {
    pub(super) fn open(&self) -> io::Result<(File, Metadata)> {
        // A link put here since is not followed, a pipe does not make us wait for its other end.
        let flags = libc::O_NOFOLLOW | libc::O_NONBLOCK;
        let file = OpenOptions::new().read(true).custom_flags(flags).open(&self.place)?;
        let data = file.metadata()?;
        Ok((file, data))
    }
}

impl DiskTree {
    pub(super) fn find(&self, path: &FilePath) -> Result<Found, DiskError> {
        let mut found = Found { served: String::new(), place: self.root.clone() };
        for part in path.as_str().split('/') {
            let name = self.name_in(&found.place, part).map_err(|source| io_error(path, source))?;
            let Some(name) = name else { return Err(TreeError::NotFound(path.to_string()).into()) };
            found.place = self.real_place(&found.place.join(&name)).map_err(|why| why.named(path))?;
            found.enter(&name);
        }
        Ok(found)
    }

    /// Where a file of this path is to be stored: in place of the one that the path finds now, else under its own
    /// name. Folders on the way are made.
    pub(super) fn berth(&self, path: &FilePath) -> Result<Berth, DiskError> {
        let parents = path.as_str().rsplit_once('/').map_or("", |(parents, _)| parents);
        let found = self.folder_for(path, parents)?;
        let taken = self.name_in(&found.place, path.name()).map_err(|source| io_error(path, source))?;
        let name = taken.unwrap_or_else(|| path.name().to_owned());
        let mut berth = Found { served: found.served, place: PathBuf::new() };
        berth.enter(&name);
        Ok(Berth { folder: found.place, name, served: berth.served })
    }

    /// The folder `parents` of `path`, made as far as it is missing.
    pub(super) fn folder_for(&self, path: &FilePath, parents: &str) -> Result<Found, DiskError> {
        let mut found = Found { served: String::new(), place: self.root.clone() };
        for part in parents.split('/').filter(|part| !part.is_empty()) {
            if part.starts_with(PART_PREFIX) {
                return Err(TreeError::Forbidden(path.to_string()).into());
            }
            let name = self.name_in(&found.place, part).map_err(|source| io_error(path, source))?;
            let name = match name {
                Some(name) => name,
                None => make_folder(&found.place, part).map_err(|source| io_error(path, source))?,
            };
            found.place = self.real_place(&found.place.join(&name)).map_err(|why| why.named(path))?;
            found.enter(&name);
        }
        Ok(found)
    }

    /// The name in `folder` that serves a request for `wanted`.
    fn name_in(&self, folder: &Path, wanted: &str) -> io::Result<Option<String>> {
        if wanted.starts_with(PART_PREFIX) {
            return Ok(None);
        }
        match folder.join(wanted).symlink_metadata() {
            Ok(_) => return Ok(Some(wanted.to_owned())),
            Err(error) if is_absence(&error) => {}
            Err(error) => return Err(error),
        }
        if self.names == Names::Exact {
            return Ok(None);
        }
        let items = match folder.read_dir() {
            Ok(items) => items,
            Err(error) if is_absence(&error) && folder != self.root => return Ok(None),
            Err(error) => return Err(error),
        };
        let names: Vec<String> =
            items.take(FILES_MAX).filter_map(|item| item.ok()?.file_name().into_string().ok()).collect();
        Ok(choose(wanted, names.iter().map(String::as_str)).map(str::to_owned))
    }

    /// The place itself, or the one that a symbolic link leads to, if that is inside the tree.
    pub(super) fn real_place(&self, place: &Path) -> Result<PathBuf, Astray> {
        let data = place.symlink_metadata().map_err(Astray::Lost)?;
        if !data.is_symlink() {
            return Ok(place.to_owned());
        }
        let real = place.canonicalize().map_err(Astray::Lost)?;
        if real.starts_with(&self.root) { Ok(real) } else { Err(Astray::Outside) }
    }
}

impl Found {
    fn enter(&mut self, name: &str) {
        if !self.served.is_empty() {
            self.served.push('/');
        }
        self.served.push_str(name);
    }
}

/// Why a name leads to no place in the tree.
pub(super) enum Astray {
    Outside,
    Lost(io::Error),
}

impl Astray {
    fn named(self, path: &FilePath) -> DiskError {
        match self {
            Astray::Outside => TreeError::Forbidden(path.to_string()).into(),
            Astray::Lost(error) if is_absence(&error) => TreeError::NotFound(path.to_string()).into(),
            Astray::Lost(error) => io_error(path, error),
        }
    }
}

fn make_folder(parent: &Path, name: &str) -> io::Result<String> {
    match std::fs::create_dir(parent.join(name)) {
        // Another client was quicker.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
        other => other?,
    }
    File::open(parent)?.sync_all()?;
    Ok(name.to_owned())
}

fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::InvalidFilename)
}
