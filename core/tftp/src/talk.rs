//! What both machines share: the other end's address, repeats, the queue of datagrams, the end.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::time::Duration;

use crate::error::{Outcome, TftpError};
use crate::limits::{QUEUE_MAX, REQUEST_MAX, WINDOW_MAX};
use crate::options::Offer;
use crate::packet::{ErrorCode, Mode, Packet, Request};
use crate::rollover::Rollover;

/// A datagram to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transmit {
    /// Where to.
    pub to: SocketAddr,
    /// What.
    pub datagram: Vec<u8>,
}

/// How long and how often an unanswered packet is repeated: the wait doubles from `first` to `longest`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Wait after the first sending.
    pub first: Duration,
    /// The wait grows no longer than this.
    pub longest: Duration,
    /// How often a packet is sent before the other end counts as lost.
    pub tries: u32,
}

impl Default for Patience {
    /// 1, 2, 4, 4 and 4 seconds: five tries in 15 seconds.
    fn default() -> Self {
        Self { first: Duration::from_secs(1), longest: Duration::from_secs(4), tries: 5 }
    }
}

/// What the caller allows in one transfer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// When packets are repeated.
    pub patience: Patience,
    /// Largest file that is received, in bytes.
    pub size_limit: u64,
    /// How long a receiver goes on answering repeats of the last block (RFC 1350, section 6: dallying).
    pub linger: Duration,
    /// Largest block that a server grants, in bytes.
    pub block_max: u16,
    /// What comes after block 65535.
    pub rollover: Rollover,
}

impl Rules {
    /// The usual rules with this limit on the size of a file, in bytes.
    #[must_use]
    pub fn with_size_limit(size_limit: u64) -> Self {
        let patience = Patience::default();
        Self {
            patience,
            size_limit,
            linger: patience.first * 2,
            block_max: crate::limits::BLOCK_MAX,
            rollover: Rollover::ToZero,
        }
    }
}

/// Which request a client makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Read,
    Write,
}

/// A client's request, kept to be repeated.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    direction: Direction,
    file: String,
    mode: Mode,
    pub(crate) offer: Offer,
}

impl Ask {
    pub(crate) fn new(direction: Direction, file: &str, mode: Mode, mut offer: Offer) -> Result<Self, TftpError> {
        offer.window = offer.window.map(|blocks| blocks.clamp(1, WINDOW_MAX));
        let ask = Self { direction, file: file.to_owned(), mode, offer };
        if file.is_empty() || file.contains('\0') || ask.datagram().len() > REQUEST_MAX {
            return Err(TftpError::Name(file.to_owned()));
        }
        Ok(ask)
    }

    pub(crate) fn datagram(&self) -> Vec<u8> {
        let request = Request { file: self.file.as_str().into(), mode: self.mode, options: self.offer.pairs() };
        match self.direction {
            Direction::Read => Packet::Rrq(request).encode(),
            Direction::Write => Packet::Wrq(request).encode(),
        }
    }

    /// RFC 2347 lets a client ask again without options. Servers that do not know options answer with 8, 4 or 0.
    pub(crate) fn without_options(&self, code: ErrorCode) -> Option<Self> {
        let options_to_blame = matches!(code, ErrorCode::BadOption | ErrorCode::Illegal | ErrorCode::NotDefined);
        (options_to_blame && !self.offer.is_empty()).then(|| Self { offer: Offer::NONE, ..self.clone() })
    }
}

/// One end of a transfer.
#[derive(Debug)]
pub(crate) struct Talk {
    remote: SocketAddr,
    peer: Option<SocketAddr>,
    out: VecDeque<Transmit>,
    patience: Patience,
    wait: Duration,
    sent: u32,
    deadline: Option<Duration>,
    outcome: Option<Outcome>,
}

/// What the clock asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Alarm {
    NotYet,
    Repeat,
    GiveUp { tries: u32 },
}

impl Talk {
    /// A client's end: the answer comes from another port of the same address.
    pub(crate) fn to_server(server: SocketAddr, patience: Patience) -> Self {
        Self {
            remote: server,
            peer: None,
            out: VecDeque::new(),
            patience,
            wait: patience.first,
            sent: 0,
            deadline: None,
            outcome: None,
        }
    }

    /// A server's end: the client's port is known from its request.
    pub(crate) fn to_client(client: SocketAddr, patience: Patience) -> Self {
        Self { peer: Some(client), ..Self::to_server(client, patience) }
    }

    /// The packet, if it comes from the other end of this transfer. A stray is told so and changes nothing
    /// (RFC 1350, section 4); an ERROR is never answered, or two ends could go on for ever.
    pub(crate) fn admit<'a>(&mut self, from: SocketAddr, datagram: &'a [u8]) -> Option<Packet<'a>> {
        let ours = match self.peer {
            Some(peer) => from.port() == peer.port() && same_host(from, peer),
            None => same_host(from, self.remote),
        };
        let packet = Packet::parse(datagram).ok()?;
        if ours {
            return Some(packet);
        }
        if matches!(packet, Packet::Data { .. } | Packet::Ack { .. } | Packet::Oack(_)) {
            self.send_error(from, ErrorCode::UnknownTransfer, "unknown transfer id");
        }
        None
    }

    /// The server's port is known from now on.
    pub(crate) fn settle(&mut self, from: SocketAddr) {
        self.peer = Some(from);
    }

    pub(crate) fn peer(&self) -> SocketAddr {
        self.peer.unwrap_or(self.remote)
    }

    pub(crate) fn agree_on(&mut self, timeout: Option<Duration>) {
        if let Some(timeout) = timeout {
            self.patience.first = timeout;
            self.patience.longest = timeout;
        }
    }

    /// Something new is sent: the waiting begins anew.
    pub(crate) fn begin_wait(&mut self, now: Duration) {
        self.sent = 1;
        self.wait = self.patience.first;
        self.deadline = Some(now.saturating_add(self.wait));
    }

    pub(crate) fn alarm(&mut self, now: Duration) -> Alarm {
        if self.deadline.is_none_or(|deadline| now < deadline) {
            return Alarm::NotYet;
        }
        if self.sent >= self.patience.tries {
            return Alarm::GiveUp { tries: self.sent };
        }
        self.sent += 1;
        self.wait = self.wait.saturating_mul(2).min(self.patience.longest.max(self.patience.first));
        self.deadline = Some(now.saturating_add(self.wait));
        Alarm::Repeat
    }

    pub(crate) fn send(&mut self, packet: &Packet<'_>) {
        self.send_raw(self.peer(), packet.encode());
    }

    pub(crate) fn send_raw(&mut self, to: SocketAddr, datagram: Vec<u8>) {
        if self.out.len() < QUEUE_MAX {
            self.out.push_back(Transmit { to, datagram });
        }
    }

    pub(crate) fn send_error(&mut self, to: SocketAddr, code: ErrorCode, message: &str) {
        self.send_raw(to, Packet::Error { code, message: message.into() }.encode());
    }

    pub(crate) fn poll_transmit(&mut self) -> Option<Transmit> {
        self.out.pop_front()
    }

    pub(crate) fn deadline(&self) -> Option<Duration> {
        self.deadline
    }

    pub(crate) fn outcome(&self) -> Option<&Outcome> {
        self.outcome.as_ref()
    }

    pub(crate) fn done(&mut self, bytes: u64, linger_until: Option<Duration>) {
        self.outcome = Some(Outcome::Done { bytes });
        self.deadline = linger_until;
    }

    pub(crate) fn close(&mut self) {
        self.deadline = None;
    }

    /// Ends without a word to the other end.
    pub(crate) fn fail(&mut self, error: TftpError) {
        self.outcome = Some(Outcome::Failed(error));
        self.deadline = None;
    }

    /// Ends and tells the other end why.
    pub(crate) fn fail_with(&mut self, to: SocketAddr, code: ErrorCode, error: TftpError) {
        self.send_error(to, code, &error.to_string());
        self.fail(error);
    }
}

/// The port names the transfer, the address the host; a dual-stack socket writes IPv4 addresses as IPv6.
fn same_host(a: SocketAddr, b: SocketAddr) -> bool {
    a.ip().to_canonical() == b.ip().to_canonical()
}
