//! Save: when the backup file is sent, where, and what happens when it cannot be.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{Bench, PASSWORD, h323, ready, site};
use deskset_files::{backup::SpeedDial, tree::FileTree as _};
use deskset_phone::{Command, Setup, State};
use deskset_sim::{Behaviour, MemoryTree};

fn saves(bench: &Bench) -> usize {
    bench.tale("save").iter().filter(|line| line.ends_with("bytes stored")).count()
}

// req: BR-9
#[test]
fn every_save_is_followed_by_a_backup_of_everything() {
    let mut bench = Bench::new();
    let phone = bench.boot(h323("4620SW"));
    bench.dial(phone, 1, "Front desk", "21000");
    assert_eq!(saves(&bench), 0, "nothing holds before Save");
    assert_eq!(bench.speed_dial_screen(phone)[1], "");
    bench.save(phone);
    bench.set(phone, "Contrast", "11");
    bench.save(phone);
    bench.save(phone);
    assert_eq!(saves(&bench), 3);
    let file = bench.backup("4711_4620data.txt").unwrap();
    assert!(file.contains("ABKNAME001=Front desk\r\n") && file.contains("Contrast=11\r\n"), "{file}");
}

// req: BR-3, BR-8
#[test]
fn with_automatic_backup_off_or_no_server_nothing_is_sent() {
    let mut bench = Bench::new();
    let phone = bench.boot(h323("4620SW"));
    bench.set(phone, "Automatic Backup", "0");
    bench.save(phone);
    assert_eq!(bench.tale("save"), ["kept on the phone only: automatic backup is off"]);
    bench.set(phone, "Automatic Backup", "1");
    bench.save(phone);
    assert_eq!(saves(&bench), 1, "the user may switch it on again");

    let mut bench = Bench::with_settings(&[("RESTORESTAT", "0")]);
    let phone = bench.boot(h323("4620SW"));
    bench.save(phone);
    assert_eq!(bench.tale("save"), ["kept on the phone only: automatic backup is off"]);
    assert!(bench.tale("retrieve").is_empty());

    let mut bench = Bench::with_settings(&[("FTPSRVR", "")]);
    let phone = bench.boot(h323("4620SW"));
    bench.save(phone);
    assert_eq!(bench.tale("save"), ["kept on the phone only: no FTP server is set"]);
    assert!(bench.tale("retrieve").is_empty());
    assert!(bench.backup_names().is_empty());
    assert!(bench.is_dirty(phone, "4711"), "what was saved is not yet on a server");
}

// req: BR-3
#[test]
fn a_user_without_a_name_saves_for_the_session_only() {
    let mut bench = Bench::new();
    let phone = bench.boot(Setup { login: None, ..h323("4620SW") });
    bench.lab.command(phone, Command::LogIn(None));
    bench.dial(phone, 1, "Front desk", "21000");
    bench.save(phone);
    assert_eq!(bench.speed_dial_screen(phone)[1], "Front desk");
    assert_eq!((bench.tale("save"), bench.tale("retrieve")), (vec![], vec![]));
    bench.lab.command(phone, Command::Retrieve);
    assert!(bench.backup_names().is_empty() && bench.lab.kept(phone).users.is_empty());
    bench.log_off(phone);
    bench.lab.command(phone, Command::LogIn(None));
    assert_eq!(bench.speed_dial_screen(phone)[1], "");
}

// req: BR-7
#[test]
fn the_administrator_names_server_and_directory() {
    let mut bench = Bench::with_settings(&[("FTPDIR", "phones/users")]);
    let phone = bench.boot(h323("4620SW"));
    bench.save(phone);
    assert_eq!(bench.backup_names(), ["phones/users/4711_4620data.txt"]);
}

// req: BR-8, BR-10
#[test]
fn a_user_may_name_another_server_and_directory() {
    let mut bench = Bench::new();
    let own = MemoryTree::new();
    bench.lab.serve_ftp("my-pc.lab", 2121, &own, Behaviour::Sound);
    let phone = bench.boot(h323("4620SW"));
    bench.set(phone, "FTP Server IP Address", "my-pc.lab:2121");
    bench.set(phone, "FTP Directory Path", "/my phone/");
    bench.dial(phone, 1, "Front desk", "21000");
    bench.save(phone);
    assert!(bench.backup_names().is_empty());
    assert_eq!(own.list().unwrap(), ["my phone/4711_4620data.txt".parse().unwrap()]);
    bench.lab.power_cut(phone);
    bench.lab.settle();
    let retrieved = "4711_4620data.txt: 16 rows, 1 speed dials taken, 0 lines dropped";
    assert_eq!(bench.tale("retrieve").last().unwrap(), retrieved);
    assert_eq!(bench.speed_dial_screen(phone)[1], "Front desk");
}

// req: BR-8
#[test]
fn ftpuserstat_says_what_of_the_server_a_user_may_change() {
    let server = ("FTP Server IP Address", "my-pc.lab");
    let directory = ("FTP Directory Path", "mine");
    for (status, refused, place) in
        [("0", vec![server.0, directory.0], "4711_4620data.txt"), ("2", vec![server.0], "mine/4711_4620data.txt")]
    {
        let mut bench = Bench::with_settings(&[("FTPUSERSTAT", status)]);
        let phone = bench.boot(h323("4620SW"));
        for (name, value) in [server, directory] {
            bench.set(phone, name, value);
        }
        bench.save(phone);
        let words = |name| format!("{name} refused: the administrator does not let it be changed");
        assert_eq!(bench.tale("use"), refused.into_iter().map(words).collect::<Vec<_>>());
        assert_eq!(bench.backup_names(), [place]);
    }
}

// req: BR-3
#[test]
fn with_the_ftp_server_down_a_phone_is_ready_all_the_same_and_keeps_what_was_saved() {
    for behaviour in [Behaviour::Refuses, Behaviour::Silent, Behaviour::Breaks] {
        let mut bench = Bench::new();
        bench.ftp(behaviour);
        let phone = bench.boot(h323("4620SW"));
        assert_eq!(bench.state(phone), ready("4711"), "{behaviour:?}");
        let why = match behaviour {
            Behaviour::Refuses => "connect: nobody listens there",
            Behaviour::Silent => "connect: no answer in time",
            _ => "data: the data connection broke",
        };
        assert_eq!(bench.tale("retrieve")[1..], [why]);
        bench.dial(phone, 1, "Front desk", "21000");
        bench.save(phone);
        assert_eq!(bench.tale("save")[1..], [why]);
        assert_eq!(bench.lab.at(phone).screen().rows()[0].trim_end(), "Backup failed");
        assert_eq!(bench.speed_dial_screen(phone)[1], "Front desk");
        assert!(bench.is_dirty(phone, "4711"));

        bench.ftp(Behaviour::Sound);
        bench.set(phone, "Contrast", "11");
        bench.save(phone);
        assert!(!bench.is_dirty(phone, "4711"), "the next Save brings everything to the server");
        assert!(bench.backup("4711_4620data.txt").unwrap().contains("ABKNAME001=Front desk\r\n"));
    }
}

// req: BR-3
#[test]
fn a_server_that_takes_no_file_is_told_as_such() {
    let mut bench = Bench::new();
    bench.ftp(Behaviour::ReadOnly);
    let phone = bench.boot(h323("4620SW"));
    bench.save(phone);
    assert_eq!(bench.tale("save")[1..], ["denied: the server does not store it"]);
}

// req: BR-3, BR-9, BD-8
#[test]
fn a_logoff_sends_once_more_what_is_not_yet_on_the_server() {
    let mut bench = Bench::new();
    bench.ftp(Behaviour::Refuses);
    let phone = bench.boot(h323("4620SW"));
    bench.dial(phone, 1, "Front desk", "21000");
    bench.save(phone);
    bench.ftp(Behaviour::Sound);
    bench.log_off(phone);
    assert_eq!(bench.state(phone), State::LoggedOff);
    assert!(bench.backup("4711_4620data.txt").unwrap().contains("ABKNAME001=Front desk\r\n"));
    assert_eq!(bench.owned(phone, "4711"), Default::default(), "the next login retrieves it");
}

// req: BR-3
#[test]
fn without_a_working_backup_speed_dial_stays_for_the_same_extension() {
    let mut bench = Bench::new();
    bench.ftp(Behaviour::Refuses);
    let phone = bench.boot(h323("4620SW"));
    bench.dial(phone, 1, "Front desk", "21000");
    bench.set(phone, "Contrast", "11");
    bench.save(phone);
    bench.log_off(phone);
    assert_eq!(bench.tale("save").len(), 4, "once at Save, once at logoff");

    bench.lab.command(phone, Command::LogIn(common::login("4712")));
    assert_eq!(bench.state(phone), ready("4712"));
    assert_eq!(bench.speed_dial_screen(phone)[1], "", "another user sees nothing of it");
    bench.log_off(phone);

    bench.lab.command(phone, Command::LogIn(common::login("4711")));
    assert_eq!(bench.speed_dial_screen(phone)[1], "Front desk");
    assert_eq!(bench.owned(phone, "4711").options, Default::default(), "options are at their defaults");
}

// req: BR-3, BR-9
#[test]
fn a_power_cut_between_save_and_backup_keeps_the_data_for_the_next_backup() {
    let mut bench = Bench::new();
    let phone = bench.boot(h323("4620SW"));
    bench.dial(phone, 1, "Front desk", "21000");
    bench.lab.tell(phone, Command::Save);
    bench.until("4711_4620data.txt to ftp.lab");
    bench.lab.power_cut(phone);
    bench.lab.settle();
    assert!(bench.backup_names().is_empty(), "the backup was cut off");
    assert_eq!(bench.state(phone), ready("4711"));
    assert_eq!(bench.speed_dial_screen(phone)[1], "Front desk");
    assert!(bench.is_dirty(phone, "4711"));
    bench.log_off(phone);
    assert!(bench.backup("4711_4620data.txt").unwrap().contains("ABKNAME001=Front desk\r\n"));
}

// req: BR-9
#[test]
fn a_power_cut_before_the_save_is_in_memory_leaves_what_was_before() {
    let mut bench = Bench::new();
    let phone = bench.boot(h323("4620SW"));
    bench.dial(phone, 1, "Front desk", "21000");
    bench.lab.tell(phone, Command::Save);
    bench.lab.power_cut(phone);
    bench.lab.settle();
    assert_eq!(bench.owned(phone, "4711"), Default::default());
}

// req: BR-9, BD-8
#[test]
fn a_save_during_a_running_backup_starts_one_more() {
    let mut bench = Bench::new();
    let phone = bench.boot(h323("4620SW"));
    bench.dial(phone, 1, "First", "1");
    bench.lab.tell(phone, Command::Save);
    bench.until("4711_4620data.txt to ftp.lab");
    for (position, label) in [(2, "Second"), (3, "Third")] {
        let dial = SpeedDial { label: label.to_owned(), number: position.to_string() };
        bench.lab.tell(phone, Command::EditSpeedDial { position, dial: Some(dial) });
        bench.lab.tell(phone, Command::Save);
    }
    assert_eq!(saves(&bench), 0);
    bench.lab.settle();
    assert_eq!(saves(&bench), 2, "{}", bench.lab.story());
    assert_eq!(bench.speed_dial_screen(phone)[1..3], ["First         Second", "Third"]);
    assert!(bench.backup("4711_4620data.txt").unwrap().contains("ABKNAME003=Third\r\n"));
    assert!(!bench.is_dirty(phone, "4711"));
}

// req: BR-9
#[test]
fn what_is_edited_during_a_running_save_builds_on_it_and_needs_a_save_of_its_own() {
    let mut bench = Bench::new();
    let phone = bench.boot(h323("4620SW"));
    bench.dial(phone, 1, "First", "1");
    bench.lab.tell(phone, Command::Save);
    let dial = SpeedDial { label: "Second".to_owned(), number: "2".to_owned() };
    bench.lab.tell(phone, Command::EditSpeedDial { position: 2, dial: Some(dial) });
    bench.lab.settle();
    assert_eq!(bench.speed_dial_screen(phone)[1], "First");
    assert!(!bench.backup("4711_4620data.txt").unwrap().contains("Second"));
    bench.save(phone);
    assert_eq!(bench.speed_dial_screen(phone)[1], "First         Second");
}

// req: BR-9
#[test]
fn a_logoff_right_after_save_loses_nothing() {
    let mut bench = Bench::new();
    let phone = bench.boot(h323("4620SW"));
    for (position, label) in [(1, "First"), (2, "Second")] {
        let dial = SpeedDial { label: label.to_owned(), number: position.to_string() };
        bench.lab.tell(phone, Command::EditSpeedDial { position, dial: Some(dial) });
        bench.lab.tell(phone, Command::Save);
    }
    bench.lab.tell(phone, Command::LogOff);
    bench.lab.settle();
    assert_eq!(bench.state(phone), State::LoggedOff);
    let file = bench.backup("4711_4620data.txt").unwrap();
    assert!(file.contains("ABKNAME001=First\r\n") && file.contains("ABKNAME002=Second\r\n"), "{file}");
}

// req: BR-8
#[test]
fn what_does_not_fit_the_model_is_refused_and_changes_nothing() {
    let mut bench = Bench::new();
    let phone = bench.boot(h323("4610SW"));
    bench.set(phone, "Contrast", "16");
    bench.set(phone, "Call Appearance Width", "1");
    bench.set(phone, "Transfer Type", "1");
    bench.set(phone, "Nonsense", "1");
    bench.dial(phone, 49, "Label", "1");
    bench.dial(phone, 0, "Label", "1");
    bench.dial(phone, 1, "Label", "21x");
    bench.dial(phone, 1, "Label", "");
    bench.dial(phone, 1, "fourteen chars", "1");
    bench.dial(phone, 1, "bell\u{7}", "1");
    bench.dial(phone, 1, "Label", &"1".repeat(25));
    bench.save(phone);
    assert_eq!(
        bench.tale("use"),
        [
            "Contrast refused: Contrast: \"16\" is not a whole number from 0 to 15",
            "Call Appearance Width refused: this phone has no such option",
            "Transfer Type refused: this phone has no such option",
            "Nonsense refused: this phone has no such option",
            "speed dial 49 refused: positions go from 1 to 48",
            "speed dial 0 refused: positions go from 1 to 48",
            "speed dial 1 refused: a number consists of 0123456789*#,",
            "speed dial 1 refused: a number is missing",
            "speed dial 1 refused: a label has at most 13 characters",
            "speed dial 1 refused: a label has no control characters",
            "speed dial 1 refused: a number has at most 24 characters",
        ]
    );
    assert_eq!(bench.owned(phone, "4711"), Default::default());
}

// req: BR-19
#[test]
fn a_password_is_in_no_file_on_no_screen_and_in_no_line_of_the_story() {
    let mut bench = Bench::new();
    let first = bench.boot(h323("4620SW"));
    bench.dial(first, 1, "Front desk", "21000");
    bench.save(first);
    let mut seen = bench.lab.at(first).screen().to_string();
    bench.log_off(first);
    let second = bench.boot(h323("4625SW"));
    bench.set(second, "FTP User Name", "ann");
    bench.save(second);
    assert_eq!(bench.tale("save").last().unwrap(), "login: the FTP user name has no password");
    seen += &bench.lab.at(second).screen().to_string();
    seen += &bench.lab.story().to_string();
    seen += &format!("{:?} {:?}", bench.lab.at(second), bench.lab.kept(second));
    for name in bench.backup_names() {
        seen += &bench.backup(&name).unwrap();
    }
    assert!(!seen.contains(PASSWORD));
}

// req: BR-3
#[test]
fn nobody_without_a_name_replaces_anything_but_backup_files() {
    let mut bench = Bench::new();
    let files = bench.files.clone();
    bench.lab.serve_ftp("files.lab", 21, &files, Behaviour::Sound);
    let phone = bench.boot(site(h323("4620SW"), &[("HTTPSRVR", "files.lab")]));
    bench.set(phone, "FTP Server IP Address", "files.lab");
    bench.save(phone);
    let added = files.list().unwrap().into_iter().map(|path| path.to_string()).filter(|path| path.starts_with("4711"));
    assert_eq!(added.collect::<Vec<_>>(), ["4711_4620data.txt"]);
}
