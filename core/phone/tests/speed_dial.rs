//! Speed Dial entries by keys: adding, editing, deleting, and the characters of the dial pad.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::time::Duration;

use common::{Desk, in_use, login};
use deskset_phone::{Command, Input, Output};

fn dials(desk: &Desk) -> Vec<(u16, String, String)> {
    let dials = &desk.phone.memory().users[&login().extension].data.speed_dials;
    dials.iter().map(|(at, dial)| (*at, dial.label.clone(), dial.number.clone())).collect()
}

fn entry(at: u16, label: &str, number: &str) -> (u16, String, String) {
    (at, label.to_owned(), number.to_owned())
}

// req: BR-1, BR-9
#[test]
fn a_button_is_added_by_keys_and_backed_up() {
    let mut desk = in_use();
    desk.keys(&["soft1", "soft1"]);
    assert_eq!(desk.rows(), ["Add button 2", "Label:", "Number:", "", " Save    <-     abc  Cancel"]);
    // A capital, then small letters; a pause between two of the same key.
    desk.keys(&["soft3", "2", "soft3", "soft3", "6", "6"]);
    desk.pass(Duration::from_millis(1500));
    desk.keys(&["6", "6"]);
    assert_eq!(desk.rows()[1], "Label: Ann");
    desk.keys(&["line2-left", "9", "soft3", "4", "4", "*", "soft2", "page-left", "#"]);
    assert_eq!(desk.rows()[2], "Number: 9,4#4");
    desk.keys(&["soft1"]);
    assert!(matches!(desk.wishes[..], [Output::Keep(..)]), "nothing but memory before it is kept");
    desk.carry();
    assert_eq!(dials(&desk), [entry(1, "Kept", "1"), entry(2, "Ann", "9,4#4")]);
    assert_eq!(desk.rows()[..2], ["Backup successful", "Kept          Ann"]);
}

// req: BR-1
#[test]
fn a_button_is_edited_and_deleted() {
    let mut desk = in_use();
    desk.keys(&["soft1", "soft2"]);
    assert_eq!(desk.rows()[0], "Edit which button?       <1>");
    desk.keys(&["line1-left", "soft2", "soft2", "soft2", "soft2"]);
    desk.hand(Input::Text("Ирина 漢".to_owned()));
    desk.keys(&["soft1"]);
    desk.carry();
    assert_eq!(dials(&desk), [entry(1, "Ирина 漢", "1")]);
    desk.pass(Duration::from_secs(5));
    desk.keys(&["soft3", "line1-left"]);
    assert_eq!(desk.rows()[0], "Delete Ирина 漢?         <1>");
    desk.keys(&["soft4"]);
    assert_eq!(dials(&desk).len(), 1);
    desk.keys(&["soft3", "line1-left", "soft1"]);
    desk.carry();
    assert_eq!(dials(&desk), []);
}

// req: BR-9
#[test]
fn a_form_says_what_is_missing_and_cancel_changes_nothing() {
    let mut desk = in_use();
    desk.keys(&["soft1", "soft1"]);
    desk.hand(Input::Text("Nobody".to_owned()));
    desk.events.clear();
    desk.keys(&["soft1"]);
    assert_eq!(desk.rows()[0], "a number is missing");
    assert_eq!(desk.told(), ["key soft1", "error beep"]);
    desk.keys(&["soft4"]);
    assert!(desk.wishes.is_empty());
    assert_eq!(dials(&desk), [entry(1, "Kept", "1")]);
}

// req: BR-11
#[test]
fn a_retrieval_waits_until_the_form_is_closed() {
    let mut desk = in_use();
    desk.keys(&["soft1", "soft1"]);
    desk.hand(Input::Command(Command::Retrieve));
    assert!(desk.wishes.is_empty());
    desk.keys(&["soft4"]);
    assert!(matches!(desk.wishes[..], [Output::Retrieve(_)]));
    desk.keys(&["soft1"]);
    assert_eq!(desk.told().last().unwrap(), "error beep", "no form opens while data are on their way");
}

#[test]
fn text_without_a_field_is_refused() {
    let mut desk = in_use();
    desk.hand(Input::Text("hello".to_owned()));
    assert_eq!(desk.told(), ["5 characters typed", "text refused: no field is open"]);
}
