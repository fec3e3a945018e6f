use std::{
    collections::VecDeque,
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
};

use deskset_runtime::floor::{Floor, Supply};

use crate::limits::SERVED_KEPT;

/// What the control interface works on. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Control {
    /// The phones.
    pub floor: Floor,
    /// What new phones are made from.
    pub supply: Arc<Supply>,
    /// What the file servers did, if they run beside the phones.
    pub served: Served,
    /// Where users' backup files are, if they are on this machine.
    pub backups: Option<Backups>,
}

/// The last transfers of the file servers, each as its line of JSON. Cheap to clone; all clones are one.
#[derive(Clone, Debug, Default)]
pub struct Served {
    lines: Arc<Mutex<VecDeque<String>>>,
}

impl Served {
    /// Remembers a transfer, and forgets the oldest past [`SERVED_KEPT`].
    pub fn remember(&self, line: String) {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.len() >= SERVED_KEPT {
            lines.pop_front();
        }
        lines.push_back(line);
    }

    /// The transfers, oldest first.
    pub fn lines(&self) -> Vec<String> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}

/// The folder of the backup files.
#[derive(Clone, Debug)]
pub struct Backups {
    /// As the FTP server stores them: files of phones, and their older versions beside them.
    pub folder: PathBuf,
}
