//! Phones at work side by side, each driven by a task of its own, for whoever watches and presses keys from outside.
//!
//! ```text
//!  console, script ──► Floor ──► Seat ──orders──► task: Desk ──► Phone
//!                                     ◄──glances── (screen, state)
//!                       ◄──────────── news (events) ───────────
//! ```

mod news;
mod seat;
mod supply;
mod work;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use deskset_phone::{Memory, Setup};
use tokio::{sync::broadcast, task::AbortHandle};

pub use news::News;
pub use seat::{Glance, Gone, Late, Seat};
pub use supply::{Supply, Wanted};

use crate::{
    Carrier, RuntimeError,
    limits::{FLOOR_PHONES_MAX, NEWS_KEPT},
};

/// Phones at work side by side. Cheap to clone; the phones lose their power when the last clone is dropped.
#[derive(Clone, Debug)]
pub struct Floor {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    carrier: Carrier,
    seats: Mutex<BTreeMap<String, Occupied>>,
    news: broadcast::Sender<News>,
}

#[derive(Debug)]
struct Occupied {
    seat: Seat,
    task: AbortHandle,
}

impl Floor {
    /// An empty floor whose phones use `carrier`. Phones are driven on the tokio runtime that places them.
    pub fn new(carrier: Carrier) -> Floor {
        let (news, _) = broadcast::channel(NEWS_KEPT);
        Floor { shared: Arc::new(Shared { carrier, seats: Mutex::default(), news }) }
    }

    /// Puts a phone, without power, on a desk of its own. One that has left no memory behind begins with `memory`.
    ///
    /// # Errors
    /// The name is taken or no name, the floor is full, or the phone's memory cannot be used.
    pub fn place(&self, setup: Setup, memory: Memory) -> Result<Seat, RuntimeError> {
        let name = setup.name.to_string();
        let mut seats = self.seats_now();
        if seats.contains_key(&name) {
            return Err(RuntimeError::NameTaken { name });
        }
        if seats.len() >= FLOOR_PHONES_MAX {
            return Err(RuntimeError::FloorFull);
        }
        let desk = self.shared.carrier.desk_with(setup, memory)?;
        let (seat, work) = work::begin(desk, self.shared.news.clone());
        let task = tokio::spawn(work).abort_handle();
        seats.insert(name, Occupied { seat: seat.clone(), task });
        Ok(seat)
    }

    /// All phones, by name.
    pub fn seats(&self) -> Vec<Seat> {
        self.seats_now().values().map(|occupied| occupied.seat.clone()).collect()
    }

    /// The phone of that name.
    pub fn seat(&self, name: &str) -> Option<Seat> {
        self.seats_now().get(name).map(|occupied| occupied.seat.clone())
    }

    /// Takes a phone away: a power cut. Says whether there was one.
    pub fn remove(&self, name: &str) -> bool {
        match self.seats_now().remove(name) {
            Some(occupied) => {
                occupied.task.abort();
                true
            }
            None => false,
        }
    }

    /// What happens from now on, on all desks. A reader that falls more than [`NEWS_KEPT`] behind loses the oldest, and
    /// is told so.
    pub fn news(&self) -> broadcast::Receiver<News> {
        self.shared.news.subscribe()
    }

    fn seats_now(&self) -> MutexGuard<'_, BTreeMap<String, Occupied>> {
        // A plain table: a panicking holder leaves nothing half-done.
        self.shared.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        let seats = self.seats.get_mut().unwrap_or_else(PoisonError::into_inner);
        seats.values().for_each(|occupied| occupied.task.abort());
    }
}
