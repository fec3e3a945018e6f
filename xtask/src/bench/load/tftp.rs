//! Clients that read one file over TFTP, again and again, each one at a time.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use deskset_tftp::{Mode, Offer, Packet, Request};
use tokio::{net::UdpSocket, task::JoinSet, time::timeout};

use super::{Heard, together};

/// A packet that is not answered in this time is sent once more.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often.
const TRIES: u32 = 10;

/// A client takes its sockets in turn: a server may still be busy with the end of the last read when the next request
/// comes, and would take it for a repeated one if it came from the same port.
const SOCKETS: usize = 8;

/// Opcodes (RFC 1350, section 5; RFC 2347).
const DATA: u8 = 3;
const ERROR: u8 = 5;
const OACK: u8 = 6;

#[derive(Clone)]
pub(in crate::bench) struct TftpLoad {
    pub(in crate::bench) server: SocketAddr,
    pub(in crate::bench) file: &'static str,
    pub(in crate::bench) size: usize,
    pub(in crate::bench) clients: usize,
    /// Asked for if it is not 512.
    pub(in crate::bench) block: u16,
    /// Asked for if it is not 1.
    pub(in crate::bench) window: u16,
}

struct Client {
    load: TftpLoad,
    request: Vec<u8>,
    sockets: Vec<UdpSocket>,
    datagram: Vec<u8>,
}

impl TftpLoad {
    pub(super) async fn run(&self, turn: Duration) -> Result<Heard, String> {
        let mut clients = JoinSet::new();
        for _ in 0..self.clients {
            let client = Client::new(self.clone()).await?;
            clients.spawn(client.read_on(turn));
        }
        together(clients).await
    }
}

impl Client {
    async fn new(load: TftpLoad) -> Result<Self, String> {
        let mut sockets = Vec::new();
        for _ in 0..SOCKETS {
            sockets.push(UdpSocket::bind(("127.0.0.1", 0)).await.map_err(|why| why.to_string())?);
        }
        let mut offer = Offer::NONE;
        offer.block_size = (load.block != 512).then_some(load.block);
        offer.window = (load.window != 1).then_some(load.window);
        let request = Request { file: load.file.into(), mode: Mode::Octet, options: offer.pairs() };
        let datagram = vec![0; usize::from(load.block) + 4];
        Ok(Client { load, request: Packet::Rrq(request).encode(), sockets, datagram })
    }

    async fn read_on(mut self, turn: Duration) -> Result<Heard, String> {
        let mut heard = Heard::default();
        let begin = Instant::now();
        for number in 0.. {
            let started = Instant::now();
            let size = self.read(number % SOCKETS).await?;
            if size != self.load.size {
                return Err(format!("{size} bytes came of {}, which has {}", self.load.file, self.load.size));
            }
            heard.done += 1;
            heard.bytes += size as u64;
            heard.micros.push(u32::try_from(started.elapsed().as_micros()).unwrap_or(u32::MAX));
            if begin.elapsed() >= turn {
                break;
            }
        }
        Ok(heard)
    }

    /// Reads the file once: how many bytes came.
    async fn read(&mut self, socket: usize) -> Result<usize, String> {
        let (socket, load) = (&self.sockets[socket], &self.load);
        let failed = |why: std::io::Error| why.to_string();
        let mut last = self.request.clone();
        let mut to = load.server;
        socket.send_to(&last, to).await.map_err(failed)?;
        let (mut size, mut block, mut in_window, mut tries) = (0, 0_u16, 0, 0);
        loop {
            let Ok(came) = timeout(PATIENCE, socket.recv_from(&mut self.datagram)).await else {
                tries += 1;
                if tries > TRIES {
                    return Err(format!("{} was not answered", load.file));
                }
                socket.send_to(&last, to).await.map_err(failed)?;
                continue;
            };
            let (length, from) = came.map_err(failed)?;
            let answered = match self.datagram[..length] {
                [_, OACK, ..] => true,
                [_, DATA, high, low, ref bytes @ ..] if u16::from_be_bytes([high, low]) == block.wrapping_add(1) => {
                    block = block.wrapping_add(1);
                    size += bytes.len();
                    in_window += 1;
                    let is_last = bytes.len() < usize::from(load.block);
                    if is_last || in_window == load.window {
                        in_window = 0;
                        socket.send_to(&ack(block), from).await.map_err(failed)?;
                        if is_last {
                            return Ok(size);
                        }
                        last = ack(block).to_vec();
                    }
                    to = from;
                    false
                }
                [_, ERROR, _, code, ref words @ ..] => {
                    return Err(format!("error {code}: {}", String::from_utf8_lossy(words)));
                }
                // A repeated block, or one after a lost one: the window is asked for again.
                [_, DATA, ..] => true,
                _ => return Err("a packet came that is none".to_owned()),
            };
            if answered {
                to = from;
                in_window = 0;
                last = ack(block).to_vec();
                socket.send_to(&last, to).await.map_err(failed)?;
            }
        }
    }
}

fn ack(block: u16) -> [u8; 4] {
    let [high, low] = block.to_be_bytes();
    [0, 4, high, low]
}
