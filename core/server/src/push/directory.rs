use std::{
    collections::{BTreeMap, BTreeSet},
    net::{IpAddr, Ipv4Addr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, SystemTime},
};

use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};
use tokio::sync::Notify;

use crate::limits::{SUBSCRIPTION_AGE_MAX, SUBSCRIPTION_WORD_MAX, SUBSCRIPTIONS_MAX};

/// Who is where: what phones told when they registered. Cheap to clone; the clones share it.
///
/// A phone says nothing when it logs off (API Guide 16-300256, p. 63). So the newest of two phones that say the same
/// extension or address is believed, and what is older than [`SUBSCRIPTION_AGE_MAX`] is forgotten.
#[derive(Clone, Debug)]
pub struct Directory {
    book: Arc<Mutex<Book>>,
    /// Told of every change, for whoever keeps the directory.
    change: Arc<Notify>,
    port: u16,
}

/// The phones by hardware address, and where to find them by what else is said of them.
#[derive(Debug, Default)]
struct Book {
    phones: BTreeMap<String, Known>,
    by_address: BTreeMap<Ipv4Addr, String>,
    by_extension: BTreeMap<String, String>,
    by_time: BTreeSet<(SystemTime, String)>,
}

/// What is known of a phone.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) extension: String,
    pub(super) address: Ipv4Addr,
    pub(super) set_id: String,
    pub(super) at: SystemTime,
}

/// What is said of a phone.
pub(super) struct Said<'a> {
    pub(super) mac: &'a str,
    pub(super) extension: &'a str,
    pub(super) address: &'a str,
    pub(super) set_id: &'a str,
}

impl Said<'_> {
    /// The phone's hardware address and what is known of it then, if that can be.
    pub(super) fn known(&self, at: SystemTime) -> Result<(String, Known), SubscriptionError> {
        let word = |name, text: &str| {
            let fits = text.len() <= SUBSCRIPTION_WORD_MAX && text.bytes().all(|letter| letter.is_ascii_graphic());
            if fits { Ok(text.to_owned()) } else { Err(SubscriptionError::Unreadable(name)) }
        };
        let mac = mac(self.mac).ok_or(SubscriptionError::Unreadable("MAC"))?;
        let address = self.address.parse().map_err(|_| SubscriptionError::Unreadable("ip"))?;
        let (extension, set_id) = (word("Extn", self.extension)?, word("SetID", self.set_id)?);
        Ok((mac, Known { extension, address, set_id, at }))
    }
}

/// One phone, as `docs/schema/subscriptions-1.json` describes it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Subscription {
    /// Hardware address, twelve hexadecimal digits in pairs with colons.
    pub mac: String,
    /// Who is logged in; empty: nobody.
    pub extension: String,
    /// The phone's address.
    pub address: Ipv4Addr,
    /// What kind of phone it is.
    pub set_id: String,
    /// Where it takes pushes.
    pub push: String,
    /// How long ago it told so, in seconds.
    pub age_seconds: u64,
}

/// Why a request is no subscription.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SubscriptionError {
    /// An item that every subscription has is missing.
    #[error("the subscription has no {0}")]
    Missing(&'static str),
    /// An item cannot be what it is said to be.
    #[error("the subscription's {0} cannot be read")]
    Unreadable(&'static str),
}

impl Directory {
    /// Nobody yet. Phones are said to take pushes on `port`, 80 by custom: they do not tell it.
    pub fn new(port: u16) -> Self {
        Directory { book: Arc::default(), change: Arc::default(), port }
    }

    /// Takes a subscription: the query of the request, the address it came from. Says who it is.
    ///
    /// # Errors
    /// [`SubscriptionError`].
    pub fn subscribe(&self, query: &str, peer: IpAddr, now: SystemTime) -> Result<String, SubscriptionError> {
        let items = items(query);
        let item = |name: &'static str| {
            let found = items.iter().find(|(other, _)| other.eq_ignore_ascii_case(name));
            found.map(|(_, value)| value.as_str()).ok_or(SubscriptionError::Missing(name))
        };
        let said = Said { mac: item("MAC")?, extension: item("Extn")?, address: item("ip")?, set_id: item("SetID")? };
        let (mac, phone) = said.known(now)?;
        if peer.to_canonical() != IpAddr::V4(phone.address) {
            let address = phone.address;
            tracing::warn!(mac, %address, %peer, "a subscription comes from another address than it names");
        }
        self.enter(&mac, phone);
        Ok(mac)
    }

    /// All phones that are known now, by hardware address.
    pub fn list(&self, now: SystemTime) -> Vec<Subscription> {
        let mut book = self.book();
        book.forget_before(now.checked_sub(SUBSCRIPTION_AGE_MAX).unwrap_or(SystemTime::UNIX_EPOCH));
        let age = |phone: &Known| now.duration_since(phone.at).unwrap_or(Duration::ZERO);
        let tell = |(mac, phone): (&String, &Known)| Subscription {
            mac: mac.clone(),
            extension: phone.extension.clone(),
            address: phone.address,
            set_id: phone.set_id.clone(),
            push: match self.port {
                80 => format!("http://{}/forms/push", phone.address),
                port => format!("http://{}:{port}/forms/push", phone.address),
            },
            age_seconds: age(phone).as_secs(),
        };
        book.phones.iter().map(tell).collect()
    }

    pub(super) fn enter(&self, mac: &str, phone: Known) {
        self.book().enter(mac, phone);
        self.change.notify_one();
    }

    /// Returns once something has changed since it returned last.
    pub(super) async fn changed(&self) {
        self.change.notified().await;
    }

    /// The phones by hardware address.
    pub(super) fn known(&self) -> Vec<(String, Known)> {
        self.book().phones.iter().map(|(mac, known)| (mac.clone(), known.clone())).collect()
    }

    fn book(&self) -> MutexGuard<'_, Book> {
        // Nothing in it panics half-way.
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Book {
    /// Puts a phone in, in place of whoever had its hardware address, its address or its extension.
    fn enter(&mut self, mac: &str, phone: Known) {
        let same_user = self.by_extension.get(&phone.extension).filter(|_| !phone.extension.is_empty());
        let gone: Vec<String> = same_user.into_iter().chain(self.by_address.get(&phone.address)).cloned().collect();
        gone.iter().for_each(|other| self.forget(other));
        self.forget(mac);
        if self.phones.len() >= SUBSCRIPTIONS_MAX
            && let Some((_, oldest)) = self.by_time.first().cloned()
        {
            self.forget(&oldest);
        }
        self.by_address.insert(phone.address, mac.to_owned());
        self.by_extension.insert(phone.extension.clone(), mac.to_owned());
        self.by_time.insert((phone.at, mac.to_owned()));
        self.phones.insert(mac.to_owned(), phone);
    }

    fn forget(&mut self, mac: &str) {
        let Some(phone) = self.phones.remove(mac) else { return };
        self.by_address.remove(&phone.address);
        // Phones without an extension share one place.
        if self.by_extension.get(&phone.extension).is_some_and(|other| other == mac) {
            self.by_extension.remove(&phone.extension);
        }
        self.by_time.remove(&(phone.at, mac.to_owned()));
    }

    fn forget_before(&mut self, moment: SystemTime) {
        while let Some((_, oldest)) = self.by_time.first().filter(|(at, _)| *at < moment).cloned() {
            self.forget(&oldest);
        }
    }
}

/// Items stand apart by `&`, by blanks, or by the `+` that the guide prints (API Guide 16-300256, p. 63).
fn items(query: &str) -> Vec<(String, String)> {
    let decoded = query.replace(['&', '+'], " ");
    let decoded = percent_decode_str(&decoded).decode_utf8_lossy();
    let items = decoded.split(' ').filter_map(|item| item.split_once('='));
    items.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

/// In any of the usual notations.
fn mac(text: &str) -> Option<String> {
    let digits: Vec<u8> = text.bytes().filter(|byte| !matches!(byte, b':' | b'-' | b'.')).collect();
    let digits = String::from_utf8(digits).ok()?.to_ascii_lowercase();
    if digits.len() != 12 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    Some((0..6).map(|pair| &digits[2 * pair..2 * pair + 2]).collect::<Vec<_>>().join(":"))
}
