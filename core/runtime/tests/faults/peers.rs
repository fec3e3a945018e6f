//! Servers that are not sound, for our clients.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use deskset_tftp::Packet;
use rustls::ServerConfig;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream, UdpSocket},
    task::JoinSet,
};
use tokio_rustls::TlsAcceptor;

/// What a server does on a connection, one after the other.
#[derive(Clone, Copy, Debug)]
pub enum Act {
    /// Reads a request's head.
    Read,
    Say(&'static [u8]),
    Many(usize, u8),
    /// Says it again and again until the client has gone.
    Endless(&'static [u8]),
    /// The same, with a pause each time.
    Drip(&'static [u8]),
    Close,
    Reset,
    /// Says nothing more until the client has gone.
    Stay,
}

/// Between two drops; far below every limit.
const PAUSE: Duration = Duration::from_millis(20);

/// A TFTP server with one port that answers each packet so.
pub async fn tftp(answer: fn(&Packet<'_>) -> Vec<Vec<u8>>, tasks: &mut JoinSet<()>) -> SocketAddr {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let at = socket.local_addr().unwrap();
    tasks.spawn(async move {
        let mut buffer = vec![0; 70_000];
        while let Ok((size, client)) = socket.recv_from(&mut buffer).await {
            let Ok(packet) = Packet::parse(&buffer[..size]) else { continue };
            for datagram in answer(&packet) {
                let _ = socket.send_to(&datagram, client).await;
            }
        }
    });
    at
}

/// A server on TCP that does this on each connection, behind TLS if asked to.
pub async fn tcp(acts: &'static [Act], tls: Option<Arc<ServerConfig>>, tasks: &mut JoinSet<()>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    tasks.spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            serve(stream, acts, tls.clone()).await;
        }
    });
    at
}

async fn serve(stream: TcpStream, acts: &[Act], tls: Option<Arc<ServerConfig>>) {
    if acts.iter().any(|act| matches!(act, Act::Reset)) {
        // Closing is a reset from now on.
        stream.set_zero_linger().unwrap();
    }
    match tls {
        None => perform(stream, acts).await,
        Some(tls) => {
            // A client that does not like the certificate ends the handshake.
            if let Ok(secured) = TlsAcceptor::from(tls).accept(stream).await {
                perform(secured, acts).await;
            }
        }
    }
}

async fn perform(mut stream: impl AsyncRead + AsyncWrite + Unpin, acts: &[Act]) {
    for act in acts {
        match act {
            Act::Read => {
                let mut head = Vec::new();
                while !head.ends_with(b"\r\n\r\n") && stream.read_buf(&mut head).await.unwrap_or(0) > 0 {}
            }
            Act::Say(bytes) => {
                let _ = stream.write_all(bytes).await;
                let _ = stream.flush().await;
            }
            Act::Many(count, byte) => {
                let _ = stream.write_all(&vec![*byte; *count]).await;
            }
            Act::Endless(bytes) => while stream.write_all(bytes).await.is_ok() {},
            Act::Drip(bytes) => {
                let mut beat = tokio::time::interval(PAUSE);
                while stream.write_all(bytes).await.is_ok() && stream.flush().await.is_ok() {
                    beat.tick().await;
                }
            }
            Act::Close => {
                let _ = stream.shutdown().await;
            }
            Act::Reset => return,
            Act::Stay => while stream.read(&mut [0; 1024]).await.unwrap_or(0) > 0 {},
        }
    }
}
