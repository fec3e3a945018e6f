//! One request of a phone's browser or push agent.

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{CONNECTION, HOST};
use hyper::http::uri::Authority;
use hyper::{Method, Request, Uri};
use tracing::Instrument;

use crate::endpoint::{Budget, Endpoint};
use crate::fetch_error::{FetchFault, FetchKind};
use crate::http::{body, broken};
use crate::http_line::{Line, unwritable};
use crate::settings::{TransferLimits, Transport};

/// What is asked of a web server.
#[derive(Clone, PartialEq, Eq)]
pub struct WebAsk {
    /// GET or POST.
    pub method: WebMethod,
    /// Absolute, percent-encoded, `http://`.
    pub url: String,
    /// Header lines. `Host` and `Connection: close` are put in where they are missing.
    pub headers: Vec<(String, String)>,
    /// What is posted.
    pub body: Bytes,
    /// The proxy to ask instead of the server itself.
    pub via: Option<Endpoint>,
    /// The address to ask from, if it is this machine's.
    pub own: Option<IpAddr>,
    /// Largest body that is taken, in bytes.
    pub size_limit: u64,
    /// Time for the connection.
    pub connect: Duration,
    /// Time for all of it.
    pub whole: Duration,
    /// The phone, for the log.
    pub id: String,
}

/// How it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WebMethod {
    /// GET.
    Get,
    /// POST.
    Post,
}

/// What a server answered, whatever its status: redirections are not followed, and whoever asked knows what a 401 or
/// 407 is to be met with.
#[derive(Clone, PartialEq, Eq)]
pub struct WebAnswer {
    /// HTTP status.
    pub status: u16,
    /// Header lines, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body, whole.
    pub body: Bytes,
    /// The address that answered.
    pub from: SocketAddr,
}

/// No answer, or none that can be used. The URL is told without its query.
#[derive(Debug, thiserror::Error)]
#[error("{url}: {fault}")]
pub struct WebError {
    /// What was asked for.
    pub url: String,
    /// Why.
    #[source]
    pub fault: FetchFault,
}

impl WebError {
    /// What a phone decides on.
    #[must_use]
    pub fn kind(&self) -> FetchKind {
        self.fault.kind()
    }
}

impl Transport {
    /// Asks a web server: one request on a connection of its own.
    ///
    /// # Errors
    /// [`WebError`]; its [`kind`](WebError::kind) is what a phone decides on.
    pub async fn web(&self, ask: &WebAsk) -> Result<WebAnswer, WebError> {
        let url = ask.url.split('?').next().unwrap_or_default();
        let span = tracing::info_span!("web", phone = %ask.id, url);
        let work = async {
            let _slot = self.inner.slots.take().await;
            let result = Box::pin(send(ask, self.inner.limits)).await;
            match &result {
                Ok(answer) => tracing::debug!(status = answer.status, bytes = answer.body.len(), "answered"),
                Err(fault) => tracing::debug!(kind = ?fault.kind(), %fault, "not answered"),
            }
            result
        };
        work.instrument(span).await.map_err(|fault| WebError { url: url.to_owned(), fault })
    }
}

async fn send(ask: &WebAsk, limits: TransferLimits) -> Result<WebAnswer, FetchFault> {
    let unusable = |what: &str| FetchFault::Local(io::Error::new(io::ErrorKind::InvalidInput, what.to_owned()));
    let url: Uri = ask.url.parse().map_err(|_| unusable("this is no address"))?;
    let authority = url.authority().filter(|authority| !authority.host().is_empty());
    let (Some("http"), Some(authority)) = (url.scheme_str(), authority) else {
        return Err(unusable("only full addresses with http:// can be asked for"));
    };
    let server = ask.via.clone().unwrap_or_else(|| server(authority));
    let request = request(ask, &url, authority)?;
    let budget = Budget::new(ask.whole);
    let limits = TransferLimits { connect: ask.connect, reply: ask.whole, ..limits };
    let mut line = Line::open(&server, ask.own, None, limits, budget, || {}).await?;
    let from = line.from();
    line.exchange(async |sender, _| {
        let answer = budget.step(limits.reply, sender.send_request(request)).await;
        let response = answer.map_err(FetchFault::Silent)?.map_err(|error| broken(0, error))?;
        let status = response.status().as_u16();
        let line = |(name, value): (&hyper::header::HeaderName, &hyper::header::HeaderValue)| {
            (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        let headers = response.headers().iter().map(line).collect();
        let body = body(response, ask.size_limit, budget, limits, &mut |_| ()).await?;
        Ok(WebAnswer { status, headers, body, from })
    })
    .await
}

fn server(authority: &Authority) -> Endpoint {
    let host = authority.host().trim_start_matches('[').trim_end_matches(']');
    Endpoint::new(host, authority.port_u16().unwrap_or(80))
}

fn request(ask: &WebAsk, url: &Uri, authority: &Authority) -> Result<Request<Full<Bytes>>, FetchFault> {
    // A proxy is told the whole address (RFC 9112, section 3.2.2), a server its own part of it.
    let target = match (&ask.via, url.path_and_query()) {
        (Some(_), _) => url.to_string(),
        (None, Some(part)) => part.to_string(),
        (None, None) => "/".to_owned(),
    };
    let method = match ask.method {
        WebMethod::Get => Method::GET,
        WebMethod::Post => Method::POST,
    };
    let mut request = Request::builder().method(method).uri(target);
    let given = |name: &str| ask.headers.iter().any(|(other, _)| other.eq_ignore_ascii_case(name));
    if !given("host") {
        let host = authority.as_str();
        request = request.header(HOST, host.rsplit_once('@').map_or(host, |(_, host)| host));
    }
    for (name, value) in &ask.headers {
        request = request.header(name, value);
    }
    if !given("connection") {
        request = request.header(CONNECTION, "close");
    }
    request.body(Full::new(ask.body.clone())).map_err(unwritable)
}

/// What a user typed may stand in query, headers and bodies: no log has it.
impl std::fmt::Debug for WebAsk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let url = self.url.split('?').next();
        f.debug_struct("WebAsk").field("method", &self.method).field("url", &url).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for WebAnswer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (status, bytes) = (self.status, self.body.len());
        f.debug_struct("WebAnswer").field("status", &status).field("bytes", &bytes).finish_non_exhaustive()
    }
}
