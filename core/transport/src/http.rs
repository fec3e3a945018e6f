//! One GET on one connection.

use std::error::Error as _;
use std::fmt::Write as _;
use std::io;
use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use http_body_util::{BodyExt, Empty};
use hyper::body::{Body, Incoming};
use hyper::client::conn::http1;
use hyper::header::{CONNECTION, HOST, LOCATION, USER_AGENT};
use hyper::{Request, Response, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};

use crate::endpoint::{Budget, connect, words};
use crate::fetch::{FetchAsk, Fetched, Progress, Protocol};
use crate::fetch_error::{FetchFault, TlsFault};
use crate::limits::{HTTP_HEAD_MAX, HTTP_HEADERS_MAX};
use crate::settings::TransferLimits;
use crate::tls;

pub(crate) async fn fetch(
    ask: &FetchAsk,
    tls: Option<Arc<rustls::ClientConfig>>,
    limits: TransferLimits,
    progress: &mut impl FnMut(Progress),
) -> Result<Fetched, FetchFault> {
    let budget = Budget::new(limits.file);
    let addresses = ask.server.resolve(limits.connect).await.map_err(FetchFault::NameNotFound)?;
    let mut attempts = 0;
    let (stream, from) = connect(&addresses, limits.connect.min(budget.left()), || {
        attempts += 1;
        progress(Progress::Attempt(attempts));
    })
    .await
    .map_err(FetchFault::connecting)?;
    let bytes = match tls {
        None => get(ask, stream, budget, limits, progress).await?,
        Some(config) => {
            let secured = budget
                .step(limits.connect, tls::handshake(config, &ask.server, stream))
                .await
                .map_err(|late| FetchFault::Tls(TlsFault::Broken(late)))?
                .map_err(FetchFault::Tls)?;
            get(ask, secured, budget, limits, progress).await?
        }
    };
    Ok(Fetched { bytes, from })
}

async fn get(
    ask: &FetchAsk,
    stream: impl AsyncRead + AsyncWrite + Unpin,
    budget: Budget,
    limits: TransferLimits,
    progress: &mut impl FnMut(Progress),
) -> Result<Bytes, FetchFault> {
    let request = request(ask)?;
    let (mut sender, connection) = http1::Builder::new()
        .max_buf_size(HTTP_HEAD_MAX)
        .max_headers(HTTP_HEADERS_MAX)
        .handshake(TokioIo::new(stream))
        .await
        .map_err(|error| broken(0, error))?;
    let exchange = async {
        let answer = budget.step(limits.reply, sender.send_request(request)).await.map_err(FetchFault::Silent)?;
        let response = checked(answer.map_err(|error| broken(0, error))?)?;
        body(response, ask.size_limit, budget, limits, progress).await
    };
    // The connection is driven here, so that dropping this future closes it. Its errors reach the exchange.
    let drive = async {
        let _ = connection.await;
        std::future::pending().await
    };
    tokio::select! {
        biased;
        result = exchange => result,
        never = drive => never,
    }
}

fn request(ask: &FetchAsk) -> Result<Request<Empty<Bytes>>, FetchFault> {
    let usual_port = if ask.protocol == Protocol::Https { 443 } else { 80 };
    let host = if ask.server.port == usual_port { ask.server.url_host() } else { ask.server.to_string() };
    // Keeping the connection for the next file is left for later.
    let mut request = Request::get(percent_encoded(&ask.path)).header(HOST, host).header(CONNECTION, "close");
    if let Some(agent) = &ask.user_agent {
        request = request.header(USER_AGENT, agent);
    }
    request.body(Empty::new()).map_err(|error| FetchFault::Local(io::Error::new(io::ErrorKind::InvalidInput, error)))
}

/// Only 200 brings a file.
fn checked(response: Response<Incoming>) -> Result<Response<Incoming>, FetchFault> {
    let status = response.status();
    match status {
        StatusCode::OK => Ok(response),
        StatusCode::NOT_FOUND | StatusCode::GONE => Err(FetchFault::NotFound { said: status.to_string() }),
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Err(FetchFault::Denied { said: status.to_string() }),
        _ if status.is_redirection() => {
            let to = response.headers().get(LOCATION).map(|to| words(&String::from_utf8_lossy(to.as_bytes())));
            Err(FetchFault::Redirect { status: status.as_u16(), to: to.unwrap_or_default() })
        }
        _ => Err(FetchFault::Status { status: status.as_u16() }),
    }
}

/// The library reports a body that ends before its Content-Length.
async fn body(
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

fn broken(received: u64, error: hyper::Error) -> FetchFault {
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

/// The path as it stands in a request line (RFC 3986, section 3.3): exactly one slash in front.
fn percent_encoded(path: &str) -> String {
    let mut encoded = String::from("/");
    for byte in path.strip_prefix('/').unwrap_or(path).bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=:@".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
