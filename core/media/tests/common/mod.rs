//! Packets made by hand, so that the crate's own idea of RTP is not what judges it.
#![allow(dead_code, reason = "each test uses its part")]

use std::{net::SocketAddr, time::Duration};

use deskset_media::{Codec, Expected, Patience, Receiver, Source};

pub const SSRC: u32 = 0x1234_5678;

pub fn server() -> SocketAddr {
    SocketAddr::from(([192, 0, 2, 20], 5004))
}

pub fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

pub fn expected() -> Expected {
    Expected { codec: Codec::Pcmu, source: Source::Only(server().ip()), patience: Patience::default() }
}

pub fn receiver() -> Receiver {
    Receiver::new(Duration::ZERO, expected())
}

/// An RTP packet of PCMU. RFC 3550 section 5.1.
pub fn rtp(ssrc: u32, sequence: u16, timestamp: u32, payload: &[u8]) -> Vec<u8> {
    let mut packet = vec![0x80, 0];
    packet.extend(sequence.to_be_bytes());
    packet.extend(timestamp.to_be_bytes());
    packet.extend(ssrc.to_be_bytes());
    packet.extend(payload);
    packet
}

/// The `index`th packet of a stream of 20 ms packets that starts at `first`; its sound tells which one it is.
pub fn nth(first: u16, index: u16) -> Vec<u8> {
    rtp(SSRC, first.wrapping_add(index), u32::from(index) * 160, &[mark(index); 160])
}

/// A byte that is never silence.
pub fn mark(index: u16) -> u8 {
    (index % 100) as u8
}

/// What is heard of the `index`th packet.
pub fn sound_of(index: u16) -> Vec<i16> {
    vec![Codec::Pcmu.decode(mark(index)); 160]
}

/// An RTCP datagram: an empty receiver report and a BYE. RFC 3550 sections 6.4.2 and 6.6.
pub fn bye(ssrc: u32) -> Vec<u8> {
    let mut datagram = vec![0x80, 201, 0, 1];
    datagram.extend(ssrc.to_be_bytes());
    datagram.extend([0x81, 203, 0, 1]);
    datagram.extend(ssrc.to_be_bytes());
    datagram
}
