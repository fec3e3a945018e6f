//! How many transfers may run at once.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use crate::limits::{FILES_PER_SLOT, FILES_RESERVED, SLOTS_DEFAULT};

/// The slots of one transport.
#[derive(Debug)]
pub(crate) struct Slots {
    free: Arc<Semaphore>,
    all: usize,
    /// How many wait for one.
    waiting: watch::Sender<usize>,
}

impl Slots {
    /// As many as asked for, but no more than the limit on open files allows.
    pub(crate) fn new(asked: Option<usize>) -> Self {
        let asked = asked.unwrap_or(SLOTS_DEFAULT);
        let all = within(asked, rustix::process::getrlimit(rustix::process::Resource::Nofile).current);
        if all < asked {
            tracing::warn!(asked, slots = all, "fewer transfers at once: the limit on open files is low (ulimit -n)");
        }
        Self { free: Arc::new(Semaphore::new(all)), all, waiting: watch::Sender::new(0) }
    }

    /// Waits for a slot. Thousands may wait, so whoever does should hold little: the future of a transfer has several
    /// kilobytes, and is made afterwards, in a box.
    pub(crate) async fn take(&self) -> Option<OwnedSemaphorePermit> {
        if let Ok(slot) = Arc::clone(&self.free).try_acquire_owned() {
            return Some(slot);
        }
        let _waits = Waits::begin(&self.waiting);
        // An error means that the semaphore was closed, which nothing does.
        Arc::clone(&self.free).acquire_owned().await.ok()
    }

    /// How many transfers wait for a slot, now and later.
    pub(crate) fn waiting(&self) -> watch::Receiver<usize> {
        self.waiting.subscribe()
    }

    pub(crate) fn all(&self) -> usize {
        self.all
    }

    /// Whether a slot may be kept a little longer without making others wait.
    pub(crate) fn plenty(&self) -> bool {
        self.free.available_permits() * 2 >= self.all
    }
}

/// One that waits, until dropped.
struct Waits<'a>(&'a watch::Sender<usize>);

impl<'a> Waits<'a> {
    fn begin(waiting: &'a watch::Sender<usize>) -> Self {
        waiting.send_modify(|waiting| *waiting += 1);
        Self(waiting)
    }
}

impl Drop for Waits<'_> {
    fn drop(&mut self) {
        self.0.send_modify(|waiting| *waiting -= 1);
    }
}

fn within(asked: usize, open_files: Option<u64>) -> usize {
    let possible = open_files.map_or(u64::MAX, |files| files.saturating_sub(FILES_RESERVED) / FILES_PER_SLOT);
    asked.min(usize::try_from(possible).unwrap_or(usize::MAX)).clamp(1, Semaphore::MAX_PERMITS)
}
