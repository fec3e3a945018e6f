//! What users do in menus: labels, backup and retrieval by hand, edit screens, the status screen.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{Bench, h323, ready};
use deskset_files::backup::SpeedDial;
use deskset_phone::{BackupReason, Command, LastTransfer};
use deskset_sim::{Behaviour, PhoneId};

const FILE: &str = "4711_4620data.txt";

fn label(bench: &mut Bench, phone: PhoneId, number: u16, label: &str) {
    bench.lab.command(phone, Command::EditFeatureLabel { number, label: label.to_owned() });
}

fn unit_label(bench: &mut Bench, phone: PhoneId, number: u16, label: &str) {
    bench.lab.command(phone, Command::EditUnitLabel { number, label: label.to_owned() });
}

fn top(bench: &Bench, phone: PhoneId) -> String {
    bench.lab.at(phone).screen().rows()[0].trim_end().to_owned()
}

fn result(last: Option<LastTransfer>) -> Option<Result<(), BackupReason>> {
    last.map(|last| last.result)
}

// req: BR-1
#[test]
fn feature_buttons_are_renamed_until_the_name_is_taken_away() {
    let mut bench = Bench::new();
    let phone = bench.boot(h323("4620SW"));
    label(&mut bench, phone, 5, "Send calls");
    unit_label(&mut bench, phone, 24, "Ночь");
    bench.save(phone);
    assert!(bench.backup(FILE).unwrap().ends_with("PHNLABEL05=Send calls\r\nFKEULABEL24=Ночь\r\n"));
    label(&mut bench, phone, 5, "");
    unit_label(&mut bench, phone, 24, "");
    bench.save(phone);
    assert!(!bench.backup(FILE).unwrap().contains("LABEL"));
}

// req: BR-1, BR-8
#[test]
fn a_label_that_does_not_fit_or_is_not_allowed_is_refused() {
    let mut bench = Bench::new();
    let phone = bench.boot(h323("4610SW"));
    label(&mut bench, phone, 0, "Label");
    label(&mut bench, phone, 25, "Label");
    label(&mut bench, phone, 1, "fourteen chars");
    label(&mut bench, phone, 1, "bell\u{7}");
    unit_label(&mut bench, phone, 1, "Label");
    bench.save(phone);
    let expected = [
        "feature button label 0 refused: this phone has 24 such buttons",
        "feature button label 25 refused: this phone has 24 such buttons",
        "feature button label 1 refused: a label has at most 13 characters",
        "feature button label 1 refused: a label has no control characters",
        "expansion unit button label 1 refused: this phone has 0 such buttons",
    ];
    assert_eq!(bench.tale("use"), expected);
    assert_eq!(bench.owned(phone, "4711"), Default::default());

    let mut bench = Bench::with_settings(&[("OPSTAT", "011")]);
    let phone = bench.boot(h323("4620SW"));
    label(&mut bench, phone, 1, "Label");
    let why = "feature button label 1 refused: the administrator does not let labels be changed (OPSTAT)";
    assert_eq!(bench.tale("use"), [why]);
}

// req: BR-8
#[test]
fn a_backup_by_hand_is_there_only_while_none_is_made_by_itself() {
    let mut bench = Bench::new();
    let phone = bench.boot(h323("4620SW"));
    bench.lab.command(phone, Command::Backup);
    let automatic = "backup refused: every Save is followed by a backup; switch Automatic Backup off first";
    assert_eq!(bench.tale("use"), [automatic]);
    bench.set(phone, "Automatic Backup", "0");
    bench.dial(phone, 1, "Ann", "1");
    bench.save(phone);
    assert!(bench.backup_names().is_empty() && bench.is_dirty(phone, "4711"));
    bench.lab.command(phone, Command::Backup);
    assert!(bench.backup(FILE).unwrap().contains("ABKNAME001=Ann"));
    assert!(!bench.is_dirty(phone, "4711"));
    assert_eq!(top(&bench, phone), "Backup successful");
    bench.lab.pass(std::time::Duration::from_secs(60));
    assert_eq!(top(&bench, phone), "Backup successful", "asked for by hand, the result waits for a key");
    bench.lab.command(phone, Command::Show(Default::default()));
    assert_ne!(top(&bench, phone), "Backup successful");

    let mut bench = Bench::with_settings(&[("RESTORESTAT", "0")]);
    let phone = bench.boot(h323("4620SW"));
    bench.lab.command(phone, Command::Backup);
    assert_eq!(bench.backup_names(), [FILE], "with RESTORESTAT 0 the menu still works");

    let mut bench = Bench::with_settings(&[("RESTORESTAT", "0"), ("OPSTAT", "011")]);
    let phone = bench.boot(h323("4620SW"));
    bench.lab.command(phone, Command::Backup);
    assert_eq!(bench.tale("use"), ["backup refused: the administrator does not show Backup/Restore (OPSTAT)"]);
}

// req: BR-8
#[test]
fn without_a_server_the_menu_says_so_until_a_key() {
    let mut bench = Bench::with_settings(&[("FTPSRVR", ""), ("RESTORESTAT", "0")]);
    let phone = bench.boot(h323("4620SW"));
    for command in [Command::Backup, Command::Retrieve] {
        bench.lab.command(phone, command);
        assert_eq!(top(&bench, phone), "No FTP server");
        bench.lab.pass(std::time::Duration::from_secs(60));
        assert_eq!(top(&bench, phone), "No FTP server");
        bench.lab.command(phone, Command::Show(Default::default()));
        assert_ne!(top(&bench, phone), "No FTP server");
    }
    let status = bench.lab.at(phone).backup_status();
    assert_eq!(
        (result(status.backup), result(status.retrieval)),
        (Some(Err(BackupReason::NoServer)), Some(Err(BackupReason::NoServer)))
    );
}

// req: BR-20, BD-9
#[test]
fn a_retrieval_that_opstat_blocks_fetches_nothing_and_shows_nothing() {
    let mut bench = Bench::with_settings(&[("OPSTAT", "0")]);
    let phone = bench.boot(h323("4620SW"));
    let before = bench.lab.at(phone).screen();
    bench.lab.command(phone, Command::Retrieve);
    assert_eq!((bench.lab.at(phone).screen(), bench.tale("retrieve")), (before, vec![]));
    assert_eq!(result(bench.lab.at(phone).backup_status().retrieval), Some(Err(BackupReason::Blocked)));
}

// req: AR-2, AR-3
#[test]
fn a_retrieval_waits_until_the_edit_screen_closes() {
    for close in [Command::EndEdit, Command::Cancel, Command::Save] {
        let mut bench = Bench::new();
        let phone = bench.boot(h323("4620SW"));
        bench.lab.command(phone, Command::BeginEdit);
        bench.dial(phone, 1, "Mine", "1");
        bench.put_backup(FILE, "ABKNAME002=Theirs\r\nABKNUMBER002=2\r\n");
        bench.lab.command(phone, Command::Retrieve);
        assert_eq!((bench.tale("retrieve").len(), bench.state(phone)), (2, ready("4711")), "{close:?}");
        bench.lab.command(phone, close.clone());
        assert_eq!(bench.tale("retrieve").len(), 4, "{close:?}: {}", bench.lab.story());
        let expected = if close == Command::Save { "Mine" } else { "" };
        assert_eq!(bench.speed_dial_screen(phone)[1].contains("Mine"), expected == "Mine", "{close:?}");
        let saved = bench.tale("save").iter().any(|line| line.ends_with("bytes stored"));
        assert_eq!(saved, close == Command::Save);
    }
}

// req: AR-3
#[test]
fn no_edit_screen_opens_while_data_are_retrieved() {
    let mut bench = Bench::new();
    let phone = bench.boot(h323("4620SW"));
    bench.lab.tell(phone, Command::Retrieve);
    bench.lab.tell(phone, Command::BeginEdit);
    bench.lab.settle();
    assert_eq!(bench.tale("use"), ["edit refused: nobody uses the phone now, or data are being retrieved"]);
}

// req: BR-9
#[test]
fn what_is_cancelled_is_not_saved() {
    let mut bench = Bench::new();
    let phone = bench.boot(h323("4620SW"));
    bench.lab.command(phone, Command::BeginEdit);
    bench.set(phone, "Contrast", "11");
    bench.dial(phone, 1, "Ann", "1");
    label(&mut bench, phone, 1, "Label");
    bench.lab.command(phone, Command::Cancel);
    bench.save(phone);
    assert_eq!(bench.owned(phone, "4711"), Default::default());
}

// req: BR-9, AR-1, BD-10
#[test]
fn the_status_tells_the_last_backup_and_retrieval_with_time_and_reason() {
    let mut bench = Bench::new();
    let phone = bench.boot(h323("4620SW"));
    let status = bench.lab.at(phone).backup_status();
    assert_eq!((result(status.backup), result(status.retrieval)), (None, Some(Err(BackupReason::NoFile))));
    bench.save(phone);
    let first = bench.lab.at(phone).backup_status().backup.unwrap();
    assert_eq!(first.result, Ok(()));
    bench.ftp(Behaviour::Refuses);
    let dial = Some(SpeedDial { label: "Ann".to_owned(), number: "1".to_owned() });
    bench.lab.command(phone, Command::EditSpeedDial { position: 1, dial });
    bench.save(phone);
    let second = bench.lab.at(phone).backup_status().backup.unwrap();
    assert_eq!(second.result.map_err(BackupReason::code), Err("connect"));
    assert!(second.at > first.at && first.at.wall >= 1_170_320_400);

    bench.log_off(phone);
    assert_eq!(bench.lab.at(phone).backup_status(), Default::default(), "nobody is there to see it");
    bench.lab.command(phone, Command::LogIn(common::login("4712")));
    assert_eq!(result(bench.lab.at(phone).backup_status().backup), None, "another user's is not theirs");
    bench.log_off(phone);
    bench.lab.command(phone, Command::LogIn(common::login("4711")));
    let kept = bench.lab.at(phone).backup_status().backup.unwrap();
    assert_eq!(kept.result, Err(BackupReason::Connect), "it outlives the logoff");
    assert!(kept.at > second.at, "the logoff tried once more");
}

// req: BR-8
#[test]
fn alerting_is_the_administrators_while_audasys_is_0_or_1() {
    for (audasys, release, taken) in
        [("0", "2.9.2", false), ("1", "2.9.2", false), ("2", "2.9.2", true), ("3", "2.9.2", true), ("0", "2.7", true)]
    {
        let mut bench = Bench::with_settings(&[("AUDASYS", audasys)]);
        bench.write("46xxupgrade.scr", b"GET 46xxsettings.txt\n");
        bench.put_backup(FILE, "Visual Alerting=1\r\nContrast=11\r\n");
        let phone = bench.boot_with(h323("4620SW"), common::flash("app.bin", release));
        let owned = bench.owned(phone, "4711").options;
        assert_eq!(owned.contains_key("Visual Alerting"), taken, "AUDASYS {audasys}, release {release}");
        bench.set(phone, "Visual Alerting", "0");
        assert_eq!(bench.tale("use").is_empty(), taken);
    }
}

// req: BR-20
#[test]
fn one_digit_of_opstat_is_short_for_three() {
    for (digit, long) in [("0", "000"), ("1", "111"), ("2", "010")] {
        let outcomes = [digit, long].map(|opstat| {
            let mut bench = Bench::with_settings(&[("OPSTAT", opstat)]);
            bench.put_backup(FILE, "Contrast=11\r\nCall Timer=1\r\nABKNUMBER001=1\r\nPHNLABEL01=Label\r\n");
            let phone = bench.boot(h323("4620SW"));
            label(&mut bench, phone, 2, "Label");
            bench.set(phone, "Redial", "0");
            bench.save(phone);
            bench.log_off(phone);
            (bench.state(phone), bench.backup(FILE), bench.tale("use"), bench.tale("login").len())
        });
        assert_eq!(outcomes[0], outcomes[1], "{digit} and {long}");
    }
}
