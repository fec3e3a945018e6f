//! Opening ports, with errors that say which one.

use std::{
    io::{self, ErrorKind},
    net::{IpAddr, SocketAddr},
    time::Duration,
};

use socket2::{Domain, Protocol as Transport, Socket, Type};
use tokio::net::{TcpListener, TcpSocket, TcpStream, UdpSocket};

use crate::{
    Protocol, ServerError,
    limits::{BACKLOG, TFTP_BUFFER},
};

/// How long a port that has run out of file descriptors rests before it accepts again.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

pub(crate) fn tcp(protocol: Protocol, ip: IpAddr, port: u16) -> Result<(TcpListener, SocketAddr), ServerError> {
    let address = SocketAddr::new(ip, port);
    let open = || {
        let socket = if ip.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
        // A server started again must not wait for the old connections to fade.
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        // Accepted connections take it over: Nagle's waiting costs small dialogues 40 ms a step.
        socket.set_nodelay(true)?;
        let listener = socket.listen(BACKLOG)?;
        let bound = listener.local_addr()?;
        Ok((listener, bound))
    };
    open().map_err(|error| refusal(protocol, address, error))
}

pub(crate) fn tftp(ip: IpAddr, port: u16) -> Result<(UdpSocket, SocketAddr), ServerError> {
    let address = SocketAddr::new(ip, port);
    let open = || {
        let socket = Socket::new(Domain::for_address(address), Type::DGRAM, Some(Transport::UDP))?;
        socket.set_recv_buffer_size(TFTP_BUFFER)?;
        socket.set_nonblocking(true)?;
        socket.bind(&address.into())?;
        let socket = UdpSocket::from_std(socket.into())?;
        let bound = socket.local_addr()?;
        Ok((socket, bound))
    };
    open().map_err(|error| refusal(Protocol::Tftp, address, error))
}

/// The next connection.
pub(crate) async fn accept(protocol: Protocol, listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            Err(error) => {
                tracing::warn!(%protocol, %error, "a connection was not accepted");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
}

fn refusal(protocol: Protocol, address: SocketAddr, source: io::Error) -> ServerError {
    match source.kind() {
        ErrorKind::AddrInUse => ServerError::PortBusy { protocol, address, source },
        ErrorKind::PermissionDenied => ServerError::PortDenied { protocol, address, source },
        _ => ServerError::Port { protocol, address, source },
    }
}
