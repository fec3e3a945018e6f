//! Whole transfers, two machines joined in memory.
#![allow(missing_docs)]
#![allow(clippy::unwrap_used)]

mod link;

use deskset_tftp::{Offer, Outcome, Rules, Terms, TftpError};
use link::{Faults, LIMIT, Story, file, read, rules, write};
use proptest::prelude::*;

const PHONE: Offer = Offer { block_size: Some(1428), size: Some(0), timeout: None, window: None };

fn whole(bytes: Vec<u8>, terms: Terms, datagrams: u64) -> Story {
    let done = Outcome::Done { bytes: bytes.len() as u64 };
    Story { sender: done.clone(), receiver: done, bytes, terms, datagrams }
}

// req: FS-1, FS-14
#[test]
fn a_plain_read_takes_one_packet_each_way_per_block_of_512() {
    let story = read(&file(1_000), Offer::NONE, rules(), rules(), Faults::default());
    assert_eq!(story, whole(file(1_000), Terms::PLAIN, 1 + 2 * 2));
}

// req: FS-1, FS-14
#[test]
fn a_read_with_options_learns_block_and_file_size() {
    let story = read(&file(4_000), PHONE, rules(), rules(), Faults::default());
    let terms = Terms { block_size: 1428, size: Some(4_000), ..Terms::PLAIN };
    assert_eq!(story, whole(file(4_000), terms, 3 + 2 * 3));
}

#[test]
fn an_empty_file_is_one_empty_block() {
    assert_eq!(read(&[], Offer::NONE, rules(), rules(), Faults::default()), whole(vec![], Terms::PLAIN, 3));
    let terms = Terms { block_size: 1428, size: Some(0), ..Terms::PLAIN };
    assert_eq!(read(&[], PHONE, rules(), rules(), Faults::default()), whole(vec![], terms, 5));
}

#[test]
fn a_file_of_whole_blocks_ends_with_an_empty_one() {
    let story = read(&file(1_024), Offer::NONE, rules(), rules(), Faults::default());
    assert_eq!(story, whole(file(1_024), Terms::PLAIN, 1 + 2 * 3));
}

#[test]
fn block_numbers_roll_over_from_65535_to_0() {
    let bytes = file(8 * 66_000 + 3);
    let offer = Offer { block_size: Some(8), ..Offer::NONE };
    let story = read(&bytes, offer, rules(), rules(), Faults::default());
    assert_eq!(story.receiver, Outcome::Done { bytes: bytes.len() as u64 });
    assert!(story.bytes == bytes);
    let windowed = Offer { window: Some(16), ..offer };
    assert!(read(&bytes, windowed, rules(), rules(), Faults::default()).bytes == bytes);
}

#[test]
fn a_window_of_blocks_is_acknowledged_once() {
    let offer = Offer { window: Some(4), ..Offer::NONE };
    let story = read(&file(512 * 8), offer, rules(), rules(), Faults::default());
    let terms = Terms { window: 4, ..Terms::PLAIN };
    assert_eq!(story, whole(file(512 * 8), terms, 3 + (4 + 1) + (4 + 1) + (1 + 1)));
}

#[test]
fn a_server_grants_no_larger_block_than_its_own() {
    let server = Rules { block_max: 1024, ..rules() };
    let story = read(&file(3_000), PHONE, server, rules(), Faults::default());
    assert_eq!(story.terms.block_size, 1024);
    assert!(story.bytes == file(3_000));
}

#[test]
fn a_file_above_the_limit_is_refused_before_or_while_it_comes() {
    let small = Rules { size_limit: 2_000, ..rules() };
    let too_large = Outcome::Failed(TftpError::TooLarge { limit: 2_000 });
    for offer in [PHONE, Offer::NONE] {
        let story = read(&file(4_000), offer, rules(), small, Faults::default());
        assert_eq!(story.receiver, too_large);
        let Outcome::Failed(TftpError::Refused { code, .. }) = story.sender else { panic!("{:?}", story.sender) };
        assert_eq!(code, deskset_tftp::ErrorCode::DiskFull);
    }
    let exact = Rules { size_limit: 4_000, ..rules() };
    assert!(read(&file(4_000), PHONE, rules(), exact, Faults::default()).bytes == file(4_000));
}

// req: FS-14
#[test]
fn a_doubled_packet_never_doubles_the_traffic() {
    // Every datagram doubled, 100 blocks: the sorcerer's apprentice would double the rest each time.
    let faults = Faults { doubled: 255, ..Faults::default() };
    let story = read(&file(100 * 512 - 1), Offer::NONE, rules(), rules(), faults);
    assert_eq!(story.receiver, Outcome::Done { bytes: 100 * 512 - 1 });
    // Each block twice, each copy acknowledged, each of those acknowledgements doubled.
    assert!(story.datagrams <= 2 + 100 * 6, "{}", story.datagrams);
}

#[test]
fn a_write_brings_the_file_to_the_server() {
    for offer in [Offer::NONE, PHONE, Offer { window: Some(8), ..PHONE }] {
        for size in [0, 1, 512, 1428, 5_000] {
            let story = write(&file(size), offer, Faults::default());
            assert_eq!(
                (&story.sender, &story.receiver),
                (&Outcome::Done { bytes: size as u64 }, &story.sender.clone())
            );
            assert!(story.bytes == file(size));
        }
    }
}

fn offers() -> impl Strategy<Value = Offer> {
    let block = prop::option::of(prop::sample::select(vec![8_u16, 64, 512, 1428]));
    let window = prop::option::of(1_u16..20);
    let size = prop::option::of(Just(0_u64));
    (block, size, window).prop_map(|(block_size, size, window)| Offer { block_size, size, window, timeout: None })
}

fn faults() -> impl Strategy<Value = Faults> {
    (any::<u64>(), 0_u8..50, 0_u8..80, 0_u8..80).prop_map(|(seed, lost, doubled, late)| Faults {
        seed,
        lost,
        doubled,
        late,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    // req: FS-12, FS-14
    #[test]
    fn whatever_the_network_does_a_done_file_is_the_whole_file(
        size in 0_usize..6_000, offer in offers(), faults in faults(), writes in any::<bool>(),
    ) {
        let bytes = file(size);
        let story = if writes { write(&bytes, offer, faults) } else { read(&bytes, offer, rules(), rules(), faults) };
        if let Outcome::Done { bytes: count } = story.receiver {
            prop_assert_eq!(count, size as u64);
            prop_assert!(story.bytes == bytes);
        }
        // The sender never believes in an end that the receiver has not seen.
        if matches!(story.sender, Outcome::Done { .. }) {
            prop_assert!(matches!(story.receiver, Outcome::Done { .. }), "{:?}", story.receiver);
        }
    }

    #[test]
    fn ten_tries_carry_a_file_through_ten_percent_of_loss(size in 0_usize..4_000, offer in offers(), seed in any::<u64>()) {
        let mut patient = Rules::with_size_limit(LIMIT);
        patient.patience.tries = 20;
        let faults = Faults { seed, lost: 26, doubled: 10, late: 10 };
        let story = read(&file(size), offer, patient, patient, faults);
        prop_assert_eq!(story.receiver, Outcome::Done { bytes: size as u64 });
        prop_assert!(story.bytes == file(size));
    }
}
