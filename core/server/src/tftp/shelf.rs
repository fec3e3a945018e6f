use std::{
    collections::HashMap,
    io::{self, Read},
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError, Weak},
    time::SystemTime,
};

use crate::{OpenedFile, limits::TFTP_FILE_MAX};

/// Files being sent, held in memory once however many clients read them.
#[derive(Default)]
pub(super) struct Shelf(Mutex<HashMap<Edition, Weak<[u8]>>>);

/// A file as it was at one time: one stored in its place is another.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Edition {
    place: PathBuf,
    size: u64,
    modified: Option<SystemTime>,
}

impl Shelf {
    /// The whole file. Blocks.
    pub(super) fn take(&self, opened: OpenedFile) -> io::Result<Arc<[u8]>> {
        if opened.size > TFTP_FILE_MAX {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "larger than TFTP is allowed to send"));
        }
        let edition = Edition { place: opened.place, size: opened.size, modified: opened.modified };
        let shared = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&edition).and_then(Weak::upgrade);
        if let Some(bytes) = shared {
            return Ok(bytes);
        }
        let mut bytes = Vec::new();
        opened.file.take(TFTP_FILE_MAX).read_to_end(&mut bytes)?;
        let bytes: Arc<[u8]> = bytes.into();
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.retain(|_, file| file.strong_count() > 0);
        files.insert(edition, Arc::downgrade(&bytes));
        Ok(bytes)
    }
}
