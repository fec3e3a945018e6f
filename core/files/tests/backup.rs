//! Backup files: read, write, and what is ignored.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::collections::BTreeMap;

use common::model;
use deskset_files::{
    backup::{BackupError, BackupFile, DroppedWhy, Encoding, SpeedDial, UserData, decode, write},
    limits::BACKUP_BYTES_MAX,
};
use deskset_models::Signaling;
use proptest::prelude::*;

fn read(bytes: impl AsRef<[u8]>) -> BackupFile {
    BackupFile::read(bytes.as_ref(), &model(), Signaling::H323).unwrap()
}

/// What a phone writes that has the table's defaults where the user chose nothing.
fn written(data: &UserData) -> Vec<u8> {
    let model = model();
    write(data, &model, Signaling::H323, |name| {
        let default = || model.tables().options.find(name).unwrap().1.default.clone();
        data.options.get(name).cloned().unwrap_or_else(default)
    })
}

fn texts(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn dial(label: &str, number: &str) -> SpeedDial {
    SpeedDial { label: label.to_owned(), number: number.to_owned() }
}

/// Line, name and reason of what was dropped.
fn dropped(text: &str) -> Vec<(u32, String, DroppedWhy)> {
    let model = model();
    match BackupFile::read(format!("Contrast=8\n{text}").as_bytes(), &model, Signaling::H323) {
        Ok(file) => file.dropped.into_iter().map(|line| (line.line, line.name, line.why)).collect(),
        Err(why) => panic!("{why}"),
    }
}

// req: BR-1, BR-12, BR-16, BD-3
#[test]
fn a_file_is_written_in_the_order_of_the_table() {
    let data = UserData {
        options: texts(&[("Contrast", "11"), ("Redial", "0")]),
        carried: texts(&[("Background", "5"), ("Transfer Type", "1")]),
        speed_dials: [(12, dial("Ирина", "912025550123")), (2, dial("Café", "*7"))].into(),
        feature_labels: [(5, "Send calls".to_owned())].into(),
        unit_labels: [(4, "Night".to_owned())].into(),
    };
    let text = "\r\nRedial=0\r\nContrast=11\r\nDisplay Language=English\r\nFTP Directory Path=\r\nBackground=5\r\n\
        Transfer Type=1\r\nABKNAME002=Café\r\nABKNUMBER002=*7\r\nABKNAME012=Ирина\r\nABKNUMBER012=912025550123\r\n\
        PHNLABEL05=Send calls\r\nFKEULABEL04=Night\r\n";
    assert_eq!(String::from_utf8(written(&data)).unwrap(), text);
    let file = read(text);
    let all = [("Contrast", "11"), ("Display Language", "English"), ("FTP Directory Path", ""), ("Redial", "0")];
    assert_eq!(file.data, UserData { options: texts(&all), ..data });
    assert_eq!((file.encoding, file.dropped), (Encoding::Utf8, vec![]));
}

// req: BR-11, BR-13, BD-2
#[test]
fn every_encoding_of_the_guide_and_of_younger_series_is_read() {
    let text = "Redial=0\r\nABKNAME001=Café\r\nABKNUMBER001=1\r\n";
    let wide = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let latin_1: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let table = [
        (text.as_bytes().to_vec(), Encoding::Utf8),
        ([b"\xEF\xBB\xBF", text.as_bytes()].concat(), Encoding::Utf8WithMark),
        ([b"\xFF\xFE".to_vec(), wide(u16::to_le_bytes)].concat(), Encoding::Utf16Le),
        ([b"\xFE\xFF".to_vec(), wide(u16::to_be_bytes)].concat(), Encoding::Utf16Be),
        (latin_1.clone(), Encoding::Latin1),
        ([b"\xEF\xBB\xBF".to_vec(), latin_1].concat(), Encoding::Latin1),
    ];
    for (bytes, encoding) in table {
        let file = read(&bytes);
        assert_eq!(file.encoding, encoding);
        assert_eq!(file.data.options, texts(&[("Redial", "0")]), "{encoding:?}");
        assert_eq!(file.data.speed_dials, [(1, dial("Café", "1"))].into(), "{encoding:?}");
        assert_eq!(file.dropped, [], "{encoding:?}");
    }
    assert_eq!(decode(b"Caf\xC3\xA9"), ("Café".into(), Encoding::Utf8));
}

// req: BR-13
#[test]
fn line_ends_and_blank_lines_do_not_matter() {
    for end in ["\r\n", "\n", "\r", "\r\n\r\n", "\n\r"] {
        for before in ["", end] {
            let text = format!("{before}Redial=0{end}Contrast=3{end}");
            assert_eq!(read(&text).data.options, texts(&[("Contrast", "3"), ("Redial", "0")]), "{text:?}");
            assert_eq!(read(text.trim_end()).data.options.len(), 2, "{text:?}: the last line needs no end");
        }
    }
}

// req: BR-16
#[test]
fn names_are_read_in_any_case_with_outer_blanks_and_by_their_other_names() {
    for line in ["redial=0", "REDIAL=0", "  Redial  =0", "PHNREDIAL=0", "phnredial=0"] {
        assert_eq!(read(line).data.options, texts(&[("Redial", "0")]), "{line}");
    }
    assert_eq!(read("languser=GERMAN").data.options, texts(&[("Display Language", "German")]));
    for line in ["ABKNUMBER001=1", "abknumber1=1", "AbkNumber0001=1"] {
        assert_eq!(read(line).data.speed_dials, [(1, dial("1", "1"))].into(), "{line}");
    }
    assert_eq!(read("SBMLABEL04=Night").data.unit_labels, [(4, "Night".to_owned())].into());
}

// req: BR-16
#[test]
fn a_value_is_everything_after_the_first_equal_sign() {
    assert_eq!(read("FTP Directory Path= a=b ").data.options, texts(&[("FTP Directory Path", " a=b ")]));
    let labels = read("ABKNAME001= \"x\"=y# \nABKNUMBER001=1").data.speed_dials;
    assert_eq!(labels, [(1, dial(" \"x\"=y# ", "1"))].into());
}

// req: BR-16
#[test]
fn a_line_that_says_nothing_is_reported_with_its_number_and_why() {
    let overridden = DroppedWhy::Overridden;
    let table = [
        ("nonsense", 2, "nonsense", DroppedWhy::NoEqualSign),
        ("Volume=3", 2, "Volume", DroppedWhy::UnknownName),
        ("FTP Password=x", 2, "FTP Password", DroppedWhy::UnknownName),
        ("Contrast=16", 2, "Contrast", DroppedWhy::BadValue),
        ("Contrast=", 2, "Contrast", DroppedWhy::BadValue),
        ("FTP Directory Path=a\tb", 2, "FTP Directory Path", DroppedWhy::BadValue),
        ("ABKNUMBER000=1", 2, "ABKNUMBER000", DroppedWhy::NoSuchPosition),
        ("ABKNUMBER013=1", 2, "ABKNUMBER013", DroppedWhy::NoSuchPosition),
        ("ABKNUMBER99999=1", 2, "ABKNUMBER99999", DroppedWhy::UnknownName),
        ("PHNLABEL07=x", 2, "PHNLABEL07", DroppedWhy::NoSuchPosition),
        ("FKEULABEL05=x", 2, "FKEULABEL05", DroppedWhy::NoSuchPosition),
        ("ABKNUMBER001=21x", 2, "ABKNUMBER001", DroppedWhy::NoNumber),
        ("ABKNUMBER001=", 2, "ABKNUMBER001", DroppedWhy::NoNumber),
        ("ABKNAME001=Alone", 2, "Speed Dial 1", DroppedWhy::NoNumber),
        ("contrast=9", 1, "contrast", overridden.clone()),
        ("PHNREDIAL=0\nRedial=1", 2, "Redial", overridden.clone()),
        ("ABKNUMBER1=1\nABKNUMBER001=2", 2, "ABKNUMBER001", overridden),
    ];
    for (text, line, name, why) in table {
        assert_eq!(dropped(text), [(line, name.to_owned(), why)], "{text}");
    }
    let long = "x".repeat(1000);
    assert_eq!(dropped(&long), [(2, "x".repeat(40), DroppedWhy::NoEqualSign)]);
}

// req: BR-16, BD-3
#[test]
fn the_last_good_line_of_a_name_wins() {
    assert_eq!(read("Contrast=1\nContrast=2\nContrast=99").data.options, texts(&[("Contrast", "2")]));
    let dials =
        read("ABKNUMBER001=1\nABKNAME001=First\nABKNUMBER1=2\nABKNUMBER001=x\nABKNAME001=Last").data.speed_dials;
    assert_eq!(dials, [(1, dial("Last", "2"))].into());
}

// req: BR-15
#[test]
fn what_is_too_long_is_cut_not_refused() {
    let file = read(format!(
        "FTP Directory Path=12345678901\nABKNAME001={}\nABKNUMBER001={}\nPHNLABEL01={}\n",
        "я".repeat(14),
        "1".repeat(25),
        "漢".repeat(14)
    ));
    assert_eq!(file.data.options, texts(&[("FTP Directory Path", "1234567890")]));
    assert_eq!(file.data.speed_dials, [(1, dial(&"я".repeat(13), &"1".repeat(24)))].into());
    assert_eq!(file.data.feature_labels, [(1, "漢".repeat(13))].into());
}

// req: BR-2, BR-18
#[test]
fn rows_of_other_phones_are_carried_unread() {
    let file = read("background=as it is\nTransfer Type=9\n");
    assert_eq!(file.data.carried, texts(&[("Background", "as it is"), ("Transfer Type", "9")]));
    let sip = BackupFile::read(b"Transfer Type=1\n", &model(), Signaling::Sip).unwrap();
    assert_eq!(sip.data.options, texts(&[("Transfer Type", "1")]));
    let long = format!("Redial=1\nBackground={}\n", "x".repeat(256));
    assert_eq!(read(long).dropped[0].why, DroppedWhy::BadValue, "but not without limit");
}

// req: BR-13
#[test]
fn a_file_without_any_use_is_refused_as_a_whole() {
    for bytes in [&b""[..], b"\r\n", b"Volume=3\r\n", b"PHNLABEL01=\r\n", b"\xFF\xFE", b"\0\0\0"] {
        let read = BackupFile::read(bytes, &model(), Signaling::H323);
        assert_eq!(read, Err(BackupError::Empty), "{bytes:?}");
    }
    let large = [b"Redial=0\n".as_slice(), &vec![b'\n'; BACKUP_BYTES_MAX]].concat();
    assert!(BackupFile::read(&large[..BACKUP_BYTES_MAX], &model(), Signaling::H323).is_ok());
    let refused = BackupFile::read(&large, &model(), Signaling::H323);
    assert_eq!(refused, Err(BackupError::TooLarge(BACKUP_BYTES_MAX + 9)));
}

// req: AR-3
#[test]
fn adopting_takes_what_is_allowed_and_leaves_the_rest() {
    let old = UserData {
        options: texts(&[("Contrast", "3"), ("Display Language", "German")]),
        carried: texts(&[("Background", "0")]),
        speed_dials: [(1, dial("Old", "1"))].into(),
        feature_labels: [(1, "Old".to_owned())].into(),
        unit_labels: [(1, "Old".to_owned())].into(),
    };
    let file = || read("Contrast=9\nRedial=0\nBackground=1\nABKNUMBER002=2\nFKEULABEL02=New\n");
    let all = file().adopt(&old, |_| true, true, true, &model());
    let expected = UserData {
        options: texts(&[("Contrast", "9"), ("Display Language", "German"), ("Redial", "0")]),
        carried: texts(&[("Background", "1")]),
        speed_dials: [(2, dial("2", "2"))].into(),
        feature_labels: BTreeMap::new(),
        unit_labels: [(2, "New".to_owned())].into(),
    };
    assert_eq!(all, expected);
    let little = file().adopt(&old, |row| row.name == "Redial", false, false, &model());
    let options = texts(&[("Contrast", "3"), ("Display Language", "German"), ("Redial", "0")]);
    let carried =
        [("Background", "1"), ("Contrast", "9"), ("ABKNAME002", "2"), ("ABKNUMBER002", "2"), ("FKEULABEL02", "New")];
    assert_eq!(little, UserData { options, carried: texts(&carried), ..old.clone() });
    let text = String::from_utf8(written(&little)).unwrap();
    let lists = "ABKNAME001=Old\r\nABKNUMBER001=1\r\nABKNAME002=2\r\nABKNUMBER002=2\r\n\
        PHNLABEL01=Old\r\nFKEULABEL01=Old\r\nFKEULABEL02=New\r\n";
    assert!(text.contains("Contrast=3\r\n") && text.ends_with(lists), "{text}");
    let later = file().adopt(&little, |_| true, true, true, &model());
    assert_eq!(later, all, "what was carried is taken as soon as it may be");
}

/// Anything a user can own on this model.
fn any_data() -> impl Strategy<Value = UserData> {
    let label = || "[^\r\n]{1,13}";
    let dial = (label(), "[0-9*#,]{1,24}").prop_map(|(label, number)| SpeedDial { label, number });
    let options = (0u8..2, 0u8..16, prop::sample::select(vec!["English", "German"]), "[ -~а-я漢]{0,10}");
    (
        options,
        prop::collection::btree_map(prop::sample::select(vec!["Background", "Transfer Type"]), "[^\r\n]{0,20}", 0..2),
        prop::collection::btree_map(1u16..=12, dial, 0..12),
        prop::collection::btree_map(1u16..=6, label(), 0..6),
        prop::collection::btree_map(1u16..=4, label(), 0..4),
    )
        .prop_map(|((redial, contrast, language, path), carried, speed_dials, feature_labels, unit_labels)| {
            UserData {
                options: texts(&[
                    ("Redial", &redial.to_string()),
                    ("Contrast", &contrast.to_string()),
                    ("Display Language", language),
                    ("FTP Directory Path", &path),
                ]),
                carried: carried.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
                speed_dials,
                feature_labels,
                unit_labels,
            }
        })
}

proptest! {
    // req: BR-1, BR-11, BR-12
    #[test]
    fn what_is_written_reads_back(data in any_data()) {
        let bytes = written(&data);
        let file = read(&bytes);
        prop_assert_eq!(&file.data, &data);
        prop_assert_eq!(file.dropped, vec![]);
        prop_assert_eq!(written(&file.data), bytes);
    }

    // req: BR-11
    #[test]
    fn any_bytes_are_read_or_refused_and_what_was_read_is_written_for_good(
        lines in prop::collection::vec(prop_oneof![
            prop::collection::vec(any::<u8>(), 0..40),
            "(Redial|Contrast|Background|FTP Directory Path|ABKNAME00[0-9]|ABKNUMBER00[0-9]|PHNLABEL0[0-9])=[0-9a-zé\t]{0,15}"
                .prop_map(String::into_bytes),
        ], 0..30),
    ) {
        if let Ok(file) = BackupFile::read(&lines.join(&b'\n'), &model(), Signaling::H323) {
            let bytes = written(&file.data);
            prop_assert_eq!(written(&read(&bytes).data), bytes);
        }
    }
}
