//! Where backup files lie: the administrator's place, the user's own, an HTTP server.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{Bench, FILES, flash, h323, setup};
use deskset_files::tree::FileTree as _;
use deskset_models::{Secret, Signaling};
use deskset_phone::{BackupReason, Command, Protocol};
use deskset_sim::{Behaviour, MemoryTree};

fn names(tree: &MemoryTree) -> Vec<String> {
    tree.list().unwrap().iter().map(ToString::to_string).collect()
}

// req: BR-7, BR-8, BR-10
#[test]
fn ftpuserstat_and_what_the_user_set_give_server_and_directory() {
    const FILE: &str = "4711_4620data.txt";
    for ftpuserstat in ["0", "1", "2"] {
        for own_server in [false, true] {
            for own_directory in [false, true] {
                // What the user set before the administrator forbade it stays, without effect.
                let mut bench = Bench::with_settings(&[("FTPDIR", "theirs")]);
                let own = MemoryTree::new();
                bench.lab.serve_ftp("my-pc.lab", 21, &own, Behaviour::Sound);
                let phone = bench.boot(h323("4620SW"));
                bench.set(phone, "Automatic Backup", "0");
                if own_server {
                    bench.set(phone, "FTP Server IP Address", "my-pc.lab");
                }
                if own_directory {
                    bench.set(phone, "FTP Directory Path", "mine");
                }
                bench.save(phone);
                let settings = format!("SET FTPSRVR ftp.lab\nSET FTPDIR theirs\nSET FTPUSERSTAT {ftpuserstat}\n");
                bench.write("46xxsettings.txt", settings.as_bytes());
                bench.lab.power_cut(phone);
                bench.lab.settle();
                bench.lab.command(phone, Command::Backup);
                let directory = if own_directory && ftpuserstat != "0" { "mine" } else { "theirs" };
                let place = vec![format!("{directory}/{FILE}")];
                let expected = if own_server && ftpuserstat == "1" { (vec![], place) } else { (place, vec![]) };
                let found = (names(&bench.backups), names(&own));
                assert_eq!(
                    found, expected,
                    "FTPUSERSTAT {ftpuserstat}, server {own_server}, directory {own_directory}"
                );
            }
        }
    }
}

// req: BR-8, BR-19, BD-12
#[test]
fn a_name_on_the_server_needs_its_password_which_a_logoff_wipes() {
    let mut bench = Bench::new();
    let phone = bench.boot(h323("4620SW"));
    bench.set(phone, "FTP User Name", "ann");
    bench.save(phone);
    assert_eq!(bench.tale("save"), ["login: the FTP user name has no password"]);
    assert_eq!(bench.lab.at(phone).backup_status().backup.unwrap().result, Err(BackupReason::Login));
    bench.lab.command(phone, Command::FtpPassword(Secret::new("ftp-pass")));
    bench.save(phone);
    assert!(bench.tale("save").last().unwrap().ends_with("bytes stored"));
    bench.log_off(phone);
    bench.lab.command(phone, Command::LogIn(common::login("4711")));
    bench.set(phone, "FTP User Name", "ann");
    bench.save(phone);
    assert_eq!(bench.tale("save").last().unwrap(), "login: the FTP user name has no password");
}

// req: BR-3, BR-7, BD-13
#[test]
fn a_uri_of_an_http_server_takes_the_place_of_ftp_from_release_2_8_on() {
    let uri = "http://backups.lab:8080/phones";
    for (release, own) in [("2.7", false), ("2.8", true)] {
        let mut bench = Bench::with_settings(&[("BRURI", uri)]);
        let web = MemoryTree::new();
        bench.lab.serve(Protocol::Http, "backups.lab", 8080, &web, Behaviour::Sound);
        bench.write("46xxupgrade.scr", b"GET 46xxsettings.txt\n");
        let phone = bench.boot_with(h323("4620SW"), flash("app.bin", release));
        bench.dial(phone, 1, "Ann", "1");
        bench.save(phone);
        let (http, ftp) = (names(&web), bench.backup_names());
        let expected: (&[&str], &[&str]) =
            if own { (&["phones/4711_4620data.txt"], &[]) } else { (&[], &["4711_4620data.txt"]) };
        assert_eq!(
            (http.iter().map(String::as_str).collect::<Vec<_>>().as_slice(), ftp.len()),
            (expected.0, expected.1.len())
        );
        bench.log_off(phone);
        assert_eq!(bench.owned(phone, "4711"), Default::default(), "the next login finds it there");
        bench.lab.command(phone, Command::LogIn(common::login("4711")));
        assert_eq!(bench.speed_dial_screen(phone)[1], "Ann", "{release}");
    }
}

// req: BR-3
#[test]
fn what_is_no_uri_of_http_leaves_backups_on_the_ftp_server() {
    for uri in ["ftp://backups.lab/phones", "backups.lab/phones", "http://", "phones", "http://[bad"] {
        let mut bench = Bench::with_settings(&[("BRURI", uri)]);
        let phone = bench.boot(h323("4620SW"));
        bench.save(phone);
        assert_eq!(bench.backup_names(), ["4711_4620data.txt"], "{uri}");
    }
    // No SIP software is as new as that.
    let mut bench = Bench::with_settings(&[("BRURI", "http://files.lab/")]);
    let phone = bench.boot(setup("4620SW", Signaling::Sip));
    bench.save(phone);
    assert_eq!(bench.backup_names(), ["4711_4620data_sip.txt"]);
}

// req: BR-19
#[test]
fn a_password_in_a_uri_is_told_nobody_and_http_failures_have_their_reasons() {
    let mut bench = Bench::with_settings(&[("BRURI", "https://ann:ftp-pass@files.lab:411/")]);
    let phone = bench.boot(h323("4620SW"));
    assert_eq!(
        bench.tale("retrieve"),
        ["4711_4620data.txt from https://files.lab:411", "4711_4620data.txt: no such file yet"]
    );
    for (behaviour, reason) in [
        (Behaviour::Refuses, BackupReason::Connect),
        (Behaviour::Breaks, BackupReason::Data),
        (Behaviour::ReadOnly, BackupReason::Denied),
    ] {
        bench.behave(Protocol::Https, behaviour);
        bench.save(phone);
        assert_eq!(bench.lab.at(phone).backup_status().backup.unwrap().result, Err(reason), "{behaviour:?}");
    }
    bench.lab.serve(Protocol::Https, FILES, 411, &bench.files.clone(), Behaviour::Sound);
    bench.save(phone);
    assert!(names(&bench.files).contains(&"4711_4620data.txt".to_owned()));
    assert!(!bench.lab.story().to_string().contains("ftp-pass"));
}
