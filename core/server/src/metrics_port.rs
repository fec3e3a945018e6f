//! The port at which monitoring fetches the numbers.

use std::{convert::Infallible, net::SocketAddr, sync::Arc};

use bytes::Bytes;
use http_body_util::Full;
use hyper::{
    Request, Response, StatusCode,
    body::Incoming,
    header::{CONTENT_TYPE, HeaderValue},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
    task::JoinSet,
    time::timeout,
};

use crate::{
    Metrics, Protocol, ServerError,
    limits::{HTTP_HEAD_MAX, HTTP_HEAD_TIME, METRICS_CONNECTIONS_MAX, METRICS_TIME},
    listen,
    running::{Running, StopSign},
};

/// As OpenMetrics 1.0 calls its text.
const KIND: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Serves [`Metrics`] at `/metrics` until it is stopped or dropped.
#[derive(Debug)]
pub struct MetricsPort(Running);

impl MetricsPort {
    /// Opens the port. Must be called on a tokio runtime.
    ///
    /// # Errors
    /// A port that cannot be used, with a remedy.
    pub async fn start(address: SocketAddr, metrics: Arc<Metrics>) -> Result<Self, ServerError> {
        let (listener, bound) = listen::tcp(Protocol::Http, address.ip(), address.port())?;
        Ok(MetricsPort(Running::spawn(bound, |stop| serve(listener, metrics, stop))))
    }

    /// Where it is.
    pub fn address(&self) -> SocketAddr {
        self.0.address
    }

    /// Closes the port.
    pub async fn stop(self) {
        self.0.stop().await;
    }
}

async fn serve(listener: TcpListener, metrics: Arc<Metrics>, mut stop: StopSign) {
    let room = Arc::new(Semaphore::new(METRICS_CONNECTIONS_MAX));
    let mut connections = JoinSet::new();
    loop {
        let (place, (stream, peer)) = tokio::select! {
            () = stop.shown() => break,
            Some(_) = connections.join_next() => continue,
            next = async {
                let place = room.clone().acquire_owned().await;
                (place, listen::accept(Protocol::Http, &listener).await)
            } => next,
        };
        let metrics = metrics.clone();
        connections.spawn(async move {
            if timeout(METRICS_TIME, talk(stream, metrics)).await.is_err() {
                tracing::debug!(%peer, "a client of the metrics took too long");
            }
            drop(place);
        });
    }
    connections.shutdown().await;
}

async fn talk(stream: TcpStream, metrics: Arc<Metrics>) {
    let service = service_fn(|request| {
        let response = answer(&request, &metrics);
        async { Ok::<_, Infallible>(response) }
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HTTP_HEAD_TIME)
        .max_buf_size(HTTP_HEAD_MAX)
        .keep_alive(false)
        .serve_connection(TokioIo::new(stream), service)
        .await;
    if let Err(error) = served {
        tracing::debug!(%error, "a connection for the metrics ended");
    }
}

fn answer(request: &Request<Incoming>, metrics: &Metrics) -> Response<Full<Bytes>> {
    if request.uri().path() != "/metrics" {
        let mut response = Response::new(Full::from("the numbers are at /metrics\n"));
        *response.status_mut() = StatusCode::NOT_FOUND;
        return response;
    }
    let mut response = Response::new(Full::from(metrics.text()));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(KIND));
    response
}
