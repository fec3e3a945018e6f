//! What is found, beyond the rules' own examples.

use deskset_files::limits::BACKUP_BYTES_MAX;
use proptest::prelude::*;

use crate::lab::{USUAL, findings, found, told};

// req: BR-13, BR-14, BR-16
#[test]
fn a_file_of_a_careless_hand_is_told_line_by_line() {
    let text = "contrast=16\n\
        Redial\n\
        PHNREDIAL=0\n\
        ABKNAME001=Front desk, ground floor\n\
        ABKNUMBER1=21 000\n\
        ABKNAME002=Alone\n\
        ABKNUMBER013=1\n\
        FTP Password=open\n\
        Displya Language=German\n\
        Display Language=deutsch\n\
        PHNLABEL03=Ночь";
    assert_eq!(
        findings(text),
        [
            "1 no-blank-first-line",
            "1 bad-value",
            "2 no-equal-sign",
            "3 alias",
            "5 illegal-number",
            "6 label-without-number",
            "7 no-such-position",
            "8 password",
            "9 unknown-name",
            "10 unknown-language",
            "11 no-line-end-at-end",
            "11 not-shown",
        ]
    );
}

// req: BR-19
#[test]
fn what_looks_like_a_password_is_told_and_never_repeated() {
    let lines = ["FTP Password=s3same", "pin=s3same", "FTP Directory Path=ftp://ann:s3same@h/x", "my secret s3same"];
    for line in lines {
        let all = found("X100 h323", USUAL, format!("\nRedial=1\n{line}\n").as_bytes());
        assert_eq!(told(&all), ["3 password"], "{line}");
        assert!(!format!("{} {}", all[0].what, all[0].remedy).contains("s3same"), "{line}");
        let shown = deskset_files::backup::without_password(line);
        assert!(!shown.contains("s3same") && shown.contains("***"), "{shown}");
    }
    assert_eq!(findings("\nPHNLABEL01=Pin board\nFTP User Name=pinocchio\n"), [""; 0], "values are no names");
}

// req: BR-6, BR-14
#[test]
fn a_shared_file_is_checked_for_all_that_share_it() {
    let both = "X100 h323, X120 h323";
    assert_eq!(
        told(&found(both, USUAL, b"\nDisplay Language=German\n")),
        ["2 not-on-every-model for X120 H.323"],
        "the other one takes it"
    );
    assert_eq!(
        told(&found(both, USUAL, b"\nDisplay Language=Klingon\nRedial=1\n")),
        ["2 unknown-language for X100 H.323", "2 unknown-language for X120 H.323"],
        "each has languages of its own"
    );
    assert_eq!(
        told(&found("X100 h323, X90 h323", USUAL, b"\nPhone Color=9\nRedial=1\n")),
        ["2 unknown-colour for X100 H.323"]
    );
}

// req: BR-4, BR-5
#[test]
fn a_name_says_whose_file_it_is() {
    let names = |phones: &str, name: &str| told(&found(phones, name, b"\nRedial=1\n"));
    assert_eq!(names("X100 h323", "some/folder/4711_data.txt"), [""; 0]);
    assert_eq!(names("X100 sip", "4711_data.txt"), ["1 other-phones-file"]);
    assert_eq!(names("X100 h323", "4711_small.txt"), ["1 other-phones-file"]);
    assert_eq!(names("X100 h323", "4711_Data.TXT"), ["1 file-name-case"]);
    assert_eq!(names("X100 h323", "anna_data.txt"), ["1 unknown-file-name"]);
    assert_eq!(names("X100 h323", "4711_data.csv"), ["1 unknown-file-name"]);
    let other = found("X90 h323", "4711_data.txt", b"\nRedial=1\n");
    assert_eq!(other[0].what, "phones of other kinds ask for this file: X100 H.323, X120 H.323");
}

// req: BR-12, BR-13
#[test]
fn utf_16_is_told_with_and_without_a_mark() {
    let wide: Vec<u8> = "\nRedial=1\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(told(&found("X100 h323", USUAL, &[b"\xFF\xFE", &wide[..]].concat())), ["1 utf-16"]);
    assert_eq!(told(&found("X100 h323", USUAL, &wide)), ["1 utf-16"]);
}

// req: BR-16
#[test]
fn a_remedy_names_what_was_meant() {
    let remedies = |text: &str| {
        let all = found("X100 h323", USUAL, format!("\nRedial=1\n{text}\n").as_bytes());
        all.into_iter().map(|finding| finding.remedy).collect::<Vec<_>>()
    };
    assert_eq!(remedies("Contrest=3"), ["did you mean `Contrast`?"]);
    assert_eq!(remedies("ABKNUMER001=3"), ["did you mean `ABKNUMBER`?"]);
    assert_eq!(remedies("Display Language=Deutsch"), ["did you mean `German`?"]);
    assert_eq!(remedies("Display Language=Germna"), ["did you mean `German`?"]);
    assert_eq!(remedies("SET Contrast 3"), ["SET belongs into settings files; write NAME=VALUE"]);
}

// req: BR-16
#[test]
fn the_largest_file_of_unknown_names_is_checked_to_its_end() {
    let text = format!("\n{}", "Contrest Language=1\n".repeat(BACKUP_BYTES_MAX / 20 - 1));
    assert!(text.len() <= BACKUP_BYTES_MAX);
    assert_eq!(findings(&text).len(), BACKUP_BYTES_MAX / 20);
}

/// Lines as hands and machines write them, good and bad.
pub fn any_file() -> impl Strategy<Value = Vec<u8>> {
    let name = prop::sample::select(vec![
        "Redial",
        "PHNREDIAL",
        "contrast",
        "Display Language",
        "FTP Directory Path",
        "FTP Server IP Address",
        "Room Color",
        "Transfer Type",
        "Phone Color",
        "ABKNAME001",
        "ABKNUMBER001",
        "abkname2",
        "ABKNUMBER0002",
        "ABKNUMBER013",
        "PHNLABEL01",
        "PHNLABEL99",
        "SBMLABEL03",
        "FKEULABEL03",
        "FTP Password",
        "Pin",
        " Redial ",
        "",
        "Volume",
    ]);
    let value = prop_oneof![
        "[0-9*#,]{0,30}",
        "[ -~а-яé\u{0}\u{feff}]{0,20}",
        prop::sample::select(vec![
            "German",
            "german",
            "1",
            "0",
            " 1",
            "ftp://a:b@c/d",
            "192.0.2.1",
            "refused",
            "\"x\""
        ])
        .prop_map(str::to_owned),
    ];
    let end = prop::sample::select(vec!["\r\n", "\r\n", "\n", "\r", "\n\r"]);
    let line = prop_oneof![
        8 => (name, value).prop_map(|(name, value)| format!("{name}={value}")),
        1 => "[ -~]{0,12}",
        1 => Just(String::new()),
    ];
    let text = prop::collection::vec((line, end), 0..20)
        .prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect::<String>());
    (text, 0..5u8).prop_map(|(text, form)| match form {
        0 => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        1 => [b"\xFF\xFE".to_vec(), text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat(),
        2 => text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect(),
        _ => text.into_bytes(),
    })
}

proptest! {
    // req: BR-11
    #[test]
    fn any_bytes_are_checked_and_every_place_is_in_the_text(
        bytes in prop_oneof![any_file(), prop::collection::vec(any::<u8>(), 0..300)],
    ) {
        let (text, _) = deskset_files::backup::decode(&bytes);
        for finding in found("X100 h323, X120 h323, X90 sip", USUAL, &bytes) {
            prop_assert!(text.get(finding.place.range()).is_some(), "{finding:?}");
            prop_assert!(finding.line >= 1);
            prop_assert!(!finding.remedy.is_empty(), "{finding:?}");
        }
    }
}
