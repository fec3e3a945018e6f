//! The twelve checks that an implementation of backup and retrieval has to pass, each as one test.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{Bench, h323, setup};
use deskset_files::tree::FileTree as _;
use deskset_models::{Secret, Signaling};
use deskset_phone::{Command, RECTANGLE, Setup};
use deskset_sim::PhoneId;

const FILE: &str = "4711_4620data.txt";
const COLOURS: &str = "Phone Application Background Color=2\r\nSpeed Dial Application Background Color=3\r\n\
    Call Log Application Background Color=4\r\nOptions Application Background Color=5\r\n";

fn with_file(bench: &mut Bench, model: &str, file: impl AsRef<[u8]>) -> PhoneId {
    bench.put_backup(FILE, file);
    bench.boot(h323(model))
}

fn option(bench: &Bench, phone: PhoneId, name: &str) -> Option<String> {
    bench.owned(phone, "4711").options.get(name).cloned()
}

fn labels(bench: &Bench, phone: PhoneId) -> Vec<String> {
    bench.owned(phone, "4711").speed_dials.into_values().map(|dial| dial.label).collect()
}

// req: BR-4, BR-5, BR-6, BD-1
#[test]
fn check_1_the_file_is_named_by_extension_class_and_signaling() {
    let names = [
        ("4625SW", Signaling::H323, "21045_4620data.txt"),
        ("4625SW", Signaling::Sip, "21045_4620data_sip.txt"),
        ("4620", Signaling::H323, "21045_4620data.txt"),
        ("4610SW", Signaling::H323, "21045_4610data.txt"),
        ("4610SW", Signaling::Sip, "21045_4610data_sip.txt"),
    ];
    for (model, signaling, name) in names {
        let mut bench = Bench::new();
        bench.lab.extension(&"21045".parse().unwrap(), common::PASSWORD);
        let phone = bench.boot(Setup { login: common::login("21045"), ..setup(model, signaling) });
        bench.save(phone);
        assert_eq!(bench.backup_names(), [name], "{model} {signaling}");
    }
}

// req: BR-13, BD-2
#[test]
fn check_2_the_first_setting_behind_a_byte_order_mark_is_read() {
    let mut bench = Bench::new();
    let phone = with_file(&mut bench, "4621SW", "\u{FEFF}Contrast=11\r\nRedial=0\r\n");
    assert_eq!(option(&bench, phone, "Contrast").as_deref(), Some("11"));
}

// req: BR-11, BD-2
#[test]
fn check_3_an_iso_8859_1_file_is_read_right() {
    let mut bench = Bench::new();
    let phone = with_file(&mut bench, "4621SW", b"ABKNAME001=Caf\xE9\r\nABKNUMBER001=1\r\n");
    assert_eq!(labels(&bench, phone), ["Café"]);
}

// req: BR-20, BD-6
#[test]
fn check_4_opstat_decides_what_a_retrieval_changes() {
    let file = "Contrast=11\r\nABKNAME001=Ann\r\nABKNUMBER001=1\r\n";
    let mut bench = Bench::with_settings(&[("OPSTAT", "000")]);
    let phone = with_file(&mut bench, "4621SW", file);
    bench.lab.command(phone, Command::Retrieve);
    assert_eq!(bench.owned(phone, "4711"), Default::default());

    let mut bench = Bench::with_settings(&[("OPSTAT", "011")]);
    let phone = with_file(&mut bench, "4621SW", file);
    assert_eq!(option(&bench, phone, "Contrast"), None);
    assert_eq!(labels(&bench, phone), ["Ann"]);
}

// req: BR-20, BD-6
#[test]
fn check_5_appstat_3_takes_options_and_no_speed_dial() {
    let mut bench = Bench::with_settings(&[("APPSTAT", "3")]);
    let phone = with_file(&mut bench, "4621SW", "Contrast=11\r\nABKNAME001=Ann\r\nABKNUMBER001=1\r\n");
    assert_eq!(option(&bench, phone, "Contrast").as_deref(), Some("11"));
    assert_eq!(labels(&bench, phone), Vec::<String>::new());
}

// req: BR-8, BD-6
#[test]
fn check_6_ftpuserstat_2_uses_the_files_directory_but_not_its_server() {
    let mut bench = Bench::with_settings(&[("FTPUSERSTAT", "2")]);
    let file = "FTP Server IP Address=my-pc.lab\r\nFTP Directory Path=mine\r\n";
    let phone = with_file(&mut bench, "4621SW", file);
    bench.save(phone);
    assert_eq!(bench.backup_names(), [FILE, "mine/4711_4620data.txt"]);
}

// req: BR-14, BR-15
#[test]
fn check_7_a_cyrillic_label_on_a_4620_draws_rectangles_and_is_backed_up_unchanged() {
    let mut bench = Bench::new();
    let phone = with_file(&mut bench, "4620", "ABKNAME001=Ирина\r\nABKNUMBER001=1\r\n");
    assert_eq!(bench.speed_dial_screen(phone)[1], RECTANGLE.to_string().repeat(5));
    bench.save(phone);
    assert!(bench.backup(FILE).unwrap().contains("ABKNAME001=Ирина\r\n"));
}

// req: BR-2, BR-6, BD-5
#[test]
fn check_8_a_colour_file_keeps_its_four_lines_on_a_phone_without_colours() {
    let mut bench = Bench::new();
    let phone = with_file(&mut bench, "4621SW", format!("Contrast=11\r\n{COLOURS}"));
    bench.dial(phone, 1, "Ann", "1");
    bench.save(phone);
    assert!(bench.backup(FILE).unwrap().contains(COLOURS));
}

// req: BR-16, BD-3
#[test]
fn check_9_contrast_16_is_ignored_and_the_retrieval_succeeds() {
    let mut bench = Bench::new();
    let phone = with_file(&mut bench, "4621SW", "Contrast=16\r\nRedial=0\r\n");
    assert_eq!(option(&bench, phone, "Contrast"), None);
    assert_eq!(bench.lab.at(phone).backup_status().retrieval.unwrap().result, Ok(()));
}

// req: BR-3, BD-1
#[test]
fn check_10_without_a_name_nobody_speaks_to_the_ftp_server() {
    let mut bench = Bench::new();
    let phone = bench.boot(Setup { login: None, ..h323("4621SW") });
    bench.lab.command(phone, Command::LogIn(None));
    bench.dial(phone, 1, "Ann", "1");
    bench.save(phone);
    bench.lab.command(phone, Command::Backup);
    bench.lab.command(phone, Command::Retrieve);
    bench.log_off(phone);
    assert!(!bench.lab.story().to_string().contains("ftp.lab"), "{}", bench.lab.story());
}

// req: BR-3
#[test]
fn check_11_a_save_with_automatic_backup_off_speaks_to_nobody() {
    let mut bench = Bench::new();
    let phone = with_file(&mut bench, "4621SW", "Automatic Backup=0\r\n");
    bench.dial(phone, 1, "Ann", "1");
    bench.save(phone);
    assert_eq!(bench.tale("save"), ["kept on the phone only: automatic backup is off"]);
}

// req: BR-19
#[test]
fn check_12_the_ftp_password_is_in_no_file_and_no_log() {
    const SECRET: &str = "ftp-pass-4620";
    let mut bench = Bench::new();
    let phone = bench.boot(h323("4621SW"));
    bench.set(phone, "FTP User Name", "ann");
    bench.lab.command(phone, Command::FtpPassword(Secret::new(SECRET)));
    bench.dial(phone, 1, "Ann", "1");
    bench.save(phone);
    assert!(bench.tale("save").last().unwrap().ends_with("bytes stored"));
    bench.lab.command(phone, Command::Retrieve);
    let mut seen = format!("{} {:?} {:?}", bench.lab.story(), bench.lab.at(phone), bench.lab.kept(phone));
    seen += &bench.lab.at(phone).screen().to_string();
    for path in bench.backups.list().unwrap() {
        seen += &String::from_utf8(bench.backups.read(&path).unwrap()).unwrap();
    }
    assert!(!seen.contains(SECRET) && seen.contains("FTP User Name=ann"));
}
