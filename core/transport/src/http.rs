//! One GET, on a connection that was kept or a fresh one.

use std::error::Error as _;
use std::io;
use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use http_body_util::{BodyExt, Full};
use hyper::body::{Body, Incoming};
use hyper::client::conn::http1::SendRequest;
use hyper::header::LOCATION;
use hyper::{Method, Response, StatusCode};

use crate::endpoint::{Budget, words};
use crate::fetch::{FetchAsk, Fetched, Progress, Protocol};
use crate::fetch_error::FetchFault;
use crate::http_line::{Ear, Head, Line, unwritable};
use crate::limits::DRAINED_MAX;
use crate::settings::TransferLimits;

/// How a fetch ended, and the connection if another request can follow on it.
pub(crate) struct Ended {
    pub(crate) result: Result<Fetched, FetchFault>,
    pub(crate) line: Option<Line>,
}

/// Fetches over the kept connection, if there is one, else over a fresh one. `keeps`: whether the connection is wanted
/// for another file.
pub(crate) async fn fetch(
    ask: &FetchAsk,
    tls: Option<Arc<rustls::ClientConfig>>,
    limits: TransferLimits,
    kept: Option<Line>,
    keeps: bool,
    progress: &mut impl FnMut(Progress),
) -> Ended {
    let budget = Budget::new(limits.file);
    let exchange = Exchange { ask, limits, budget, keeps };
    let mut told = 0;
    if let Some(line) = kept {
        progress(Progress::Attempt(1));
        told = 1;
        match exchange.over(line, true, progress).await {
            Some(ended) => return ended,
            // A client may repeat what changes nothing on a server (RFC 9110, section 9.2.2; RFC 9112, section 9.3.1).
            None => tracing::debug!("the kept connection was closed meanwhile; a fresh one takes its place"),
        }
    }
    let mut attempts = 0;
    let opened = Line::open(&ask.server, None, tls, limits, budget, || {
        attempts += 1;
        if attempts > told {
            progress(Progress::Attempt(attempts));
        }
    });
    match opened.await {
        Ok(line) => exchange.over(line, false, progress).await.unwrap_or_else(Ended::nothing),
        Err(fault) => Ended { result: Err(fault), line: None },
    }
}

impl Ended {
    /// A fresh connection is never taken for one that was closed meanwhile.
    fn nothing() -> Self {
        Self { result: Err(FetchFault::Local(io::ErrorKind::NotConnected.into())), line: None }
    }
}

/// One GET.
struct Exchange<'a> {
    ask: &'a FetchAsk,
    limits: TransferLimits,
    budget: Budget,
    keeps: bool,
}

/// Why it brought nothing.
enum Failed {
    /// The kept connection was closed before anything of an answer came.
    Closed,
    Fault(FetchFault),
}

impl From<FetchFault> for Failed {
    fn from(fault: FetchFault) -> Self {
        Self::Fault(fault)
    }
}

impl Exchange<'_> {
    /// None if the connection was kept, and closed meanwhile.
    async fn over(&self, mut line: Line, kept: bool, progress: &mut impl FnMut(Progress)) -> Option<Ended> {
        let result = line.exchange(async |sender, ear| self.get(sender, ear, kept, progress).await).await;
        let result = match result {
            Ok(bytes) => Ok(Fetched { bytes, from: line.from() }),
            Err(Failed::Fault(fault)) => Err(fault),
            Err(Failed::Closed) => return None,
        };
        let free = self.keeps && line.is_free().await;
        Some(Ended { result, line: free.then_some(line) })
    }

    async fn get(
        &self,
        sender: &mut SendRequest<Full<Bytes>>,
        ear: &Ear,
        kept: bool,
        progress: &mut impl FnMut(Progress),
    ) -> Result<Bytes, Failed> {
        let Self { ask, limits, budget, keeps } = self;
        let request = Head {
            method: Method::GET,
            secure: ask.protocol == Protocol::Https,
            server: &ask.server,
            path: &ask.path,
            user_agent: ask.user_agent.as_deref(),
            transfer: ask.transfer.as_ref(),
            keeps: *keeps,
        };
        let request = request.begin().body(Full::default()).map_err(unwritable)?;
        let answer = budget.step(limits.reply, sender.send_request(request)).await.map_err(FetchFault::Silent)?;
        let response = match answer {
            // What came before the request was sent is no answer to it.
            Err(error) if kept && (!ear.heard() || error.is_canceled()) => return Err(Failed::Closed),
            Err(error) => return Err(broken(0, error).into()),
            // A server may say that it waited too long, and close (RFC 9110, section 15.5.9).
            Ok(response) if kept && response.status() == StatusCode::REQUEST_TIMEOUT => return Err(Failed::Closed),
            Ok(response) => response,
        };
        if let Some(fault) = no_file(&response) {
            if *keeps {
                drain(response, *budget, *limits).await;
            }
            return Err(fault.into());
        }
        Ok(body(response, ask.size_limit, *budget, *limits, progress).await?)
    }
}

/// Only 200 brings a file.
fn no_file(response: &Response<Incoming>) -> Option<FetchFault> {
    let status = response.status();
    Some(match status {
        StatusCode::OK => return None,
        StatusCode::NOT_FOUND | StatusCode::GONE => FetchFault::NotFound { said: status.to_string() },
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => FetchFault::Denied { said: status.to_string() },
        _ => elsewhere(response),
    })
}

/// An answer that no file comes or goes with, whatever was asked.
pub(crate) fn elsewhere(response: &Response<Incoming>) -> FetchFault {
    let status = response.status();
    if !status.is_redirection() {
        return FetchFault::Status { status: status.as_u16() };
    }
    let to = response.headers().get(LOCATION).map(|to| words(&String::from_utf8_lossy(to.as_bytes())));
    FetchFault::Redirect { status: status.as_u16(), to: to.unwrap_or_default() }
}

/// Reads what nobody wants to know, if it is little and comes quickly: the next answer stands behind it.
async fn drain(response: Response<Incoming>, budget: Budget, limits: TransferLimits) {
    let mut body = response.into_body();
    if body.size_hint().exact().is_some_and(|size| size <= DRAINED_MAX) {
        let rest = async { while let Some(Ok(_)) = body.frame().await {} };
        let _ = budget.step(limits.quit, rest).await;
    }
}

/// The library reports a body that ends before its Content-Length.
pub(crate) async fn body(
    response: Response<Incoming>,
    limit: u64,
    budget: Budget,
    limits: TransferLimits,
    progress: &mut impl FnMut(Progress),
) -> Result<Bytes, FetchFault> {
    let mut body = response.into_body();
    let announced = body.size_hint().lower();
    if announced > limit {
        return Err(FetchFault::TooLarge { limit });
    }
    let mut bytes = BytesMut::with_capacity(usize::try_from(announced).unwrap_or(0));
    loop {
        let received = bytes.len() as u64;
        let next = budget.step(limits.reply, body.frame()).await.map_err(|late| FetchFault::lost(received, late))?;
        let Some(frame) = next else { return Ok(bytes.freeze()) };
        let Ok(data) = frame.map_err(|error| broken(received, error))?.into_data() else { continue };
        let received = received + data.len() as u64;
        if received > limit {
            return Err(FetchFault::TooLarge { limit });
        }
        bytes.extend_from_slice(&data);
        progress(Progress::Received(received));
    }
}

pub(crate) fn broken(received: u64, error: hyper::Error) -> FetchFault {
    if error.is_parse() || error.is_parse_too_large() || spoke_first(&error) {
        FetchFault::Protocol(error.into())
    } else {
        FetchFault::lost(received, error)
    }
}

/// A server that speaks before it is asked, as FTP and SSH do, ends the connection before the request is sent. A
/// connection that closed or broke has a cause in the system, or says so.
fn spoke_first(error: &hyper::Error) -> bool {
    let cause = error.source().and_then(|cause| cause.downcast_ref::<hyper::Error>());
    error.is_canceled()
        && cause.is_some_and(|cause| !cause.is_closed() && !cause.is_incomplete_message() && cause.source().is_none())
}
