//! A file in, over TFTP, HTTP or HTTPS.

use std::fmt;
use std::net::SocketAddr;

use bytes::Bytes;
use tracing::Instrument;

use crate::connections::Keeper;
use crate::endpoint::Endpoint;
use crate::fetch_error::{FetchError, FetchFault, TlsFault};
use crate::settings::Transport;
use crate::transfer_id::TransferId;
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
    /// What an HTTP server is told as this transfer's id, in the field [`TRANSFER_ID_FIELD`](crate::TRANSFER_ID_FIELD).
    pub transfer: Option<TransferId>,
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
    /// Fetches a file: one attempt at one server, over a connection of its own. `progress` hears of it as it goes.
    ///
    /// # Errors
    /// [`FetchError`]; its [`kind`](FetchError::kind) is what a phone decides on.
    pub async fn fetch(&self, ask: &FetchAsk, progress: impl FnMut(Progress)) -> Result<Fetched, FetchError> {
        self.fetch_over(ask, None, progress).await
    }

    pub(crate) async fn fetch_over(
        &self,
        ask: &FetchAsk,
        keeper: Option<&Keeper>,
        progress: impl FnMut(Progress),
    ) -> Result<Fetched, FetchError> {
        let transfer = ask.transfer.as_ref().map(TransferId::as_str);
        let span = tracing::info_span!(
            "fetch", phone = %ask.id, protocol = %ask.protocol, server = %ask.server, path = ask.path, transfer
        );
        self.carry(ask, keeper, progress).instrument(span).await.map_err(|fault| FetchError {
            protocol: ask.protocol,
            path: ask.path.clone(),
            server: ask.server.to_string(),
            fault,
        })
    }

    async fn carry(
        &self,
        ask: &FetchAsk,
        keeper: Option<&Keeper>,
        mut progress: impl FnMut(Progress),
    ) -> Result<Fetched, FetchFault> {
        let inner = &self.inner;
        // A kept connection has its slot. One to another server is closed before a slot is waited for: it may be the
        // last.
        let (turn, kept) = keeper.map(|keeper| keeper.begin(ask)).unzip();
        let (kept, slot) = match kept.flatten() {
            Some(kept) => kept.apart(),
            None => (None, inner.slots.take().await),
        };
        let result = match (ask.protocol, &inner.tls) {
            (Protocol::Tftp, _) => Box::pin(tftp::fetch(ask, inner, slot, &mut progress)).await,
            (Protocol::Https, None) => Err(FetchFault::Tls(TlsFault::NoVendorCa)),
            (protocol, tls) => {
                let tls = tls.clone().filter(|_| protocol == Protocol::Https);
                let fetching = http::fetch(ask, tls, inner.limits, kept, turn.is_some(), &mut progress);
                let ended = Box::pin(fetching).await;
                if let (Some(turn), Some(line)) = (turn, ended.line) {
                    turn.keep(ask, line, slot, inner);
                }
                ended.result
            }
        };
        match &result {
            Ok(fetched) => tracing::debug!(bytes = fetched.bytes.len(), from = %fetched.from, "fetched"),
            Err(fault) => tracing::debug!(kind = ?fault.kind(), %fault, "not fetched"),
        }
        result
    }
}
