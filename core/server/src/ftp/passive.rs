use std::{
    io,
    net::{IpAddr, SocketAddr},
    ops::RangeInclusive,
    sync::atomic::{AtomicU16, Ordering},
};

use async_trait::async_trait;
use libunftp::options::Binder;
use tokio::net::TcpSocket;

use crate::limits::PASSIVE_TRIES;

/// Where passive data connections are awaited: in a range, one port after the other, or at any free port.
#[derive(Debug)]
pub(super) struct PassivePorts(Option<RangeInclusive<u16>>);

/// Where the next search begins, so that a port just used rests.
static NEXT: AtomicU16 = AtomicU16::new(0);

impl PassivePorts {
    pub(super) fn new(range: Option<RangeInclusive<u16>>) -> Self {
        PassivePorts(range)
    }
}

#[async_trait]
impl Binder for PassivePorts {
    async fn bind(&mut self, ip: IpAddr, _: RangeInclusive<u16>) -> io::Result<TcpSocket> {
        let Some(range) = &self.0 else { return bound(ip, 0) };
        let ports = (range.end() - range.start()).saturating_add(1);
        let begin = NEXT.fetch_add(1, Ordering::Relaxed);
        let mut last = io::Error::from(io::ErrorKind::AddrInUse);
        for step in 0..ports.min(PASSIVE_TRIES) {
            match bound(ip, range.start() + begin.wrapping_add(step) % ports) {
                Ok(socket) => return Ok(socket),
                Err(error) => last = error,
            }
        }
        tracing::warn!(first = range.start(), last = range.end(), error = %last, "no passive FTP port is free");
        Err(last)
    }
}

fn bound(ip: IpAddr, port: u16) -> io::Result<TcpSocket> {
    let socket = if ip.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    if port != 0 {
        // Ports of a small range must not rest for a minute after each use.
        socket.set_reuseaddr(true)?;
    }
    // The accepted connection takes this over.
    socket.set_nodelay(true)?;
    socket.bind(SocketAddr::new(ip, port))?;
    Ok(socket)
}
