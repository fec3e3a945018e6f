//! Two machines joined in memory, with faults drawn from a seed.

#![allow(dead_code, reason = "each test file uses a part")]

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use deskset_tftp::{Mode, Offer, Outcome, Packet, Receiver, Rules, Sender, Terms};

pub const LIMIT: u64 = 64 * 1024 * 1024;
pub const ZERO: Duration = Duration::ZERO;

/// The server's listening port.
pub fn server() -> SocketAddr {
    SocketAddr::from(([192, 0, 2, 1], 69))
}

/// The server's port of this transfer.
pub fn transfer() -> SocketAddr {
    SocketAddr::from(([192, 0, 2, 1], 40_069))
}

pub fn client() -> SocketAddr {
    SocketAddr::from(([192, 0, 2, 50], 2_001))
}

pub fn rules() -> Rules {
    Rules::with_size_limit(LIMIT)
}

/// How often in 256 a datagram suffers.
#[derive(Debug, Clone, Copy, Default)]
pub struct Faults {
    pub seed: u64,
    pub lost: u8,
    pub doubled: u8,
    pub late: u8,
}

/// What came of a whole transfer.
#[derive(Debug, PartialEq, Eq)]
pub struct Story {
    pub sender: Outcome,
    pub receiver: Outcome,
    pub bytes: Vec<u8>,
    pub terms: Terms,
    pub datagrams: u64,
}

/// splitmix64: enough for faults.
struct Chance(u64);

impl Chance {
    fn one_in_256(&mut self, times: u8) -> bool {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) & 0xff) < u64::from(times)
    }
}

/// The wire: datagrams in order of arrival.
struct Wire {
    chance: Chance,
    faults: Faults,
    sequence: u64,
    flying: BTreeMap<(Duration, u64), (SocketAddr, SocketAddr, Vec<u8>)>,
}

impl Wire {
    fn new(faults: Faults) -> Self {
        Self { chance: Chance(faults.seed), faults, sequence: 0, flying: BTreeMap::new() }
    }

    fn put(&mut self, now: Duration, from: SocketAddr, to: SocketAddr, datagram: Vec<u8>) {
        let copies = 1 + usize::from(self.chance.one_in_256(self.faults.doubled));
        for _ in 0..copies {
            let late = self.chance.one_in_256(self.faults.late);
            let lost = self.chance.one_in_256(self.faults.lost);
            self.sequence += 1;
            if !lost {
                let delay = Duration::from_millis(if late { 1_500 } else { 1 });
                self.flying.insert((now + delay, self.sequence), (from, to, datagram.clone()));
            }
        }
    }
}

/// A client reads `file`; the server begins when the request comes.
pub fn read(file: &[u8], offer: Offer, server_rules: Rules, client_rules: Rules, faults: Faults) -> Story {
    let mut receiver = Receiver::read(ZERO, server(), "a.scr", Mode::Octet, offer, client_rules).unwrap();
    let mut sender: Option<Sender<&[u8]>> = None;
    let mut wire = Wire::new(faults);
    let mut now = ZERO;
    for _ in 0..4_000_000_u64 {
        while let Some(out) = receiver.poll_transmit() {
            wire.put(now, client(), out.to, out.datagram);
        }
        while let Some(out) = sender.as_mut().and_then(Sender::poll_transmit) {
            wire.put(now, transfer(), out.to, out.datagram);
        }
        let sender_ended = sender.as_ref().is_some_and(Sender::is_closed);
        if receiver.is_closed() && (sender_ended || sender.is_none()) {
            break;
        }
        let arrival = wire.flying.keys().next().map(|(at, _)| *at);
        let alarms = [arrival, receiver.deadline(), sender.as_ref().and_then(Sender::deadline)];
        now = now.max(alarms.into_iter().flatten().min().unwrap());
        if arrival.is_some_and(|at| at <= now) {
            let (_, (from, to, datagram)) = wire.flying.pop_first().unwrap();
            if to == client() {
                receiver.handle(now, from, &datagram);
            } else if to == server() {
                // As a server does it: a repeat of a request that is being served is not a new one.
                if let (None, Ok(Packet::Rrq(request))) = (&sender, Packet::parse(&datagram)) {
                    sender = Some(Sender::serve(now, from, &request, server_rules, file));
                }
            } else if let Some(sender) = &mut sender {
                sender.handle(now, from, &datagram);
            }
        } else {
            receiver.handle_timeout(now);
            if let Some(sender) = &mut sender {
                sender.handle_timeout(now);
            }
        }
    }
    Story {
        sender: sender.as_ref().and_then(Sender::outcome).unwrap().clone(),
        receiver: receiver.outcome().unwrap().clone(),
        terms: receiver.terms(),
        bytes: receiver.take_bytes(),
        datagrams: wire.sequence,
    }
}

/// A client writes `file`.
pub fn write(file: &[u8], offer: Offer, faults: Faults) -> Story {
    write_by(file, offer, rules(), rules(), faults)
}

/// The same, by other rules.
pub fn write_by(file: &[u8], offer: Offer, server_rules: Rules, client_rules: Rules, faults: Faults) -> Story {
    let mut sender = Sender::write(ZERO, server(), "a.txt", Mode::Octet, offer, client_rules, file).unwrap();
    let mut receiver: Option<Receiver> = None;
    let mut wire = Wire::new(faults);
    let mut now = ZERO;
    for _ in 0..4_000_000_u64 {
        while let Some(out) = sender.poll_transmit() {
            wire.put(now, client(), out.to, out.datagram);
        }
        while let Some(out) = receiver.as_mut().and_then(Receiver::poll_transmit) {
            wire.put(now, transfer(), out.to, out.datagram);
        }
        if sender.is_closed() && receiver.as_ref().is_none_or(Receiver::is_closed) {
            break;
        }
        let arrival = wire.flying.keys().next().map(|(at, _)| *at);
        let alarms = [arrival, sender.deadline(), receiver.as_ref().and_then(Receiver::deadline)];
        now = now.max(alarms.into_iter().flatten().min().unwrap());
        if arrival.is_some_and(|at| at <= now) {
            let (_, (from, to, datagram)) = wire.flying.pop_first().unwrap();
            if to == client() {
                sender.handle(now, from, &datagram);
            } else if to == server() {
                if let (None, Ok(Packet::Wrq(request))) = (&receiver, Packet::parse(&datagram)) {
                    receiver = Some(Receiver::accept(now, from, &request, server_rules));
                }
            } else if let Some(receiver) = &mut receiver {
                receiver.handle(now, from, &datagram);
            }
        } else {
            sender.handle_timeout(now);
            if let Some(receiver) = &mut receiver {
                receiver.handle_timeout(now);
            }
        }
    }
    let mut receiver = receiver.unwrap();
    Story {
        sender: sender.outcome().unwrap().clone(),
        receiver: receiver.outcome().unwrap().clone(),
        terms: receiver.terms(),
        bytes: receiver.take_bytes(),
        datagrams: wire.sequence,
    }
}

/// Bytes that differ from block to block.
pub fn file(size: usize) -> Vec<u8> {
    (0..size).map(|i| (i ^ (i >> 8) ^ (i >> 16)) as u8).collect()
}

/// Everything that waits to be sent, as (to, packet's debug text).
pub fn sent(mut poll: impl FnMut() -> Option<deskset_tftp::Transmit>) -> Vec<(SocketAddr, String)> {
    std::iter::from_fn(|| poll().map(|out| (out.to, format!("{:?}", Packet::parse(&out.datagram).unwrap())))).collect()
}
