//! CLEAR: nothing that was administered or set is left, on the phone at least.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::sync::Arc;

use common::{Bench, FILES, PASSWORD, flash, h323, login, ready, site};
use deskset_models::Secret;
use deskset_phone::{Command, Memory, Setup, State};
use deskset_sim::Behaviour;

const FTP_PASSWORD: &str = "ftp-pass-4620";

// req: BR-1, BR-19
#[test]
fn clear_wipes_all_users_and_the_login_and_starts_anew() {
    let mut bench = Bench::new();
    bench.ftp(Behaviour::Refuses);
    let manual = Arc::new([("TFTPSRVR".to_owned(), FILES.to_owned())]);
    let phone = bench.boot(Setup { manual, ..h323("4620SW") });
    for extension in ["4711", "4712"] {
        bench.dial(phone, 1, "Front desk", "21000");
        bench.lab.command(phone, Command::FtpPassword(Secret::new(FTP_PASSWORD)));
        bench.save(phone);
        if extension == "4711" {
            bench.log_off(phone);
            bench.lab.command(phone, Command::LogIn(login("4712")));
        }
    }
    assert_eq!(bench.lab.kept(phone).users.len(), 2);
    bench.dial(phone, 2, "Draft", "2");
    bench.lab.command(phone, Command::Clear);
    let application = bench.lab.kept(phone).application.clone();
    assert!(application.is_some(), "the software stays");
    let cleared = Memory { application, cleared: true, ..Memory::default() };
    assert_eq!((bench.lab.kept(phone), bench.lab.at(phone).memory()), (&cleared, &cleared));
    assert_eq!(bench.state(phone), State::AwaitsLogin, "not even the login is known any more");
    assert_eq!(bench.lab.at(phone).screen().rows()[0].trim_end(), "Extension=");
    assert_eq!(bench.lab.at(phone).parameters().value("TFTPSRVR"), "", "what was entered at the phone is gone");
    let left = format!("{:?} {:?}", bench.lab.at(phone).memory(), bench.lab.at(phone).backup_status());
    assert!(![FTP_PASSWORD, PASSWORD, "Front desk", "4712"].iter().any(|secret| left.contains(secret)));

    bench.lab.power_cut(phone);
    bench.lab.settle();
    assert_eq!(bench.state(phone), State::AwaitsLogin);
    bench.lab.command(phone, Command::LogIn(login("4711")));
    assert_eq!((bench.state(phone), bench.speed_dial_screen(phone)[1].as_str()), (ready("4711"), ""));
    assert_eq!(bench.lab.at(phone).backup_status().backup, None);
}

// req: BR-9
#[test]
fn clear_during_a_save_leaves_nothing_of_it() {
    for steps in 0..8 {
        let mut bench = Bench::new();
        let phone = bench.boot(h323("4620SW"));
        bench.dial(phone, 1, "Front desk", "21000");
        bench.lab.tell(phone, Command::Save);
        bench.dial(phone, 2, "Second", "2");
        for _ in 0..steps {
            bench.lab.step();
        }
        bench.lab.tell(phone, Command::Save);
        bench.lab.command(phone, Command::Clear);
        assert!(bench.lab.kept(phone).users.is_empty(), "{steps}");
        assert_eq!(bench.state(phone), State::AwaitsLogin, "{steps}");
    }
}

// req: AR-5
#[test]
fn software_older_than_2_1_has_no_clear() {
    let mut bench = Bench::new();
    bench.write("46xxupgrade.scr", b"GET 46xxsettings.txt\n");
    let phone = bench.boot_with(site(h323("4620SW"), &[("TFTPSRVR", FILES)]), flash("app.bin", "2.0"));
    bench.lab.command(phone, Command::Clear);
    assert_eq!(bench.tale("use"), ["clear refused: this release has no such procedure"]);
    assert_eq!(bench.state(phone), ready("4711"));
}

// req: BR-1
#[test]
fn clear_is_refused_while_the_phone_starts_and_works_at_the_prompt_and_after_a_logoff() {
    let mut bench = Bench::new();
    let phone = bench.lab.phone(Setup { login: None, ..h323("4620SW") });
    bench.lab.power_on(phone);
    bench.lab.tell(phone, Command::Clear);
    assert_eq!(bench.tale("use"), ["clear refused: the phone is starting; try again when it has started"]);
    bench.lab.settle();
    for log_in in [false, true] {
        if log_in {
            bench.lab.command(phone, Command::LogIn(login("4711")));
            bench.log_off(phone);
        }
        bench.lab.command(phone, Command::Clear);
        assert_eq!(bench.tale("use").last().unwrap(), "all values are cleared");
        assert_eq!(bench.state(phone), State::AwaitsLogin);
    }
}
