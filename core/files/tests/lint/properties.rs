//! Whatever the bytes are.

use deskset_files::{
    lint::{Severity, SourceFile, check},
    settings::judge,
};
use deskset_models::ParameterSource;
use proptest::prelude::*;

use crate::lab;

/// Pieces of scripts, so that chance meets what matters.
const PIECES: [&str; 44] = [
    "SET ",
    "IF ",
    "GOTO ",
    "GET ",
    "# ",
    "#",
    "##",
    " ",
    "\t",
    "\n",
    "\r\n",
    "\r",
    "\"",
    "“",
    "'",
    "$MODEL4",
    "$SIG",
    "MODEL",
    " SEQ ",
    "==",
    "=",
    "END",
    "one",
    "OPSTAT",
    "DSCPAUD",
    "MCIPADD",
    "L2QVLAN",
    "TPSLIST",
    "APPNAME",
    "DNSSRVR",
    "111",
    "000",
    "4620",
    "99999",
    "192.0.2.1",
    ",",
    "/",
    "name",
    "46xxsettings.txt",
    "# deskset: allow ",
    "tab",
    "é",
    "\u{feff}",
    "\0",
];

fn scripts() -> impl Strategy<Value = Vec<u8>> {
    let pieces = prop::collection::vec(prop::sample::select(&PIECES[..]), 0..120);
    prop_oneof![prop::collection::vec(any::<u8>(), 0..400), pieces.prop_map(|pieces| pieces.concat().into_bytes()),]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    // req: FS-13
    #[test]
    fn findings_stand_inside_of_the_text_and_in_order(first in scripts(), second in scripts()) {
        let files = [
            SourceFile::read("46xxupgrade.scr", first).unwrap(),
            SourceFile::read(lab::USUAL, second).unwrap(),
        ];
        let found = check(&files, &lab::all());
        let mut last = (0, 0, 0);
        for finding in &found {
            let at = files.iter().position(|file| file.script.name() == &*finding.file).unwrap();
            let text = files[at].script.text();
            prop_assert!(text.get(finding.place.range()).is_some(), "{finding:?}");
            prop_assert!(finding.line >= 1 && finding.line as usize <= files[at].script.lines().count());
            let key = (at, finding.line, finding.place.range().start);
            prop_assert!(last <= key, "{finding:?}");
            last = key;
        }
        prop_assert_eq!(&found, &check(&files, &lab::all()), "the same again");
    }

    // req: FS-13
    #[test]
    fn a_value_is_an_error_exactly_if_a_phone_ignores_it(
        row in 0usize..200,
        value in prop_oneof!["[0-9]{1,6}", "[a-z.0-9,:-]{1,20}", "-?[0-9]{1,3}", "(192\\.0\\.2\\.1,?){1,20}", "[!-~]{1,300}"],
    ) {
        prop_assume!(!value.contains(['"', '\'', '`', '=']));
        let target = lab::one("4621SW h323");
        let table = &target.model.tables().parameters;
        let name = &table.rows[row % table.rows.len()].name;
        let file = SourceFile::read(lab::USUAL, format!("SET {name} \"{value}\"\n").into_bytes()).unwrap();
        let ignored = judge(target.model, name, &value, ParameterSource::Files).is_err();
        let errors = check(&[file], &[target]).iter().filter(|found| found.rule.severity == Severity::Error).count();
        prop_assert_eq!(errors, usize::from(ignored), "{} {}", name, value);
    }
}

#[test]
fn files_without_phones_to_read_them_and_phones_without_files_are_fine() {
    assert!(check(&[], &lab::all()).is_empty());
    assert_eq!(lab::findings(" SET OPSTAT 110\n", &[]), ["1 leading-blank \" \""]);
    assert_eq!(lab::findings("", &lab::all()), [""; 0]);
}
