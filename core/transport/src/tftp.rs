//! The TFTP machine on a UDP socket, a new local port for each file.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use deskset_tftp::{Mode, Offer, Outcome, Receiver, Rules};
use tokio::net::UdpSocket;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Instant, timeout_at};

use crate::fetch::{FetchAsk, Fetched, Progress};
use crate::fetch_error::FetchFault;
use crate::limits::TFTP_SPARE;
use crate::settings::{Inner, TftpSettings};

pub(crate) async fn fetch(
    ask: &FetchAsk,
    inner: &Inner,
    slot: Option<OwnedSemaphorePermit>,
    progress: &mut impl FnMut(Progress),
) -> Result<Fetched, FetchFault> {
    let addresses = ask.server.resolve(inner.limits.connect).await.map_err(FetchFault::NameNotFound)?;
    let Some(&server) = addresses.first() else {
        return Err(FetchFault::NameNotFound(io::ErrorKind::NotFound.into()));
    };
    let start = Instant::now();
    let (offer, rules) = terms(inner.tftp, ask.size_limit);
    let receiver = Receiver::read(Duration::ZERO, server, &ask.path, Mode::Octet, offer, rules)
        .map_err(|error| FetchFault::tftp(error, 0))?;
    let mut line = Line::open(receiver, server, start, offer).await.map_err(FetchFault::Local)?;
    let whole = start + inner.limits.file;
    line.run(whole, progress).await.map_err(FetchFault::Local)?;
    match line.receiver.outcome() {
        Some(Outcome::Done { .. }) => {
            let fetched = Fetched { bytes: line.receiver.take_bytes().into(), from: line.receiver.peer() };
            if inner.slots.plenty() {
                tokio::spawn(line.linger(slot));
            }
            Ok(fetched)
        }
        Some(Outcome::Failed(error)) => Err(FetchFault::tftp(error.clone(), line.receiver.received())),
        // `run` returns only with an outcome.
        None => Err(FetchFault::Silent(io::ErrorKind::TimedOut.into())),
    }
}

fn terms(settings: TftpSettings, size_limit: u64) -> (Offer, Rules) {
    let offer = match settings.block_size {
        None => Offer::NONE,
        block_size => Offer { block_size, size: Some(0), timeout: None, window: settings.window },
    };
    let TftpSettings { patience, linger, rollover, .. } = settings;
    let rules = Rules { patience, linger, rollover, ..Rules::with_size_limit(size_limit) };
    (offer, rules)
}

/// The machine with its socket and clock.
struct Line {
    receiver: Receiver,
    socket: UdpSocket,
    start: Instant,
    buffer: Vec<u8>,
}

impl Line {
    async fn open(receiver: Receiver, server: SocketAddr, start: Instant, offer: Offer) -> io::Result<Self> {
        let any: SocketAddr = match server {
            SocketAddr::V4(_) => (Ipv4Addr::UNSPECIFIED, 0).into(),
            SocketAddr::V6(_) => (Ipv6Addr::UNSPECIFIED, 0).into(),
        };
        // Not connected: the server answers from another port.
        let socket = UdpSocket::bind(any).await?;
        let block = offer.block_size.unwrap_or(0).max(deskset_tftp::limits::BLOCK_DEFAULT);
        Ok(Self { receiver, socket, start, buffer: vec![0; usize::from(block) + TFTP_SPARE] })
    }

    /// Until the machine has an outcome.
    async fn run(&mut self, whole: Instant, progress: &mut impl FnMut(Progress)) -> io::Result<()> {
        let (mut requests, mut received) = (0, 0);
        loop {
            if std::mem::replace(&mut requests, self.receiver.requests()) != requests {
                progress(Progress::Attempt(requests));
            }
            if std::mem::replace(&mut received, self.receiver.received()) != received {
                progress(Progress::Received(received));
            }
            self.transmit().await?;
            if self.receiver.outcome().is_some() {
                return Ok(());
            }
            if Instant::now() >= whole {
                self.receiver.abort("the transfer took too long");
                continue;
            }
            self.wait(whole).await?;
        }
    }

    async fn transmit(&mut self) -> io::Result<()> {
        while let Some(out) = self.receiver.poll_transmit() {
            self.socket.send_to(&out.datagram, out.to).await?;
        }
        Ok(())
    }

    /// For a datagram, the machine's deadline or `end`.
    async fn wait(&mut self, end: Instant) -> io::Result<()> {
        let deadline = self.receiver.deadline().map_or(end, |at| (self.start + at).min(end));
        let arrived = timeout_at(deadline, self.socket.recv_from(&mut self.buffer)).await;
        let now = self.start.elapsed();
        match arrived {
            Ok(arrived) => {
                let (length, from) = arrived?;
                self.receiver.handle(now, from, &self.buffer[..length]);
            }
            Err(_) => self.receiver.handle_timeout(now),
        }
        Ok(())
    }

    /// If the last acknowledgement was lost, the server would take the transfer for aborted.
    async fn linger(mut self, slot: Option<OwnedSemaphorePermit>) {
        while let Some(deadline) = self.receiver.deadline() {
            if self.wait(self.start + deadline).await.is_err() || self.transmit().await.is_err() {
                break;
            }
        }
        drop(slot);
    }
}
