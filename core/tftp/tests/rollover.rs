//! Files of more than 65,535 blocks, both ways, by every rule for the numbers after that.
#![allow(missing_docs)]
#![allow(clippy::unwrap_used)]

mod link;

use deskset_tftp::{ErrorCode, Offer, Outcome, Packet, Receiver, Rollover, Rules, TftpError};
use link::{Faults, Story, file, read, rules, sent, server, transfer, write_by};

/// Just above 32 MiB: with blocks of 512 bytes number 65535 is not the last.
const LARGE: usize = 65_536 * 512 + 700;

fn by(rollover: Rollover) -> Rules {
    Rules { rollover, ..rules() }
}

/// Both ways.
fn both(bytes: &[u8], offer: Offer, server: Rollover, client: Rollover, faults: Faults) -> [Story; 2] {
    [read(bytes, offer, by(server), by(client), faults), write_by(bytes, offer, by(server), by(client), faults)]
}

fn assert_whole(stories: [Story; 2], bytes: &[u8]) {
    for story in stories {
        let done = Outcome::Done { bytes: bytes.len() as u64 };
        assert_eq!((&story.sender, &story.receiver), (&done, &done));
        assert!(story.bytes == bytes);
    }
}

#[test]
fn a_file_above_32_megabytes_goes_both_ways_in_small_blocks() {
    let bytes = file(LARGE);
    for rollover in [Rollover::ToZero, Rollover::ToOne] {
        assert_whole(both(&bytes, Offer::NONE, rollover, rollover, Faults::default()), &bytes);
    }
}

#[test]
fn numbers_begin_again_twice_in_windows_and_under_losses() {
    let bytes = file(8 * 131_200 + 5);
    let offer = Offer { block_size: Some(8), window: Some(16), ..Offer::NONE };
    for rollover in [Rollover::ToZero, Rollover::ToOne] {
        let faults = Faults { seed: 7, lost: 1, doubled: 2, late: 1 };
        assert_whole(both(&bytes, offer, rollover, rollover, faults), &bytes);
    }
}

#[test]
fn the_largest_file_without_a_rollover_is_carried_and_the_next_is_refused() {
    let offer = Offer { block_size: Some(8), ..Offer::NONE };
    let largest = file(8 * 65_535 - 1);
    assert_whole(both(&largest, offer, Rollover::Refuse, Rollover::Refuse, Faults::default()), &largest);

    let refused = Outcome::Failed(TftpError::Rollover { block_size: 8 });
    let larger = file(8 * 65_535);
    for [refuses, other] in [[Rollover::Refuse, Rollover::ToZero], [Rollover::ToZero, Rollover::Refuse]] {
        for story in both(&larger, offer, refuses, other, Faults::default()) {
            let (first, told) =
                if story.sender == refused { (story.sender, story.receiver) } else { (story.receiver, story.sender) };
            assert_eq!(first, refused);
            let Outcome::Failed(TftpError::Refused { code, message }) = told else { panic!("{told:?}") };
            let words = "the file has more than 65535 blocks of 8 bytes, and block numbers do not begin again here; \
                         agree on larger blocks";
            assert_eq!((code, message.as_str()), (ErrorCode::DiskFull, words));
        }
    }
}

/// A client that has received blocks 1 to 65535.
fn reader_at_the_end(rollover: Rollover) -> Receiver {
    let offer = Offer::NONE;
    let mut receiver =
        Receiver::read(link::ZERO, server(), "a", deskset_tftp::Mode::Octet, offer, by(rollover)).unwrap();
    for block in 1..=u16::MAX {
        receiver.handle(link::ZERO, transfer(), &Packet::Data { block, payload: &[0; 512] }.encode());
        while receiver.poll_transmit().is_some() {}
    }
    receiver
}

#[test]
fn a_receiver_takes_the_number_that_its_rule_names_and_no_other() {
    for (rollover, right, wrong) in [(Rollover::ToZero, 0, 1), (Rollover::ToOne, 1, 0)] {
        let mut receiver = reader_at_the_end(rollover);
        receiver.handle(link::ZERO, transfer(), &Packet::Data { block: wrong, payload: b"wrong" }.encode());
        assert_eq!(receiver.received(), 65_535 * 512);
        receiver.handle(link::ZERO, transfer(), &Packet::Data { block: right, payload: b"right" }.encode());
        assert_eq!(receiver.outcome(), Some(&Outcome::Done { bytes: 65_535 * 512 + 5 }));
        let acknowledged = sent(|| receiver.poll_transmit()).pop().unwrap();
        assert_eq!(acknowledged, (transfer(), format!("Ack {{ block: {right} }}")));
    }
}

#[test]
fn ends_with_different_rules_lose_each_other_and_never_join_wrong_bytes() {
    let bytes = file(8 * 65_600);
    let offer = Offer { block_size: Some(8), ..Offer::NONE };
    for story in both(&bytes, offer, Rollover::ToOne, Rollover::ToZero, Faults::default()) {
        let lost = Outcome::Failed(TftpError::Lost { bytes: 8 * 65_535, tries: 5 });
        assert_eq!((story.sender, story.receiver), (lost.clone(), lost));
    }
}
