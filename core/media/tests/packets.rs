#![allow(missing_docs)]
#![allow(clippy::unwrap_used)]

mod common;

use std::net::SocketAddr;

use common::{SSRC, ms, receiver, rtp, server, sound_of};
use deskset_media::{Arrival, Codec, Expected, Patience, Receiver, Refusal, Refusals, Source};
use proptest::prelude::*;

/// A good packet with its first byte and what stands before the payload changed.
fn packet(first: u8, before_payload: &[u8], payload: &[u8]) -> Vec<u8> {
    let mut packet = rtp(SSRC, 1, 0, before_payload);
    packet[0] = first;
    packet.extend(payload);
    packet
}

#[test]
fn contributors_extension_and_padding_are_no_sound() {
    let payload = [7; 160];
    let padded = [payload.as_slice(), &[0, 0, 3]].concat();
    let shapes = [
        packet(0x80, &[], &payload),
        packet(0x82, &[9; 8], &payload),
        packet(0x90, &[0xbe, 0xde, 0, 1, 1, 2, 3, 4], &payload),
        packet(0xa0, &[], &padded),
        packet(0xb1, &[9, 9, 9, 9, 0, 0, 0, 0], &padded),
    ];
    for shape in shapes {
        let mut receiver = receiver();
        assert_eq!(receiver.handle(ms(0), server(), &shape), Arrival::Taken);
        receiver.stop();
        assert_eq!(receiver.take_samples(), sound_of(7), "{:02x}", shape[0]);
    }
}

#[test]
fn what_is_no_packet_of_the_source_is_refused_and_counted() {
    let stranger = SocketAddr::from(([192, 0, 2, 66], 5004));
    let mut pcma = rtp(SSRC, 1, 0, &[0; 160]);
    pcma[1] = 8;
    let refused = [
        (server(), Vec::new(), Refusal::Malformed),
        (server(), rtp(SSRC, 1, 0, &[])[..11].to_vec(), Refusal::Malformed),
        (server(), packet(0x40, &[], &[0; 160]), Refusal::Malformed),
        (server(), packet(0x8f, &[], &[0; 59]), Refusal::Malformed),
        (server(), packet(0x90, &[0, 0, 0xff, 0xff], &[0; 160]), Refusal::Malformed),
        (server(), packet(0xa0, &[], &[0; 160]), Refusal::Malformed),
        (server(), packet(0xa0, &[], &[200; 160]), Refusal::Malformed),
        (server(), pcma, Refusal::PayloadType),
        (server(), rtp(SSRC, 1, 0, &[]), Refusal::Size),
        (server(), rtp(SSRC, 1, 0, &[0; 481]), Refusal::Size),
        (stranger, rtp(SSRC, 1, 0, &[0; 160]), Refusal::Stranger),
    ];
    let mut receiver = receiver();
    for (from, datagram, why) in refused {
        assert_eq!(receiver.handle(ms(0), from, &datagram), Arrival::Refused(why), "{datagram:02x?}");
    }
    receiver.stop();
    assert_eq!(receiver.handle(ms(0), server(), &rtp(SSRC, 1, 0, &[0; 160])), Arrival::Refused(Refusal::Closed));
    let counted = Refusals { malformed: 7, stranger: 1, payload_type: 1, size: 2, closed: 1, unsettled: 0 };
    assert_eq!((receiver.statistics().refused, receiver.take_samples()), (counted, vec![]));
}

#[test]
fn every_packet_time_is_taken_without_being_told() {
    for samples in [80, 160, 240, 320, 400, 480, 64] {
        let mut receiver = receiver();
        for index in 0..4_u16 {
            let timestamp = u32::from(index) * samples as u32;
            receiver.handle(ms(0), server(), &rtp(SSRC, index, timestamp, &vec![1; samples]));
        }
        receiver.stop();
        assert_eq!(receiver.take_samples(), vec![Codec::Pcmu.decode(1); 4 * samples]);
    }
}

proptest! {
    #[test]
    fn arbitrary_datagrams_do_no_harm(
        datagrams in prop::collection::vec((prop::collection::vec(any::<u8>(), 0..600), any::<bool>(), 0_u64..500), 0..60)
    ) {
        let patience = Patience::default();
        let mut receiver = Receiver::new(ms(0), Expected { codec: Codec::Pcma, source: Source::Anyone, patience });
        let mut now = ms(0);
        for (mut datagram, plausible, wait) in datagrams {
            // Mostly of the right kind, or nearly all would be refused at the door.
            if let (true, [first, second, ..]) = (plausible, datagram.as_mut_slice()) {
                (*first, *second) = (*first & 0x3f | 0x80, 8);
            }
            receiver.handle(now, server(), &datagram);
            receiver.handle_control(server(), &datagram);
            now += ms(wait);
            receiver.handle_timeout(now);
        }
        let counted = receiver.statistics();
        prop_assert!(counted.samples >= counted.concealed + counted.paused);
        receiver.stop();
        prop_assert_eq!(receiver.deadline(), None);
    }
}
