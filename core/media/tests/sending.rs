#![allow(missing_docs)]
#![allow(clippy::unwrap_used)]

use std::time::{Duration, SystemTime};

use deskset_media::{Codec, PacketTime, Sender, Sound};
use proptest::prelude::*;

fn packets(sender: &mut Sender) -> Vec<Vec<u8>> {
    std::iter::from_fn(|| sender.poll_packet()).collect()
}

fn number(packet: &[u8], at: usize, length: usize) -> u32 {
    packet[at..at + length].iter().fold(0, |number, byte| (number << 8) | u32::from(*byte))
}

proptest! {
    #[test]
    fn packets_carry_the_sound_in_order_and_nothing_else(
        samples in prop::collection::vec(any::<i16>(), 0..5_000), tens in 1_u16..=6, pcma: bool, seed: u64
    ) {
        let codec = if pcma { Codec::Pcma } else { Codec::Pcmu };
        let time = PacketTime::from_millis(tens * 10).unwrap();
        let mut sender = Sender::new(Sound::from_samples(samples.clone()), codec, time, seed);
        let sent = packets(&mut sender);
        let encoded: Vec<u8> = samples.iter().map(|sample| codec.encode(*sample)).collect();
        let payloads: Vec<&[u8]> = sent.iter().map(|packet| &packet[12..]).collect();
        prop_assert_eq!(payloads, encoded.chunks(time.samples()).collect::<Vec<_>>());
        for (index, packet) in sent.iter().enumerate() {
            let marker = if index == 0 { 0x80 } else { 0 };
            prop_assert_eq!(&packet[..2], &[0x80, marker | codec.payload_type()]);
            let expected = (number(&sent[0], 2, 2) as u16).wrapping_add(index as u16);
            prop_assert_eq!(number(packet, 2, 2), u32::from(expected));
            let expected = number(&sent[0], 4, 4).wrapping_add((index * time.samples()) as u32);
            prop_assert_eq!(number(packet, 4, 4), expected);
            prop_assert_eq!(number(packet, 8, 4), sender.ssrc());
        }
    }
}

#[test]
fn a_seed_decides_where_the_numbers_start() {
    let first = |seed| {
        let sound = Sound::from_samples(vec![0; 160]);
        packets(&mut Sender::new(sound, Codec::Pcmu, PacketTime::MS_20, seed)).swap_remove(0)[..12].to_vec()
    };
    assert_eq!(first(1), first(1));
    let (one, two) = (first(1), first(2));
    assert_eq!([2..4, 4..8, 8..12].map(|field| one[field.clone()] == two[field]), [false; 3]);
}

#[test]
fn the_goodbye_reports_what_was_sent() {
    let mut sender = Sender::new(Sound::from_samples(vec![0; 500]), Codec::Pcmu, PacketTime::MS_20, 1);
    let sent = packets(&mut sender);
    let end = number(&sent[0], 4, 4).wrapping_add(500);
    let ssrc = sender.ssrc().to_be_bytes();
    // RFC 3550 sections 6.4.1, 6.5, 6.6; half a second past 1970 in NTP's time.
    let expected = [
        &[0x80, 200, 0, 6][..],
        &ssrc,
        &2_208_988_800_u32.to_be_bytes(),
        &[0x80, 0, 0, 0],
        &end.to_be_bytes(),
        &[0, 0, 0, 4],
        &500_u32.to_be_bytes(),
        &[0x81, 202, 0, 6],
        &ssrc,
        &[1, 16],
        format!("deskset-{:08x}", sender.ssrc()).as_bytes(),
        &[0, 0],
        &[0x81, 203, 0, 1],
        &ssrc,
    ]
    .concat();
    assert_eq!(sender.goodbye(SystemTime::UNIX_EPOCH + Duration::from_millis(500)), expected);
}
