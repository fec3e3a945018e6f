//! How much of a server one address has.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Counts what each address has open, of one protocol.
#[derive(Clone, Debug)]
pub(crate) struct Crowd {
    most: usize,
    open: Arc<Mutex<HashMap<IpAddr, usize>>>,
}

/// One connection or transfer, given up when dropped.
#[derive(Debug)]
pub(crate) struct Seat {
    crowd: Crowd,
    ip: IpAddr,
}

impl Crowd {
    pub(crate) fn new(most: usize) -> Self {
        Crowd { most, open: Arc::default() }
    }

    /// None if the address has all it may have.
    pub(crate) fn seat(&self, ip: IpAddr) -> Option<Seat> {
        let ip = ip.to_canonical();
        let mut open = self.open();
        let count = open.get(&ip).copied().unwrap_or_default();
        if count >= self.most {
            return None;
        }
        open.insert(ip, count + 1);
        Some(Seat { crowd: self.clone(), ip })
    }

    fn open(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut open = self.crowd.open();
        match open.get_mut(&self.ip) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(open.remove(&self.ip)),
        }
    }
}
