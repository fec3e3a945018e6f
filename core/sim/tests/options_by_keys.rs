//! The Options, the Call Log and the Backup/Restore menu by keys, on models as their plugins describe them.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::time::Duration;

use common::{Bench, h323};
use deskset_phone::{CallNews, CallState, FeatureState, Input, View, Which};
use deskset_sim::{Behaviour, PhoneId};

const FILE: &str = "4711_4620data.txt";

fn call(bench: &mut Bench, phone: PhoneId, state: CallState, name: &str, number: &str) {
    let news = CallNews { appearance: 1, state, name: name.to_owned(), number: number.to_owned() };
    bench.lab.input(phone, Input::Call(news));
}

fn line(bench: &Bench, phone: PhoneId, words: &str) -> usize {
    let found = bench.rows(phone).iter().skip(1).position(|row| row.starts_with(words)).map(|row| row + 1);
    found.unwrap_or_else(|| panic!("{words}: {:#?}", bench.rows(phone)))
}

/// Chooses the row with these words.
fn choose(bench: &mut Bench, phone: PhoneId, words: &str) {
    let row = line(bench, phone, words);
    bench.keys(phone, &format!("line{row}-left"));
}

fn quiet(bench: &mut Bench, phone: PhoneId) {
    bench.lab.settle();
    bench.lab.pass(Duration::from_secs(31));
    assert!(bench.rows(phone).len() > 4);
}

// req: BR-1, BR-9
#[test]
fn every_option_of_every_model_is_changed_by_keys_and_saved() {
    for model in common::six() {
        let mut bench = Bench::new();
        let phone = bench.boot(h323(model.name()));
        let lines = usize::from(model.tables().display.zones.application_rows);
        let rows = model.tables().options.rows_on(deskset_models::Signaling::H323);
        let rows: Vec<_> = rows.filter(|(_, row)| row.guards.opstat_digit == 0).map(|(_, row)| row.clone()).collect();
        for (at, row) in rows.iter().enumerate() {
            let deskset_models::Values::Choice { choices } = &row.values else { panic!("{}", row.name) };
            let other = choices.iter().rposition(|choice| choice.value != row.default).unwrap();
            let pages = "page-right ".repeat(at / lines);
            bench.keys(phone, &format!("options line1-left {pages} line{}-left", at % lines + 1));
            assert!(row.label.starts_with(&bench.rows(phone)[0]) || bench.rows(phone)[0].starts_with("Backup"));
            bench.keys(phone, &format!("line{}-right soft4", other + 1));
            assert!(!bench.owned(phone, "4711").options.contains_key(&row.name), "{}: Cancel", row.name);
            bench.keys(phone, &format!("line{}-left line{}-right soft1", at % lines + 1, other + 1));
            let value = bench.owned(phone, "4711").options.get(&row.name).cloned();
            assert_eq!(value.as_ref(), Some(&choices[other].value), "{} on {}", row.name, model.name());
        }
    }
}

// req: BR-7, BR-19
#[test]
fn the_backup_menu_sets_the_server_and_tells_what_became_of_it() {
    let mut bench = Bench::new();
    let phone = bench.boot(h323("4621SW"));
    quiet(&mut bench, phone);
    bench.keys(phone, "options page-right");
    choose(&mut bench, phone, "Backup/Restore");
    choose(&mut bench, phone, "Automatic Backup");
    bench.keys(phone, "line2-left soft1");
    choose(&mut bench, phone, "User ID");
    bench.text(phone, "ann");
    bench.keys(phone, "soft1");
    bench.keys(phone, "page-right");
    choose(&mut bench, phone, "Retrieve");
    assert_eq!(bench.rows(phone)[0], "FTP Password", "there is a name, but no password yet");
    bench.text(phone, "geheim");
    assert_eq!(bench.rows(phone)[1], "******");
    bench.keys(phone, "soft4 page-left");
    choose(&mut bench, phone, "User ID");
    bench.keys(phone, "soft2 soft2 soft2 soft1");
    choose(&mut bench, phone, "Backup");
    assert_eq!(bench.rows(phone)[0], "Backup successful");
    assert!(bench.backup(FILE).unwrap().contains("Automatic Backup=0\r\n"));
    bench.lab.pass(Duration::from_secs(60));
    assert_eq!(bench.rows(phone)[0], "Backup successful", "from the menu it stays until a key");
    bench.ftp(Behaviour::Refuses);
    bench.keys(phone, "page-right");
    choose(&mut bench, phone, "Retrieve");
    assert_eq!(bench.rows(phone)[0], "Retrieval failed");
    choose(&mut bench, phone, "Status");
    let rows = bench.rows(phone);
    assert_eq!(rows[0], "Backup/Restore Status");
    assert!(rows[1].starts_with("Backup ok        09:0") && rows[2].starts_with("Retrieval failed 09:0"), "{rows:#?}");
    assert_eq!(rows[3], "Reason               connect");
    let told = bench.lab.story().to_string();
    assert!(!told.contains("geheim"), "{told}");
}

// req: BR-1
#[test]
fn a_feature_button_gets_a_name_and_loses_it() {
    let mut bench = Bench::new();
    let phone = bench.boot(h323("4620SW"));
    let feature = Input::Feature { number: 5, label: "Send calls".to_owned(), state: FeatureState::Off };
    bench.lab.input(phone, feature);
    bench.keys(phone, "options page-right");
    choose(&mut bench, phone, "Feature Button Labeling");
    choose(&mut bench, phone, "Send calls");
    bench.keys(phone, &"soft2 ".repeat(10));
    bench.text(phone, "Ночь");
    bench.keys(phone, "soft1 phone-exit");
    assert_eq!(bench.owned(phone, "4711").feature_labels[&5], "Ночь");
    assert_eq!(bench.rows(phone)[4], "Ночь");
    assert!(bench.backup(FILE).unwrap().contains("PHNLABEL05=Ночь\r\n"));
    bench.keys(phone, "options page-right");
    choose(&mut bench, phone, "Feature Button Labeling");
    bench.keys(phone, "line1-left soft2 soft2 soft2 soft2 soft1 phone-exit");
    assert_eq!(bench.rows(phone)[4], "Send calls");
}

// req: BR-19
#[test]
fn what_can_only_be_looked_at_is_shown_and_a_ring_is_played() {
    let mut bench = Bench::new();
    let phone = bench.boot(h323("4621SW"));
    quiet(&mut bench, phone);
    bench.keys(phone, "options line2-left");
    assert_eq!(bench.rows(phone)[1..3], ["MAC             00040D000001", "Call Server           gk.lab"]);
    bench.keys(phone, "options line3-left");
    assert_eq!(bench.rows(phone)[1..3], ["Not in a call", "Received Coding           --"]);
    bench.keys(phone, "options page-right line1-left line5-left");
    assert!(bench.tale("use").contains(&"ringing pattern 5 is played".to_owned()));
    bench.keys(phone, "soft4 line5-left line1-left soft1");
    assert_eq!(bench.rows(phone)[0], "PC link may drop. Save?");
    bench.keys(phone, "soft1");
    assert_eq!(bench.owned(phone, "4711").options["Ethernet"], "0");
}

// req: AR-3
#[test]
fn calls_are_logged_called_back_added_to_speed_dial_deleted_and_gone_at_logoff() {
    let mut bench = Bench::new();
    let phone = bench.boot(h323("4621SW"));
    quiet(&mut bench, phone);
    for (name, number) in [("Ann", "4712"), ("Bob", "4713")] {
        call(&mut bench, phone, CallState::Alerting, name, number);
        call(&mut bench, phone, CallState::Idle, "", "");
    }
    call(&mut bench, phone, CallState::Alerting, "Cat", "4714");
    call(&mut bench, phone, CallState::Active, "", "");
    call(&mut bench, phone, CallState::Idle, "", "");
    assert!(bench.rows(phone)[0].ends_with(" Missed 2"), "{:?}", bench.rows(phone)[0]);
    bench.keys(phone, "soft2");
    assert_eq!(bench.rows(phone)[0], "Missed Calls");
    assert_eq!(bench.rows(phone)[1..3].iter().map(|row| &row[..3]).collect::<Vec<_>>(), ["Bob", "Ann"]);
    bench.keys(phone, "line1-left");
    assert_eq!(bench.rows(phone)[1..3], ["Bob", "4713"]);
    bench.keys(phone, "soft2 soft1");
    assert_eq!(bench.owned(phone, "4711").speed_dials[&1].number, "4713");
    bench.keys(phone, "phone-exit soft2 line1-left soft3");
    assert_eq!(bench.lab.at(phone).logged_calls(Which::Missed).count(), 1);
    bench.keys(phone, "soft2");
    bench.keys(phone, "line1-left soft1");
    assert_eq!(bench.lab.at(phone).view(), View::Phone, "a call is placed, and Phone Screen on Calling is Yes");
    assert!(bench.tale("use").contains(&"call appearance 1 dials 4714".to_owned()));
    assert_eq!(bench.lab.at(phone).logged_calls(Which::Outgoing).next().unwrap().name, "Cat");
    bench.keys(phone, "drop redial");
    assert_eq!(bench.rows(phone)[1], "4714");
    bench.log_off(phone);
    bench.lab.command(phone, deskset_phone::Command::LogIn(common::login("4711")));
    assert_eq!(bench.lab.at(phone).logged_calls(Which::Outgoing).count(), 0);
}

// req: BR-8
#[test]
fn nothing_is_logged_where_user_or_administrator_say_so() {
    for (settings, own) in [(&[("APPSTAT", "2")][..], None), (&[][..], Some("0"))] {
        let mut bench = Bench::with_settings(settings);
        let phone = bench.boot(h323("4621SW"));
        if let Some(value) = own {
            bench.set(phone, "Call Log Enable", value);
            bench.save(phone);
        }
        call(&mut bench, phone, CallState::Alerting, "Ann", "4712");
        call(&mut bench, phone, CallState::Idle, "", "");
        assert_eq!(bench.lab.at(phone).logged_calls(Which::Missed).count(), 0);
    }
}

// req: BR-1
#[test]
fn options_change_what_the_phone_does() {
    let mut bench = Bench::new();
    let phone = bench.boot(h323("4621SW"));
    for (name, value) in [
        ("Call Appearance Width", "1"),
        ("Call Timer", "1"),
        ("Visual Alerting", "1"),
        ("Phone Screen on Answer", "0"),
        ("Personalized Ring", "4"),
    ] {
        bench.set(phone, name, value);
    }
    bench.save(phone);
    quiet(&mut bench, phone);
    assert_eq!(bench.rows(phone)[1..3], ["a=4711        b=4711", "c=4711"]);
    call(&mut bench, phone, CallState::Alerting, "Ann", "4712");
    assert!(bench.lab.at(phone).lamps().alerting);
    assert_eq!(bench.lab.at(phone).ringing(), Some(4));
    bench.keys(phone, "soft1 speaker");
    assert_eq!(bench.lab.at(phone).view(), View::SpeedDial { page: 0 });
    bench.lab.pass(Duration::from_secs(61));
    bench.keys(phone, "phone-exit");
    assert_eq!(bench.rows(phone)[0..2], ["Ann 4712", "a=Ann 4 01:01 b=4711"]);
}
