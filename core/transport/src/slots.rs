//! How many transfers may run at once.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::limits::{FILES_PER_SLOT, FILES_RESERVED, SLOTS_DEFAULT};

/// The slots of one transport.
#[derive(Debug)]
pub(crate) struct Slots {
    free: Arc<Semaphore>,
    all: usize,
}

impl Slots {
    /// As many as asked for, but no more than the limit on open files allows.
    pub(crate) fn new(asked: Option<usize>) -> Self {
        let asked = asked.unwrap_or(SLOTS_DEFAULT);
        let all = within(asked, rustix::process::getrlimit(rustix::process::Resource::Nofile).current);
        if all < asked {
            tracing::warn!(asked, slots = all, "fewer transfers at once: the limit on open files is low (ulimit -n)");
        }
        Self { free: Arc::new(Semaphore::new(all)), all }
    }

    /// Waits for a slot.
    pub(crate) async fn take(&self) -> Option<OwnedSemaphorePermit> {
        // An error means that the semaphore was closed, which nothing does.
        Arc::clone(&self.free).acquire_owned().await.ok()
    }

    pub(crate) fn all(&self) -> usize {
        self.all
    }

    /// Whether a slot may be kept a little longer without making others wait.
    pub(crate) fn plenty(&self) -> bool {
        self.free.available_permits() * 2 >= self.all
    }
}

fn within(asked: usize, open_files: Option<u64>) -> usize {
    let possible = open_files.map_or(u64::MAX, |files| files.saturating_sub(FILES_RESERVED) / FILES_PER_SLOT);
    asked.min(usize::try_from(possible).unwrap_or(usize::MAX)).clamp(1, Semaphore::MAX_PERMITS)
}
