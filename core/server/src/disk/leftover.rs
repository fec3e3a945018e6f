//! What a killed server left behind.
//!
//! Whoever writes a file that is not whole yet has a lock on it, which the system takes away with the process. A
//! number in the name would not do: processes in two containers can have the same one.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io::{self, ErrorKind},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use deskset_files::tree::PART_PREFIX;

use super::DiskTree;
use crate::limits::{DEPTH_MAX, FILES_MAX};

/// Shows other servers that a file on its way in is somebody's.
pub(super) fn claim(file: &File) -> io::Result<()> {
    match file.try_lock() {
        // Somebody who cleans up holds it, for a moment.
        Err(TryLockError::WouldBlock) => file.lock(),
        // There are disks in networks without locks; then nothing is cleaned up on them either.
        Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => Ok(()),
        Err(TryLockError::Error(error)) => Err(error),
        Ok(()) => Ok(()),
    }
}

impl DiskTree {
    /// Removes parts of files that servers were killed over, in all folders. Returns how many.
    pub fn remove_leftovers(&self) -> usize {
        let mut removed = 0;
        let mut seen = 0;
        let mut folders = vec![(self.root.clone(), 0)];
        while let Some((folder, depth)) = folders.pop() {
            let Ok(items) = folder.read_dir() else { continue };
            for item in items.flatten() {
                seen += 1;
                if seen > FILES_MAX {
                    return removed;
                }
                // Of the item itself: links are not followed.
                let Ok(kind) = item.file_type() else { continue };
                if kind.is_dir() && depth < DEPTH_MAX {
                    folders.push((item.path(), depth + 1));
                } else if kind.is_file() && item.file_name().to_str().is_some_and(is_part) {
                    removed += usize::from(remove(&item.path()));
                }
            }
        }
        removed
    }
}

/// Whether a file of this name can be ours: prefix, process, number.
fn is_part(name: &str) -> bool {
    let numbers = name.strip_prefix(PART_PREFIX).and_then(|numbers| numbers.split_once('-'));
    numbers.is_some_and(|(process, number)| process.parse::<u32>().is_ok() && number.parse::<u64>().is_ok())
}

fn remove(place: &Path) -> bool {
    match try_remove(place) {
        Ok(true) => {
            tracing::info!(part = %place.display(), "removed what a killed server left behind");
            true
        }
        Ok(false) => false,
        Err(error) => {
            tracing::warn!(part = %place.display(), %error, "an unfinished file stays behind; it is never served");
            false
        }
    }
}

/// False if a living server has it.
fn try_remove(place: &Path) -> io::Result<bool> {
    // For writing: disks in networks give locks for nothing else.
    let file = OpenOptions::new().write(true).custom_flags(libc::O_NOFOLLOW | libc::O_NONBLOCK).open(place)?;
    match file.try_lock() {
        Ok(()) => std::fs::remove_file(place).map(|()| true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(error),
    }
}
