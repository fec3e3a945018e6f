//! First backups from a table.

use std::collections::BTreeMap;

use deskset_files::{
    backup::{NewBackups, UserData},
    limits::{CSV_BYTES_MAX, CSV_FAULTS_MAX},
};
use deskset_models::Extension;
use proptest::prelude::*;

use crate::lab::phone;

fn made(
    table: impl AsRef<[u8]>,
    extension: Option<&str>,
    options: &[(&str, &str)],
) -> Result<BTreeMap<Extension, UserData>, Vec<String>> {
    let extension = extension.map(|text| text.parse().unwrap());
    let options: Vec<_> = options.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let new = NewBackups { phone: phone("X100 h323"), options: &options, extension: extension.as_ref() };
    new.read(table.as_ref()).map_err(|faults| faults.iter().map(ToString::to_string).collect())
}

fn dials(data: &UserData) -> Vec<String> {
    data.speed_dials.iter().map(|(at, dial)| format!("{at} {} {}", dial.label, dial.number)).collect()
}

// req: BR-1, BR-12
#[test]
fn a_table_of_labels_and_numbers_fills_the_positions_in_order() {
    let table = "label,number\n\"Front, desk\",21000\nИрина,912025550123\n\n,#7\n";
    let users = made(table, Some("4711"), &[("redial", "0")]).unwrap();
    let (extension, data) = users.iter().next().unwrap();
    assert_eq!((users.len(), extension.as_str()), (1, "4711"));
    assert_eq!(dials(data), ["1 Front, desk 21000", "2 Ирина 912025550123", "3 #7 #7"]);
    assert_eq!(data.options, [("Redial".to_owned(), "0".to_owned())].into());
}

// req: BR-1
#[test]
fn positions_that_are_named_are_kept_free_for_their_rows() {
    let table = "Position;Label;Number;Extension\r\n;A;1;1\r\n;B;2;1\r\n1;C;3;1\r\n12;D;4;2\r\n;E;5;2\r\n";
    let users = made(table, None, &[]).unwrap();
    let all: Vec<_> = users.values().map(dials).collect();
    assert_eq!(all, [vec!["1 C 3", "2 A 1", "3 B 2"], vec!["1 E 5", "12 D 4"]]);
}

// req: BR-1, BR-19
#[test]
fn everything_that_is_wrong_is_told_with_its_line_and_nothing_is_made() {
    let table = "label,number,position,extension\nA,1,13,1\nB,x,,1\nC,,,1\nD,1,2,1\nE,1,2,1\nF,1,,one\nG,1\n\
        A label of many words,1,,1\nH,1,,\n";
    let wrong =
        made(table, None, &[("Redail", "1"), ("Contrast", "99"), ("Transfer Type", "1"), ("FTP Password", "sesame")]);
    assert_eq!(
        wrong.unwrap_err(),
        [
            "there is no option `Redail`; did you mean `Redial`?",
            "Contrast: \"99\" is not a whole number from 0 to 15; correct the value",
            "a X100 H.323 has no Transfer Type; leave it out",
            "option FTP Password looks like a password; backup files hold none",
            "line 8: there are 2 cells under 4 columns; put a cell with a comma in it into quotation marks",
            "line 2: `13` is no position; the X100 has 1 to 12",
            "line 3: `x` cannot be dialed; write only characters of 0123456789*#,",
            "line 4: the number is empty; write one, or take the line out",
            "line 6: position 2 of 1 is taken by a line before; choose another one",
            "line 7: \"one\" is no extension: write 1 to 13 digits; correct the cell",
            "line 9: the label has 21 characters, more than 13; shorten it",
            "line 10: no extension is named; fill the column `extension`, or give one",
        ]
    );
    assert_eq!(
        made("lable,number\n", Some("1"), &[]).unwrap_err(),
        [
            "line 1: there is no column `lable`; did you mean `label`?",
            "line 1: the columns `label` and `number` are not both there; begin the table with a line such as label,number",
        ]
    );
    let many = format!("label,number\n{}", "A,1\n".repeat(13));
    assert_eq!(made(many, Some("1"), &[]).unwrap_err(), ["line 14: all 12 positions of 1 are taken; take lines out"]);
    assert_eq!(made("label,number\n", None, &[]).unwrap_err().len(), 1);
    assert_eq!(
        made("label,number\n".to_owned() + &"A,x\n".repeat(1000), Some("1"), &[]).unwrap_err().len(),
        CSV_FAULTS_MAX
    );
    assert_eq!(made(vec![b'\n'; CSV_BYTES_MAX + 1], Some("1"), &[]).unwrap_err().len(), 1);
}

proptest! {
    // req: BR-1
    #[test]
    fn any_bytes_are_a_table_or_are_refused(
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        text in "(label|number|position|extension|[,;\n\"]|[0-9a-z]{1,3}){0,60}",
    ) {
        let table = [b"label,number,position,extension\n", &bytes[..]].concat();
        let _ = made(&table, None, &[]);
        let _ = made(&text, Some("1"), &[]);
    }
}
