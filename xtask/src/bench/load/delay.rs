//! A long line in front of a TFTP server: each datagram arrives a while after it was sent, in the order it was sent.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use tokio::{
    net::UdpSocket,
    sync::mpsc::{UnboundedReceiver, unbounded_channel},
    task::JoinHandle,
    time::{Instant, sleep_until, timeout},
};

/// A transfer that has said nothing for this long is over.
const SILENCE: Duration = Duration::from_secs(5);

/// Stops when dropped.
pub(in crate::bench) struct Delay {
    pub(in crate::bench) address: SocketAddr,
    task: JoinHandle<()>,
}

/// What is on its way: when it arrives, what, where to.
type Letter = (Instant, Vec<u8>, SocketAddr);

impl Delay {
    /// Each way takes `one_way`, and up to a millisecond more, the clock's tick.
    pub(in crate::bench) async fn before(server: SocketAddr, one_way: Duration) -> std::io::Result<Self> {
        let door = UdpSocket::bind(("127.0.0.1", 0)).await?;
        let address = door.local_addr()?;
        let task = tokio::spawn(async move {
            let mut datagram = vec![0; 65_536];
            while let Ok((size, client)) = door.recv_from(&mut datagram).await {
                tokio::spawn(transfer(client, server, datagram[..size].to_vec(), one_way));
            }
        });
        Ok(Delay { address, task })
    }
}

impl Drop for Delay {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Both ends see a port of their own, as they would of each other.
async fn transfer(client: SocketAddr, server: SocketAddr, request: Vec<u8>, one_way: Duration) {
    let bind = || async { UdpSocket::bind(("127.0.0.1", 0)).await.map(Arc::new) };
    let (Ok(near), Ok(far)) = (bind().await, bind().await) else { return };
    let (to_client, for_client) = unbounded_channel::<Letter>();
    let (to_server, for_server) = unbounded_channel::<Letter>();
    let carriers = [tokio::spawn(carry(near.clone(), for_client)), tokio::spawn(carry(far.clone(), for_server))];
    let mut server = server;
    drop(to_server.send((Instant::now() + one_way, request, server)));
    let (mut of_client, mut of_server) = (vec![0; 65_536], vec![0; 65_536]);
    let both = async {
        loop {
            tokio::select! {
                Ok((size, _)) = near.recv_from(&mut of_client) => {
                    drop(to_server.send((Instant::now() + one_way, of_client[..size].to_vec(), server)));
                }
                Ok((size, from)) = far.recv_from(&mut of_server) => {
                    server = from;
                    drop(to_client.send((Instant::now() + one_way, of_server[..size].to_vec(), client)));
                }
                else => break,
            }
        }
    };
    // Longer than any transfer of a bench.
    drop(timeout(SILENCE, both).await);
    carriers.into_iter().for_each(|carrier| carrier.abort());
}

async fn carry(socket: Arc<UdpSocket>, mut letters: UnboundedReceiver<Letter>) {
    while let Some((due, datagram, to)) = letters.recv().await {
        sleep_until(due).await;
        // One that nobody takes any more is lost.
        drop(socket.send_to(&datagram, to).await);
    }
}
