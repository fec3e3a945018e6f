#![allow(missing_docs)]
#![allow(clippy::unwrap_used)]

use deskset_media::{Codec, PacketTime};
use proptest::prelude::*;

#[test]
fn every_byte_of_both_laws_survives_decoding_and_encoding() {
    for codec in [Codec::Pcmu, Codec::Pcma] {
        let changed: Vec<u8> = (0..=255).filter(|byte| codec.encode(codec.decode(*byte)) != *byte).collect();
        // Mu-law has two zeros, and a sample only one.
        assert_eq!(changed, if codec == Codec::Pcmu { vec![0x7f] } else { vec![] }, "{codec:?}");
    }
}

#[test]
fn silence_and_overload_have_the_bytes_of_the_standard() {
    let bytes = |codec: Codec| [0, i16::MAX, i16::MIN].map(|sample| codec.encode(sample));
    assert_eq!([bytes(Codec::Pcmu), bytes(Codec::Pcma)], [[0xff, 0x80, 0x00], [0xd5, 0xaa, 0x2a]]);
}

#[test]
fn names_payload_types_and_packet_times_are_those_of_pushed_content() {
    let named = ["PCMU", "PCMA", "pcmu", "G729", ""].map(|name| Codec::named(name).map(Codec::payload_type));
    assert_eq!(named, [Some(0), Some(8), None, None, None]);
    let times =
        [0, 10, 15, 20, 30, 40, 50, 60, 70].map(|millis| PacketTime::from_millis(millis).map(PacketTime::samples));
    assert_eq!(times, [None, Some(80), None, Some(160), Some(240), Some(320), Some(400), Some(480), None]);
}

proptest! {
    #[test]
    fn a_sample_comes_back_as_near_as_sixteen_steps_an_octave_allow(sample: i16) {
        for codec in [Codec::Pcmu, Codec::Pcma] {
            let error = (i32::from(codec.decode(codec.encode(sample))) - i32::from(sample)).abs();
            prop_assert!(error <= 8 + i32::from(sample).abs() / 16, "{codec:?}: {sample} is off by {error}");
        }
    }
}
