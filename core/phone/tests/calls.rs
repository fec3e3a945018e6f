//! Calls at the Phone and Speed Dial applications, by keys and by what the call server says.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::time::Duration;

use common::{Desk, in_use};
use deskset_phone::{CallNews, CallState, FeatureState, Hook, Input, Lamps, Shade, View};

fn call(appearance: u16, state: CallState, name: &str, number: &str) -> Input {
    Input::Call(CallNews { appearance, state, name: name.to_owned(), number: number.to_owned() })
}

fn feature(number: u16, label: &str, state: FeatureState) -> Input {
    Input::Feature { number, label: label.to_owned(), state }
}

/// The shade of the first cell of each application row.
fn shades(desk: &Desk) -> Vec<Shade> {
    let screen = desk.phone.screen();
    screen.cells().skip(1).take(3).map(|cells| cells[0].shade).collect()
}

// req: DC-3
#[test]
fn a_number_is_dialed_by_keys_and_ends_with_the_hook() {
    let mut desk = in_use();
    desk.hand(Input::Hook(Hook::Off));
    desk.keys(&["2", "1", "0"]);
    assert_eq!(desk.rows()[..2], ["210", "a=210"]);
    desk.pass(Duration::from_secs(5));
    desk.hand(Input::Hook(Hook::On));
    assert_eq!(
        desk.told(),
        [
            "call appearance 1: active",
            "key 2",
            "key 1",
            "key 0",
            "call appearance 1 dials 210",
            "call appearance 1: active, 210",
            "call appearance 1: idle"
        ]
    );
    assert_eq!(desk.rows()[1], "a=4711");
}

// req: DC-3
#[test]
fn an_incoming_call_rings_is_answered_held_resumed_and_dropped() {
    let mut desk = in_use();
    desk.hand(call(2, CallState::Alerting, "Ann", "4712"));
    assert_eq!((desk.phone.ringing(), shades(&desk)[1]), (Some(1), Shade::Paper));
    assert_eq!(desk.rows()[..3], ["Ann 4712", "a=4711", "b=Ann 4712"]);
    desk.keys(&["line2-right"]);
    assert_eq!(desk.phone.lamps(), Lamps { speaker: true, ..Lamps::default() }, "nothing else was open to talk into");
    assert_eq!(shades(&desk)[1], Shade::Light);
    desk.keys(&["mute"]);
    assert!(desk.phone.lamps().mute);
    desk.keys(&["hold"]);
    assert_eq!(shades(&desk)[1], Shade::Dark);
    desk.keys(&["hold"]);
    assert_eq!(shades(&desk)[1], Shade::Light);
    desk.keys(&["drop"]);
    assert_eq!((desk.phone.lamps(), shades(&desk)[1]), (Lamps::default(), Shade::Paper));
    desk.keys(&["drop"]);
    assert_eq!(desk.told().last().unwrap(), "error beep", "there is nothing to drop any more");
}

// req: DC-3
#[test]
fn a_second_call_puts_the_first_on_hold() {
    let mut desk = in_use();
    desk.hand(call(1, CallState::Active, "Ann", ""));
    desk.hand(call(2, CallState::Alerting, "Bob", ""));
    desk.keys(&["line2-left"]);
    assert_eq!(shades(&desk), [Shade::Dark, Shade::Light, Shade::Paper]);
    desk.keys(&["line1-left"]);
    assert_eq!(shades(&desk), [Shade::Light, Shade::Dark, Shade::Paper]);
    desk.hand(call(9, CallState::Active, "", ""));
    assert_eq!(desk.told().last().unwrap(), "call refused: call appearances go from 1 to 3");
}

// req: DC-3
#[test]
fn feature_buttons_have_pages_labels_and_shades() {
    let mut desk = in_use();
    desk.hand(feature(1, "Send calls", FeatureState::On));
    desk.hand(feature(2, "", FeatureState::Off));
    desk.hand(feature(3, "Night", FeatureState::Flashing));
    assert_eq!(desk.rows()[0], "09:00 02/01/2007         <1>".replace("09:00 02/01/2007", "00:00 01/01/1970"));
    desk.keys(&["page-right"]);
    assert_eq!(desk.rows()[1..3], ["Send calls", "Night"]);
    assert_eq!(shades(&desk)[..2], [Shade::Paper, Shade::Light]);
    desk.events.clear();
    desk.keys(&["line1-left", "line1-right", "line2-left", "page-right", "page-left"]);
    desk.hand(feature(3, "Night", FeatureState::Denied));
    assert_eq!(
        desk.told(),
        [
            "key line1-left",
            "feature button 1",
            "key line1-right",
            "error beep",
            "key line2-left",
            "feature button 3",
            "key page-right",
            "error beep",
            "key page-left",
            "error beep"
        ]
    );
}

// req: BR-1
#[test]
fn a_speed_dial_button_dials_and_shows_the_call() {
    let mut desk = in_use();
    desk.keys(&["soft1"]);
    assert_eq!((desk.phone.view(), desk.rows()[1].as_str()), (View::SpeedDial { page: 0 }, "Kept"));
    desk.keys(&["page-right"]);
    assert_eq!(desk.phone.view(), View::SpeedDial { page: 1 });
    desk.events.clear();
    desk.keys(&["page-left", "line1-right", "line1-left"]);
    assert_eq!(
        desk.told(),
        [
            "key page-left",
            "key line1-right",
            "error beep",
            "key line1-left",
            "call appearance 1: active",
            "call appearance 1 dials 1",
            "call appearance 1: active, Kept 1"
        ]
    );
    assert_eq!((desk.phone.view(), desk.rows()[1].as_str()), (View::Phone, "a=Kept 1"));
}

#[test]
fn a_long_message_on_the_top_line_alternates() {
    let mut desk = in_use();
    desk.hand(call(1, CallState::Alerting, "Ann with a rather long name", "912025550123"));
    assert_eq!(desk.rows()[0], "Ann with a rather long name");
    assert_eq!(desk.phone.deadline(), Some(desk.now.after(Duration::from_secs(2))));
    desk.pass(Duration::from_secs(2));
    assert_eq!(desk.rows()[0], "912025550123");
    desk.pass(Duration::from_secs(2));
    assert_eq!(desk.rows()[0], "Ann with a rather long name");
}
