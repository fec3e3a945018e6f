//! Which addresses had too many wrong passwords.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, MutexGuard, PoisonError},
};

use tokio::time::Instant;

use crate::limits::{FTP_ADDRESS_LOGINS_MAX, FTP_ADDRESS_LOGINS_TIME, FTP_REFUSED_ADDRESSES_MAX};

/// Wrong passwords of each address, over all its sessions.
#[derive(Debug, Default)]
pub(super) struct Refusals(Mutex<HashMap<IpAddr, Wrong>>);

#[derive(Debug)]
struct Wrong {
    first: Instant,
    count: u32,
}

impl Refusals {
    /// Whether the address may try no more passwords for now, not even the right one.
    pub(super) fn bar(&self, ip: IpAddr) -> bool {
        self.wrong().get(&ip.to_canonical()).is_some_and(Wrong::is_too_much)
    }

    /// One more wrong password; whether it was the last one for now.
    pub(super) fn add(&self, ip: IpAddr) -> bool {
        let ip = ip.to_canonical();
        let mut wrong = self.wrong();
        if wrong.len() >= FTP_REFUSED_ADDRESSES_MAX && !wrong.contains_key(&ip) {
            wrong.retain(|_, wrong| wrong.counts());
            if wrong.len() >= FTP_REFUSED_ADDRESSES_MAX
                && let Some(oldest) = wrong.iter().min_by_key(|(_, wrong)| wrong.first).map(|(ip, _)| *ip)
            {
                wrong.remove(&oldest);
            }
        }
        let of_ip = wrong.entry(ip).or_insert_with(Wrong::none);
        if !of_ip.counts() {
            *of_ip = Wrong::none();
        }
        of_ip.count = of_ip.count.saturating_add(1);
        of_ip.is_too_much()
    }

    fn wrong(&self) -> MutexGuard<'_, HashMap<IpAddr, Wrong>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Wrong {
    fn none() -> Self {
        Wrong { first: Instant::now(), count: 0 }
    }

    fn counts(&self) -> bool {
        self.first.elapsed() < FTP_ADDRESS_LOGINS_TIME
    }

    fn is_too_much(&self) -> bool {
        self.counts() && self.count >= FTP_ADDRESS_LOGINS_MAX
    }
}
