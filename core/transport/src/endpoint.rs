//! A server's address, looked up and connected to.

use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use tokio::net::{TcpSocket, TcpStream, lookup_host};
use tokio::time::{Instant, timeout, timeout_at};

use crate::limits::ADDRESSES_MAX;

/// Where a server is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Endpoint {
    /// Name or address.
    pub host: String,
    /// Port.
    pub port: u16,
}

impl Endpoint {
    /// A name or an address, and a port.
    pub fn new(host: impl Into<String>, port: u16) -> Self {
        Self { host: host.into(), port }
    }

    /// The host as it stands in a URL: an IPv6 address in brackets.
    pub(crate) fn url_host(&self) -> String {
        match self.host.parse::<IpAddr>() {
            Ok(IpAddr::V6(address)) => format!("[{address}]"),
            _ => self.host.clone(),
        }
    }

    /// The addresses, IPv4 first as the telephones know no other.
    pub(crate) async fn resolve(&self, limit: Duration) -> io::Result<Vec<SocketAddr>> {
        let found = timeout(limit, lookup_host((self.host.as_str(), self.port))).await.map_err(io::Error::from)??;
        let mut addresses: Vec<_> = found.collect();
        addresses.sort_by_key(SocketAddr::is_ipv6);
        addresses.truncate(ADDRESSES_MAX);
        if addresses.is_empty() {
            return Err(io::Error::new(io::ErrorKind::NotFound, "the name has no address"));
        }
        Ok(addresses)
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.url_host(), self.port)
    }
}

/// Opens a connection to the first address that takes one; `attempt` hears of each. `own`: the address it comes from,
/// if it is this machine's.
pub(crate) async fn connect(
    addresses: &[SocketAddr],
    own: Option<IpAddr>,
    limit: Duration,
    mut attempt: impl FnMut(),
) -> io::Result<(TcpStream, SocketAddr)> {
    let share = limit / u32::try_from(addresses.len()).unwrap_or(u32::MAX).max(1);
    let mut last = io::Error::from(io::ErrorKind::NotFound);
    for &address in addresses {
        attempt();
        match timeout(share, open(address, own)).await {
            Ok(Ok(stream)) => {
                // Without it every small answer waits for a delayed acknowledgement.
                stream.set_nodelay(true)?;
                return Ok((stream, address));
            }
            Ok(Err(error)) => last = error,
            Err(elapsed) => last = elapsed.into(),
        }
    }
    Err(last)
}

async fn open(address: SocketAddr, own: Option<IpAddr>) -> io::Result<TcpStream> {
    let Some(own) = own.filter(|own| own.is_ipv4() == address.is_ipv4()) else {
        return TcpStream::connect(address).await;
    };
    let socket = if own.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    match socket.bind(SocketAddr::new(own, 0)) {
        Ok(()) => socket.connect(address).await,
        Err(error) => {
            tracing::debug!(%own, %error, "connecting from another address");
            TcpStream::connect(address).await
        }
    }
}

/// The time left to a whole transfer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Budget {
    until: Instant,
}

impl Budget {
    pub(crate) fn new(whole: Duration) -> Self {
        Self { until: Instant::now() + whole }
    }

    /// One step, under its own limit and the whole's.
    pub(crate) async fn step<T>(&self, limit: Duration, step: impl Future<Output = T>) -> io::Result<T> {
        timeout_at(self.until.min(Instant::now() + limit), step).await.map_err(io::Error::from)
    }

    pub(crate) fn left(&self) -> Duration {
        self.until.saturating_duration_since(Instant::now())
    }
}

/// What a server said, fit for a log line.
pub(crate) fn words(said: &str) -> String {
    said.trim().chars().map(|c| if c.is_control() { ' ' } else { c }).take(crate::limits::WORDS_MAX).collect()
}
