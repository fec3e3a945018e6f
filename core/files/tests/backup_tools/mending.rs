//! Mended files: correct, the same to the phone, and mended once and for all.

use deskset_files::{
    backup::{BackupError, decode, fix, is_mended, is_password_line},
    limits::BACKUP_BYTES_MAX,
};
use proptest::prelude::*;

use crate::{
    checking::any_file,
    lab::{USUAL, read, told, with_check},
};

fn fixed(bytes: &[u8]) -> Result<deskset_files::backup::Fixed, BackupError> {
    with_check("X100 h323", |check| fix(check, USUAL, bytes))
}

// req: BR-12, BR-13, BR-19
#[test]
fn a_mended_file_is_what_the_phone_would_write_of_it() {
    let text = b"PHNREDIAL=0\ncontrast=3\nContrast=9\nContrast=16\nVolume=3\nFTP Password=sesame\n\
        abknumber2=21000\nABKNAME001=Caf\xE9\nABKNUMBER001=1\nABKNAME003=Alone\nRoom Color=5\nsbmlabel4=Night watchman X";
    let fixed = fixed(text).unwrap();
    let expected = "\r\nRedial=0\r\nContrast=9\r\nRoom Color=5\r\nABKNAME001=Café\r\nABKNUMBER001=1\r\n\
        ABKNAME002=21000\r\nABKNUMBER002=21000\r\nFKEULABEL04=Night watchma\r\n";
    assert_eq!(String::from_utf8(fixed.bytes).unwrap(), expected);
    assert_eq!(
        told(&fixed.mended),
        [
            "1 alias",
            "1 no-blank-first-line",
            "2 overridden",
            "4 bad-value",
            "5 unknown-name",
            "6 password",
            "7 name-spelling",
            "7 number-without-label",
            "8 not-utf-8",
            "10 label-without-number",
            "12 alias",
            "12 no-line-end-at-end",
            "12 label-cut",
        ]
    );
    assert_eq!(told(&fixed.left), ["4 other-model"]);
}

// req: BR-13
#[test]
fn a_file_with_nothing_to_mend_stays_as_it_is() {
    for text in ["\nRedial=1\nContrast=3\n", "\r\nContrast=3\r\nRedial=1\r\n", "\nPHNLABEL01=\"x\" \n"] {
        let fixed = fixed(text.as_bytes()).unwrap();
        assert_eq!((fixed.bytes, fixed.mended), (text.as_bytes().to_vec(), vec![]), "{text:?}");
    }
}

// req: BR-13
#[test]
fn a_file_without_any_use_is_not_mended() {
    assert_eq!(fixed(b""), Err(BackupError::Empty));
    assert_eq!(fixed(b"FTP Password=x\n"), Err(BackupError::Empty));
    let large = vec![b'\n'; BACKUP_BYTES_MAX + 1];
    assert_eq!(fixed(&large), Err(BackupError::TooLarge(BACKUP_BYTES_MAX + 1)));
}

proptest! {
    // req: BR-11, BR-13, BR-19
    #[test]
    fn a_mended_file_means_the_same_and_is_mended_for_good(
        bytes in prop_oneof![any_file(), prop::collection::vec(any::<u8>(), 0..300)],
    ) {
        let Ok(once) = fixed(&bytes) else { return Ok(()) };
        let findings = with_check("X100 h323", |check| check.findings(USUAL, &once.bytes));
        prop_assert_eq!(&findings, &once.left);
        prop_assert!(findings.iter().all(|found| !is_mended(found.rule)), "{:?}", told(&findings));
        let again = fixed(&once.bytes).unwrap();
        prop_assert_eq!(&again.bytes, &once.bytes);
        prop_assert_eq!(again.mended, vec![]);
        let lines = decode(&once.bytes).0.into_owned();
        prop_assert!(!lines.split(['\r', '\n']).any(is_password_line), "{}", lines);
        let (text, _) = decode(&bytes);
        if !text.split(['\r', '\n']).any(is_password_line) {
            prop_assert_eq!(read("X100 h323", &once.bytes), read("X100 h323", &bytes));
        }
    }
}
