#![allow(missing_docs)]
#![allow(clippy::unwrap_used)]

mod common;

use std::net::SocketAddr;

use common::{SSRC, bye, expected, ms, nth, receiver, rtp, server};
use deskset_media::{AudioEvent, Codec, Ending, Expected, Patience, Receiver};

fn events(receiver: &mut Receiver) -> Vec<AudioEvent> {
    std::iter::from_fn(|| receiver.poll_event()).collect()
}

const SOUNDING: fn() -> AudioEvent = || AudioEvent::Sounding { from: server() };

#[test]
fn a_pause_is_quiet_and_a_long_one_is_the_end() {
    let mut receiver = receiver();
    receiver.handle(ms(0), server(), &nth(1, 0));
    receiver.handle_timeout(ms(999));
    assert_eq!(events(&mut receiver), [SOUNDING()]);
    assert_eq!(receiver.deadline(), Some(ms(1_000)));
    receiver.handle_timeout(ms(1_000));
    assert_eq!(events(&mut receiver), [AudioEvent::Quiet]);
    receiver.handle(ms(5_000), server(), &nth(1, 1));
    assert_eq!(events(&mut receiver), [SOUNDING()]);
    receiver.handle_timeout(ms(24_999));
    assert_eq!((events(&mut receiver), receiver.deadline()), (vec![AudioEvent::Quiet], Some(ms(25_000))));
    receiver.handle_timeout(ms(25_000));
    assert_eq!((events(&mut receiver), receiver.deadline()), (vec![AudioEvent::Ended(Ending::Silence)], None));
    receiver.handle_timeout(ms(90_000));
    receiver.stop();
    assert_eq!(events(&mut receiver), []);
}

#[test]
fn a_source_that_never_sends_ends_by_the_same_timer() {
    let patience = Patience { ended: ms(5_000), ..Patience::default() };
    let mut receiver = Receiver::new(ms(300), Expected { patience, ..expected() });
    // Refused ones are not heard, so they do not keep it waiting.
    receiver.handle(ms(4_000), SocketAddr::from(([192, 0, 2, 1], 1)), &nth(1, 0));
    assert_eq!(receiver.deadline(), Some(ms(5_300)));
    receiver.handle_timeout(ms(5_300));
    assert_eq!(events(&mut receiver), [AudioEvent::Ended(Ending::Silence)]);
}

#[test]
fn the_source_ends_the_sound_with_bye_and_nobody_else_can() {
    let mut receiver = receiver();
    receiver.handle_control(server(), &bye(SSRC));
    receiver.handle(ms(0), server(), &nth(1, 0));
    receiver.handle_control(SocketAddr::from(([192, 0, 2, 1], 5005)), &bye(SSRC));
    receiver.handle_control(server(), &bye(SSRC ^ 1));
    receiver.handle_control(server(), &bye(SSRC)[..14]);
    assert_eq!(events(&mut receiver), [SOUNDING()]);
    receiver.handle_control(server(), &bye(SSRC));
    assert_eq!(events(&mut receiver), [AudioEvent::Ended(Ending::Goodbye)]);
    assert_eq!(receiver.take_samples(), common::sound_of(0));
}

#[test]
fn jitter_is_what_the_formula_gives_by_hand() {
    // RFC 3550 A.8 with timestamps 160 apart: transit times 0, 0, 40, 0, 0, 0, 0 ticks.
    // 16 J: 0; 0+40-0=40; 40+40-3=77; 77+0-5=72; 72-5=67; 67-4=63. J is that by 16.
    let mut receiver = receiver();
    let jitter: Vec<u32> = [0, 20, 45, 60, 80, 100, 120]
        .into_iter()
        .zip(0..)
        .map(|(at, index)| {
            receiver.handle(ms(at), server(), &nth(65_533, index));
            receiver.statistics().jitter
        })
        .collect();
    assert_eq!(jitter, [0, 0, 2, 4, 4, 4, 3]);
    assert_eq!(receiver.statistics().jitter_time(), std::time::Duration::from_micros(375));
}

#[test]
fn ten_levels_a_second_tell_peak_and_mean_in_dbov() {
    let mut receiver = receiver();
    let loud = Codec::Pcmu.encode(i16::MAX);
    let faint = Codec::Pcmu.encode(328);
    let tenths = [[loud; 800], [faint; 800], [0xff; 800], [[faint, loud]; 400].as_flattened().try_into().unwrap()];
    for (packet, sequence) in tenths.as_flattened().chunks(160).zip(0_u16..) {
        receiver.handle(ms(0), server(), &rtp(SSRC, sequence, u32::from(sequence) * 160, packet));
    }
    receiver.stop();
    let levels: Vec<(i8, i8)> = events(&mut receiver)
        .into_iter()
        .filter_map(|event| match event {
            AudioEvent::Level(level) => Some((level.peak.decibels(), level.rms.decibels())),
            _ => None,
        })
        .collect();
    // 328 is a hundredth of full scale, -40 dBov; half of the samples at full scale are -3 dBov.
    assert_eq!(levels, [(0, 0), (-40, -40), (-127, -127), (0, -3)]);
}
