//! What has happened to a phone.

use std::collections::BTreeMap;

use deskset_phone::Event;
use deskset_transport::TransferId;

/// A phone's events, as far as they are kept.
#[derive(Debug)]
pub(crate) struct History {
    /// None yet, or none at all.
    kept: Option<Box<Kept>>,
    most: usize,
    /// How many of the oldest events are no longer kept.
    forgotten: u64,
}

#[derive(Debug, Default)]
struct Kept {
    events: Vec<Event>,
    /// What servers were told of transfers, by the number of the event that tells of it.
    transfers: BTreeMap<usize, TransferId>,
}

impl History {
    /// None yet, and `most` at a time.
    pub(crate) fn new(most: usize) -> Self {
        History { kept: None, most, forgotten: 0 }
    }

    pub(crate) fn add(&mut self, event: Event, transfer: Option<TransferId>) {
        if self.most == 0 {
            self.forgotten += 1;
            return;
        }
        let kept = self.kept.get_or_insert_default();
        if kept.events.len() >= self.most {
            let old = (self.most / 10).max(1);
            kept.events.drain(..old);
            self.forgotten += old as u64;
            let younger = kept.transfers.split_off(&old).into_iter();
            kept.transfers = younger.map(|(at, transfer)| (at - old, transfer)).collect();
        }
        kept.transfers.extend(transfer.map(|transfer| (kept.events.len(), transfer)));
        kept.events.push(event);
    }

    pub(crate) fn events(&self) -> &[Event] {
        self.kept.as_ref().map_or(&[], |kept| &kept.events)
    }

    /// What has happened after the `number`th event, as far as it is kept.
    pub(crate) fn after(&self, number: u64) -> &[Event] {
        let from = usize::try_from(number.saturating_sub(self.forgotten)).unwrap_or(usize::MAX);
        self.events().get(from..).unwrap_or_default()
    }

    /// How many things have happened, kept or not.
    pub(crate) fn count(&self) -> u64 {
        self.forgotten + self.events().len() as u64
    }

    pub(crate) fn transfers(&self) -> &BTreeMap<usize, TransferId> {
        static NONE: BTreeMap<usize, TransferId> = BTreeMap::new();
        self.kept.as_ref().map_or(&NONE, |kept| &kept.transfers)
    }
}
