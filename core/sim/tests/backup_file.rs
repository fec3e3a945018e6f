//! What the backup file is called, and what is in it.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{Bench, FTP, h323, model, ready, setup};
use deskset_files::tree::FileTree as _;
use deskset_models::{Signaling, Values, effects};
use deskset_sim::PhoneId;

const MODELS: [&str; 6] = ["4610SW", "4620", "4620SW", "4621SW", "4622SW", "4625SW"];
const WITH_SIP: [&str; 4] = ["4610SW", "4620SW", "4621SW", "4625SW"];

/// Every phone there is.
fn phones() -> Vec<(&'static str, Signaling)> {
    let h323 = MODELS.map(|name| (name, Signaling::H323));
    let sip = WITH_SIP.map(|name| (name, Signaling::Sip));
    h323.into_iter().chain(sip).collect()
}

fn file_name(name: &str, signaling: Signaling) -> &'static str {
    match (name, signaling) {
        ("4610SW", Signaling::H323) => "4711_4610data.txt",
        ("4610SW", Signaling::Sip) => "4711_4610data_sip.txt",
        (_, Signaling::H323) => "4711_4620data.txt",
        (_, Signaling::Sip) => "4711_4620data_sip.txt",
    }
}

/// Names of the lines of a backup file, Speed Dial and labels apart.
fn row_names(file: &str) -> Vec<&str> {
    let names = file.lines().filter_map(|line| Some(line.split_once('=')?.0));
    names.filter(|name| !name.starts_with("ABK") && !name.starts_with("PHNLABEL")).collect()
}

// req: BR-3, BR-4, BR-5, BR-6, DC-4
#[test]
fn the_file_is_called_after_the_extension_and_the_class_of_the_phone() {
    for (name, signaling) in phones() {
        let mut bench = Bench::new();
        let phone = bench.boot(setup(name, signaling));
        bench.save(phone);
        assert_eq!(bench.backup_names(), [file_name(name, signaling)], "{name} {signaling}");
    }
}

// req: BR-1, BR-2, BR-16, BR-17, BR-18
#[test]
fn every_row_of_the_guides_table_is_in_the_file_of_the_phones_that_have_it() {
    let everywhere_before = [
        "Personalized Ring",
        "Redial",
        "Phone Screen on Answer",
        "Phone Screen on Calling",
        "Call Timer",
        "Message Display Rate",
    ];
    let everywhere_after = [
        "Visual Alerting",
        "Call Log Enable",
        "Contrast",
        "Display Language",
        "Ethernet",
        "Automatic Backup",
        "FTP Server IP Address",
        "FTP Directory Path",
        "FTP User Name",
    ];
    let colours = ["Phone", "Speed Dial", "Call Log", "Options"].map(|of| format!("{of} Application Background Color"));
    for (name, signaling) in phones() {
        let mut bench = Bench::new();
        let phone = bench.boot(setup(name, signaling));
        bench.save(phone);
        let file = bench.backup(file_name(name, signaling)).unwrap();
        let mut rows: Vec<&str> = everywhere_before.to_vec();
        if name != "4610SW" && signaling == Signaling::H323 {
            rows.push("Call Appearance Width");
        }
        rows.extend(everywhere_after);
        if name == "4625SW" {
            rows.extend(colours.iter().map(String::as_str));
        }
        if name != "4610SW" && signaling == Signaling::Sip {
            rows.push("Session Appearance Width");
        }
        if signaling == Signaling::Sip {
            rows.push("Transfer Type");
        }
        assert_eq!(row_names(&file), rows, "{name} {signaling}");
    }
}

/// Sets every option to another value than a new phone has, but for those that would move the backup itself.
fn change_everything(bench: &mut Bench, phone: PhoneId, name: &str, signaling: Signaling) {
    let own = [effects::AUTOMATIC_BACKUP, effects::FTP_SERVER, effects::FTP_DIRECTORY, effects::FTP_USER];
    for (_, row) in model(name).tables().options.rows_on(signaling).filter(|(_, row)| !own.contains(&&*row.effect)) {
        let value = match &row.values {
            Values::Choice { choices } => {
                choices.iter().rfind(|choice| choice.value != row.default).unwrap().value.clone()
            }
            Values::Number { .. } => "3".to_owned(),
            other => panic!("{}: {other:?}", row.name),
        };
        bench.set(phone, &row.name, &value);
    }
    bench.dial(phone, 1, "Front desk", "21000");
    bench.dial(phone, 48, "Москва", "*7,495#");
}

// req: BR-1, BR-2, BR-16, BR-17, BR-18, AR-1
#[test]
fn what_one_phone_saves_another_of_its_kind_has_after_login() {
    for (name, signaling) in phones() {
        let mut bench = Bench::new();
        let first = bench.boot(setup(name, signaling));
        change_everything(&mut bench, first, name, signaling);
        bench.save(first);
        let file = bench.backup(file_name(name, signaling)).unwrap();
        bench.log_off(first);
        assert_eq!(bench.owned(first, "4711"), Default::default(), "nothing stays behind");

        let second = bench.boot(setup(name, signaling));
        assert_eq!(bench.state(second), ready("4711"));
        bench.save(second);
        assert_eq!(bench.backup(file_name(name, signaling)).unwrap(), file, "{name} {signaling}");
        let changed = model(name).tables().options.rows_on(signaling).count() - 4;
        let defaults = model(name);
        let owned = bench.owned(second, "4711");
        let differing = defaults.tables().options.rows_on(signaling).filter(|(_, row)| {
            owned.options.get(&row.name).is_some_and(|value| *value != row.default && *value != *FTP)
        });
        assert_eq!(differing.count(), changed, "{name} {signaling}: {owned:?}");
    }
}

// req: BR-1, BR-3, BR-9, BR-11, BR-12, BD-2
#[test]
fn the_file_begins_with_an_empty_line_and_is_utf_8() {
    let mut bench = Bench::new();
    let phone = bench.boot(h323("4621SW"));
    bench.set(phone, "Personalized Ring", "3");
    for (position, label) in [(1, "Front desk"), (2, "Café"), (14, "Ирина"), (15, "אבא"), (16, "カナ"), (17, "總機")]
    {
        bench.dial(phone, position, label, "912025550123");
    }
    bench.save(phone);
    let expected = "\r\n\
        Personalized Ring=3\r\n\
        Redial=1\r\n\
        Phone Screen on Answer=1\r\n\
        Phone Screen on Calling=1\r\n\
        Call Timer=0\r\n\
        Message Display Rate=2\r\n\
        Call Appearance Width=0\r\n\
        Visual Alerting=0\r\n\
        Call Log Enable=1\r\n\
        Contrast=8\r\n\
        Display Language=English\r\n\
        Ethernet=1\r\n\
        Automatic Backup=1\r\n\
        FTP Server IP Address=ftp.lab\r\n\
        FTP Directory Path=\r\n\
        FTP User Name=\r\n\
        ABKNAME001=Front desk\r\nABKNUMBER001=912025550123\r\n\
        ABKNAME002=Café\r\nABKNUMBER002=912025550123\r\n\
        ABKNAME014=Ирина\r\nABKNUMBER014=912025550123\r\n\
        ABKNAME015=אבא\r\nABKNUMBER015=912025550123\r\n\
        ABKNAME016=カナ\r\nABKNUMBER016=912025550123\r\n\
        ABKNAME017=總機\r\nABKNUMBER017=912025550123\r\n";
    let bytes = bench.backups.read(&"4711_4620data.txt".parse().unwrap()).unwrap();
    assert_eq!(String::from_utf8(bytes).unwrap(), expected);
}
