//! Older versions of a file, kept beside it.

use std::{
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use super::naming::name;

/// How many there are to be.
#[derive(Clone, Debug, Default)]
pub(super) struct Versions {
    kept: usize,
    /// Two clients may replace one file at the same time.
    moving: Arc<Mutex<()>>,
}

impl Versions {
    pub(super) fn keeping(kept: usize) -> Self {
        Versions { kept, moving: Arc::default() }
    }

    /// Gives the file `part` the name `target`. The name leads to a whole file at every moment. `at_once`: without
    /// waiting for the disk.
    pub(super) fn replace(&self, part: &Path, target: &Path, at_once: bool) -> io::Result<()> {
        if self.kept == 0 {
            return name(part, target, at_once);
        }
        let _moving = self.moving.lock().unwrap_or_else(PoisonError::into_inner);
        // A new file without an old version is better than none.
        if let Err(error) = self.keep(target) {
            tracing::warn!(file = %target.display(), %error, "the replaced file is not kept as an older version");
        }
        name(part, target, at_once)
    }

    fn keep(&self, target: &Path) -> io::Result<()> {
        if !target.try_exists()? {
            return Ok(());
        }
        for number in (1..self.kept).rev() {
            match fs::rename(version(target, number), version(target, number + 1)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        let last = version(target, 1);
        match fs::remove_file(&last) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => fs::hard_link(target, last),
        }
    }
}

/// `name.~1~` is the version before the one that `name` leads to; higher numbers are older.
fn version(target: &Path, number: usize) -> PathBuf {
    let mut name = OsString::from(target);
    name.push(format!(".~{number}~"));
    PathBuf::from(name)
}
