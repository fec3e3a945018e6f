//! What a phone is told, on its way there from wherever it comes.
//!
//! A channel of tokio's keeps a block of 32 messages for whoever waits on it: 4 KB for each of many thousand phones
//! that are told nothing for hours. This one keeps what waits, and nothing else.

use std::{
    collections::VecDeque,
    future::poll_fn,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Poll, Waker},
};

use deskset_phone::Input;

/// A phone's end: whoever has it takes out what the others put in.
#[derive(Debug, Default)]
pub(crate) struct Mailbox(Slot);

/// Puts into a phone's mailbox. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Slot(Arc<Mutex<Waiting>>);

#[derive(Debug, Default)]
struct Waiting {
    inputs: VecDeque<Input>,
    /// Whoever waits for one. There is one mailbox, so there is one such.
    reader: Option<Waker>,
}

impl Mailbox {
    /// A way to put something in.
    pub(crate) fn slot(&self) -> &Slot {
        &self.0
    }

    /// The oldest thing in it, as soon as there is one. Dropping the future loses nothing.
    pub(crate) async fn take(&mut self) -> Input {
        poll_fn(|context| {
            let mut waiting = self.0.waiting();
            let input = waiting.inputs.pop_front();
            if waiting.inputs.is_empty() {
                waiting.inputs = VecDeque::new();
            }
            if input.is_none() {
                waiting.reader = Some(context.waker().clone());
            }
            input.map_or(Poll::Pending, Poll::Ready)
        })
        .await
    }
}

impl Slot {
    /// Puts it in. If the phone is gone, it goes with the mailbox.
    pub(crate) fn put(&self, input: Input) {
        let reader = {
            let mut waiting = self.waiting();
            waiting.inputs.push_back(input);
            waiting.reader.take()
        };
        if let Some(reader) = reader {
            reader.wake();
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        // A plain list: a panicking holder leaves nothing half-done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
