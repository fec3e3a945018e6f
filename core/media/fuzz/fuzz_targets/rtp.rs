//! Any row of datagrams, at any pace: the receiver never panics, and what it counts adds up.
#![no_main]

use std::net::SocketAddr;
use std::time::Duration;

use deskset_media::{Arrival, Codec, Expected, Patience, Receiver, Source};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let from = SocketAddr::from(([192, 0, 2, 20], 5004));
    let expected = Expected { codec: Codec::Pcmu, source: Source::Anyone, patience: Patience::default() };
    let mut receiver = Receiver::new(Duration::ZERO, expected);
    let (mut rest, mut now) = (input, Duration::ZERO);
    let (mut heard, mut handed, mut answered) = (0, 0, 0);
    // The input as a row of datagrams, each led by its length and the time that passes before it.
    while let [length, wait, after @ ..] = rest {
        let (datagram, after) = after.split_at(usize::from(*length).min(after.len()));
        now += Duration::from_millis(u64::from(*wait));
        receiver.handle_timeout(now);
        handed += 1;
        match receiver.handle(now, from, datagram) {
            // Counted later, when the next packet settles it.
            Arrival::Unsettled => {}
            _ => answered += 1,
        }
        receiver.handle_control(from, datagram);
        heard += receiver.take_samples().len() as u64;
        while receiver.poll_event().is_some() {}
        rest = after;
    }
    receiver.stop();
    heard += receiver.take_samples().len() as u64;
    let counted = receiver.statistics();
    assert!(receiver.deadline().is_none());
    assert!(heard <= counted.samples);
    assert!(counted.concealed + counted.paused <= counted.samples);
    let refused = counted.refused;
    let door = refused.malformed + refused.stranger + refused.payload_type + refused.size + refused.closed;
    let all = counted.received + counted.duplicates + door + refused.unsettled;
    assert!(answered <= all && all <= handed);
});
