//! HTTP and HTTPS: `GET` and `HEAD` of files, `PUT` of backup files, and what of push is below `/push/`.

mod answer;
mod body;
mod push;
mod sent;
mod store;
mod version;

use std::{net::SocketAddr, pin::pin, sync::Arc};

use hyper::{server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use rustls::ServerConfig;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    task::JoinSet,
};
use tokio_rustls::TlsAcceptor;

use crate::{
    DiskTree, Protocol, Recorder,
    crowd::Crowd,
    limits::{CONNECTIONS_MAX, HTTP_HEAD_MAX, HTTP_HEAD_TIME, HTTP_HEADERS_MAX, STOP_GRACE, TLS_HANDSHAKE_TIME},
    listen,
    push::PushSite,
    running::{Running, StopSign, wind_up},
};
use sent::Sent;
pub(crate) use store::Backups;

/// What is served, over which of the two.
pub(crate) struct Site {
    /// The files; none: push content only.
    pub(crate) tree: Option<Arc<DiskTree>>,
    pub(crate) recorder: Recorder,
    pub(crate) tls: Option<Arc<ServerConfig>>,
    pub(crate) crowd: Crowd,
    /// Where backup files may be put; none: nowhere.
    pub(crate) backups: Option<Backups>,
    /// What of push is served; none: all paths are files'.
    pub(crate) push: Option<PushSite>,
}

impl Site {
    fn protocol(&self) -> Protocol {
        if self.tls.is_some() { Protocol::Https } else { Protocol::Http }
    }
}

/// Who asks.
#[derive(Clone, Copy, Debug)]
struct Visitor {
    address: SocketAddr,
    /// It is a program of this machine: nobody else has the address that it asked, or one of loopback.
    is_here: bool,
}

impl Visitor {
    fn of(stream: &TcpStream, address: SocketAddr) -> Self {
        let is_own = stream.local_addr().is_ok_and(|own| own.ip() == address.ip());
        Visitor { address, is_here: is_own || address.ip().to_canonical().is_loopback() }
    }
}

pub(crate) fn start(listener: TcpListener, address: SocketAddr, site: Site) -> Running {
    Running::spawn(address, |stop| serve(listener, Arc::new(site), stop))
}

async fn serve(listener: TcpListener, site: Arc<Site>, mut stop: StopSign) {
    let room = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let mut connections = JoinSet::new();
    loop {
        let (place, (stream, peer)) = tokio::select! {
            () = stop.shown() => break,
            next = async {
                let place = room.clone().acquire_owned().await;
                (place, listen::accept(site.protocol(), &listener).await)
            } => next,
        };
        while connections.try_join_next().is_some() {}
        let Some(seat) = site.crowd.seat(peer.ip()) else {
            tracing::warn!(protocol = %site.protocol(), %peer, "too many connections of one address: closed");
            continue;
        };
        let (site, stop, visitor) = (site.clone(), stop.clone(), Visitor::of(&stream, peer));
        connections.spawn(async move {
            connection(stream, visitor, site, stop).await;
            drop((place, seat));
        });
    }
    drop(listener);
    wind_up(connections).await;
}

async fn connection(stream: TcpStream, visitor: Visitor, site: Arc<Site>, stop: StopSign) {
    let peer = visitor.address;
    let Some(tls) = &site.tls else { return talk(Sent::plain(stream), visitor, site, stop).await };
    match tokio::time::timeout(TLS_HANDSHAKE_TIME, TlsAcceptor::from(tls.clone()).accept(stream)).await {
        Ok(Ok(stream)) => talk(Sent::new(stream), visitor, site, stop).await,
        Ok(Err(error)) => tracing::warn!(%peer, %error, "no TLS: the client's handshake failed"),
        Err(_) => tracing::warn!(%peer, "no TLS: the client's handshake took too long"),
    }
}

async fn talk<S>(stream: Sent<S>, visitor: Visitor, site: Arc<Site>, mut stop: StopSign)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let pending = stream.pending();
    let io = TokioIo::new(stream);
    let service = service_fn(|request| answer::answer(request, visitor, site.clone(), pending.clone()));
    let mut connection = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HTTP_HEAD_TIME)
            .max_headers(HTTP_HEADERS_MAX)
            .max_buf_size(HTTP_HEAD_MAX)
            .serve_connection(io, service)
    );
    let ended = tokio::select! {
        ended = connection.as_mut() => Some(ended),
        () = stop.shown() => {
            connection.as_mut().graceful_shutdown();
            tokio::time::timeout(STOP_GRACE, connection.as_mut()).await.ok()
        }
    };
    if let Some(Err(error)) = ended {
        tracing::debug!(peer = %visitor.address, %error, "HTTP connection ended");
    }
}
