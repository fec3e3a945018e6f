//! `boot`, `screen` and `serve` as lab automation uses them, each in a process of its own.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod running;

use std::{fs, io::Read as _, net::TcpListener, process::Command};

use running::{Program, details, no_password, only_phone, phones, screen, serving::Serving};
use serde_json::Value;

fn says(phone: &Value, words: &str) -> bool {
    details(phone).iter().any(|detail| detail.contains(words))
}

// req: DC-6, FS-1, FS-2, BR-3, BR-4, BR-6, AR-2, AR-3
#[test]
fn a_user_saves_in_one_command_and_finds_it_on_another_model_in_the_next() {
    let program = Program::new();
    let serving = Serving::start(&program);
    let (http, tls) = (serving.site("HTTPSRVR", "http"), serving.site("TLSSRVR", "https"));
    let user = ["--extension", "4711", "--json"];
    let saves = ["boot", "--model", "4620SW", "--set", &http, "--dial", "1=Ирина=9120", "--dial", "2=A=B=1"];
    let saved = only_phone(&program.run(&[&saves[..], &user, &["--option", "Contrast=3"]].concat()));
    assert_eq!((&saved["outcome"], &saved["backup_file"]), (&"ready".into(), &"4711_4620data.txt".into()));
    let file = fs::read_to_string(program.path("site/backups/4711_4620data.txt")).unwrap();
    assert!(["Ирина", "A=B", "Contrast=3"].iter().all(|text| file.contains(text)), "{file}");
    no_password(&file);

    let finds = ["boot", "--model", "4621SW", "--set", &tls, "--vendor-ca", "ca.pem"];
    let found = only_phone(&program.run(&[&finds[..], &user].concat()));
    assert_eq!((&found["outcome"], &found["backup_file"]), (&"ready".into(), &"4711_4620data.txt".into()));
    assert!(says(&found, "2 speed dials taken"), "{:#?}", details(&found));
    let protocols: Vec<&str> =
        found["files"].as_array().unwrap().iter().map(|file| file["protocol"].as_str().unwrap()).collect();
    assert_eq!(protocols, ["https", "https", "https", "https", "ftp"]);
}

// req: DC-6, FS-1
#[test]
fn servers_on_all_addresses_are_told_of_by_the_one_that_is_named() {
    let program = Program::new().with("DESKSET_SERVERS__BIND", "0.0.0.0");
    let serving = Serving::start_with(&program, &["--address", "127.0.0.2"]);
    assert!(serving.said["servers"]["https"].as_str().unwrap().starts_with("0.0.0.0:"));
    for name in ["TLSSRVR", "HTTPSRVR"] {
        let site = format!("{name}={}", serving.said["site"][name].as_str().unwrap());
        assert!(site.contains("SRVR=127.0.0.2:"), "{site}");
        let booted = only_phone(&program.run(&["boot", "--set", &site, "--vendor-ca", "ca.pem", "--json"]));
        assert_eq!(booted["outcome"], "ready", "{site}");
    }
    program.run(&["demo", "--json", "--folder", "lab"]).fine();
}

// req: DC-6, FS-4
#[test]
fn a_phone_without_the_vendors_ca_takes_nothing_over_https() {
    let program = Program::new();
    let serving = Serving::start(&program);
    let tls = serving.site("TLSSRVR", "https");
    let ran = program.run(&["boot", "--set", &tls, "--json"]);
    ran.failed(
        1,
        "phone: failed: script: no file server gave the upgrade script, and the phone has no application file",
    );
    let report = ran.json();
    assert!(says(&phones(&report)[0], "vendor CA"), "{:#?}", details(&phones(&report)[0]));
}

#[cfg(unix)]
// req: DC-6
#[test]
fn serve_goes_on_until_it_is_stopped() {
    let program = Program::new();
    let mut serving = Serving::start(&program);
    let site = serving.site("TFTPSRVR", "tftp");
    only_phone(&program.run(&["boot", "--set", &site, "--json"]));
    assert!(serving.child.try_wait().unwrap().is_none());
    let number = serving.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &number]).status().unwrap().success());
    assert_eq!(serving.child.wait().unwrap().code(), Some(0));
    let mut rest = String::new();
    serving.out.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "", "one JSON value and nothing else");
}

// req: DC-6
#[test]
fn serve_says_where_it_serves_and_ends_after_its_time() {
    let program = Program::new();
    fs::create_dir(program.path("site")).unwrap();
    let ran = program.run(&["serve", "site", "--timeout", "1", "--json"]);
    ran.fine();
    let said = ran.json();
    for protocol in ["tftp", "http", "https", "ftp"] {
        assert!(said["servers"][protocol].as_str().unwrap().starts_with("127.0.0.1:"), "{said:#}");
    }
    let ran = program.with("DESKSET_SERVERS__TFTP", "false").run(&["serve", "site", "--timeout", "1"]);
    ran.fine();
    let lines = ran.out.lines().filter(|line| !line.starts_with(' '));
    let words: Vec<&str> = lines.map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(words, ["http", "https", "ftp", "site", "for", "for", "for", "stop"], "{}", ran.out);
}

// req: DC-6, FS-10, FS-11
#[test]
fn a_state_folder_remembers_application_login_and_user_from_run_to_run() {
    let program = Program::new();
    let common = ["boot", "--lab", "--state", "state", "--json"];
    let first = program.run(&[&common[..], &["--extension", "4711", "--dial", "1=Ирина=9120"]].concat());
    let first = only_phone(&first);
    assert!(says(&first, "wanted lab-4620d01b-h323-2_9_2.bin, has none"));
    let second = only_phone(&program.run(&common));
    assert!(says(&second, "lab-4620d01b-h323-2_9_2.bin is the one it runs"));
    assert_eq!((&second["extension"], &second["outcome"]), (&"4711".into(), &"ready".into()));
    let shown = ["screen", "--state", "state", "--application", "speed-dial", "--json"];
    let shown = program.run(&shown);
    shown.fine();
    assert!(screen(&shown.json()).contains("Ирина"), "{}", shown.out);
}

// req: DC-6
#[test]
fn a_file_server_that_is_not_there_is_a_failure_of_the_phone() {
    // A port that nobody has any more.
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let ran = Program::new().run(&["boot", "--set", &format!("HTTPSRVR={gone}"), "--json"]);
    ran.failed(
        1,
        "phone: failed: script: no file server gave the upgrade script, and the phone has no application file",
    );
    let report = ran.json();
    assert_eq!(report["failed"], 1);
    assert!(says(&phones(&report)[0], &format!("46xxupgrade.scr: not from http://{gone}: ")));

    let ran = Program::new().run(&["boot", "--set", &format!("HTTPSRV={gone}")]);
    assert_eq!(ran.code, 1);
    let remark = "deskset: the 4620SW has no parameter HTTPSRV; did you mean HTTPSRVR?\n";
    assert!(ran.err.starts_with(remark), "{}", ran.err);
}

// req: DC-6
#[test]
fn a_file_server_that_never_answers_does_not_hold_a_command_up() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let site = format!("HTTPSRVR={}", silent.local_addr().unwrap());
    let ran = Program::new().run(&["boot", "--set", &site, "--timeout", "1", "--json"]);
    ran.failed(1, "phone: failed: timeout: the phone did not become ready in time");
    assert_eq!(ran.json()["failed"], 1);
}

// req: DC-6
#[test]
fn an_edit_that_the_phone_refuses_is_a_failure_even_if_the_rest_is_saved() {
    let program = Program::new();
    let common = ["boot", "--lab", "--extension", "4711", "--json"];
    let refused = [
        (["--option", "Contrast=99"], "Contrast refused: Contrast: \"99\" is not a whole number from 0 to 15"),
        (["--option", "Colour=red"], "Colour refused: this phone has no such option"),
        (["--dial", "2=Ann=x"], "speed dial 2 refused: a number consists of 0123456789*#,"),
    ];
    for (edit, why) in refused {
        let ran = program.run(&[&common[..], &edit, &["--dial", "1=Ben=1"]].concat());
        ran.failed(1, &format!("phone: failed: use: {why}"));
        assert_eq!(phones(&ran.json())[0]["backup_file"], "4711_4620data.txt", "the rest is saved");
    }
}

// req: DC-6, BR-19
#[test]
fn a_wrong_password_is_a_failure_and_no_output_repeats_it() {
    let program = Program::new();
    let login = ["--extension", "4711", "--password", "open-sesame"];
    let ran = program.run(&[&["boot", "--lab", "--json"][..], &login].concat());
    ran.failed(1, "phone: failed: login: extension 4711: the password is wrong");
    let ran = program.run(&[&["screen", "--json"][..], &login].concat());
    ran.failed(1, "phone: failed: login: extension 4711: the password is wrong");
    let loud = Program::new().with("DESKSET_LOG", "trace");
    let ran = loud.run(&["boot", "--lab", "--extension", "4711", "--ftp-password", "open-sesame", "--json"]);
    assert_eq!(ran.code, 0);
    assert!(ran.err.contains("INFO"), "passwords were looked for in the log, too");
}

// req: DC-6
#[test]
fn people_see_the_story_and_the_screen_in_a_frame() {
    let program = Program::new();
    let ran = program.run(&["boot", "--lab", "--extension", "4711", "--model", "4610sw", "--signaling", "sip"]);
    ran.fine();
    assert!(ran.out.contains("looks for a call server") && ran.out.contains("┌─"), "{}", ran.out);
    let ran = program.run(&["screen", "--model", "4621SW", "--extension", "4711", "--dial", "1=Ирина=9120"]);
    ran.fine();
    assert!(ran.out.starts_with("phone  4711\n┌") && ran.out.contains("Ирина"), "{}", ran.out);
}
