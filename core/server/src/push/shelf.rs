use std::{
    collections::HashMap,
    fmt,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use bytes::Bytes;
use tokio::sync::watch;

use crate::limits::{DOCUMENT_BYTES_MAX, DOCUMENTS_MAX};

/// Push content that phones fetch, each piece under a name. Cheap to clone; the clones share it.
#[derive(Clone, Default)]
pub struct Shelf(Arc<Mutex<HashMap<String, Filed>>>);

#[derive(Clone)]
struct Filed {
    document: Document,
    fetched: watch::Sender<Option<Fetch>>,
}

/// Without the parameter XML of this type would be ASCII (RFC 3023, section 3.1).
const RESPONSE: &str = "text/xml; charset=utf-8";

/// A piece of push content.
#[derive(Clone)]
pub struct Document {
    kind: &'static str,
    make: Arc<dyn Fn(&Fetch) -> Bytes + Send + Sync>,
}

/// A phone fetches a document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fetch {
    /// The phone.
    pub from: IpAddr,
    /// The port on which it wants to hear: `rtpLPort` (API Guide 16-300256, p. 50).
    pub rtp_port: Option<u16>,
}

/// A document on the shelf; dropped, it is taken away.
#[derive(Debug)]
pub struct Placed {
    shelf: Shelf,
    name: String,
    fetched: watch::Receiver<Option<Fetch>>,
}

/// The shelf is full.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("there are {DOCUMENTS_MAX} documents already; push to fewer phones at once")]
pub struct ShelfFull;

impl Document {
    /// A page: a WML deck.
    pub fn page(deck: impl Into<Bytes>) -> Self {
        Self::fixed("text/vnd.wap.wml", deck.into())
    }

    /// Content with root `<Response>`.
    pub fn response(xml: impl Into<Bytes>) -> Self {
        Self::fixed(RESPONSE, xml.into())
    }

    /// The same, made for each phone that fetches it.
    pub fn response_for(make: impl Fn(&Fetch) -> Bytes + Send + Sync + 'static) -> Self {
        Document { kind: RESPONSE, make: Arc::new(make) }
    }

    fn fixed(kind: &'static str, bytes: Bytes) -> Self {
        Document { kind, make: Arc::new(move |_| bytes.clone()) }
    }
}

impl Shelf {
    /// Puts a document under `name`, in place of any other of that name.
    ///
    /// # Errors
    /// [`ShelfFull`].
    pub fn place(&self, name: impl Into<String>, document: Document) -> Result<Placed, ShelfFull> {
        let name = name.into();
        let mut filed = self.filed();
        if filed.len() >= DOCUMENTS_MAX && !filed.contains_key(&name) {
            return Err(ShelfFull);
        }
        let (sender, fetched) = watch::channel(None);
        filed.insert(name.clone(), Filed { document, fetched: sender });
        Ok(Placed { shelf: self.clone(), name, fetched })
    }

    /// What a phone gets under `name`: its media type and its bytes. Whoever placed it is told.
    pub(crate) fn fetch(&self, name: &str, fetch: Fetch) -> Option<(&'static str, Bytes)> {
        let Filed { document, fetched } = self.filed().get(name)?.clone();
        let bytes = (document.make)(&fetch);
        if bytes.len() > DOCUMENT_BYTES_MAX {
            tracing::error!(name, bytes = bytes.len(), "push content is too large and not given out");
            return None;
        }
        fetched.send_replace(Some(fetch));
        Some((document.kind, bytes))
    }

    fn filed(&self) -> MutexGuard<'_, HashMap<String, Filed>> {
        // A plain table: a panicking holder leaves nothing half-done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Placed {
    /// The path at which it is served.
    pub fn path(&self) -> String {
        format!("/push/content/{}", self.name)
    }

    /// Returns once a phone fetches it; `None` if another document takes its place.
    pub async fn fetched(&mut self) -> Option<Fetch> {
        self.fetched.wait_for(Option::is_some).await.ok().and_then(|fetch| *fetch)
    }
}

impl Drop for Placed {
    fn drop(&mut self) {
        let mut filed = self.shelf.filed();
        // Another one may have taken its place, and with it ended this one's channel.
        if self.fetched.has_changed().is_ok() {
            filed.remove(&self.name);
        }
    }
}

impl fmt::Debug for Shelf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shelf").field("documents", &self.filed().len()).finish()
    }
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document").field("kind", &self.kind).finish_non_exhaustive()
    }
}
