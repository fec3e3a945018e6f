//! What a phone is told, on its way there from wherever it comes.
//!
//! A channel of tokio's keeps a block of 32 messages for whoever waits on it: 4 KB for each of many thousand phones
//! that are told nothing for hours. This one keeps what waits, and nothing else.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use deskset_phone::Input;
use tokio::sync::Notify;

/// A phone's end: whoever has it takes out what the others put in.
#[derive(Debug, Default)]
pub(crate) struct Mailbox(Slot);

/// Puts into a phone's mailbox. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Slot(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    waiting: Mutex<VecDeque<Input>>,
    news: Notify,
}

impl Mailbox {
    /// A way to put something in.
    pub(crate) fn slot(&self) -> &Slot {
        &self.0
    }

    /// The oldest thing in it, as soon as there is one. Dropping the future loses nothing.
    pub(crate) async fn take(&mut self) -> Input {
        loop {
            if let Some(input) = self.0.taken() {
                return input;
            }
            self.0.0.news.notified().await;
        }
    }
}

impl Slot {
    /// Puts it in. If the phone is gone, it goes with the mailbox.
    pub(crate) fn put(&self, input: Input) {
        self.waiting().push_back(input);
        self.0.news.notify_one();
    }

    fn taken(&self) -> Option<Input> {
        let mut waiting = self.waiting();
        let input = waiting.pop_front();
        if waiting.is_empty() {
            *waiting = VecDeque::new();
        }
        input
    }

    fn waiting(&self) -> MutexGuard<'_, VecDeque<Input>> {
        // A plain list: a panicking holder leaves nothing half-done.
        self.0.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
