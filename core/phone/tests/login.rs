//! Logging in by keys: the two questions of start-up, the later login screen, and what the call server refuses.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::time::Duration;

use common::{Desk, PASSWORD, setup};
use deskset_phone::{Command, Input, Output, RefusedWhy, Setup, State, Step};

/// A phone at its first question.
fn at_prompt() -> Desk {
    let mut desk = Desk::new(Setup { login: None, ..setup() });
    desk.hand(Input::PowerOn);
    desk.carry();
    desk.events.clear();
    desk
}

/// The call server's only open question is answered with no.
fn refuse(desk: &mut Desk, why: RefusedWhy) -> (String, bool) {
    let Output::Register(register) = desk.wishes.remove(0) else { panic!("{:?}", desk.wishes) };
    desk.hand(Input::Refused { wish: register.wish, why });
    (register.password.reveal().to_owned(), register.takes_over)
}

fn failed(reason: &str) -> State {
    State::Failed { step: Step::Login, reason: reason.to_owned() }
}

// req: DC-3, BR-19
#[test]
fn extension_and_password_are_typed_and_the_password_is_never_shown() {
    let mut desk = at_prompt();
    assert_eq!(desk.rows()[..2], ["Extension=", "#=OK NEW=_"]);
    desk.keys(&["4", "8", "*", "7", "1", "1", "#"]);
    assert_eq!(desk.rows()[..2], ["Password=_", "#=OK"]);
    desk.keys(&["9", "9", "*", "7"]);
    assert_eq!(desk.rows()[0], "Password=**_");
    desk.hand(Input::Text("x".to_owned()));
    assert_eq!(desk.rows()[0], "Password=***_");
    let told = desk.told();
    assert_eq!(told[..3], ["key 4", "key 8", "key *"]);
    assert_eq!(told[7..12].iter().filter(|line| *line == "a key into a password field").count(), 4);
    desk.hand(Input::Key("#".parse().unwrap()));
    let Output::Register(register) = &desk.wishes[0] else { panic!("{:?}", desk.wishes) };
    assert_eq!((register.extension.as_ref().unwrap().as_str(), register.password.reveal()), ("4711", "97x"));
    desk.carry();
    assert!(matches!(desk.phone.state(), State::Ready { extension: Some(_), .. }));
}

// req: DC-3
#[test]
fn every_key_gives_another_60_seconds_and_an_empty_answer_no_name() {
    let mut desk = at_prompt();
    desk.pass(Duration::from_secs(50));
    desk.keys(&["4"]);
    desk.pass(Duration::from_secs(50));
    assert_eq!(desk.phone.state(), State::AwaitsLogin);
    desk.keys(&["*", "#"]);
    desk.carry();
    assert_eq!(desk.phone.state(), State::Ready { extension: None, settled: true });
}

// req: BR-19
#[test]
fn a_refused_login_shows_why_for_30_seconds_then_the_phone_asks_again() {
    let mut desk = Desk::new(setup());
    desk.hand(Input::PowerOn);
    for _ in 0..4 {
        if matches!(desk.wishes[0], Output::Register(_)) {
            break;
        }
        desk.answer();
    }
    refuse(&mut desk, RefusedWhy::WrongPassword);
    assert_eq!(desk.phone.state(), failed("extension 4711: the password is wrong"));
    assert_eq!(desk.rows()[0], "Password Error");
    desk.pass(Duration::from_secs(29));
    assert_eq!(desk.rows()[0], "Password Error");
    desk.pass(Duration::from_secs(2));
    desk.carry();
    assert_eq!(desk.phone.state(), State::AwaitsLogin, "what was refused is not tried again by itself");
}

// req: BR-19
#[test]
fn an_extension_in_use_is_taken_over_by_who_enters_it_again() {
    let mut desk = at_prompt();
    desk.keys(&["4", "7", "1", "1", "#", "1", "2", "#"]);
    assert_eq!(refuse(&mut desk, RefusedWhy::InUse), ("12".to_owned(), false));
    assert_eq!(desk.phone.state(), failed("extension 4711: another phone has the extension"));
    assert_eq!(desk.rows()[..2], ["Extension in Use", "#=continue *=reset"]);
    desk.pass(Duration::from_secs(3600));
    assert_eq!(desk.rows()[0], "Extension in Use", "it waits for the user");
    desk.keys(&["5", "#", "4", "7", "1", "1", "#", "1", "3", "#"]);
    assert_eq!(refuse(&mut desk, RefusedWhy::InUse), ("13".to_owned(), false), "it was not the same");
    desk.keys(&["#", "4", "7", "1", "1", "#", "1", "3", "#"]);
    let Output::Register(register) = &desk.wishes[0] else { panic!("{:?}", desk.wishes) };
    assert!(register.takes_over);
    desk.carry();
    assert!(matches!(desk.phone.state(), State::Ready { .. }));
}

// req: BR-19
#[test]
fn a_star_gives_an_extension_in_use_up_and_resets() {
    let mut desk = at_prompt();
    desk.keys(&["4", "7", "1", "1", "#", "1", "2", "#"]);
    refuse(&mut desk, RefusedWhy::InUse);
    desk.keys(&["*"]);
    assert_eq!(desk.phone.state(), State::Starting);
    desk.carry();
    assert_eq!(desk.rows()[..2], ["Extension=", "#=OK NEW=_"]);
}

// req: AR-3
#[test]
fn after_a_logoff_two_fields_ask_who_comes_next() {
    let mut desk = Desk::new(setup());
    desk.hand(Input::PowerOn);
    desk.carry();
    desk.hand(Input::Command(Command::LogOff));
    desk.carry();
    assert_eq!(desk.rows()[..3], ["Ext =", "", ""]);
    desk.keys(&["4", "7", "1", "2", "#", "0", "1"]);
    assert_eq!(desk.rows(), ["Ext =", "Extension: 4712", "Password:  **", "", "                      Login"]);
    desk.keys(&["soft4"]);
    refuse(&mut desk, RefusedWhy::InUse);
    desk.keys(&["#"]);
    assert_eq!(desk.rows()[4], "Change                Login");
    desk.keys(&["4", "7", "1", "2", "line2-left", "0", "1", "soft4"]);
    let (_, takes_over) = refuse(&mut desk, RefusedWhy::UnknownExtension);
    assert!(takes_over);
    assert_eq!(desk.rows()[0], "Extension Error");
    desk.pass(Duration::from_secs(30));
    assert_eq!(desk.phone.state(), State::LoggedOff);
    assert_eq!(desk.rows()[1], "Extension:", "it asks again");
    let told = format!("{:?} {:?}", desk.phone, desk.events);
    assert!(!told.contains(PASSWORD) && !told.contains("\"01\""), "{told}");
}
