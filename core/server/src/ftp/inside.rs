//! Connections inside this process: libunftp speaks over nothing else.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
};

use nix::sys::socket::{setsockopt, sockopt};
use tokio::{
    net::{TcpListener, TcpSocket, TcpStream},
    sync::Mutex,
};

use crate::limits::FTP_STRANGERS_MAX;

/// Where they are: an address of every machine that nothing else uses, so that a passive port can be the same inside
/// and outside, also for a server on 127.0.0.1.
pub(super) const INSIDE: Ipv4Addr = Ipv4Addr::new(127, 20, 21, 1);

/// Connections that wait on a port for one of them.
pub(super) const BACKLOG: u32 = 16;

/// Makes control connections. One port for all: to open a port for each session would take longer.
#[derive(Debug)]
pub(super) struct Inside(Mutex<TcpListener>);

impl Inside {
    pub(super) async fn open() -> io::Result<Self> {
        Ok(Inside(Mutex::new(TcpListener::bind((INSIDE, 0)).await?)))
    }

    /// Both ends of a new connection.
    pub(super) async fn pair(&self) -> io::Result<(TcpStream, TcpStream)> {
        let listener = self.0.lock().await;
        let near = connect(listener.local_addr()?).await?;
        let expected = near.local_addr()?;
        for _ in 0..FTP_STRANGERS_MAX {
            let (far, from) = listener.accept().await?;
            // Other programs on this machine can knock, and are not let in.
            if from == expected {
                far.set_nodelay(true)?;
                return Ok((near, far));
            }
        }
        Err(io::Error::other("other programs on this machine flood a port of the FTP server"))
    }
}

/// From the address that the library expects.
pub(super) async fn connect(to: SocketAddr) -> io::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket.set_nodelay(true)?;
    // The port is chosen with the connection: one that rests after another connection will do.
    setsockopt(&socket, sockopt::IpBindAddressNoPort, &true)?;
    socket.bind((INSIDE, 0).into())?;
    socket.connect(to).await
}
