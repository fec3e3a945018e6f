//! Whatever a user owns, and whatever a file holds.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{Bench, flash, h323, model};
use deskset_files::{
    backup::{BackupFile, SpeedDial, UserData, write},
    tree::FileTree as _,
};
use deskset_models::{Model, OptionRow, RowKind, Signaling, Values, effects};
use deskset_phone::{Command, Memory, StoredUser};
use deskset_sim::PhoneId;
use proptest::{collection::btree_map, option, prelude::*, sample::select};

const FILE: &str = "4711_4620data.txt";
const CLASS: [&str; 5] = ["4620", "4620SW", "4621SW", "4622SW", "4625SW"];

fn any_value(values: &Values) -> BoxedStrategy<String> {
    match values {
        Values::Choice { choices } => select(choices.clone()).prop_map(|choice| choice.value).boxed(),
        Values::Number { min, max } => (*min..=*max).prop_map(|number| number.to_string()).boxed(),
        Values::Address => select(vec!["", "ftp.lab", "192.0.2.1:2121"]).prop_map(str::to_owned).boxed(),
        _ => "[^\\p{Cc}]{0,32}".boxed(),
    }
}

fn any_rows<'m>(rows: impl Iterator<Item = &'m OptionRow>) -> BoxedStrategy<BTreeMap<String, String>> {
    let each = rows.map(|row| {
        let name = row.name.clone();
        option::of(any_value(&row.values)).prop_map(move |value| value.map(|value| (name.clone(), value)))
    });
    each.collect::<Vec<_>>().prop_map(|rows| rows.into_iter().flatten().collect()).boxed()
}

/// Anything that a user of `model` can own; with the rows that decide where the backup goes only if `with_place`.
fn any_data(model: &Model, with_place: bool) -> BoxedStrategy<UserData> {
    let place = [effects::AUTOMATIC_BACKUP, effects::FTP_SERVER, effects::FTP_DIRECTORY, effects::FTP_USER];
    let table = &model.tables().options;
    let own = table.rows_on(Signaling::H323).map(|(_, row)| row);
    let own = own.filter(|row| with_place || !place.contains(&&*row.effect));
    let carried = table.rows.iter().filter(|row| !row.is_on(Signaling::H323));
    let label = || "[^\\p{Cc}]{1,13}";
    let dial = (label(), "[0-9*#,]{1,24}").prop_map(|(label, number)| SpeedDial { label, number });
    let (rules, units) = (model.tables().speed_dial.clone(), model.tables().keys.expansion_buttons);
    (
        any_rows(own),
        any_rows(carried),
        btree_map(1..=rules.entries, dial, 0..12),
        btree_map(1..=rules.feature_labels, label(), 0..6),
        btree_map(1..=units.max(1), label(), 0..if units == 0 { 1 } else { 6 }),
    )
        .prop_map(|(options, carried, speed_dials, feature_labels, unit_labels)| UserData {
            options,
            carried,
            speed_dials,
            feature_labels,
            unit_labels,
        })
        .boxed()
}

fn any_of_class() -> impl Strategy<Value = (&'static str, UserData)> {
    select(CLASS.to_vec()).prop_flat_map(|name| (Just(name), any_data(&model(name), false)))
}

/// Boots a phone that has `data` already, saves, and takes the file.
fn saved_by(name: &str, data: Option<UserData>, file: Option<&str>) -> (Bench, PhoneId, String) {
    let mut bench = Bench::new();
    if let Some(file) = file {
        bench.put_backup(FILE, file);
    }
    let users = data.map(|data| ("4711".parse().unwrap(), StoredUser { data: data.into(), dirty: true }));
    let phone = bench.boot_with(h323(name), Memory { users: users.into_iter().collect(), ..Memory::default() });
    bench.save(phone);
    let file = bench.backup(FILE).unwrap();
    (bench, phone, file)
}

fn lines(file: &str) -> BTreeMap<&str, &str> {
    file.lines().filter_map(|line| line.split_once('=')).collect()
}

/// What a phone of this model writes after retrieving `file`: its own rows as they stand there, unless it does not
/// have the value, everything else as it is.
fn restricted(file: &str, to: &Model) -> BTreeMap<String, String> {
    let mut expected: BTreeMap<String, String> =
        lines(file).into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    for (_, row) in to.tables().options.rows_on(Signaling::H323) {
        match expected.get(&row.name) {
            Some(value) if row.values.accepts(value) => {}
            _ => drop(expected.insert(row.name.clone(), row.default.clone())),
        }
    }
    expected
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    // req: BR-1, BR-2, BR-6, BR-12, BR-16, AR-1, AR-3
    #[test]
    fn what_one_phone_saves_every_phone_of_the_class_has_and_saves_again((from, data) in any_of_class(), to in select(CLASS.to_vec())) {
        let (_, _, first) = saved_by(from, Some(data), None);
        let (_, _, second) = saved_by(to, None, Some(&first));
        let expected = restricted(&first, &model(to));
        let found: BTreeMap<String, String> =
            lines(&second).into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        prop_assert_eq!(found, expected);
        let (_, _, again) = saved_by(to, None, Some(&second));
        prop_assert_eq!(&again, &second, "a second save is byte-equal");
        let (_, _, back) = saved_by(from, None, Some(&second));
        for (name, value) in lines(&first) {
            let kept = lines(&back).get(name).copied();
            prop_assert!(kept == Some(value) || !accepted(name, value, &model(to)), "{} {:?}", name, kept);
        }
    }

    // req: AR-3
    #[test]
    fn any_bytes_as_a_file_are_taken_whole_or_not_at_all(parts in prop::collection::vec(any_part(), 0..20), ending in select(vec!["\n", "\r\n", "\r"])) {
        let bytes = parts.join(ending.as_bytes());
        let mut bench = Bench::new();
        let phone = bench.boot(h323("4621SW"));
        bench.dial(phone, 1, "Old", "1");
        bench.set(phone, "Contrast", "3");
        bench.save(phone);
        let before = bench.owned(phone, "4711");
        bench.put_backup(FILE, &bytes);
        bench.lab.command(phone, Command::Retrieve);
        let after = bench.owned(phone, "4711");
        let taken = bench.lab.at(phone).backup_status().retrieval.unwrap().result.is_ok();
        match BackupFile::read(&bytes, &model("4621SW"), Signaling::H323) {
            Ok(file) => {
                prop_assert!(taken);
                prop_assert_eq!(after, file.adopt(&before, |_| true, true, true, &model("4621SW")));
            }
            Err(_) => prop_assert!(!taken && after == before),
        }
    }
}

fn accepted(name: &str, value: &str, model: &Model) -> bool {
    model.tables().options.find(name).is_none_or(|(_, row)| !row.is_on(Signaling::H323) || row.values.accepts(value))
}

/// A line of a file, or what is none.
fn any_part() -> impl Strategy<Value = Vec<u8>> {
    let names = "(Redial|Contrast|Display Language|Ethernet|Phone Application Background Color|ABKNAME00[0-9]|ABKNUMBER00[0-9]|PHNLABEL0[0-9])";
    prop_oneof![
        3 => (names, "[0-9a-zé]{0,15}").prop_map(|(name, value)| format!("{name}={value}").into_bytes()),
        1 => prop::collection::vec(any::<u8>(), 0..60),
        1 => select(vec![b"\xFF\xFE".to_vec(), b"\xFE\xFF".to_vec(), b"\xEF\xBB\xBF".to_vec(), b"=".to_vec()]),
    ]
}

/// How many things of a user differ: rows, dials, labels.
fn differences(one: &UserData, other: &UserData) -> usize {
    fn of<K: Ord + Clone, V: PartialEq>(one: &BTreeMap<K, V>, other: &BTreeMap<K, V>) -> usize {
        let keys: BTreeSet<K> = one.keys().chain(other.keys()).cloned().collect();
        keys.iter().filter(|key| one.get(key) != other.get(key)).count()
    }
    of(&one.options, &other.options)
        + of(&one.carried, &other.carried)
        + of(&one.speed_dials, &other.speed_dials)
        + of(&one.feature_labels, &other.feature_labels)
        + of(&one.unit_labels, &other.unit_labels)
}

proptest! {
    // req: BR-16
    #[test]
    fn editing_one_line_changes_at_most_that_row(
        data in any_data(&model("4625SW"), true),
        at in any::<prop::sample::Index>(),
        value in "[^\r\n]{0,40}",
        garbled in any::<bool>(),
    ) {
        let model = model("4625SW");
        let value_of = |name: &str| {
            let default = model.tables().options.find(name).unwrap().1.default.clone();
            data.options.get(name).cloned().unwrap_or(default)
        };
        let bytes = write(&data, &model, Signaling::H323, value_of);
        let text = String::from_utf8(bytes.clone()).unwrap();
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let at = 1 + at.index(lines.len() - 1);
        let name = lines[at].split_once('=').unwrap().0.to_owned();
        lines[at] = if garbled { format!("Volume of {name}={value}") } else { format!("{name}={value}") };
        let read = |bytes: &[u8]| BackupFile::read(bytes, &model, Signaling::H323).unwrap().data;
        let edited = read(lines.join("\r\n").as_bytes());
        prop_assert!(differences(&read(&bytes), &edited) <= 1, "{}", lines[at]);
    }
}

// req: BR-2, BR-6, BR-17
#[test]
fn a_file_moves_up_and_back_without_losing_colours_or_width() {
    let mut bench = Bench::new();
    let special: Vec<String> = ["Phone", "Speed Dial", "Call Log", "Options"]
        .iter()
        .map(|of| format!("{of} Application Background Color"))
        .chain(["Call Appearance Width".to_owned()])
        .collect();
    let first = bench.boot(h323("4625SW"));
    for (name, value) in special.iter().zip(["2", "3", "4", "5", "1"]) {
        bench.set(first, name, value);
    }
    bench.save(first);
    bench.log_off(first);
    for (number, name) in ["4620", "4621SW", "4622SW", "4625SW", "4622SW", "4621SW", "4620"].iter().enumerate() {
        let phone = bench.boot(h323(name));
        let position = u16::try_from(number + 1).unwrap();
        bench.dial(phone, position, name, "1");
        bench.save(phone);
        bench.log_off(phone);
        let file = bench.backup(FILE).unwrap();
        for (row, value) in special.iter().zip(["2", "3", "4", "5", "1"]) {
            assert!(file.contains(&format!("{row}={value}\r\n")), "{name}: {row}\n{file}");
        }
    }
    assert!(bench.backup(FILE).unwrap().contains("ABKNAME007=4620\r\n"));
}

// req: BR-11, BR-12, BR-13
#[test]
fn every_encoding_gives_the_same_data_and_is_saved_as_utf_8() {
    let text = "Contrast=11\r\nABKNAME001=Café\r\nABKNUMBER001=1\r\n";
    let utf_16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        "\u{FEFF}".encode_utf16().chain(text.encode_utf16()).flat_map(bytes).collect()
    };
    let latin_1: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let files: [(&str, Vec<u8>, &str); 6] = [
        ("ASCII", text.replace('é', "e").into(), "Cafe"),
        ("ISO 8859-1", latin_1, "Café"),
        ("UTF-8", text.into(), "Café"),
        ("UTF-8 behind a mark", format!("\u{FEFF}{text}").into(), "Café"),
        ("UTF-16 LE", utf_16(u16::to_le_bytes), "Café"),
        ("UTF-16 BE", utf_16(u16::to_be_bytes), "Café"),
    ];
    for (encoding, bytes, label) in files {
        let mut bench = Bench::new();
        bench.put_backup(FILE, bytes);
        let phone = bench.boot(h323("4621SW"));
        bench.save(phone);
        let file = bench.backups.read(&FILE.parse().unwrap()).unwrap();
        let file = String::from_utf8(file).unwrap();
        assert!(file.starts_with("\r\n") && file.contains("Contrast=11\r\n"), "{encoding}: {file}");
        assert!(file.ends_with(&format!("ABKNAME001={label}\r\nABKNUMBER001=1\r\n")), "{encoding}: {file}");
    }
}

// req: BR-1, BR-16
#[test]
fn a_vendors_own_row_is_saved_and_retrieved() {
    let mut description = model("4621SW").tables().clone();
    let ring = OptionRow::new(RowKind::Setting, "ring colour", Values::choice(&[("red", "Red"), ("blue", "Blue")]));
    description.options.rows.push(ring.default("red").opstat_digit(1));
    let vendors = Model::new(description, std::sync::Arc::new(deskset_models::TableHooks)).unwrap();
    let mut bench = Bench::new();
    let first = bench.boot(deskset_phone::Setup { model: vendors.clone(), ..h323("4621SW") });
    bench.set(first, "ring colour", "green");
    bench.set(first, "ring colour", "blue");
    bench.save(first);
    assert!(bench.backup(FILE).unwrap().contains("ring colour=blue\r\n"));
    bench.log_off(first);
    let second = bench.boot_with(deskset_phone::Setup { model: vendors, ..h323("4621SW") }, flash("app.bin", "2.9.2"));
    let owned = bench.owned(second, "4711");
    assert_eq!(owned.options.get("ring colour").map(String::as_str), Some("blue"));
    assert_eq!(bench.tale("use"), ["ring colour refused: ring colour: \"green\" is not one of red, blue"]);
}
