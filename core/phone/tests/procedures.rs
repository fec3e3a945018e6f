//! The local procedures of the keypad.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::time::Duration;

use common::{Desk, in_use, in_use_with, setup};
use deskset_phone::{Input, Output, Setup, State};

/// A phone on which these parameters were entered by hand.
fn with(values: &[(&str, &str)]) -> Desk {
    let manual = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    in_use_with(Setup { manual, ..setup() })
}

const CONTRAST: [&str; 6] = ["mute", "2", "6", "6", "8", "#"];

// req: BR-1
#[test]
fn contrast_shows_at_once_and_is_saved_after_a_question() {
    let mut desk = in_use();
    desk.keys(&CONTRAST);
    assert_eq!(desk.rows()[..2], [">>>>>>>>>", "*= -  0=+  #=OK"], "9 was retrieved");
    desk.keys(&["0", "*", "*"]);
    assert_eq!((desk.rows()[0].as_str(), desk.phone.screen().contrast), (">>>>>>>>", 8));
    desk.keys(&["#"]);
    assert_eq!(desk.rows()[..2], ["Save new value?", "*=no #=yes"]);
    desk.keys(&["#"]);
    desk.carry();
    assert_eq!((desk.rows()[1].as_str(), desk.phone.screen().contrast), ("a=4711", 8));
}

// req: BR-1
#[test]
fn contrast_stops_at_its_ends_and_no_leaves_it_as_it_was() {
    let mut desk = in_use();
    desk.keys(&CONTRAST);
    desk.events.clear();
    desk.keys(&["0"; 7]);
    assert_eq!(desk.told().iter().filter(|line| *line == "error beep").count(), 1, "15 is the last step");
    desk.keys(&["#", "*"]);
    assert_eq!(desk.phone.screen().contrast, 9);
    assert!(desk.wishes.is_empty());
}

// req: BR-19
#[test]
fn clear_asks_twice() {
    let mut desk = in_use();
    desk.keys(&["hold", "2", "5", "3", "2", "7", "#"]);
    assert_eq!(desk.rows()[..2], ["Clear all values?", "*=no #=yes"]);
    desk.keys(&["#"]);
    assert_eq!(desk.rows()[0], "Are you sure?");
    desk.keys(&["*"]);
    assert!(desk.wishes.is_empty());
    desk.keys(&["hold", "2", "5", "3", "2", "7", "#", "#", "#"]);
    assert_eq!(desk.rows()[0], "Clearing values.");
    assert!(matches!(desk.wishes[..], [Output::Keep(..)]));
    desk.carry();
    assert_eq!(desk.phone.state(), State::AwaitsLogin);
}

// req: AR-2
#[test]
fn logoff_by_digits_and_digits_that_come_too_late() {
    let mut desk = in_use();
    desk.keys(&["mute", "5", "6", "4"]);
    desk.pass(Duration::from_secs(6));
    desk.keys(&["6", "3", "3", "#"]);
    assert!(matches!(desk.phone.state(), State::Ready { .. }), "what was too late is forgotten");
    desk.keys(&["mute", "5", "6", "4", "6", "3", "3", "#"]);
    desk.carry();
    assert_eq!(desk.phone.state(), State::LoggedOff);
}

// req: BR-19
#[test]
fn the_password_of_procedures_comes_first_and_is_never_told() {
    let mut desk = with(&[("PROCPSWD", "7531")]);
    desk.keys(&CONTRAST);
    assert_eq!(desk.rows()[1], "a=4711", "not without the password");
    desk.events.clear();
    desk.keys(&["mute", "7", "5", "3", "1", "#"]);
    let hidden = vec!["a key into a password field"; 5];
    assert_eq!(desk.told()[1..], hidden);
    desk.keys(&["2", "6", "6", "8", "#"]);
    assert_eq!(desk.rows()[0], ">>>>>>>>>");
}

// req: DC-3
#[test]
fn procedures_can_be_forbidden_and_wait_for_an_idle_phone() {
    let mut desk = with(&[("PROCSTAT", "1")]);
    desk.keys(&CONTRAST);
    assert_eq!(desk.told().last().unwrap(), "error beep");
    let mut desk = in_use();
    desk.hand(Input::Hook(deskset_phone::Hook::Off));
    desk.keys(&CONTRAST);
    assert_eq!(desk.rows()[0], "2668#", "digits are dialled");
}

#[test]
fn group_and_signaling_are_shown() {
    let mut desk = in_use();
    desk.keys(&["mute", "4", "7", "6", "8", "7", "#"]);
    assert_eq!(desk.rows()[..2], ["Group=0", "#=OK"]);
    desk.keys(&["#", "mute", "7", "4", "4", "#"]);
    assert_eq!(desk.rows()[0], "SIG=h323");
}
