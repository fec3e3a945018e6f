use std::{
    io,
    net::{IpAddr, SocketAddr},
    ops::RangeInclusive,
    sync::{
        Arc,
        atomic::{AtomicU16, Ordering},
    },
};

use async_trait::async_trait;
use libunftp::options::Binder;
use tokio::net::TcpSocket;

use super::{
    control::Control,
    data,
    inside::{self, INSIDE},
};
use crate::limits::PASSIVE_TRIES;

/// Where passive data connections are awaited: in a range, one port after the other, or at any free port.
#[derive(Debug)]
pub(super) struct PassivePorts {
    range: Option<RangeInclusive<u16>>,
    control: Arc<Control>,
}

/// Where the next search begins, so that a port just used rests.
static NEXT: AtomicU16 = AtomicU16::new(0);

impl PassivePorts {
    pub(super) fn new(range: Option<RangeInclusive<u16>>, control: Arc<Control>) -> Self {
        PassivePorts { range, control }
    }

    /// A port for the client, and the same one inside, for the library, which tells it to the client.
    fn open(&self, port: u16) -> io::Result<(TcpSocket, TcpSocket)> {
        let outer = bound(self.control.local(), port)?;
        let port = outer.local_addr()?.port();
        Ok((outer, bound(INSIDE.into(), port)?))
    }

    fn serve(&self, (outer, inner): (TcpSocket, TcpSocket)) -> io::Result<TcpSocket> {
        let port = inner.local_addr()?.port();
        // One is enough; others than the client may come first.
        let listener = outer.listen(inside::BACKLOG)?;
        tokio::spawn(data::passive(listener, self.control.peer(), SocketAddr::new(INSIDE.into(), port)));
        Ok(inner)
    }
}

#[async_trait]
impl Binder for PassivePorts {
    async fn bind(&mut self, _: IpAddr, _: RangeInclusive<u16>) -> io::Result<TcpSocket> {
        let begin = NEXT.fetch_add(1, Ordering::Relaxed);
        let ports = self.range.as_ref().map(|range| (*range.start(), (range.end() - range.start()).saturating_add(1)));
        let mut last = io::Error::from(io::ErrorKind::AddrInUse);
        for step in 0..ports.map_or(PASSIVE_TRIES, |(_, count)| count.min(PASSIVE_TRIES)) {
            let port = ports.map_or(0, |(first, count)| first + begin.wrapping_add(step) % count);
            match self.open(port).and_then(|both| self.serve(both)) {
                Ok(socket) => return Ok(socket),
                Err(error) => last = error,
            }
        }
        tracing::warn!(range = ?self.range, error = %last, "no passive FTP port is free");
        Err(last)
    }
}

fn bound(ip: IpAddr, port: u16) -> io::Result<TcpSocket> {
    let socket = if ip.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // Ports must not rest for a minute after each use: of a small range at once, of all there are at 500 files a second.
    socket.set_reuseaddr(true)?;
    // The accepted connection takes this over.
    socket.set_nodelay(true)?;
    socket.bind(SocketAddr::new(ip, port))?;
    Ok(socket)
}
