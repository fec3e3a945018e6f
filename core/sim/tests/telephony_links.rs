//! Links of pages that dial, and links that add to Speed Dial.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::push::{Pushed, TPS};
use deskset_phone::{CallState, View};
use deskset_sim::WebReply;

/// A phone that shows a page with these links, one on each row.
fn with_links(model: &str, settings: &[(&str, &str)], links: &[&str]) -> Pushed {
    let mut pushed = Pushed::with(model, settings);
    let rows: Vec<String> = links.iter().map(|link| format!("<a href=\"wtai://wp/{link}\">x</a>")).collect();
    let page = format!("<wml><card title=\"Links\"><p>{}</p></card></wml>", rows.join("<br/>"));
    pushed.bench.lab.web(&format!("{TPS}/links.wml"), WebReply::page(&page));
    assert_eq!(pushed.push("display", "barge", 0, "links.wml"), Some(200));
    pushed
}

/// The calls that were dialled.
fn dialled(pushed: &Pushed) -> Vec<String> {
    pushed.bench.tale("use").into_iter().filter(|line| line.contains(" dials ")).collect()
}

// req: PR-21
#[test]
fn a_link_dials_on_the_first_idle_call_appearance_and_holds_the_active_call() {
    let mut pushed = with_links("4620SW", &[], &["mc;+1-908-555-0100", "mc;*72#"]);
    pushed.call(1, CallState::Active);
    pushed.key("line1-left");
    assert_eq!(dialled(&pushed), ["call appearance 2 dials +19085550100"]);
    assert!(pushed.bench.tale("use").contains(&"call appearance 1: held, Ann 4712".to_owned()));
    assert_eq!(pushed.view(), View::Phone);
    // Back in the Web application, the page is there as it was.
    pushed.key("soft3");
    assert_eq!(pushed.view(), View::Web);
    pushed.key("line2-left");
    assert_eq!(dialled(&pushed)[1..], ["call appearance 3 dials *72#"]);
    // Now all are in use.
    pushed.key("soft3");
    pushed.key("line1-left");
    assert_eq!((dialled(&pushed).len(), pushed.view()), (2, View::Web));
}

// req: PR-21
#[test]
fn a_number_that_no_phone_dials_is_not_dialled_and_half_of_it_neither() {
    let long = format!("mc;{}", "5".repeat(40));
    let mut pushed = with_links("4620SW", &[], &[&long, "mc;", "mc;call-us", "sd;5", "xx;5"]);
    for row in 1..=5 {
        pushed.key(&format!("line{row}-left"));
        assert_eq!(pushed.view(), View::Web, "row {row}");
    }
    assert_eq!(dialled(&pushed), [""; 0]);
}

// req: PR-21
#[test]
fn what_is_added_to_speed_dial_is_edited_first_and_may_be_given_up() {
    let mut pushed = with_links("4625SW", &[], &["ap;5551;Canteen%20in%20the%20basement%20of%20house%207", "ap;5552"]);
    pushed.key("line1-left");
    // As long as a label may be.
    assert_eq!(pushed.rows()[..3], ["Add button 1", "Label: Canteen in th", "Number: 5551"]);
    pushed.keys("soft2 soft2 soft2 soft1");
    pushed.pass(1);
    let dials = pushed.bench.owned(pushed.phone, "4711").speed_dials;
    assert_eq!((dials[&1].label.as_str(), dials[&1].number.as_str()), ("Canteen in", "5551"));
    // The result of the backup goes from the top line.
    pushed.pass(10);
    pushed.keys("phone-exit soft3 line2-left");
    assert_eq!(pushed.rows()[..3], ["Add button 2", "Label:", "Number: 5552"]);
    pushed.key("soft4");
    assert_eq!(pushed.bench.owned(pushed.phone, "4711").speed_dials.len(), 1);
}

// req: PR-21
#[test]
fn what_no_button_can_take_is_not_added() {
    let long = format!("ap;{};Long", "5".repeat(60));
    let mut pushed = with_links("4620SW", &[], &[&long, "ap;;Nobody"]);
    for row in ["line1-left", "line2-left"] {
        pushed.key(row);
        assert_eq!((pushed.view(), pushed.top().as_str()), (View::Web, "Links"), "{row}");
    }
    // The administrator has fixed the buttons.
    let mut fixed = with_links("4620SW", &[("APPSTAT", "3")], &["ap;5551;Canteen"]);
    fixed.key("line1-left");
    assert_eq!(fixed.view(), View::Web);
    // There is no button left.
    let mut full = with_links("4610SW", &[], &["ap;5551;Canteen"]);
    for position in 1..=48 {
        full.bench.dial(full.phone, position, "x", "1");
    }
    full.bench.save(full.phone);
    full.pass(1);
    full.key("line1-left");
    assert_eq!(full.view(), View::Web);
}
