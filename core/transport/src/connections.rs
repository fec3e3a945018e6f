//! Files of one boot, one after the other over one connection.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use tokio::sync::OwnedSemaphorePermit;
use tokio::task::AbortHandle;
use tokio::time::sleep;

use crate::endpoint::Endpoint;
use crate::fetch::{FetchAsk, Fetched, Progress, Protocol};
use crate::fetch_error::FetchError;
use crate::http_line::Line;
use crate::limits::IDLE_IN_A_QUEUE;
use crate::settings::{Inner, Transport};

/// One phone's connections to its file servers: at most one is kept, idle, for the next file from the same server.
///
/// The same server is the same protocol, name and port; the vendor CA is the transport's. All else is as with
/// [`Transport::fetch`]: a kept connection that turns out to be closed is replaced by a fresh one in the same attempt.
#[derive(Debug, Clone)]
pub struct Connections {
    transport: Transport,
    keeper: Keeper,
}

impl Transport {
    /// Connections for one phone, none open yet.
    #[must_use]
    pub fn connections(&self) -> Connections {
        Connections { transport: self.clone(), keeper: Keeper::default() }
    }
}

impl Connections {
    /// Fetches a file: one attempt at one server. `progress` hears of it as it goes.
    ///
    /// # Errors
    /// [`FetchError`]; its [`kind`](FetchError::kind) is what a phone decides on.
    pub async fn fetch(&self, ask: &FetchAsk, progress: impl FnMut(Progress)) -> Result<Fetched, FetchError> {
        self.transport.fetch_over(ask, Some(&self.keeper), progress).await
    }

    /// Closes the kept connection. Fetches under way go on, but theirs are not kept either.
    pub fn close(&self) {
        let mut place = self.keeper.place();
        place.closed += 1;
        place.kept = None;
    }
}

/// Where the one connection is kept.
#[derive(Clone, Default)]
pub(crate) struct Keeper(Arc<Mutex<Place>>);

#[derive(Default)]
struct Place {
    kept: Option<Kept>,
    /// How often it was cleared: what was under way then is not kept.
    closed: u64,
}

/// A connection that nothing moves on. Dropped, it is closed, and only then its slot is free.
pub(crate) struct Kept {
    line: Line,
    slot: Option<OwnedSemaphorePermit>,
    to: (Protocol, Endpoint),
    watch: Watch,
}

/// Ends a task that waits.
struct Watch(AbortHandle);

impl Drop for Watch {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Kept {
    /// To be used again.
    pub(crate) fn apart(self) -> (Option<Line>, Option<OwnedSemaphorePermit>) {
        let Kept { line, slot, watch, .. } = self;
        drop(watch);
        (Some(line), slot)
    }
}

impl Keeper {
    /// Begins a fetch: the kept connection, if it leads where this file is. One that leads elsewhere is closed.
    pub(crate) fn begin(&self, ask: &FetchAsk) -> (Turn<'_>, Option<Kept>) {
        let mut place = self.place();
        let turn = Turn { keeper: self, closed: place.closed };
        (turn, place.kept.take().filter(|kept| (kept.to.0, &kept.to.1) == (ask.protocol, &ask.server)))
    }

    fn place(&self) -> MutexGuard<'_, Place> {
        // Nothing is left half-done by a holder that panics.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A fetch whose connection may be kept.
pub(crate) struct Turn<'a> {
    keeper: &'a Keeper,
    closed: u64,
}

impl Turn<'_> {
    /// Keeps its connection, unless all was closed meanwhile. If somebody waits for the slot, not for long.
    pub(crate) fn keep(self, ask: &FetchAsk, line: Line, slot: Option<OwnedSemaphorePermit>, inner: &Inner) {
        let mut waiting = inner.slots.waiting();
        let (place, idle) = (Arc::downgrade(&self.keeper.0), inner.limits.idle);
        let watch = tokio::spawn(async move {
            tokio::select! {
                () = sleep(idle) => {}
                () = async {
                    let _ = waiting.wait_for(|waiting| *waiting > 0).await;
                    sleep(IDLE_IN_A_QUEUE).await;
                } => {}
            }
            clear(&place);
        });
        let watch = Watch(watch.abort_handle());
        let mut place = self.keeper.place();
        if place.closed == self.closed {
            place.kept = Some(Kept { line, slot, to: (ask.protocol, ask.server.clone()), watch });
        }
    }
}

/// A connection that took this one's place meanwhile is closed, too, which costs no more than opening another.
fn clear(place: &Weak<Mutex<Place>>) {
    if let Some(place) = place.upgrade() {
        place.lock().unwrap_or_else(PoisonError::into_inner).kept = None;
    }
}

impl fmt::Debug for Keeper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Keeper").field(&self.place().kept.is_some()).finish()
    }
}
