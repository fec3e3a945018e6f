//! Puts packets back into order: holds a few back while an earlier one is missing.

use std::{collections::BTreeMap, time::Duration};

use crate::limits::HELD_MAX;

/// A packet on its way to the ear.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Held {
    pub(crate) timestamp: u32,
    pub(crate) payload: Vec<u8>,
    pub(crate) arrived: Duration,
}

/// A packet whose turn it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct InTurn {
    pub(crate) packet: Held,
    /// Whether packets before it are given up.
    pub(crate) after_loss: bool,
}

/// Packets by extended sequence number, and which one is next.
///
/// The first packet is held back as well: it may not be the first that was sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Order {
    next: Option<u64>,
    held: BTreeMap<u64, Held>,
}

impl Order {
    /// Takes a packet; `false` if its turn is over.
    pub(crate) fn insert(&mut self, number: u64, packet: Held) -> bool {
        if self.next.is_some_and(|next| number < next) {
            return false;
        }
        self.held.insert(number, packet);
        true
    }

    /// The next packet, if it is next in order, or was waited for `hold`, or too many wait.
    pub(crate) fn release(&mut self, now: Duration, hold: Duration) -> Option<InTurn> {
        let (first, _) = self.held.first_key_value()?;
        let in_order = self.next == Some(*first);
        if in_order || self.held.len() > HELD_MAX || self.deadline(hold).is_some_and(|deadline| deadline <= now) {
            return self.release_first();
        }
        None
    }

    /// The next packet, whatever is missing before it.
    pub(crate) fn release_first(&mut self) -> Option<InTurn> {
        let (number, packet) = self.held.pop_first()?;
        let after_loss = self.next.is_some_and(|next| next != number);
        self.next = Some(number + 1);
        Some(InTurn { packet, after_loss })
    }

    /// When waiting for a missing packet ends.
    pub(crate) fn deadline(&self, hold: Duration) -> Option<Duration> {
        self.held.values().map(|packet| packet.arrived.saturating_add(hold)).min()
    }
}
