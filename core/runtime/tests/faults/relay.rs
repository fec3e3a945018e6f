//! Relays between a sound client and a sound server. Each does one thing.

use std::net::SocketAddr;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream, UdpSocket},
    task::JoinSet,
};

/// The way of a datagram.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Leg {
    ToServer,
    ToClient,
}

/// What a relay does with a datagram.
pub enum Deed {
    Pass,
    Drop,
    Twice,
    /// Something else goes before it.
    Also(Vec<u8>),
    /// Something else goes before it, from a port that has no part in the transfer.
    StrayAlso(Vec<u8>),
    FromAnotherPort,
    Instead(Vec<u8>),
}

/// What a relay does to the bytes from the server.
#[derive(Clone, Copy, Debug)]
pub enum Cut {
    EndAfter(usize),
    ResetAfter(usize),
    StallAfter(usize),
    /// One bit of this byte.
    FlipAt(usize),
}

/// A TFTP relay for one client; it ends with `tasks`.
pub async fn tftp(server: SocketAddr, deed: fn(Leg, usize, &[u8]) -> Deed, tasks: &mut JoinSet<()>) -> SocketAddr {
    let bind = || UdpSocket::bind("127.0.0.1:0");
    let (front, back, stray) = (bind().await.unwrap(), bind().await.unwrap(), bind().await.unwrap());
    let at = front.local_addr().unwrap();
    tasks.spawn(async move {
        let (mut client, mut transfer) = (at, server);
        let (mut to_server, mut to_client) = (0, 0);
        let (mut from_client, mut from_server) = (vec![0; 70_000], vec![0; 70_000]);
        loop {
            tokio::select! {
                Ok((size, from)) = front.recv_from(&mut from_client) => {
                    client = from;
                    to_server += 1;
                    let datagram = &from_client[..size];
                    let sent = pass(deed(Leg::ToServer, to_server, datagram), datagram, [&back, &stray], transfer);
                    sent.await;
                }
                Ok((size, from)) = back.recv_from(&mut from_server) => {
                    // The server answers from the port of this transfer.
                    transfer = from;
                    to_client += 1;
                    let datagram = &from_server[..size];
                    let sent = pass(deed(Leg::ToClient, to_client, datagram), datagram, [&front, &stray], client);
                    sent.await;
                }
            }
        }
    });
    at
}

async fn pass(deed: Deed, datagram: &[u8], [usual, other]: [&UdpSocket; 2], to: SocketAddr) {
    let send = async |socket: &UdpSocket, bytes: &[u8]| {
        // A closed port shows here; for UDP that is a loss like any other.
        let _ = socket.send_to(bytes, to).await;
    };
    match deed {
        Deed::Pass => send(usual, datagram).await,
        Deed::Drop => {}
        Deed::Twice => {
            send(usual, datagram).await;
            send(usual, datagram).await;
        }
        Deed::Also(first) => {
            send(usual, &first).await;
            send(usual, datagram).await;
        }
        Deed::StrayAlso(first) => {
            send(other, &first).await;
            send(usual, datagram).await;
        }
        Deed::FromAnotherPort => send(other, datagram).await,
        Deed::Instead(changed) => send(usual, &changed).await,
    }
}

/// A TCP relay; it ends with `tasks`.
pub async fn tcp(server: SocketAddr, cut: Cut, tasks: &mut JoinSet<()>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    tasks.spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let server = TcpStream::connect(server).await.unwrap();
            carry(client, server, cut).await;
        }
    });
    at
}

async fn carry(mut client: TcpStream, server: TcpStream, cut: Cut) {
    if matches!(cut, Cut::ResetAfter(_)) {
        // Closing is a reset from now on.
        client.set_zero_linger().unwrap();
    }
    let (mut hears, mut says) = client.split();
    let (mut server_says, mut server_hears) = server.into_split();
    let there = async {
        let _ = tokio::io::copy(&mut hears, &mut server_hears).await;
        std::future::pending::<()>().await;
    };
    let back = async {
        let (mut buffer, mut before) = (vec![0; 1000], 0);
        loop {
            let size = server_says.read(&mut buffer).await.unwrap_or(0);
            let bytes = &mut buffer[..size];
            let room = match cut {
                Cut::EndAfter(most) | Cut::ResetAfter(most) | Cut::StallAfter(most) => most - before,
                Cut::FlipAt(at) => {
                    if let Some(byte) = at.checked_sub(before).and_then(|at| bytes.get_mut(at)) {
                        *byte ^= 1;
                    }
                    usize::MAX
                }
            };
            if says.write_all(&bytes[..size.min(room)]).await.is_err() || size == 0 {
                return;
            }
            before += size;
            if size >= room {
                break;
            }
        }
        if matches!(cut, Cut::StallAfter(_)) {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = there => {}
        () = back => {}
    }
}
