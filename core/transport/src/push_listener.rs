//! Takes pushes for one phone: a POST, answered before any content is fetched (API Guide 16-300256, pp. 24 to 27).

use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode, Version};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::unix::AsyncFd;
use tokio::net::TcpSocket;
use tokio::sync::{Semaphore, oneshot};
use tokio::time::{Instant, sleep, timeout, timeout_at};

use crate::limits::{
    PUSH_ANSWER_TIME, PUSH_BACKLOG, PUSH_BODY_MAX, PUSH_HEAD_MAX, PUSH_HEADERS_MAX, PUSH_UNWANTED_MAX,
    PUSH_UNWANTED_TIME,
};
use crate::push::{PUSH_PATH, STATUS_FIELD};
use crate::settings::Transport;

/// How long a port that has run out of file descriptors rests before it accepts again.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// The phone could not process it; the initiator may try again.
const ABORTED: PushVerdict = PushVerdict { http: 500, status: 202 };

/// One phone's open port. It takes one descriptor, and one more while an initiator is being served; dropped, it is
/// closed.
#[derive(Debug)]
pub struct PushListener {
    socket: AsyncFd<TcpListener>,
    address: SocketAddr,
    idle: Duration,
    visitors: Arc<Semaphore>,
}

/// The port cannot be opened.
#[derive(Debug, thiserror::Error)]
#[error("pushes cannot be taken on {address}: {}", hint(.source))]
pub struct PushListenError {
    /// Where.
    pub address: SocketAddr,
    /// The system's words.
    #[source]
    pub source: io::Error,
}

/// What an initiator posted.
#[derive(Debug)]
pub struct PushRequest {
    /// Who.
    pub from: SocketAddr,
    /// The body: the form with the variable `XMLData`. One longer than [`PUSH_BODY_MAX`] is cut one byte behind it.
    pub form: Bytes,
    /// Waits for the phone's word; dropped, the connection ends without one.
    pub answer: PushReply,
}

/// Gives an initiator its answer.
#[derive(Debug)]
pub struct PushReply(oneshot::Sender<PushVerdict>);

/// A phone's word on a push.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PushVerdict {
    /// The HTTP status.
    pub http: u16,
    /// The number in `x-Push-Status`.
    pub status: u16,
}

impl PushReply {
    /// Answers. The initiator may have gone meanwhile.
    pub fn give(self, verdict: PushVerdict) {
        let _ = self.0.send(verdict);
    }
}

impl Transport {
    /// Opens a port for pushes. `idle`: how long an initiator may take to say all it has to say.
    ///
    /// # Errors
    /// [`PushListenError`] if the port is taken or not this program's to open, or the address not this machine's.
    pub fn listen_for_push(&self, address: SocketAddr, idle: Duration) -> Result<PushListener, PushListenError> {
        let open = || {
            let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
            // A phone that registers again must not wait for old connections to fade.
            socket.set_reuseaddr(true)?;
            socket.bind(address)?;
            let listener = socket.listen(PUSH_BACKLOG)?.into_std()?;
            let address = listener.local_addr()?;
            let visitors = self.inner.visitors.clone();
            #[expect(deprecated, reason = "its successor is unsafe; this listener keeps its descriptor to the end")]
            let socket = AsyncFd::new(listener)?;
            Ok(PushListener { socket, address, idle, visitors })
        };
        open().map_err(|source| PushListenError { address, source })
    }
}

impl PushListener {
    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Takes pushes, one connection after the other, until the future is dropped; further initiators wait for their
    /// turn in the system's queue, which is short.
    pub async fn serve(self, take: impl Fn(PushRequest)) {
        loop {
            match self.accept().await {
                // However slowly it reads and writes, an initiator keeps the others out only for so long.
                Ok((stream, from)) => {
                    let longest = 2 * self.idle + PUSH_ANSWER_TIME;
                    if timeout(longest, self.visit(stream, from, &take)).await.is_err() {
                        tracing::debug!(phone = %self.address, %from, "a push initiator took too long");
                    }
                }
                Err(error) => {
                    tracing::warn!(phone = %self.address, %error, "a push initiator's connection was not accepted");
                    sleep(ACCEPT_PAUSE).await;
                }
            }
        }
    }

    /// A connection is accepted only when the process has room for another descriptor: until then it waits outside.
    async fn accept(&self) -> io::Result<(Visit, SocketAddr)> {
        loop {
            let mut ready = self.socket.readable().await?;
            // An error means that the semaphore was closed, which nothing does.
            let place = Arc::clone(&self.visitors).acquire_owned().await.map_err(io::Error::other)?;
            // It may have gone again while it waited.
            let Ok(accepted) = ready.try_io(|socket| socket.get_ref().accept()) else { continue };
            let (stream, from) = accepted?;
            stream.set_nonblocking(true)?;
            stream.set_nodelay(true)?;
            return Ok((Visit { stream, _place: place }, from));
        }
    }

    async fn visit(&self, visit: Visit, from: SocketAddr, take: &impl Fn(PushRequest)) {
        let Visit { stream, _place } = visit;
        let Ok(stream) = tokio::net::TcpStream::from_std(stream) else { return };
        let until = Instant::now() + self.idle;
        let service = service_fn(|request| async move {
            let answer = answer(request, from, until, take).await;
            answer.map(|mut response| {
                *response.version_mut() = Version::HTTP_10;
                response
            })
        });
        let served = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.idle)
            .max_headers(PUSH_HEADERS_MAX)
            .max_buf_size(PUSH_HEAD_MAX)
            .keep_alive(false)
            .serve_connection(TokioIo::new(stream), service)
            .await;
        if let Err(error) = served {
            tracing::debug!(phone = %self.address, %from, %error, "a push initiator's connection ended");
        }
    }
}

/// A connection, and its place among those of the process.
struct Visit {
    stream: TcpStream,
    _place: tokio::sync::OwnedSemaphorePermit,
}

/// The connection ends without an answer.
#[derive(Debug, thiserror::Error)]
#[error("no answer was given")]
struct Unanswered;

async fn answer(
    request: Request<Incoming>,
    from: SocketAddr,
    until: Instant,
    take: &impl Fn(PushRequest),
) -> Result<Response<Full<Bytes>>, Unanswered> {
    // POST only, and to no other place (API Guide 16-300256, pp. 24, 27).
    if request.method() != Method::POST || request.uri().path() != PUSH_PATH {
        forget(request.into_body()).await;
        return Ok(empty(StatusCode::FORBIDDEN));
    }
    let mut body = request.into_body();
    // Less came than was announced, or too slowly.
    let form = timeout_at(until, form(&mut body)).await.map_err(|_| Unanswered)?.map_err(|_| Unanswered)?;
    if form.len() > PUSH_BODY_MAX {
        forget(body).await;
    }
    let (send, verdict) = oneshot::channel();
    take(PushRequest { from, form, answer: PushReply(send) });
    match timeout(PUSH_ANSWER_TIME, verdict).await {
        Ok(Ok(verdict)) => Ok(said(verdict)),
        Ok(Err(_)) => Err(Unanswered),
        Err(_) => Ok(said(ABORTED)),
    }
}

/// The body; one that is too long, cut one byte behind the limit, so that the phone can say so.
async fn form(body: &mut Incoming) -> Result<Bytes, hyper::Error> {
    let mut form = BytesMut::new();
    while let Some(frame) = body.frame().await {
        if let Ok(data) = frame?.into_data() {
            form.extend_from_slice(&data);
        }
        if form.len() > PUSH_BODY_MAX {
            form.truncate(PUSH_BODY_MAX + 1);
            break;
        }
    }
    Ok(form.freeze())
}

/// Closed on the spot, a connection on which more comes would take the answer with it.
async fn forget(body: Incoming) {
    let mut rest = Limited::new(body, PUSH_UNWANTED_MAX);
    let _ = timeout(PUSH_UNWANTED_TIME, async { while let Some(Ok(_)) = rest.frame().await {} }).await;
}

fn said(verdict: PushVerdict) -> Response<Full<Bytes>> {
    let mut response = empty(StatusCode::from_u16(verdict.http).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
    response.headers_mut().insert(STATUS_FIELD, verdict.status.into());
    response
}

fn empty(status: StatusCode) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::default());
    *response.status_mut() = status;
    response
}

fn hint(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::AddrInUse => "the port is in use; stop the other program or choose another port".to_owned(),
        io::ErrorKind::PermissionDenied => {
            "the port is not open to this program; choose one above 1023, or grant CAP_NET_BIND_SERVICE".to_owned()
        }
        io::ErrorKind::AddrNotAvailable => "the address is not one of this machine's; add it first".to_owned(),
        _ => error.to_string(),
    }
}
