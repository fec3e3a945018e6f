//! The extension prompt, the call server's answers, the logoff.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::time::Duration;

use common::{Bench, PASSWORD, failed, h323, login, ready};
use deskset_models::Secret;
use deskset_phone::{Command, Login, Setup, State, Step};
use deskset_sim::PhoneId;

fn nobody(model: &str) -> Setup {
    Setup { login: None, ..h323(model) }
}

fn rows(bench: &Bench, phone: PhoneId) -> [String; 2] {
    let screen = bench.lab.at(phone).screen();
    [screen.rows()[0].trim_end().to_owned(), screen.rows()[1].trim_end().to_owned()]
}

const UNNAMED: State = State::Ready { extension: None, settled: true };

// req: DC-3
#[test]
fn without_an_entry_for_60_seconds_a_phone_registers_without_a_name() {
    let mut bench = Bench::new();
    let phone = bench.boot(nobody("4620SW"));
    assert_eq!(bench.state(phone), State::AwaitsLogin);
    assert_eq!(rows(&bench, phone), ["Extension=", "#=OK NEW=_"]);
    bench.lab.pass(Duration::from_secs(59));
    assert_eq!(bench.state(phone), State::AwaitsLogin);
    bench.lab.pass(Duration::from_secs(2));
    assert_eq!(bench.state(phone), UNNAMED);
    assert_eq!(rows(&bench, phone)[1], "a=");
    assert_eq!(bench.tale("ready"), ["without a name, release 2.9.2"]);
}

// req: DC-3
#[test]
fn unnamed_registration_is_left_out_where_the_administrator_says_so() {
    let mut bench = Bench::with_settings(&[("UNNAMEDSTAT", "0")]);
    let phone = bench.boot(nobody("4620SW"));
    bench.lab.pass(Duration::from_secs(200));
    assert_eq!(bench.state(phone), State::AwaitsLogin);
    bench.lab.command(phone, Command::LogIn(None));
    assert_eq!(bench.state(phone), State::AwaitsLogin);
    bench.lab.command(phone, Command::LogIn(login("4711")));
    assert_eq!(bench.state(phone), ready("4711"));
}

// req: BR-19
#[test]
fn what_the_call_server_refuses_ends_with_its_reason_and_can_be_tried_again() {
    let wrong = |extension: &str, password: &str| {
        Some(Login { extension: extension.parse().unwrap(), password: Secret::new(password) })
    };
    let table = [
        (wrong("9999", PASSWORD), "Extension Error", "extension 9999: the call server does not know the extension"),
        (wrong("4712", "s3cret"), "Password Error", "extension 4712: the password is wrong"),
        (login("4711"), "Extension in Use", "extension 4711: another phone has the extension"),
    ];
    let mut bench = Bench::new();
    let first = bench.boot(h323("4620SW"));
    let second = bench.boot(nobody("4621SW"));
    for (entered, shown, reason) in table {
        bench.lab.command(second, Command::LogIn(entered));
        assert_eq!(bench.state(second), failed(Step::Login, reason));
        assert_eq!(rows(&bench, second)[0], shown);
        assert_eq!(bench.lab.kept(second).login, None, "a refused login is not kept");
    }
    bench.lab.command(second, Command::LogIn(login("4712")));
    assert_eq!((bench.state(first), bench.state(second)), (ready("4711"), ready("4712")));
    let told = bench.lab.story().to_string();
    assert!(!told.contains(PASSWORD) && !told.contains("s3cret"), "{told}");
}

// req: AR-2
#[test]
fn a_stored_login_is_used_after_a_power_cut() {
    let mut bench = Bench::new();
    let phone = bench.boot(nobody("4620SW"));
    bench.lab.command(phone, Command::LogIn(login("4711")));
    assert_eq!(bench.lab.kept(phone).login, login("4711"));
    bench.lab.power_cut(phone);
    bench.lab.settle();
    assert_eq!(bench.state(phone), ready("4711"));
}

// req: AR-2
#[test]
fn after_a_logoff_nobody_is_remembered() {
    let mut bench = Bench::new();
    let phone = bench.boot(nobody("4620SW"));
    bench.lab.command(phone, Command::LogIn(login("4711")));
    bench.log_off(phone);
    assert_eq!(bench.state(phone), State::LoggedOff);
    assert_eq!(rows(&bench, phone)[0], "Ext =");
    assert_eq!(bench.lab.kept(phone).login, None);
    let other = bench.boot(h323("4621SW"));
    assert_eq!(bench.state(other), ready("4711"), "the extension is free for another phone");
    bench.lab.power_cut(phone);
    bench.lab.settle();
    assert_eq!(bench.state(phone), State::AwaitsLogin);
}

// req: DC-3
#[test]
fn opstat_hides_the_address_and_takes_log_off_away() {
    for (opstat, shown, stays) in [("111", "\"Discover gk.lab\"", false), ("100", "\"Discover \"", true)] {
        let mut bench = Bench::with_settings(&[("OPSTAT", opstat)]);
        let phone = bench.boot(h323("4620SW"));
        assert!(bench.tale("login").contains(&shown.to_owned()), "{:?}", bench.tale("login"));
        bench.log_off(phone);
        let after = if stays { ready("4711") } else { State::LoggedOff };
        assert_eq!(bench.state(phone), after);
    }
}

#[test]
fn a_login_makes_sense_only_at_the_prompt() {
    let mut bench = Bench::new();
    let phone = bench.boot(h323("4620SW"));
    bench.lab.command(phone, Command::LogIn(login("4712")));
    assert_eq!(bench.state(phone), ready("4711"));
    assert_eq!(bench.tale("use"), ["login refused: the phone is not at its login prompt"]);
}

// req: AR-3
#[test]
fn a_user_takes_their_extension_over_and_the_other_phone_is_put_out() {
    let mut bench = Bench::new();
    bench.lab.extension(&"4711".parse().unwrap(), "1234");
    let first = bench.boot(nobody("4620SW"));
    bench.keys(first, "4 7 1 1 # 1 2 3 4 #");
    bench.dial(first, 1, "Ann", "1");
    bench.save(first);
    let second = bench.boot(nobody("4621SW"));
    bench.keys(second, "4 7 1 1 # 1 2 3 4 #");
    assert_eq!(rows(&bench, second), ["Extension in Use", "#=continue *=reset"]);
    bench.keys(second, "# 4 7 1 1 # 1 2 3 4 #");
    assert_eq!((bench.state(first), bench.state(second)), (State::LoggedOff, ready("4711")));
    assert_eq!(bench.tale("logoff")[0], "another phone has taken 4711 over");
    assert_eq!(bench.speed_dial_screen(second)[1], "Ann");
    bench.lab.pass(Duration::from_secs(3600));
    assert_eq!(bench.state(second), ready("4711"), "whoever was put out does not come back by themselves");
}
