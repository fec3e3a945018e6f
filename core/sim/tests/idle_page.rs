//! The page of an idle phone: when it comes, what keeps it away, what leads back to it.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::push::{Pushed, TPS};
use deskset_phone::{CallState, View};
use deskset_sim::WebReply;

/// Two minutes without anybody, then the page named Quiet.
fn quiet(more: &[(&str, &str)]) -> Pushed {
    after_a_while(&[&[("WMLIDLETIME", "2")], more].concat())
}

fn after_a_while(more: &[(&str, &str)]) -> Pushed {
    let mut pushed = Pushed::with("4620SW", &[&[("WMLIDLEURI", "http://push.lab/quiet.wml")], more].concat());
    let page = "<wml><card title=\"Quiet\"><p>Nobody here</p></card></wml>";
    pushed.bench.lab.web(&format!("{TPS}/quiet.wml"), WebReply::page(page));
    pushed.key("volume-up");
    pushed
}

fn seen(pushed: &Pushed) -> (View, String) {
    (pushed.view(), pushed.top())
}

fn is_quiet(pushed: &Pushed) -> bool {
    seen(pushed) == (View::Web, "Quiet".to_owned())
}

#[test]
fn it_comes_without_a_home_page_too_and_again_after_every_use() {
    let mut pushed = quiet(&[("WMLHOME", "")]);
    pushed.pass(119);
    assert_eq!(pushed.view(), View::Phone);
    pushed.pass(2);
    assert!(is_quiet(&pushed));
    // Once is enough, as long as nobody comes.
    pushed.pass(600);
    let asked = pushed.bench.lab.web_asked().iter().filter(|line| line.ends_with("quiet.wml")).count();
    assert_eq!(asked, 1);
    pushed.key("phone-exit");
    assert_eq!(pushed.view(), View::Phone);
    pushed.pass(119);
    assert_eq!(pushed.view(), View::Phone);
    pushed.pass(2);
    assert!(is_quiet(&pushed));
}

#[test]
fn a_call_keeps_it_away_and_its_time_begins_with_the_last_one() {
    let mut pushed = quiet(&[]);
    pushed.pass(60);
    pushed.call(1, CallState::Alerting);
    pushed.call(1, CallState::Active);
    pushed.pass(600);
    assert_eq!(pushed.view(), View::Phone);
    pushed.call(1, CallState::Idle);
    pushed.pass(119);
    assert_eq!(pushed.view(), View::Phone);
    pushed.pass(2);
    assert!(is_quiet(&pushed));
}

#[test]
fn an_open_form_keeps_it_away() {
    let mut pushed = quiet(&[]);
    pushed.show(View::SpeedDial { page: 0 });
    pushed.key("soft1");
    pushed.pass(600);
    assert_eq!(pushed.view(), View::SpeedDial { page: 0 });
}

// req: PU-4
#[test]
fn a_pushed_page_has_its_time_and_then_it_comes_back() {
    let mut pushed = quiet(&[]);
    pushed.pass(121);
    assert!(is_quiet(&pushed));
    pushed.page("barge");
    assert_eq!(pushed.top(), "Lunch");
    pushed.pass(119);
    assert_eq!(pushed.top(), "Lunch");
    pushed.pass(2);
    assert!(is_quiet(&pushed));
    // A page that waits is no use of the phone: it takes its place in the Web application at once.
    pushed.page("normal");
    assert_eq!(pushed.top(), "Lunch");
}

// req: PU-7
#[test]
fn a_stream_keeps_it_away_until_it_is_over() {
    let mut pushed = quiet(&[]);
    pushed.pass(118);
    pushed.audio("barge");
    pushed.pass(10);
    assert_eq!(pushed.view(), View::Phone);
    pushed.pass(3);
    assert!(is_quiet(&pushed));
}

#[test]
fn after_a_log_off_it_does_not_come() {
    let mut pushed = quiet(&[]);
    pushed.bench.log_off(pushed.phone);
    pushed.pass(600);
    assert_eq!(pushed.view(), View::Phone);
    let asked = pushed.bench.lab.web_asked().iter().filter(|line| line.ends_with("quiet.wml")).count();
    assert_eq!(asked, 0);
}

#[test]
fn ten_minutes_are_the_usual_time() {
    let mut pushed = after_a_while(&[]);
    pushed.pass(599);
    assert_eq!(pushed.view(), View::Phone);
    pushed.pass(2);
    assert!(is_quiet(&pushed));
}
