//! Any datagram is a packet or an error; what is read is written the same; no machine panics on it.
#![no_main]

use std::net::SocketAddr;
use std::time::Duration;

use deskset_tftp::{Mode, Offer, Packet, Receiver, Rules, Sender};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    if let Ok(packet) = Packet::parse(input) {
        assert_eq!(Packet::parse(&packet.encode()), Ok(packet));
    }
    let peer = SocketAddr::from(([192, 0, 2, 1], 69));
    let offer = Offer { block_size: Some(64), size: Some(0), timeout: None, window: Some(4) };
    let rules = Rules::with_size_limit(4_096);
    let reader = Receiver::read(Duration::ZERO, peer, "a", Mode::Octet, offer, rules);
    let writer = Sender::write(Duration::ZERO, peer, "a", Mode::Octet, offer, rules, [7_u8; 600]);
    let (Ok(mut reader), Ok(mut writer)) = (reader, writer) else { return };
    // The input as a row of datagrams, each led by its length.
    let (mut rest, mut now) = (input, Duration::ZERO);
    while let Some((&length, after)) = rest.split_first() {
        let (datagram, after) = after.split_at(usize::from(length).min(after.len()));
        reader.handle(now, peer, datagram);
        writer.handle(now, peer, datagram);
        now += Duration::from_millis(500);
        reader.handle_timeout(now);
        writer.handle_timeout(now);
        while reader.poll_transmit().is_some() {}
        while writer.poll_transmit().is_some() {}
        rest = after;
    }
});
