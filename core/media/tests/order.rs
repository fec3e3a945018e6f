#![allow(missing_docs)]
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeSet;

use common::{SSRC, ms, nth, receiver, rtp, server, sound_of};
use deskset_media::{Arrival, AudioEvent, Ending, Statistics, limits::HELD_MAX};
use proptest::prelude::*;

/// Hands packets over, 20 ms apart, waits for the end, gives what was heard.
fn heard(first: u16, indexes: &[u16]) -> (Vec<i16>, Statistics) {
    let mut receiver = receiver();
    let mut now = ms(0);
    for index in indexes {
        receiver.handle(now, server(), &nth(first, *index));
        now += ms(1);
    }
    receiver.stop();
    (receiver.take_samples(), receiver.statistics())
}

fn sound(indexes: impl IntoIterator<Item = u16>) -> Vec<i16> {
    indexes.into_iter().flat_map(sound_of).collect()
}

/// Every packet at most [`HELD_MAX`] places later than it was sent.
fn shuffled() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(0..=HELD_MAX, 1..200).prop_map(|delays| {
        let mut order: Vec<(usize, u16)> =
            delays.iter().enumerate().map(|(index, delay)| (index + delay, index as u16)).collect();
        order.sort_by_key(|(place, index)| (*place, *index));
        order.into_iter().map(|(_, index)| index).collect()
    })
}

proptest! {
    #[test]
    fn any_order_within_the_buffer_is_heard_in_order(first: u16, order in shuffled()) {
        let (samples, counted) = heard(first, &order);
        prop_assert_eq!(samples, sound(0..order.len() as u16));
        let all = Statistics { jitter: counted.jitter, ..plain(order.len() as u64) };
        prop_assert_eq!(counted, all);
    }

    #[test]
    fn what_is_dropped_on_the_way_is_what_is_lost(
        first: u16, count in 2_u16..300, dropped in prop::collection::btree_set(0_u16..300, 0..60)
    ) {
        // Nobody can know of losses before the first and after the last packet that came.
        let kept: Vec<u16> = (0..count).filter(|index| !dropped.contains(index)).collect();
        prop_assume!(!kept.is_empty());
        let span = kept[0]..=kept[kept.len() - 1];
        let lost = dropped.iter().filter(|index| span.contains(index)).count() as u64;
        let (samples, counted) = heard(first, &kept);
        let silent: BTreeSet<u16> = dropped;
        let with_silence: Vec<i16> = span
            .flat_map(|index| if silent.contains(&index) { vec![0; 160] } else { sound_of(index) })
            .collect();
        prop_assert_eq!(samples, with_silence);
        let expected = Statistics {
            lost,
            concealed: lost * 160,
            samples: (kept.len() as u64 + lost) * 160,
            jitter: counted.jitter,
            ..plain(kept.len() as u64)
        };
        prop_assert_eq!(counted, expected);
    }
}

fn plain(received: u64) -> Statistics {
    Statistics { received, samples: received * 160, ..Statistics::default() }
}

#[test]
fn packets_that_come_twice_are_heard_once() {
    let (samples, counted) = heard(65_534, &[0, 0, 1, 2, 1, 3, 3]);
    assert_eq!(samples, sound(0..4));
    assert_eq!(counted, Statistics { duplicates: 3, jitter: counted.jitter, ..plain(4) });
}

#[test]
fn a_packet_later_than_the_wait_for_it_is_counted_and_not_heard() {
    let mut receiver = receiver();
    for (at, index) in [(0, 0), (20, 1), (60, 3)] {
        assert_eq!(receiver.handle(ms(at), server(), &nth(9, index)), Arrival::Taken);
    }
    assert_eq!(receiver.deadline(), Some(ms(100)));
    receiver.handle_timeout(ms(100));
    assert_eq!(receiver.take_samples(), sound([0, 1]));
    assert_eq!(receiver.deadline(), Some(ms(160)));
    receiver.handle_timeout(ms(160));
    assert_eq!(receiver.take_samples(), [vec![0; 160], sound([3])].concat());
    assert_eq!(receiver.handle(ms(161), server(), &nth(9, 2)), Arrival::Late);
    assert_eq!(receiver.take_samples(), []);
    let counted = receiver.statistics();
    let expected = Statistics { late: 1, concealed: 160, samples: 640, jitter: counted.jitter, ..plain(4) };
    assert_eq!(counted, expected);
}

#[test]
fn a_pause_of_the_source_is_silence_and_no_loss() {
    let mut receiver = receiver();
    receiver.handle(ms(0), server(), &rtp(SSRC, 1, 0, &[1; 160]));
    receiver.handle(ms(60), server(), &rtp(SSRC, 2, 480, &[2; 160]));
    receiver.stop();
    let all = [sound([1]), vec![0; 320], sound([2])].concat();
    assert_eq!(receiver.take_samples(), all);
    assert_eq!(receiver.statistics(), Statistics { paused: 320, samples: 640, ..plain(2) });
}

#[test]
fn timestamps_that_jump_put_no_silence_in() {
    let mut receiver = receiver();
    for (sequence, timestamp) in [(1, 0), (2, 1_000_000), (3, 1_000_000)] {
        receiver.handle(ms(0), server(), &rtp(SSRC, sequence, timestamp, &[sequence as u8; 160]));
    }
    receiver.stop();
    assert_eq!(receiver.take_samples(), sound(1..4));
    let counted = receiver.statistics();
    assert_eq!(counted, Statistics { timestamp_jumps: 2, jitter: counted.jitter, ..plain(3) });
}

#[test]
fn a_source_that_starts_anew_is_heard_from_its_first_packet() {
    for (ssrc, from) in [(SSRC, 30_000), (SSRC ^ 1, 7)] {
        let mut receiver = receiver();
        for index in 0..3 {
            receiver.handle(ms(20 * u64::from(index)), server(), &nth(100, index));
        }
        let second = |index: u16| rtp(ssrc, from + index, 5, &[50 + index as u8; 160]);
        assert_eq!(receiver.handle(ms(60), server(), &second(0)), Arrival::Unsettled);
        assert_eq!(receiver.handle(ms(80), server(), &rtp(ssrc, from + 1, 165, &[51; 160])), Arrival::Taken);
        receiver.stop();
        assert_eq!(receiver.take_samples(), sound([0, 1, 2, 50, 51]), "{ssrc:x}");
        assert_eq!(receiver.statistics(), Statistics { restarts: 1, ..plain(5) }, "{ssrc:x}");
    }
}

#[test]
fn a_stray_packet_between_others_is_not_heard() {
    let mut receiver = receiver();
    receiver.handle(ms(0), server(), &nth(1, 0));
    assert_eq!(receiver.handle(ms(1), server(), &rtp(7, 7, 7, &[9; 160])), Arrival::Unsettled);
    receiver.handle(ms(20), server(), &nth(1, 1));
    assert_eq!(receiver.handle(ms(21), server(), &rtp(7, 8, 167, &[9; 160])), Arrival::Unsettled);
    receiver.handle(ms(40), server(), &nth(1, 2));
    receiver.stop();
    assert_eq!(receiver.take_samples(), sound(0..3));
    let mut expected = plain(3);
    expected.refused.unsettled = 2;
    assert_eq!(receiver.statistics(), expected);
}

#[test]
fn nothing_piles_up_when_nobody_takes_it() {
    let mut receiver = receiver();
    for sequence in 0..20_u16 {
        // As far ahead as is still filled with silence.
        let timestamp = u32::from(sequence) * (240_000 + 160);
        receiver.handle(ms(0), server(), &rtp(SSRC, sequence, timestamp, &[1; 160]));
    }
    receiver.stop();
    assert_eq!(receiver.take_samples().len(), 480_000);
    let events: Vec<AudioEvent> = std::iter::from_fn(|| receiver.poll_event()).collect();
    assert_eq!((events.len(), events.last()), (641, Some(&AudioEvent::Ended(Ending::Stopped))));
}
