//! Data connections: one to the client, one inside this process to the library, which takes none from elsewhere than
//! its control connection comes from.

use std::{
    io,
    net::{IpAddr, SocketAddr, SocketAddrV4},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    time::timeout,
};

use super::inside::{self, INSIDE};
use crate::limits::{CHUNK, FTP_DATA_CONNECT, FTP_STRANGERS_MAX};

/// Connects to a client that named this port, and tells the port that the library is to connect to.
pub(super) async fn active(client: SocketAddrV4) -> io::Result<SocketAddrV4> {
    let outer = timeout(FTP_DATA_CONNECT, TcpStream::connect(client)).await??;
    outer.set_nodelay(true)?;
    let listener = TcpListener::bind((INSIDE, 0)).await?;
    let port = listener.local_addr()?.port();
    tokio::spawn(async move {
        match timeout(FTP_DATA_CONNECT, listener.accept()).await {
            Ok(Ok((inner, _))) => carry(outer, inner).await,
            _ => tracing::debug!(%client, "nobody used an active FTP data connection"),
        }
    });
    Ok(SocketAddrV4::new(INSIDE, port))
}

/// Awaits the client, and nobody else (RFC 2577, section 4).
pub(super) async fn passive(listener: TcpListener, client: IpAddr, library: SocketAddr) {
    let accepted = timeout(FTP_DATA_CONNECT, async {
        for _ in 0..FTP_STRANGERS_MAX {
            let (outer, from) = listener.accept().await?;
            if from.ip().to_canonical() == client {
                return Ok(outer);
            }
            tracing::warn!(%from, %client, "somebody else came to a passive FTP port");
        }
        Err(io::Error::other("too many others came"))
    });
    let both = async {
        let outer = accepted.await??;
        Ok::<_, io::Error>((outer, inside::connect(library).await?))
    };
    match both.await {
        Ok((outer, inner)) => carry(outer, inner).await,
        Err(error) => tracing::debug!(%client, %error, "no passive FTP data connection"),
    }
}

/// Until the library closes its end: the client's end alone may stay open for ever. A break stays a break, and does
/// not become the end of a file.
async fn carry(mut outer: TcpStream, mut inner: TcpStream) {
    if inner.set_nodelay(true).is_err() {
        return;
    }
    let (mut from_client, mut to_client) = outer.split();
    let (mut from_library, mut to_library) = inner.split();
    let comes = async {
        let mut chunk = Vec::with_capacity(CHUNK);
        loop {
            chunk.clear();
            match from_client.read_buf(&mut chunk).await {
                Ok(0) => {
                    if to_library.shutdown().await.is_ok() {
                        std::future::pending::<()>().await;
                    }
                    return;
                }
                Ok(_) if to_library.write_all(&chunk).await.is_ok() => {}
                _ => return,
            }
        }
    };
    let goes = async {
        let mut chunk = Vec::with_capacity(CHUNK);
        loop {
            chunk.clear();
            match from_library.read_buf(&mut chunk).await {
                Ok(0) => return true,
                Ok(_) if to_client.write_all(&chunk).await.is_ok() => {}
                _ => return false,
            }
        }
    };
    let is_whole = tokio::select! {
        () = comes => false,
        is_whole = goes => is_whole,
    };
    if !is_whole {
        for stream in [&outer, &inner] {
            if let Err(error) = stream.set_zero_linger() {
                tracing::debug!(%error, "a break of an FTP data connection may look like an end");
            }
        }
    }
}
