//! What many phones were given alike, kept once for all of them.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use deskset_phone::{KnownApplication, Memory, Setup, StoredApplication};

use crate::limits::VALUES_SHARED_MAX;

/// What the last phones were set up with. Those of one site have the same.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    pairs: Shared<[(String, String)]>,
    applications: Shared<[KnownApplication]>,
    stored: Shared<StoredApplication>,
}

impl Shelf {
    /// The same setup, with the lists of an earlier one where they are equal.
    pub(crate) fn shared(&self, setup: Setup) -> Setup {
        let (manual, site) = (self.pairs.shared(setup.manual), self.pairs.shared(setup.site));
        Setup { manual, site, applications: self.applications.shared(setup.applications), ..setup }
    }

    /// The same memory, with the application of an earlier one where they are equal.
    pub(crate) fn shared_memory(&self, memory: Memory) -> Memory {
        let application = memory.application.map(|stored| self.stored.shared(stored));
        Memory { application, ..memory }
    }
}

#[derive(Debug)]
struct Shared<T: ?Sized>(Mutex<VecDeque<Arc<T>>>);

impl<T: ?Sized> Default for Shared<T> {
    fn default() -> Self {
        Shared(Mutex::default())
    }
}

impl<T: PartialEq + ?Sized> Shared<T> {
    fn shared(&self, value: Arc<T>) -> Arc<T> {
        // Plain lists: a panicking holder leaves nothing half-done.
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(same) = known.iter().find(|known| **known == value) {
            return same.clone();
        }
        if known.len() >= VALUES_SHARED_MAX {
            known.pop_front();
        }
        known.push_back(value.clone());
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // req: DC-3
    #[test]
    fn equal_values_are_one_and_only_the_last_ones_are_kept() {
        let lists = Shared::default();
        let list = |number: usize| -> Arc<[usize]> { Arc::new([number]) };
        let first = lists.shared(list(0));
        assert!(Arc::ptr_eq(&first, &lists.shared(list(0))));
        for number in 1..=VALUES_SHARED_MAX {
            assert_eq!(*lists.shared(list(number)), [number]);
        }
        // It was given up for the last one; a phone that has it keeps it.
        assert!(!Arc::ptr_eq(&first, &lists.shared(list(0))));
        assert_eq!(*first, [0]);
    }
}
