//! Retrieve: what a user finds after login.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{Bench, FILES, flash, h323, login, ready, setup, site};
use deskset_files::backup::SpeedDial;
use deskset_models::Signaling;
use deskset_phone::{Command, RECTANGLE};
use deskset_sim::{Behaviour, PhoneId};

const FILE: &str = "4711_4620data.txt";

fn dials(bench: &Bench, phone: PhoneId) -> Vec<(u16, String, String)> {
    let owned = bench.owned(phone, "4711").speed_dials;
    owned.into_iter().map(|(position, SpeedDial { label, number })| (position, label, number)).collect()
}

fn dial(position: u16, label: &str, number: &str) -> (u16, String, String) {
    (position, label.to_owned(), number.to_owned())
}

fn option(bench: &Bench, phone: PhoneId, name: &str) -> Option<String> {
    bench.owned(phone, "4711").options.get(name).cloned()
}

/// Boots a phone of 4711 with this file on the server.
fn with_file(bench: &mut Bench, model: &str, file: impl AsRef<[u8]>) -> PhoneId {
    bench.put_backup(FILE, file);
    bench.boot(h323(model))
}

// req: AR-1, AR-2, AR-3, BR-6
#[test]
fn a_user_finds_everything_on_any_phone_of_the_class() {
    for from in ["4620", "4620SW"] {
        for to in ["4620", "4620SW", "4621SW", "4622SW", "4625SW"] {
            let mut bench = Bench::new();
            let first = bench.boot(h323(from));
            bench.dial(first, 108, "Front desk", "21000");
            bench.set(first, "Contrast", "11");
            bench.save(first);
            bench.log_off(first);
            let second = bench.boot(h323(to));
            assert_eq!(dials(&bench, second), [dial(108, "Front desk", "21000")], "{from} to {to}");
            assert_eq!(option(&bench, second, "Contrast").as_deref(), Some("11"), "{from} to {to}");
        }
    }
}

// req: AR-4
#[test]
fn a_phone_that_retrieved_by_itself_stores_changes_by_itself() {
    let mut bench = Bench::new();
    let phone = with_file(&mut bench, "4621SW", "\r\nABKNAME001=Front desk\r\nABKNUMBER001=21000\r\n");
    bench.dial(phone, 2, "Ann", "21001");
    bench.save(phone);
    let file = bench.backup(FILE).unwrap();
    assert!(file.ends_with("ABKNAME001=Front desk\r\nABKNUMBER001=21000\r\nABKNAME002=Ann\r\nABKNUMBER002=21001\r\n"));
}

// req: AR-2, AR-5
#[test]
fn software_older_than_2_1_does_not_retrieve_at_login() {
    for (release, retrieves) in [("2.0", false), ("2.1", true)] {
        let mut bench = Bench::new();
        bench.put_backup(FILE, "ABKNUMBER001=21000\r\n");
        bench.write("46xxupgrade.scr", b"GET 46xxsettings.txt\n");
        let phone = bench.boot_with(site(h323("4620SW"), &[("TFTPSRVR", FILES)]), flash("app.bin", release));
        assert_eq!(bench.state(phone), ready("4711"));
        assert_eq!(bench.tale("retrieve").is_empty(), !retrieves, "{release}");
        bench.lab.command(phone, Command::Retrieve);
        assert_eq!(dials(&bench, phone), [dial(1, "21000", "21000")], "{release}: from the menu it always does");
    }
}

// req: BR-4
#[test]
fn the_two_classes_and_the_two_signalings_do_not_share_a_file() {
    let mut bench = Bench::new();
    let first = bench.boot(h323("4620SW"));
    bench.dial(first, 1, "Front desk", "21000");
    bench.save(first);
    bench.log_off(first);
    for other in [h323("4610SW"), setup("4620SW", Signaling::Sip)] {
        let phone = bench.boot(other);
        assert_eq!((bench.state(phone), dials(&bench, phone)), (ready("4711"), vec![]));
        bench.log_off(phone);
    }
}

// req: AR-2
#[test]
fn where_there_is_no_file_yet_the_phone_is_ready_without_a_word() {
    let mut bench = Bench::new();
    let phone = bench.boot(h323("4620SW"));
    assert_eq!(bench.tale("retrieve")[1..], ["4711_4620data.txt: no such file yet"]);
    assert_eq!(bench.lab.at(phone).screen().rows()[0].trim_end(), "09:00 02/01/2007");
    bench.lab.command(phone, Command::Retrieve);
    assert_eq!(bench.lab.at(phone).screen().rows()[0].trim_end(), "Retrieval failed", "asked for by hand it says so");
}

// req: BR-11, BR-13
#[test]
fn a_hand_made_file_loses_nothing_with_or_without_blank_line_and_mark() {
    let lines = "Contrast=11\r\nABKNAME001=Café\r\nABKNUMBER001=21000\r\n";
    let utf_16: Vec<u8> = lines.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let latin_1: Vec<u8> = lines.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let files: [(&str, Vec<u8>); 7] = [
        ("as a phone writes it", format!("\r\n{lines}").into()),
        ("no blank line", lines.into()),
        ("mark, no blank line", format!("\u{FEFF}{lines}").into()),
        ("mark and blank line", format!("\u{FEFF}\r\n{lines}").into()),
        ("line feeds only", lines.replace("\r\n", "\n").into()),
        ("ISO 8859-1", latin_1),
        ("UTF-16 of a younger series", [vec![0xFF, 0xFE], utf_16].concat()),
    ];
    for (what, file) in files {
        let mut bench = Bench::new();
        let phone = with_file(&mut bench, "4620SW", file);
        assert_eq!(option(&bench, phone, "Contrast").as_deref(), Some("11"), "{what}");
        assert_eq!(dials(&bench, phone), [dial(1, "Café", "21000")], "{what}");
    }
}

// req: BR-14, BR-15
#[test]
fn a_character_the_model_lacks_is_a_rectangle_and_is_backed_up_unchanged() {
    let lines = "ABKNAME001=Ирина\r\nABKNUMBER001=1\r\nABKNAME003=總機カナ\r\nABKNUMBER003=3\r\n";
    let five = RECTANGLE.to_string().repeat(5);
    let han = format!("{RECTANGLE} {RECTANGLE} カナ");
    for (model, rows) in [("4620", [five, han]), ("4620SW", ["Ирина".to_owned(), "總機カナ".to_owned()])] {
        let mut bench = Bench::new();
        let phone = with_file(&mut bench, model, format!("\r\n{lines}"));
        assert_eq!(bench.speed_dial_screen(phone)[1..3], rows, "{model}");
        bench.save(phone);
        assert!(bench.backup(FILE).unwrap().ends_with(lines), "{model}");
    }
}

// req: BR-2, BR-18
#[test]
fn colours_survive_a_visit_to_a_phone_without_colours() {
    let mut bench = Bench::new();
    let colours = ["Phone", "Speed Dial", "Call Log", "Options"].map(|of| format!("{of} Application Background Color"));
    let first = bench.boot(h323("4625SW"));
    for (name, value) in colours.iter().zip(["2", "3", "4", "5"]) {
        bench.set(first, name, value);
    }
    bench.save(first);
    bench.log_off(first);

    let visited = bench.boot(h323("4621SW"));
    bench.dial(visited, 1, "Front desk", "21000");
    bench.save(visited);
    let file = bench.backup(FILE).unwrap();
    for (name, value) in colours.iter().zip(["2", "3", "4", "5"]) {
        assert!(file.contains(&format!("{name}={value}\r\n")), "{file}");
    }
    bench.log_off(visited);

    let back = bench.boot(h323("4625SW"));
    let values = colours.each_ref().map(|name| option(&bench, back, name).unwrap());
    assert_eq!(values, ["2", "3", "4", "5"]);
    assert_eq!(dials(&bench, back), [dial(1, "Front desk", "21000")]);
}

// req: BR-16
#[test]
fn bad_lines_are_ignored_and_good_ones_taken() {
    let file = "Contrast=16\r\nVolume=3\r\nno equal sign\r\nRedial=0\r\nABKNAME001=Alone\r\nABKNUMBER109=1\r\n\
        Call Timer=0\r\nCALL TIMER=1\r\nABKNUMBER002=12\r\nABKNUMBER2=13\r\n";
    let mut bench = Bench::new();
    let phone = with_file(&mut bench, "4620SW", file);
    assert_eq!(
        bench.tale("retrieve")[1..],
        ["4711_4620data.txt: 2 rows, 1 speed dials taken, 7 lines dropped"],
        "{}",
        bench.lab.story()
    );
    let options = bench.owned(phone, "4711").options;
    let expected = [("Call Timer", "1"), ("Redial", "0")];
    assert_eq!(options, expected.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
    assert_eq!(dials(&bench, phone), [dial(2, "13", "13")]);
}

// req: BR-1
#[test]
fn feature_button_labels_are_retrieved_and_saved_again() {
    let mut bench = Bench::new();
    let phone = with_file(&mut bench, "4620SW", "PHNLABEL05=Send calls\r\nFKEULABEL24=Night\r\nSBMLABEL1=Day\r\n");
    bench.save(phone);
    let file = bench.backup(FILE).unwrap();
    assert!(file.ends_with("PHNLABEL05=Send calls\r\nFKEULABEL01=Day\r\nFKEULABEL24=Night\r\n"), "{file}");
}

// req: AR-3, BD-4
#[test]
fn a_retrieval_replaces_all_speed_dials_and_keeps_options_that_are_not_in_the_file() {
    let mut bench = Bench::new();
    let phone = bench.boot(h323("4620SW"));
    bench.dial(phone, 1, "Old", "1");
    bench.set(phone, "Contrast", "11");
    bench.save(phone);
    bench.put_backup(FILE, "Redial=0\r\nABKNAME002=New\r\nABKNUMBER002=2\r\n");
    bench.lab.command(phone, Command::Retrieve);
    assert_eq!(dials(&bench, phone), [dial(2, "New", "2")]);
    assert_eq!(option(&bench, phone, "Contrast").as_deref(), Some("11"));
    assert_eq!(option(&bench, phone, "Redial").as_deref(), Some("0"));
}

// req: AR-3, BD-4
#[test]
fn a_file_is_taken_whole_or_not_at_all() {
    let large = format!("ABKNAME002=New\r\nABKNUMBER002=2\r\n{}", " \r\n".repeat(64 * 1024 / 3));
    let unusable: [(&str, &str, Behaviour, &str); 5] = [
        ("it breaks off", "Redial=0\r\n", Behaviour::Breaks, "data: the data connection broke"),
        ("nobody answers", "Redial=0\r\n", Behaviour::Refuses, "connect: nobody listens there"),
        ("it is too large", &large, Behaviour::Sound, "more than the 65536 a phone takes"),
        ("it is empty", "", Behaviour::Sound, "empty: the backup file holds no line that this phone can use"),
        ("nothing in it is known", "Volume=3\r\n", Behaviour::Sound, "empty: the backup file holds no line"),
    ];
    for (what, file, behaviour, words) in unusable {
        let mut bench = Bench::new();
        let phone = bench.boot(h323("4620SW"));
        bench.dial(phone, 1, "Old", "1");
        bench.save(phone);
        let before = bench.owned(phone, "4711");
        bench.put_backup(FILE, file);
        bench.ftp(behaviour);
        bench.lab.command(phone, Command::Retrieve);
        assert_eq!(bench.owned(phone, "4711"), before, "{what}");
        assert!(bench.tale("retrieve").last().unwrap().contains(words), "{what}: {:?}", bench.tale("retrieve"));
        assert_eq!(bench.lab.at(phone).screen().rows()[0].trim_end(), "Retrieval failed", "{what}");
    }
}

// req: AR-3
#[test]
fn a_power_cut_during_a_retrieval_changes_nothing() {
    let mut bench = Bench::new();
    let phone = bench.boot(h323("4620SW"));
    bench.dial(phone, 1, "Old", "1");
    bench.save(phone);
    let before = bench.owned(phone, "4711");
    bench.put_backup(FILE, "ABKNAME002=New\r\nABKNUMBER002=2\r\n");
    bench.lab.tell(phone, Command::Retrieve);
    bench.ftp(Behaviour::Refuses);
    bench.lab.power_cut(phone);
    bench.lab.settle();
    assert_eq!(bench.owned(phone, "4711"), before);
}

// req: AR-3
#[test]
fn nothing_is_edited_while_data_are_retrieved() {
    let mut bench = Bench::new();
    let phone = with_file(&mut bench, "4620SW", "ABKNAME002=New\r\nABKNUMBER002=2\r\n");
    bench.lab.tell(phone, Command::Retrieve);
    bench.lab.tell(phone, Command::SetOption { name: "Contrast".to_owned(), value: "11".to_owned() });
    bench.lab.tell(phone, Command::Save);
    bench.lab.settle();
    let why = "data are being retrieved; try again after the result";
    assert_eq!(bench.tale("use"), [format!("Contrast refused: {why}"), format!("save refused: {why}")]);
    assert_eq!(option(&bench, phone, "Contrast"), None);
}

// req: BR-20
#[test]
fn with_opstat_0_or_000_a_retrieval_changes_nothing_and_asks_nobody() {
    for opstat in ["0", "000"] {
        let mut bench = Bench::with_settings(&[("OPSTAT", opstat)]);
        let phone = with_file(&mut bench, "4620SW", "OPSTAT=111\r\nContrast=11\r\nABKNUMBER001=1\r\n");
        assert_eq!(bench.state(phone), ready("4711"));
        bench.lab.command(phone, Command::Retrieve);
        assert!(bench.tale("retrieve").is_empty());
        assert_eq!(bench.tale("use"), ["retrieve refused: OPSTAT is 000: retrieving has no effect"]);
        assert_eq!(bench.owned(phone, "4711"), Default::default());
        bench.set(phone, "Redial", "0");
        assert_eq!(bench.tale("use")[1], "Redial refused: the administrator does not let it be changed");
    }
}

// req: BR-8, BR-20
#[test]
fn only_what_the_user_may_change_is_taken_from_a_file() {
    let file = "Personalized Ring=3\r\nRedial=0\r\nCall Timer=1\r\nCall Log Enable=0\r\nContrast=11\r\n\
        FTP Server IP Address=my-pc.lab\r\nFTP Directory Path=mine\r\nFTP User Name=ann\r\n\
        ABKNAME001=New\r\nABKNUMBER001=1\r\nPHNLABEL01=Label\r\n";
    let second_screen = ["Personalized Ring", "Contrast", "FTP User Name"];
    let server = ["FTP Server IP Address"];
    let directory = ["FTP Directory Path"];
    let lists = ["Redial", "Call Log Enable"];
    let always = ["Call Timer"];
    // What is set, the rows taken, whether Speed Dial is taken, whether labels are.
    type Case<'c> = (&'c [(&'c str, &'c str)], Vec<&'c [&'c str]>, bool, bool);
    let cases: [Case<'_>; 7] = [
        (&[], vec![&second_screen, &server, &directory, &lists, &always], true, true),
        (&[("OPSTAT", "011")], vec![&lists, &always], true, false),
        (&[("APPSTAT", "3")], vec![&second_screen, &server, &directory, &lists, &always], false, true),
        (&[("APPSTAT", "2")], vec![&second_screen, &server, &directory, &always], false, true),
        (&[("APPSTAT", "0")], vec![&second_screen, &server, &directory, &always], false, true),
        (&[("FTPUSERSTAT", "2")], vec![&second_screen, &directory, &lists, &always], true, true),
        (&[("FTPUSERSTAT", "0")], vec![&second_screen, &lists, &always], true, true),
    ];
    for (settings, rows, takes_dials, takes_labels) in cases {
        let mut bench = Bench::with_settings(settings);
        let phone = with_file(&mut bench, "4620SW", file);
        let mut expected: Vec<&str> = rows.concat();
        expected.sort_unstable();
        let owned = bench.owned(phone, "4711");
        assert_eq!(owned.options.keys().collect::<Vec<_>>(), expected, "{settings:?}");
        assert_eq!((!owned.speed_dials.is_empty(), !owned.feature_labels.is_empty()), (takes_dials, takes_labels));
        let count = usize::from(takes_dials);
        let told = format!("{FILE}: {} rows, {count} speed dials taken, 0 lines dropped", expected.len());
        assert_eq!(bench.tale("retrieve")[1], told, "{settings:?}");
    }
}

// req: BR-3, BR-8
#[test]
fn automatic_backup_switched_off_in_the_file_stays_off() {
    let mut bench = Bench::new();
    let phone = with_file(&mut bench, "4620SW", "Automatic Backup=0\r\n");
    bench.save(phone);
    assert_eq!(bench.tale("save"), ["kept on the phone only: automatic backup is off"]);
}

// req: BR-7
#[test]
fn a_server_that_the_administrator_moves_takes_its_users_along() {
    let mut bench = Bench::new();
    let phone = with_file(&mut bench, "4620SW", "FTP Server IP Address=ftp.lab\r\nContrast=11\r\n");
    assert_eq!(option(&bench, phone, "FTP Server IP Address"), None, "it is the administrator's, not the user's");
    let other = deskset_sim::MemoryTree::new();
    bench.lab.serve_ftp("new.lab", 21, &other, Behaviour::Sound);
    bench.write("46xxsettings.txt", b"SET FTPSRVR new.lab\n");
    bench.lab.power_cut(phone);
    bench.lab.settle();
    assert_eq!(bench.tale("retrieve").last().unwrap(), "4711_4620data.txt: no such file yet");
    assert_eq!(option(&bench, phone, "Contrast").as_deref(), Some("11"), "local data are valid after a restart");
}

// req: AR-3, BR-19
#[test]
fn the_data_of_one_user_are_invisible_to_the_next() {
    let mut bench = Bench::new();
    let phone = with_file(&mut bench, "4620SW", "Contrast=11\r\nABKNAME001=Secret\r\nABKNUMBER001=1\r\n");
    assert_eq!(bench.speed_dial_screen(phone)[1], "Secret");
    bench.log_off(phone);
    assert!(!bench.lab.at(phone).screen().to_string().contains("Secret"));
    bench.lab.command(phone, Command::LogIn(login("4712")));
    assert_eq!((bench.state(phone), bench.speed_dial_screen(phone)[1].as_str()), (ready("4712"), ""));
    bench.save(phone);
    let file = bench.backup("4712_4620data.txt").unwrap();
    assert!(!file.contains("Secret") && file.contains("Contrast=8\r\n"), "{file}");
    assert!(bench.backup(FILE).unwrap().contains("Secret"), "the other's file is as it was");
}
