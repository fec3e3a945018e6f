//! What many phones were given alike, kept once for all of them.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use deskset_phone::{KnownApplication, Setup};

use crate::limits::LISTS_SHARED_MAX;

/// The lists of the last setups. Phones of one site have the same.
#[derive(Debug, Default)]
pub(crate) struct Shelf {
    pairs: Lists<(String, String)>,
    applications: Lists<KnownApplication>,
}

impl Shelf {
    /// The same setup, with the lists of an earlier one where they are equal.
    pub(crate) fn shared(&self, setup: Setup) -> Setup {
        let (manual, site) = (self.pairs.shared(setup.manual), self.pairs.shared(setup.site));
        Setup { manual, site, applications: self.applications.shared(setup.applications), ..setup }
    }
}

#[derive(Debug)]
struct Lists<T>(Mutex<VecDeque<Arc<[T]>>>);

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Lists(Mutex::default())
    }
}

impl<T: PartialEq> Lists<T> {
    fn shared(&self, list: Arc<[T]>) -> Arc<[T]> {
        // Plain lists: a panicking holder leaves nothing half-done.
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(same) = known.iter().find(|known| **known == list) {
            return same.clone();
        }
        if known.len() >= LISTS_SHARED_MAX {
            known.pop_front();
        }
        known.push_back(list.clone());
        list
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // req: FS-3
    #[test]
    fn equal_lists_are_one_and_only_the_last_ones_are_kept() {
        let lists = Lists::default();
        let list = |number: usize| -> Arc<[usize]> { Arc::new([number]) };
        let first = lists.shared(list(0));
        assert!(Arc::ptr_eq(&first, &lists.shared(list(0))));
        for number in 1..=LISTS_SHARED_MAX {
            assert_eq!(*lists.shared(list(number)), [number]);
        }
        // It was given up for the last one; a phone that has it keeps it.
        assert!(!Arc::ptr_eq(&first, &lists.shared(list(0))));
        assert_eq!(*first, [0]);
    }
}
