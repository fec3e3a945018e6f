//! A file in, over TFTP, HTTP or HTTPS.

use std::fmt;
use std::net::SocketAddr;

use bytes::Bytes;
use tracing::Instrument;

use crate::endpoint::Endpoint;
use crate::fetch_error::{FetchError, FetchFault, TlsFault};
use crate::settings::Transport;
use crate::{http, tftp};

/// How a file is fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Protocol {
    /// TFTP, RFC 1350 with options.
    Tftp,
    /// HTTP/1.1.
    Http,
    /// HTTP/1.1 over TLS 1.2 or 1.3.
    Https,
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Tftp => "TFTP",
            Self::Http => "HTTP",
            Self::Https => "HTTPS",
        })
    }
}

/// One file from one server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchAsk {
    /// How.
    pub protocol: Protocol,
    /// From where.
    pub server: Endpoint,
    /// The full path as the phone composed it, not percent-encoded.
    pub path: String,
    /// Largest file accepted, in bytes.
    pub size_limit: u64,
    /// HTTP's User-Agent.
    pub user_agent: Option<String>,
    /// The phone or transfer, for the log.
    pub id: String,
}

/// A file that came whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Its bytes.
    pub bytes: Bytes,
    /// The server's address.
    pub from: SocketAddr,
}

/// How a fetch is getting on, for the phone's display.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// The nth request (TFTP) or connection (HTTP) of this call, from 1.
    Attempt(u32),
    /// Bytes received so far.
    Received(u64),
}

impl Transport {
    /// Fetches a file: one attempt at one server. `progress` hears of it as it goes.
    ///
    /// # Errors
    /// [`FetchError`]; its [`kind`](FetchError::kind) is what a phone decides on.
    pub async fn fetch(&self, ask: &FetchAsk, progress: impl FnMut(Progress)) -> Result<Fetched, FetchError> {
        let span = tracing::info_span!(
            "fetch", phone = %ask.id, protocol = %ask.protocol, server = %ask.server, path = ask.path
        );
        self.carry(ask, progress).instrument(span).await.map_err(|fault| FetchError {
            protocol: ask.protocol,
            path: ask.path.clone(),
            server: ask.server.to_string(),
            fault,
        })
    }

    async fn carry(&self, ask: &FetchAsk, mut progress: impl FnMut(Progress)) -> Result<Fetched, FetchFault> {
        let slot = self.inner.slots.take().await;
        let inner = &self.inner;
        let result = match (ask.protocol, &inner.tls) {
            (Protocol::Tftp, _) => tftp::fetch(ask, inner, slot, &mut progress).await,
            (Protocol::Http, _) => http::fetch(ask, None, inner.limits, &mut progress).await,
            (Protocol::Https, Some(tls)) => http::fetch(ask, Some(tls.clone()), inner.limits, &mut progress).await,
            (Protocol::Https, None) => Err(FetchFault::Tls(TlsFault::NoVendorCa)),
        };
        match &result {
            Ok(fetched) => tracing::debug!(bytes = fetched.bytes.len(), from = %fetched.from, "fetched"),
            Err(fault) => tracing::debug!(kind = ?fault.kind(), %fault, "not fetched"),
        }
        result
    }
}
