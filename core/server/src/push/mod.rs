//! The far side of the push feature: the content that phones fetch, and the directory they subscribe with.
//!
//! ```text
//!  phone ── GET /push/subscribe?MAC=…&Extn=…&ip=…&SetID=… ──► Directory ──► GET /push/subscriptions (this machine only)
//!  phone ── GET /push/content/NAME ─────────────────────────► Shelf
//! ```
//!
//! Source: API Guide 16-300256, push chapters and "Subscription Service".

mod content_server;
mod directory;
mod kept;
mod shelf;

pub use content_server::ContentServer;
pub use directory::{Directory, Subscription, SubscriptionError};
pub use kept::{Kept, KeptError};
pub use shelf::{Document, Fetch, Placed, Shelf, ShelfFull};

/// Where everything of push is served.
pub(crate) const PREFIX: &str = "/push/";

/// What of push an HTTP server has.
#[derive(Clone, Debug, Default)]
pub struct PushSite {
    /// Content that phones fetch.
    pub shelf: Option<Shelf>,
    /// Where phones subscribe.
    pub directory: Option<Directory>,
}
