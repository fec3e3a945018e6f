use std::{net::Ipv4Addr, sync::Arc, time::Duration};

use deskset_files::application::Fingerprint;
use deskset_models::{Model, Release, Signaling};

use deskset_browser::limits::{DECK_BYTES_MAX, IMAGE_BYTES_MAX};

use crate::{
    Library, Login,
    limits::{ERROR_SHOWN, EXTENSION_PROMPT},
};

/// What a phone is before it is switched on: the same for its whole life, but for signaling and group, which can be entered
/// at it.
#[derive(Clone, Debug)]
pub struct Setup {
    /// What the carrier calls this phone, in events and folders.
    pub name: Arc<str>,
    /// The model.
    pub model: Model,
    /// What SIG stands at.
    pub signaling: Signaling,
    /// What GROUP stands at, 0 to 999.
    pub group: u16,
    /// Hardware address, 12 hexadecimal digits.
    pub mac: String,
    /// The release of the software a new phone is delivered with, which loads the first application.
    pub boot_release: Release,
    /// What was entered at the phone. Lists like this one are the same for many phones, and shared by them.
    pub manual: Arc<[(String, String)]>,
    /// The address that the DHCP server gives it, where `site` names none.
    pub address: Option<Ipv4Addr>,
    /// What else the DHCP server gives (the site option's string, already taken apart).
    pub site: Arc<[(String, String)]>,
    /// The login to use as soon as the phone asks.
    pub login: Option<Login>,
    /// What is known of application files that do not say it themselves.
    pub applications: Arc<[KnownApplication]>,
    /// Choices of the lab.
    pub policy: Policy,
    /// What was parsed and run before, for phones that get the same files. Nothing depends on what is in it.
    pub library: Arc<Library>,
}

/// An application file of somebody else's making.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KnownApplication {
    /// The file's name.
    pub name: String,
    /// The release it holds.
    pub release: Release,
    /// Its SHA-256, where known.
    pub sha256: Option<Fingerprint>,
}

/// Choices of the lab.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Policy {
    /// How often a boot that found no file server is begun, an error message apart. At least 1.
    pub boot_rounds: u8,
    /// How long an error message stays before the phone restarts.
    pub error_shown: Duration,
    /// How long the extension prompt waits.
    pub prompt: Duration,
    /// A name in TPSLIST matches at a dot only: `company.com` does not trust `hackercompany.com` any more.
    pub strict_tps: bool,
    /// What stands between the items a subscription server is told.
    pub subscribe_separator: SubscribeSeparator,
    /// The largest page, in bytes.
    pub page_bytes: usize,
    /// The largest picture on a page, in bytes.
    pub picture_bytes: usize,
}

/// What stands between the items a subscription server is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum SubscribeSeparator {
    /// `&`, as everywhere in queries (project rule).
    #[default]
    Ampersand,
    /// `+`, as the guide prints it (API Guide 16-300256, p. 63).
    Plus,
}

impl Default for Policy {
    fn default() -> Self {
        Policy {
            boot_rounds: 1,
            error_shown: ERROR_SHOWN,
            prompt: EXTENSION_PROMPT,
            strict_tps: false,
            subscribe_separator: SubscribeSeparator::default(),
            page_bytes: DECK_BYTES_MAX,
            picture_bytes: IMAGE_BYTES_MAX,
        }
    }
}
