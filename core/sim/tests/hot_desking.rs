//! One phone, one user after the other: nobody finds anything of anybody else.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{Bench, h323, login, ready};
use deskset_models::Secret;
use deskset_phone::{Command, State, View};
use deskset_sim::{Behaviour, MemoryTree, PhoneId};

/// Everything of the first user that could be found: each word is in one kind of their data.
const WORDS: [&str; 9] =
    ["AnnsDial", "914711", "AnnsLabel", "AnnsUnit", "AnnsServer", "AnnsPath", "AnnsName", "AnnsPassword", "AnnsDraft"];

/// Ann sets whatever can be set, saves it, and goes on editing.
fn ann_lives_here(bench: &mut Bench, phone: PhoneId) {
    bench.dial(phone, 1, "AnnsDial", "914711");
    let label = |text: &str| text.to_owned();
    bench.lab.command(phone, Command::EditFeatureLabel { number: 1, label: label("AnnsLabel") });
    bench.lab.command(phone, Command::EditUnitLabel { number: 1, label: label("AnnsUnit") });
    for (name, value) in [
        ("Contrast", "13"),
        ("Display Language", "German"),
        ("FTP Server IP Address", "AnnsServer.lab"),
        ("FTP Directory Path", "AnnsPath"),
        ("FTP User Name", "AnnsName"),
    ] {
        bench.set(phone, name, value);
    }
    bench.lab.command(phone, Command::FtpPassword(Secret::new("AnnsPassword")));
    bench.save(phone);
    bench.lab.command(phone, Command::BeginEdit);
    bench.dial(phone, 2, "AnnsDraft", "2");
}

/// Everything that whoever is at the phone can see or save.
fn all_there_is_to_see(bench: &mut Bench, phone: PhoneId) -> String {
    let mut seen = String::new();
    for view in [View::Phone, View::SpeedDial { page: 0 }, View::SpeedDial { page: 1 }] {
        bench.lab.command(phone, Command::Show(view));
        seen += &bench.lab.at(phone).screen().to_string();
    }
    let own = bench.lab.at(phone).memory().users.get(&"4712".parse().unwrap()).cloned();
    seen + &format!("{own:?} {:?}", bench.lab.at(phone).backup_status())
}

// req: AR-3, BR-19
#[test]
fn nothing_of_one_user_is_visible_to_the_next() {
    for server in [Behaviour::Sound, Behaviour::Refuses] {
        let mut bench = Bench::new();
        bench.lab.serve_ftp("AnnsServer.lab", 21, &MemoryTree::new(), server);
        let phone = bench.boot(h323("4620SW"));
        ann_lives_here(&mut bench, phone);
        bench.log_off(phone);
        assert_eq!(bench.state(phone), State::LoggedOff);
        let mut seen = bench.lab.at(phone).screen().to_string();

        bench.lab.command(phone, Command::LogIn(login("4712")));
        assert_eq!(bench.state(phone), ready("4712"));
        assert_eq!(bench.lab.at(phone).backup_status().backup, None);
        seen += &all_there_is_to_see(&mut bench, phone);
        bench.save(phone);
        let file = bench.backup("4712_4620data.txt").unwrap();
        assert!(file.contains("Contrast=8\r\n") && file.contains("Display Language=English\r\n"), "{file}");
        seen += &file;
        for word in WORDS {
            assert!(!seen.contains(word), "{server:?}: {word}");
        }
        let whole = format!("{:?}", bench.lab.at(phone));
        for word in ["AnnsPassword", "AnnsDraft", "AnnsServer", "AnnsPath", "AnnsName"] {
            assert!(!whole.contains(word), "{server:?}: {word} is nowhere in the phone at all");
        }
    }
}

// req: AR-1, BR-9, BD-11
#[test]
fn a_backup_at_a_place_that_the_next_login_does_not_know_keeps_speed_dial_here() {
    let mut bench = Bench::new();
    let own = MemoryTree::new();
    bench.lab.serve_ftp("my-pc.lab", 21, &own, Behaviour::Sound);
    let phone = bench.boot(h323("4620SW"));
    bench.set(phone, "FTP Server IP Address", "my-pc.lab");
    bench.dial(phone, 1, "Ann", "1");
    bench.save(phone);
    bench.log_off(phone);
    bench.lab.command(phone, Command::LogIn(login("4711")));
    assert_eq!(bench.speed_dial_screen(phone)[1], "Ann");
    assert_eq!(bench.owned(phone, "4711").options, Default::default());
}

// req: AR-5, BR-3
#[test]
fn where_the_next_login_does_not_retrieve_speed_dial_stays() {
    for (restorestat, release) in [("0", "2.9.2"), ("1", "2.0")] {
        let mut bench = Bench::with_settings(&[("RESTORESTAT", restorestat)]);
        bench.write("46xxupgrade.scr", b"GET 46xxsettings.txt\n");
        let setup = common::site(h323("4620SW"), &[("TFTPSRVR", common::FILES)]);
        let phone = bench.boot_with(setup, common::flash("app.bin", release));
        bench.dial(phone, 1, "Ann", "1");
        bench.save(phone);
        assert_eq!(bench.backup_names().len(), usize::from(restorestat == "1"));
        bench.log_off(phone);
        bench.lab.command(phone, Command::LogIn(login("4711")));
        assert_eq!(bench.speed_dial_screen(phone)[1], "Ann", "RESTORESTAT {restorestat}, release {release}");
    }
}

// req: BR-9, AR-4, BD-8, BD-11
#[test]
fn a_backup_that_fails_while_the_user_leaves_is_tried_once_more() {
    let mut bench = Bench::new();
    let phone = bench.boot(h323("4620SW"));
    bench.dial(phone, 1, "Ann", "1");
    bench.ftp(Behaviour::Refuses);
    bench.lab.tell(phone, Command::Save);
    bench.until("4711_4620data.txt to ftp.lab");
    bench.lab.tell(phone, Command::LogOff);
    bench.until("connect: nobody listens there");
    bench.ftp(Behaviour::Sound);
    bench.lab.settle();
    assert_eq!(bench.state(phone), State::LoggedOff);
    assert!(bench.backup("4711_4620data.txt").unwrap().contains("ABKNAME001=Ann"));
    assert_eq!(bench.owned(phone, "4711"), Default::default());
}

// req: BR-9
#[test]
fn a_failing_logoff_backup_ends_the_session_all_the_same() {
    for behaviour in [Behaviour::Refuses, Behaviour::Silent, Behaviour::Breaks, Behaviour::ReadOnly] {
        let mut bench = Bench::new();
        bench.ftp(behaviour);
        let phone = bench.boot(h323("4620SW"));
        bench.dial(phone, 1, "Ann", "1");
        bench.set(phone, "Contrast", "13");
        bench.save(phone);
        bench.log_off(phone);
        assert_eq!(bench.state(phone), State::LoggedOff, "{behaviour:?}");
        assert!(bench.is_dirty(phone, "4711"), "{behaviour:?}: it is still nowhere else");
        let owned = bench.owned(phone, "4711");
        assert_eq!((owned.options.len(), owned.speed_dials.len()), (0, 1), "{behaviour:?}");
        bench.ftp(Behaviour::Sound);
        bench.lab.command(phone, Command::LogIn(login("4711")));
        bench.save(phone);
        assert!(bench.backup("4711_4620data.txt").unwrap().contains("ABKNAME001=Ann"), "{behaviour:?}");
    }
}

// req: AR-3
#[test]
fn another_extension_after_a_power_cut_finds_none_of_the_data_that_were_not_sent() {
    let mut bench = Bench::new();
    bench.ftp(Behaviour::Refuses);
    let phone = bench.boot(h323("4620SW"));
    bench.dial(phone, 1, "AnnsDial", "914711");
    bench.save(phone);
    let memory = bench.lab.kept(phone).clone();
    let other = bench.boot_with(deskset_phone::Setup { login: login("4712"), ..h323("4620SW") }, memory);
    assert_eq!(bench.state(other), ready("4712"));
    let seen = all_there_is_to_see(&mut bench, other);
    assert!(!seen.contains("AnnsDial"), "{seen}");
    assert!(bench.is_dirty(other, "4711"), "they are put away, not lost");
}

// req: AR-1, BR-8, BR-20, BD-5
#[test]
fn what_a_strict_phone_does_not_take_survives_a_visit_there() {
    let mut bench = Bench::new();
    let first = bench.boot(h323("4620SW"));
    bench.dial(first, 7, "Ann", "1");
    bench.lab.command(first, Command::EditFeatureLabel { number: 1, label: "Label".to_owned() });
    bench.set(first, "Contrast", "13");
    bench.save(first);
    bench.log_off(first);
    let before = bench.backup("4711_4620data.txt").unwrap();

    bench.write("46xxsettings.txt", b"SET FTPSRVR ftp.lab\nSET OPSTAT 011\nSET APPSTAT 3\n");
    let strict = bench.boot(h323("4621SW"));
    assert_eq!(bench.speed_dial_screen(strict)[1], "", "it is not taken");
    bench.set(strict, "Call Timer", "1");
    bench.save(strict);
    bench.log_off(strict);
    let after = bench.backup("4711_4620data.txt").unwrap();
    assert_eq!(after, before.replace("Call Timer=0", "Call Timer=1"));
}

// req: AR-3, BR-9
#[test]
fn after_a_restart_the_file_wins_over_what_was_not_sent() {
    let mut bench = Bench::new();
    let phone = bench.boot(h323("4620SW"));
    bench.dial(phone, 1, "Sent", "1");
    bench.save(phone);
    bench.ftp(Behaviour::Refuses);
    bench.dial(phone, 1, "NotSent", "1");
    bench.save(phone);
    assert!(bench.is_dirty(phone, "4711"));
    bench.ftp(Behaviour::Sound);
    bench.lab.power_cut(phone);
    bench.lab.settle();
    assert_eq!((bench.speed_dial_screen(phone)[1].as_str(), bench.is_dirty(phone, "4711")), ("Sent", false));
}
