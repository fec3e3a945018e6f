//! The local procedures of the keypad.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::time::Duration;

use common::{Desk, in_use, in_use_with, setup};
use deskset_phone::{Command, Input, Output, Record, RefusedWhy, Setup, State};

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

// req: FS-13
#[test]
fn a_group_is_entered_kept_and_holds_after_the_restart_that_follows() {
    let mut desk = in_use();
    desk.keys(&GROUP);
    assert_eq!(desk.rows()[..2], ["Group=0", "New=_"]);
    desk.keys(&["1", "2", "3", "4", "#"]);
    assert_eq!((desk.told().last().unwrap().as_str(), desk.rows()[1].as_str()), ("error beep", "New=_"), "999 at most");
    desk.keys(&["1", "2", "3", "page-left", "*", "5", "#"]);
    assert_eq!(desk.rows()[..2], ["Save new value?", "*=no #=yes"]);
    desk.keys(&["#"]);
    assert_eq!((desk.rows()[0].as_str(), desk.phone.state()), ("New value being saved", State::Starting));
    let entered = Record::Entered([("GROUP".to_owned(), "15".to_owned())].into());
    assert!(matches!(&desk.wishes[..], [Output::Keep(_, record)] if *record == entered));
    desk.events.clear();
    desk.carry();
    assert_eq!(desk.told()[0], "entered at the phone: GROUP=15");
    assert!(matches!(desk.phone.state(), State::Ready { .. }), "the login is remembered");
    let group = desk.phone.parameters().get("GROUP").unwrap();
    assert_eq!((group.value.as_str(), group.origin.to_string().as_str()), ("15", "entered at the phone"));
    assert_eq!(desk.phone.setup().group, 15);
}

#[test]
fn nothing_is_kept_of_what_was_not_entered_or_not_to_be_saved() {
    let mut desk = in_use();
    desk.keys(&GROUP);
    desk.keys(&["#"]);
    assert_eq!(desk.rows()[1], "a=4711", "nothing new, no question");
    desk.keys(&GROUP);
    desk.keys(&["7", "#", "*"]);
    desk.keys(&GROUP);
    desk.keys(&["7", "phone-exit"]);
    assert_eq!((desk.rows()[1].as_str(), desk.wishes.len()), ("a=4711", 0));
}

#[test]
fn values_wait_for_a_save_that_is_under_way() {
    let mut desk = in_use();
    desk.hand(Input::Command(Command::SetOption { name: "Contrast".to_owned(), value: "3".to_owned() }));
    desk.hand(Input::Command(Command::Save));
    desk.keys(&GROUP);
    desk.keys(&["7", "#", "#"]);
    assert_eq!((desk.rows()[0].as_str(), desk.wishes.len()), ("New value being saved", 1));
    desk.keys(&["phone-exit", "1"]);
    assert_eq!(desk.rows()[0], "New value being saved", "no key takes it back");
    desk.carry();
    let told = desk.told();
    let at = |end: &str| told.iter().position(|line| line.ends_with(end)).unwrap();
    assert!(at("bytes stored") < at("entered at the phone: GROUP=7"), "{told:?}");
    assert_eq!(desk.phone.setup().group, 7);
}

#[test]
fn a_refusal_waits_until_the_procedure_is_over() {
    let mut desk = Desk::new(Setup { login: None, ..setup() });
    desk.hand(Input::PowerOn);
    desk.carry();
    desk.keys(&["4", "7", "1", "1", "#", "1", "#"]);
    let Output::Register(register) = desk.wishes.remove(0) else { panic!("{:?}", desk.wishes) };
    desk.hand(Input::Refused { wish: register.wish, why: RefusedWhy::Busy });
    assert!(matches!(desk.phone.state(), State::Failed { .. }));
    desk.keys(&GROUP);
    desk.pass(Duration::from_secs(60));
    assert_eq!(desk.rows()[0], "Group=0");
    desk.keys(&["#"]);
    desk.pass(Duration::from_secs(1));
    assert!(!matches!(desk.phone.state(), State::Failed { .. }));
}

const GROUP: [&str; 7] = ["mute", "4", "7", "6", "8", "7", "#"];
