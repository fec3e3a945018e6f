use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use crate::limits::VALUES_SHARED_MAX;

/// The last values that phones were given: those who are given equal ones share them.
#[derive(Debug)]
pub struct Shared<T: ?Sized>(Mutex<VecDeque<Arc<T>>>);

impl<T: ?Sized> Default for Shared<T> {
    fn default() -> Self {
        Shared(Mutex::default())
    }
}

impl<T: PartialEq + ?Sized> Shared<T> {
    /// The same value: an earlier one, if it is equal and among the last [`VALUES_SHARED_MAX`].
    pub fn shared(&self, value: Arc<T>) -> Arc<T> {
        // A plain list: a panicking holder leaves nothing half-done.
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
