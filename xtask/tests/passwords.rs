//! The search for passwords finds what is deliberately left lying about, wherever that is.
#![allow(missing_docs, clippy::unwrap_used)]

mod running;

use std::{fs, panic, path::Path};

use running::{Program, no_password};
use xtask::passwords::{TYPED, all, in_bytes, in_folder};

#[test]
fn the_passwords_are_those_of_the_lab_and_those_that_tests_type() {
    assert_eq!(all().len(), 10 + TYPED.len());
    assert_eq!((all()[0], all()[9], all()[10]), ("904711", "904720", "mistyped"));
}

// req: BR-19
#[test]
fn a_password_in_any_file_is_found_save_where_it_has_to_be() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &[u8]| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("state/phone/memory.json", b"904711");
    write("lab.toml", b"904711");
    write("given", b"open-sesame");
    write("clean.log", b"12904711 9047112");
    let given = [b"open-sesame".to_vec()];
    assert_eq!(in_folder(folder.path(), &given).unwrap(), []);
    write("a/b/image.bin", b"\xFF\x00 9047112 904711\x00");
    write("transfers.jsonl", br#"{"login":"correct-horse"}"#);
    let mut found = in_folder(folder.path(), &given).unwrap();
    found.sort_by_key(|leak| leak.at);
    let found: Vec<_> = found.iter().map(|leak| (leak.password, leak.place.file_name().unwrap(), leak.at)).collect();
    assert_eq!(found, [("correct-horse", "transfers.jsonl".as_ref(), 10), ("904711", "image.bin".as_ref(), 11)]);
}

#[test]
fn a_test_that_prints_or_leaves_a_password_fails() {
    assert!(in_bytes(b"PASS 904712\r\n", Path::new("log"))[0].to_string().contains("904712\" is in log at byte 5"));
    assert!(panic::catch_unwind(|| no_password("the password is mistyped")).is_err());
    let leaves = || {
        let program = Program::new();
        fs::write(program.path("left"), "904713").unwrap();
    };
    assert!(panic::catch_unwind(leaves).is_err());
}
