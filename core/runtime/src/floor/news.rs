use std::sync::Arc;

use deskset_phone::Event;

/// Something happened to one phone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct News {
    /// Its name.
    pub phone: Arc<str>,
    /// Counts the phone's events from 1.
    pub number: u64,
    /// What.
    pub event: Event,
}
