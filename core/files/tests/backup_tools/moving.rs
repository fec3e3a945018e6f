//! Comparing, and moving to another kind of phone.

use deskset_files::backup::{Conversion, Difference, Note, convert, difference, write_what_is_set};
use proptest::prelude::*;

use crate::{
    checking::any_file,
    lab::{can_show, phone, read},
};

fn moved(text: &str, from: &str, to: &str) -> Conversion {
    convert(text.as_bytes(), &phone(from), &phone(to), can_show).unwrap()
}

fn file(text: &str, from: &str, to: &str) -> String {
    let to = phone(to);
    String::from_utf8(write_what_is_set(
        &moved(text, from, to.kind().replace("H.323", "h323").as_str()).data,
        to.model,
        to.signaling,
    ))
    .unwrap()
}

fn told(notes: &[Note]) -> Vec<String> {
    notes.iter().map(|note| format!("{} ({}) {}", note.what, note.value, note.why)).collect()
}

const FULL: &str = "\nRedial=0\nDisplay Language=German\nPhone Color=2\nRoom Color=3\nCall Appearance Width=1\n\
    ABKNAME001=Front desk\nABKNUMBER001=1\nABKNAME009=Café\nABKNUMBER009=9\nABKNAME002=Ночь\nABKNUMBER002=2\n\
    PHNLABEL01=Send\nFKEULABEL04=Night\n";

// req: BR-17, BR-18
#[test]
fn from_h323_to_sip_the_width_changes_its_name() {
    assert_eq!(file("\nCall Appearance Width=1\n", "X100 h323", "X100 sip"), "\r\nSession Appearance Width=1\r\n");
    assert_eq!(
        file("\nSession Appearance Width=1\nRedial=1\n", "X100 sip", "X100 h323"),
        "\r\nRedial=1\r\nCall Appearance Width=1\r\n"
    );
    let both = moved("\nSession Appearance Width=0\nCall Appearance Width=1\n", "X100 h323", "X100 sip");
    assert_eq!(both.data.options["Session Appearance Width"], "0", "its own value holds");
    let back = moved("\nRedial=1\nTransfer Type=1\n", "X100 sip", "X100 h323");
    assert_eq!(told(&back.left_out), ["Transfer Type (1) there is no such option under H.323"]);
}

// req: BR-2, BR-6, BR-15
#[test]
fn to_a_smaller_model_only_what_fits_carries_over_and_the_rest_is_told() {
    let conversion = moved(FULL, "X100 h323", "X90 h323");
    assert_eq!(
        told(&conversion.left_out),
        [
            "Phone Color (2) the X90 has no such option",
            "Room Color (3) the X90 has no such option",
            "Speed Dial 9 (Café = 9) the X90 has 6 positions",
            "Expansion unit label 4 (Night) the X90 has 0 expansion unit buttons",
        ]
    );
    assert_eq!(
        told(&conversion.changed),
        [
            "Speed Dial 1 (Front desk) the label is cut to 8 characters",
            "Speed Dial 2 (Ночь) the X90 shows rectangles in the label",
        ]
    );
    assert_eq!(conversion.data.speed_dials.len(), 2);
    assert_eq!(conversion.data.carried.len(), 0, "nobody would read it there");
}

// req: BR-2, BR-6
#[test]
fn among_models_that_share_a_file_other_models_rows_are_kept() {
    let conversion = moved(FULL, "X100 h323", "X120 h323");
    assert_eq!(conversion.data.carried["Room Color"], "3");
    assert_eq!(told(&conversion.left_out), ["Display Language (German) a X120 H.323 has one of English"]);
    let same = moved(FULL, "X100 h323", "X100 h323");
    assert_eq!(Some(same.data), read("X100 h323", FULL.as_bytes()));
    assert_eq!(same.left_out, []);
}

// req: BR-19
#[test]
fn no_password_carries_over() {
    let text = "\nRedial=1\nFTP Directory Path=ftp://ann:sesame@h\nFTP Password=sesame\n";
    let conversion = moved(text, "X100 h323", "X100 sip");
    assert!(!format!("{conversion:?}").contains("sesame"));
}

// req: BR-1
#[test]
fn files_are_compared_by_what_they_mean() {
    let old = read("X100 h323", FULL.as_bytes()).unwrap();
    let rewritten = FULL.replace("Redial", "phnredial").replace('\n', "\r\n").replace("ABKNAME001", "abkname1");
    assert_eq!(difference(&old, &read("X100 h323", rewritten.as_bytes()).unwrap()), []);
    assert_eq!(
        difference(&old, &read("X120 h323", FULL.replace("Display Language=German\n", "").as_bytes()).unwrap()),
        [Difference { what: "Display Language".to_owned(), old: Some("German".to_owned()), new: None }]
    );
    let new =
        FULL.replace("Redial=0", "Redial=1").replace("=Front desk", "=Desk").replace("PHNLABEL01=Send", "PHNLABEL02=X");
    let found = difference(&old, &read("X100 h323", new.as_bytes()).unwrap());
    let found: Vec<String> =
        found.into_iter().map(|row| format!("{}: {:?} {:?}", row.what, row.old, row.new)).collect();
    assert_eq!(
        found,
        [
            "Redial: Some(\"0\") Some(\"1\")",
            "Speed Dial 1: Some(\"Front desk = 1\") Some(\"Desk = 1\")",
            "Feature label 1: Some(\"Send\") None",
            "Feature label 2: None Some(\"X\")",
        ]
    );
}

proptest! {
    // req: BR-6, BR-11
    #[test]
    fn what_is_converted_is_read_by_the_new_phone_without_loss(
        bytes in prop_oneof![any_file(), prop::collection::vec(any::<u8>(), 0..300)],
        from in prop::sample::select(vec!["X100 h323", "X120 sip", "X90 h323"]),
        to in prop::sample::select(vec!["X100 h323", "X100 sip", "X120 h323", "X90 h323", "X90 sip"]),
    ) {
        let (from, new) = (phone(from), phone(to));
        let Ok(conversion) = convert(&bytes, &from, &new, can_show) else { return Ok(()) };
        let written = write_what_is_set(&conversion.data, new.model, new.signaling);
        let again = read(to, &written).unwrap_or_default();
        prop_assert_eq!(difference(&conversion.data, &again), vec![]);
    }
}
