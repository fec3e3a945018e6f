//! Application files: which one a phone wants, and what it keeps.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{Bench, failed, flash, h323, ready};
use deskset_files::{
    application::{Application, Fingerprint},
    tree::FileTree,
};
use deskset_models::Signaling;
use deskset_phone::{Checked, KnownApplication, Protocol, Setup, State, Step};
use deskset_sim::PhoneId;

const APPLICATION: &str = "lab-4620d01b-h323-2_9_2.bin";

fn container(bench: &Bench) -> Vec<u8> {
    bench.files.read(&APPLICATION.parse().unwrap()).unwrap()
}

fn downloads(bench: &Bench) -> usize {
    bench.asked(Protocol::Http).iter().filter(|path| *path == APPLICATION).count()
}

/// Name and release in flash, as the carrier has kept them.
fn kept(bench: &Bench, phone: PhoneId) -> Option<(String, String)> {
    let stored = bench.lab.kept(phone).application.as_ref()?;
    Some((stored.name.clone(), stored.release.to_string()))
}

fn some(name: &str, release: &str) -> Option<(String, String)> {
    Some((name.to_owned(), release.to_owned()))
}

// req: FS-8, FS-9, FS-10
#[test]
fn a_new_phone_downloads_checks_and_stores_its_application_and_restarts_with_it() {
    let mut bench = Bench::new();
    let phone = bench.boot(h323("4620SW"));
    assert_eq!(
        bench.tale("application"),
        [
            "wanted lab-4620d01b-h323-2_9_2.bin, has none",
            "asks http://files.lab:80 for lab-4620d01b-h323-2_9_2.bin",
            "lab-4620d01b-h323-2_9_2.bin: 2236 bytes from http://files.lab:80",
            "\"Saving to flash\"",
            "lab-4620d01b-h323-2_9_2.bin kept, release 2.9.2, checked",
            "lab-4620d01b-h323-2_9_2.bin is the one it runs",
        ]
    );
    let restarts: Vec<String> = bench.tale("power").into_iter().filter(|line| !line.starts_with('"')).collect();
    assert_eq!(restarts, ["has no application file", "runs lab-4620d01b-h323-2_9_2.bin, release 2.9.2"]);
    assert_eq!(bench.state(phone), ready("4711"));
    let stored = bench.lab.kept(phone).application.clone().unwrap();
    assert_eq!(stored.sha256, Fingerprint::of(&container(&bench)));
    assert_eq!((stored.bytes, stored.checked), (2236, Checked::Container));
}

// req: FS-9, FS-10
#[test]
fn a_used_phone_with_another_application_gets_the_one_the_script_names() {
    let mut bench = Bench::new();
    let phone = bench.boot_with(h323("4620SW"), flash("old.bin", "2.2"));
    assert_eq!(bench.tale("application")[0], "wanted lab-4620d01b-h323-2_9_2.bin, has old.bin");
    assert_eq!((bench.state(phone), downloads(&bench)), (ready("4711"), 1));
    assert_eq!(kept(&bench, phone), some(APPLICATION, "2.9.2"));
}

// req: FS-11
#[test]
fn a_phone_that_has_its_application_does_not_download_it_again() {
    for name in [APPLICATION.to_owned(), APPLICATION.to_uppercase()] {
        let mut bench = Bench::new();
        let phone = bench.boot_with(h323("4620SW"), flash(&name, "2.9.2"));
        assert_eq!(bench.tale("application"), [format!("{name} is the one it runs")]);
        assert_eq!((bench.state(phone), downloads(&bench)), (ready("4711"), 0));
    }
}

// req: FS-12
#[test]
fn a_damaged_or_truncated_application_is_never_kept() {
    type Harm = fn(&mut Vec<u8>);
    let harms: [(&str, Harm); 5] = [
        ("one byte of the software is another", |file| *file.last_mut().unwrap() ^= 1),
        ("one byte of the header is another", |file| file[100] ^= 1),
        ("its end is missing", |file| file.truncate(1000)),
        ("it has a byte too many", |file| file.push(0)),
        ("nothing is in it", Vec::clear),
    ];
    for (what, harm) in harms {
        let mut bench = Bench::new();
        let mut file = container(&bench);
        harm(&mut file);
        bench.write(APPLICATION, &file);
        let phone = bench.boot(h323("4620SW"));
        assert_eq!(kept(&bench, phone), None, "{what}");
        assert_eq!(downloads(&bench), 3, "{what}: three downloads in a row are enough");
        let State::Failed { step: Step::Application, reason } = bench.state(phone) else {
            panic!("{what}: {:?}", bench.state(phone))
        };
        assert!(reason.starts_with("3 code downloads in a row; correct APPNAME or the file."), "{what}: {reason}");
        let errors = bench.tale("application").into_iter().filter(|line| line == "\"Checksum error\"").count();
        assert_eq!(errors, 3, "{what}");
    }
}

// req: FS-12
#[test]
fn a_damaged_application_leaves_the_old_one_running() {
    let mut bench = Bench::new();
    let mut file = container(&bench);
    file.truncate(2000);
    bench.write(APPLICATION, &file);
    let phone = bench.boot_with(h323("4620SW"), flash("old.bin", "2.2"));
    assert_eq!((bench.state(phone), downloads(&bench)), (ready("4711"), 3));
    assert_eq!(kept(&bench, phone), some("old.bin", "2.2"));
    assert_eq!(bench.lab.at(phone).release(), "2.2".parse().unwrap());
    let told = bench.tale("application");
    assert_eq!(told.last().unwrap(), "lab-4620d01b-h323-2_9_2.bin did not come; old.bin stays in use");
    assert_eq!(bench.lab.at(phone).parameters().value("FTPSRVR"), common::FTP, "the settings are taken all the same");
}

// req: FS-12
#[test]
fn a_copy_mended_meanwhile_is_taken_at_the_next_start() {
    let mut bench = Bench::new();
    let whole = container(&bench);
    bench.write(APPLICATION, &whole[..1000]);
    let phone = bench.lab.phone(h323("4620SW"));
    bench.lab.power_on(phone);
    bench.until("Checksum error");
    bench.write(APPLICATION, &whole);
    bench.lab.settle();
    assert_eq!((bench.state(phone), downloads(&bench)), (ready("4711"), 2));
    assert_eq!(kept(&bench, phone), some(APPLICATION, "2.9.2"));
}

// req: FS-10
#[test]
fn scripts_that_want_another_application_at_every_start_do_not_keep_a_phone_downloading() {
    let mut bench = Bench::new();
    for name in ["a.bin", "b.bin", "c.bin"] {
        let file = Application::pack(name, "4620SW", Signaling::H323, "2.8".parse().unwrap(), b"software");
        bench.write(name, &file);
    }
    bench.write("46xxupgrade.scr", b"SET APPNAME a.bin\r\n");
    let phone = bench.lab.phone(h323("4620SW"));
    bench.lab.power_on(phone);
    for (have, next) in [("a.bin", "b.bin"), ("b.bin", "c.bin")] {
        bench.until(&format!("{have} kept"));
        bench.write("46xxupgrade.scr", format!("SET APPNAME {next}\r\n").as_bytes());
    }
    bench.lab.settle();
    let reason = "3 code downloads in a row; correct APPNAME or the file. Last: c.bin";
    assert_eq!(bench.state(phone), failed(Step::Application, reason));
}

// req: FS-10
#[test]
fn a_missing_application_file_leaves_the_old_one_running_and_a_new_phone_without() {
    let mut bench = Bench::new();
    bench.write("46xxupgrade.scr", b"SET APPNAME missing.bin\r\nGET 46xxsettings.txt\r\n");
    let used = bench.boot_with(h323("4620SW"), flash("old.bin", "2.2"));
    assert_eq!(bench.state(used), ready("4711"));
    assert_eq!(bench.tale("application").last().unwrap(), "missing.bin did not come; old.bin stays in use");
    assert_eq!(bench.lab.at(used).parameters().value("FTPSRVR"), common::FTP);

    let new = bench.boot(h323("4621SW"));
    assert_eq!(bench.state(new), failed(Step::Application, "missing.bin did not come: no such file"));
}

// req: FS-9
#[test]
fn a_script_that_names_no_application_leaves_the_old_one_running_and_a_new_phone_without() {
    let mut bench = Bench::new();
    bench.write("46xxupgrade.scr", b"GET 46xxsettings.txt\r\n");
    let used = bench.boot_with(h323("4620SW"), flash("old.bin", "2.2"));
    assert_eq!(bench.state(used), ready("4711"));
    assert_eq!(bench.tale("application"), ["the script names none; the phone has old.bin"]);

    let new = bench.boot(h323("4621SW"));
    let reason = "the script names no application file (SET APPNAME), and the phone has none";
    assert_eq!(bench.state(new), failed(Step::Application, reason));
}

// req: FS-9
#[test]
fn no_way_through_the_scripts_lets_a_phone_without_application_go_on() {
    let endless = "GET loop.txt\r\n".repeat(2);
    for (script, release) in [("GET missing.txt\r\n", "2.1"), ("GET loop.txt\r\n", "2.9.2"), ("", "2.9.2")] {
        let mut bench = Bench::new();
        bench.write("loop.txt", endless.as_bytes());
        bench.write("46xxupgrade.scr", script.as_bytes());
        let mut setup = common::site(h323("4620SW"), &[("TFTPSRVR", common::FILES)]);
        setup.boot_release = release.parse().unwrap();
        let phone = bench.boot(setup);
        let reason = "the script names no application file (SET APPNAME), and the phone has none";
        assert_eq!(bench.state(phone), failed(Step::Application, reason), "{script:?}");
    }
}

// req: FS-9
#[test]
fn the_settings_file_may_name_the_application_of_a_new_phone() {
    let mut bench = Bench::new();
    bench.write("46xxupgrade.scr", b"GET settings.txt\r\n");
    bench.write("settings.txt", format!("SET APPNAME {APPLICATION}\r\n").as_bytes());
    let phone = bench.boot(h323("4620SW"));
    assert_eq!((bench.state(phone), kept(&bench, phone)), (ready("4711"), some(APPLICATION, "2.9.2")));
}

// req: FS-10, FS-12
#[test]
fn a_container_for_another_phone_is_not_kept() {
    let wrong = [
        ("4621SW", Signaling::H323, APPLICATION, "it is for the 4621SW, this phone is a 4620SW"),
        ("4620SW", Signaling::Sip, APPLICATION, "it speaks SIP, this phone H.323"),
        ("4620SW", Signaling::H323, "other.bin", "its header calls it other.bin"),
    ];
    for (model, signaling, name, why) in wrong {
        let mut bench = Bench::new();
        let file = Application::pack(name, model, signaling, "2.8".parse().unwrap(), b"software");
        bench.write(APPLICATION, &file);
        let phone = bench.boot(h323("4620SW"));
        assert_eq!(bench.state(phone), failed(Step::Application, &format!("{APPLICATION} did not come: {why}")));
        assert_eq!((kept(&bench, phone), downloads(&bench)), (None, 1));
    }
}

// req: FS-10
#[test]
fn names_in_header_script_and_model_are_compared_ignoring_case() {
    let mut bench = Bench::new();
    let name = APPLICATION.to_uppercase();
    for model in ["4620sw", "4620d01b"] {
        let file = Application::pack(&name, model, Signaling::H323, "2.8".parse().unwrap(), b"software");
        bench.write(APPLICATION, &file);
        let phone = bench.boot(h323("4620SW"));
        assert_eq!(kept(&bench, phone), some(APPLICATION, "2.8"), "{}", bench.lab.story());
        bench.log_off(phone);
    }
}

const FOREIGN: &[u8] = b"somebody's real software";

fn with_foreign(bench: &Bench, known: Option<Option<Fingerprint>>) -> Setup {
    bench.write(APPLICATION, FOREIGN);
    let mut setup = h323("4620SW");
    let release = "2.7".parse().unwrap();
    setup.applications = known
        .map(|sha256| KnownApplication { name: APPLICATION.to_uppercase(), release, sha256 })
        .into_iter()
        .collect();
    setup
}

// req: FS-10
#[test]
fn a_foreign_file_is_kept_if_the_profile_knows_its_release() {
    let digest = Fingerprint::of(FOREIGN);
    let checked = [
        (Some(digest), Checked::Digest, "checked against the profile's digest"),
        (None, Checked::Unchecked, "unchecked: the profile gives no digest"),
    ];
    for (sha256, how, words) in checked {
        let mut bench = Bench::new();
        let phone = bench.boot(with_foreign(&bench, Some(sha256)));
        assert_eq!((bench.state(phone), kept(&bench, phone)), (ready("4711"), some(APPLICATION, "2.7")));
        assert_eq!(bench.lab.kept(phone).application.as_ref().unwrap().checked, how);
        assert_eq!(bench.tale("application")[4], format!("{APPLICATION} kept, release 2.7, {words}"));
    }
}

// req: FS-12
#[test]
fn a_foreign_file_with_another_digest_is_damaged() {
    let mut bench = Bench::new();
    let setup = with_foreign(&bench, Some(Some(Fingerprint::of(b"other"))));
    let phone = bench.boot(setup);
    assert!(matches!(bench.state(phone), State::Failed { step: Step::Application, .. }));
    assert_eq!((kept(&bench, phone), downloads(&bench)), (None, 3));
}

// req: FS-12
#[test]
fn a_foreign_file_that_nobody_knows_is_not_kept() {
    let mut bench = Bench::new();
    let setup = with_foreign(&bench, None);
    let phone = bench.boot(setup);
    let why = format!(
        "it is no lab container, and the profile does not say its release; add [applications.\"{APPLICATION}\"]"
    );
    assert_eq!(bench.state(phone), failed(Step::Application, &format!("{APPLICATION} did not come: {why}")));
    assert_eq!(kept(&bench, phone), None);
}
