//! Links that the phone acts on.
#![allow(missing_docs)]

mod common;

use common::{Desk, lines};
use deskset_browser::Output;

// req: PR-21
#[test]
fn links_dial_and_add_to_speed_dial_and_have_icons() {
    let mut desk = Desk::card(
        "<p><a href=\"wtai://wp/mc;+1-908-555-0100!r\">Call Anna</a><br/>\
         <a href=\"wtai://wp/ap;4711;Anna%20B\">Keep Anna</a><br/><a href=\"wtai://wp/sd;5\">Tones</a><br/>\
         <a href=\"wtai://wp/mc;\">Nobody</a><input name=\"r\" value=\"x\"/></p>",
    );
    assert_eq!(
        desk.screen(),
        lines(&[
            "= Title",
            "| ☎ _Call Anna_ <Dial>",
            "| ☆ _Keep Anna_ <AddSpeedDial>",
            "| _Tones_ <Link>",
            "| _Nobody_ <Link>",
            "| [x] <Input { password: false }>",
            "=",
        ])
    );
    assert_eq!(desk.row(0), [Output::Dial { number: "+19085550100".to_owned() }]);
    assert_eq!(desk.browser.variables().get("r"), "");
    let added = Output::AddSpeedDial { number: "4711".to_owned(), name: "Anna B".to_owned() };
    assert_eq!(desk.row(1), [added]);
    assert_eq!(desk.row(2), [Output::ErrorTone]);
    assert_eq!(desk.row(3), [Output::ErrorTone]);
}

#[test]
fn softkeys_and_events_dial_as_well() {
    let mut desk = Desk::card(
        "<onevent type=\"ontimer\"><go href=\"wtai://wp/mc;$n\"/></onevent><timer value=\"10\"/>\
         <do type=\"accept\" label=\"Call\"><go href=\"wtai://wp/mc;$(n)\"/></do>\
         <p><input name=\"n\" value=\"*12#\"/></p>",
    );
    let dial = Output::Dial { number: "*12#".to_owned() };
    assert_eq!(desk.softkey(0), std::slice::from_ref(&dial));
    assert_eq!(desk.after(std::time::Duration::from_secs(1)), [dial]);
}
