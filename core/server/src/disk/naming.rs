//! How a file gets its name.

use std::{
    fs,
    io::{self, ErrorKind},
    path::Path,
};

use rustix::{
    fs::{CWD, RenameFlags, renameat_with},
    io::Errno,
};

/// Gives the file `part` the name `target`, which leads to the old file or to the new one at every moment.
///
/// `at_once`: nobody waits for the disk. File systems with delayed allocation (ext4, `auto_da_alloc` in ext4(5)) write a
/// file that is moved over another one to the disk at once, under the folder's lock: 0.7 ms for each file of four
/// kilobytes, one after the other, on the machine of `docs/performance.md`. Two names that are exchanged they leave alone.
pub(super) fn name(part: &Path, target: &Path, at_once: bool) -> io::Result<()> {
    // A folder cannot be replaced by a file, but exchanged with one.
    if at_once && target.symlink_metadata().is_ok_and(|there| there.is_file()) {
        match renameat_with(CWD, part, CWD, target, RenameFlags::EXCHANGE) {
            Ok(()) => {
                remove_replaced(part);
                return Ok(());
            }
            // It went away, or the file system has no such thing.
            Err(Errno::NOENT | Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => {}
            Err(error) => return Err(error.into()),
        }
    }
    fs::rename(part, target)
}

fn remove_replaced(old: &Path) {
    match fs::remove_file(old) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            tracing::warn!(part = %old.display(), %error, "a replaced file stays behind; it is never served");
        }
        _ => {}
    }
}
