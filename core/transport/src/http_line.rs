//! A connection that HTTP is spoken on, one request after the other.

use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::Method;
use hyper::client::conn::http1::{self, SendRequest};
use hyper::header::{CONNECTION, HOST, USER_AGENT};
use hyper::http::request;
use hyper_util::rt::TokioIo;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::timeout;

use crate::endpoint::{Budget, Endpoint, connect};
use crate::fetch_error::{FetchFault, TlsFault};
use crate::http::broken;
use crate::limits::{HTTP_HEAD_MAX, HTTP_HEADERS_MAX};
use crate::settings::TransferLimits;
use crate::tls;
use crate::transfer_id::{TRANSFER_ID_FIELD, TransferId};

type Connection = http1::Connection<TokioIo<Stream>, Full<Bytes>>;

/// An open connection. Nothing moves on it between two exchanges; dropped, it is closed.
pub(crate) struct Line {
    sender: SendRequest<Full<Bytes>>,
    /// None once it has ended.
    connection: Option<Pin<Box<Connection>>>,
    heard: Arc<AtomicBool>,
    from: SocketAddr,
}

impl Line {
    /// Opens a connection; `attempt` hears of each address that is tried. `own`: the address it comes from.
    pub(crate) async fn open(
        server: &Endpoint,
        own: Option<IpAddr>,
        tls: Option<Arc<rustls::ClientConfig>>,
        limits: TransferLimits,
        budget: Budget,
        attempt: impl FnMut(),
    ) -> Result<Self, FetchFault> {
        let addresses = server.resolve(limits.connect).await.map_err(FetchFault::NameNotFound)?;
        let opening = connect(&addresses, own, limits.connect.min(budget.left()), attempt);
        let (stream, from) = opening.await.map_err(FetchFault::connecting)?;
        let stream: Box<dyn Wire> = match tls {
            None => Box::new(stream),
            Some(config) => {
                let secured = budget.step(limits.connect, tls::handshake(config, server, stream)).await;
                let secured = secured.map_err(|late| FetchFault::Tls(TlsFault::Broken(late)))?;
                Box::new(secured.map_err(FetchFault::Tls)?)
            }
        };
        let heard = Arc::new(AtomicBool::new(false));
        let stream = Stream { wire: stream, heard: heard.clone() };
        let opened = http1::Builder::new()
            .max_buf_size(HTTP_HEAD_MAX)
            .max_headers(HTTP_HEADERS_MAX)
            .handshake(TokioIo::new(stream))
            .await;
        let (sender, connection) = opened.map_err(|error| broken(0, error))?;
        Ok(Self { sender, connection: Some(Box::pin(connection)), heard, from })
    }

    /// The server's address.
    pub(crate) fn from(&self) -> SocketAddr {
        self.from
    }

    /// Something is asked and answered. The connection is driven here, so that dropping this future stands it still.
    /// Its errors reach the exchange.
    pub(crate) async fn exchange<T>(
        &mut self,
        exchange: impl AsyncFnOnce(&mut SendRequest<Full<Bytes>>, &Ear) -> T,
    ) -> T {
        self.heard.store(false, Ordering::Relaxed);
        let ear = Ear(self.heard.clone());
        let exchange = exchange(&mut self.sender, &ear);
        let connection = &mut self.connection;
        let drive = async {
            if let Some(open) = connection {
                let _ = open.as_mut().await;
                *connection = None;
            }
            std::future::pending::<Infallible>().await
        };
        tokio::select! {
            biased;
            result = exchange => result,
            never = drive => match never {},
        }
    }

    /// Whether another request can follow now: the answer is read to its end, and neither side wants to close.
    pub(crate) async fn is_free(&mut self) -> bool {
        let free = self.exchange(async |sender, _| {
            // The library says so as soon as it has looked at the connection once more.
            tokio::task::yield_now().await;
            timeout(Duration::ZERO, sender.ready()).await
        });
        matches!(free.await, Ok(Ok(()))) && self.connection.is_some()
    }
}

/// Knows whether anything came since the exchange began.
pub(crate) struct Ear(Arc<AtomicBool>);

impl Ear {
    pub(crate) fn heard(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// What every request begins with.
pub(crate) struct Head<'a> {
    pub(crate) method: Method,
    pub(crate) secure: bool,
    pub(crate) server: &'a Endpoint,
    /// Not percent-encoded.
    pub(crate) path: &'a str,
    pub(crate) user_agent: Option<&'a str>,
    pub(crate) transfer: Option<&'a TransferId>,
    /// Whether another request may follow.
    pub(crate) keeps: bool,
}

impl Head<'_> {
    pub(crate) fn begin(self) -> request::Builder {
        let usual_port = if self.secure { 443 } else { 80 };
        let host = if self.server.port == usual_port { self.server.url_host() } else { self.server.to_string() };
        let mut head = request::Builder::new().method(self.method).uri(percent_encoded(self.path)).header(HOST, host);
        if !self.keeps {
            head = head.header(CONNECTION, "close");
        }
        if let Some(agent) = self.user_agent {
            head = head.header(USER_AGENT, agent);
        }
        if let Some(transfer) = self.transfer {
            head = head.header(TRANSFER_ID_FIELD, transfer.as_str());
        }
        head
    }
}

/// A request that cannot be written.
pub(crate) fn unwritable(error: hyper::http::Error) -> FetchFault {
    FetchFault::Local(io::Error::new(io::ErrorKind::InvalidInput, error))
}

/// What a path need not encode (RFC 3986, section 3.3: `pchar` and the slash).
const IN_PATHS: AsciiSet = {
    let plain = b"-._~/!$&'()*+,;=:@";
    let mut set = NON_ALPHANUMERIC.remove(plain[0]);
    let mut at = 1;
    while at < plain.len() {
        set = set.remove(plain[at]);
        at += 1;
    }
    set
};

/// The path as it stands in a request line: exactly one slash in front.
fn percent_encoded(path: &str) -> String {
    format!("/{}", utf8_percent_encode(path.strip_prefix('/').unwrap_or(path), &IN_PATHS))
}

/// TCP, or TLS on it.
trait Wire: AsyncRead + AsyncWrite + Unpin + Send {}

impl<S: AsyncRead + AsyncWrite + Unpin + Send> Wire for S {}

/// Notes when something comes.
struct Stream {
    wire: Box<dyn Wire>,
    heard: Arc<AtomicBool>,
}

impl AsyncRead for Stream {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = into.filled().len();
        let read = Pin::new(&mut self.wire).poll_read(cx, into);
        if into.filled().len() > before {
            self.heard.store(true, Ordering::Relaxed);
        }
        read
    }
}

impl AsyncWrite for Stream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.wire).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.wire).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.wire).poll_shutdown(cx)
    }
}
