//! Application files: the lab's container, and what is no container.
#![allow(missing_docs, clippy::unwrap_used)]

use deskset_files::{
    application::{Application, ApplicationError, ApplicationFile, Fingerprint},
    limits::APPLICATION_BYTES_MAX,
};
use deskset_models::{Release, Signaling};
use proptest::prelude::*;

fn packed() -> Vec<u8> {
    Application::pack("x100.bin", "X100", Signaling::H323, "2.9.2".parse().unwrap(), b"software")
}

// req: FS-10, FS-12
#[test]
fn a_container_looks_as_it_is_described_and_reads_back() {
    let file = packed();
    let ApplicationFile::Lab(application) = ApplicationFile::read(&file).unwrap() else { panic!("foreign") };
    let text = format!(
        "DESKSET APPLICATION 1\nname: x100.bin\nmodel: X100\nsignaling: h323\nrelease: 2.9.2\nlength: 8\nsha256: {}\n\nsoftware",
        application.sha256
    );
    assert_eq!(String::from_utf8(file).unwrap(), text);
    let lines = "DESKSET APPLICATION 1\nname: x100.bin\nmodel: X100\nsignaling: h323\nrelease: 2.9.2\nlength: 8\n";
    let expected = Application {
        name: "x100.bin".to_owned(),
        model: "X100".to_owned(),
        signaling: Signaling::H323,
        release: "2.9.2".parse().unwrap(),
        length: 8,
        sha256: Fingerprint::of(format!("{lines}software").as_bytes()),
    };
    assert_eq!(application, expected);
}

// req: FS-12
#[test]
fn every_truncation_is_noticed() {
    let file = packed();
    for length in 0..file.len() {
        match ApplicationFile::read(&file[..length]) {
            Err(_) => {}
            // Without its whole first line it is no container.
            Ok(ApplicationFile::Foreign { .. }) => assert!(length < 22, "{length}"),
            Ok(ApplicationFile::Lab(_)) => panic!("{length} bytes are taken for the whole"),
        }
    }
    assert_eq!(ApplicationFile::read(b""), Err(ApplicationError::Empty));
    assert_eq!(ApplicationFile::read(&file[..file.len() - 3]), Err(ApplicationError::Truncated { have: 5, want: 8 }));
}

// req: FS-12
#[test]
fn every_damaged_byte_is_noticed() {
    let file = packed();
    for at in 0..file.len() {
        for other in 0..=u8::MAX {
            let mut damaged = file.clone();
            damaged[at] = other;
            match ApplicationFile::read(&damaged) {
                Err(_) => {}
                Ok(ApplicationFile::Foreign { .. }) => assert!(at < 22, "byte {at} as {other}"),
                Ok(ApplicationFile::Lab(_)) => assert_eq!(damaged, file, "byte {at} as {other}"),
            }
        }
    }
}

// req: FS-12
#[test]
fn what_is_wrong_is_said_in_words() {
    let file = packed();
    let text = String::from_utf8(file.clone()).unwrap();
    let long = text.replace("x100.bin", &"x".repeat(5000));
    let header =
        |line, why: &str| format!("line {line} of the application file's header is wrong ({why}); make the file anew");
    let table = [
        (text.replace("model: X100", "modell: X100"), header(3, "`model: …` is expected here")),
        (text.replace("h323", "h324"), header(4, "\"h324\" is no signaling: write h323 or sip")),
        (text.replace("2.9.2", "two"), header(5, "\"two\" is no release: write it like 2.2 or 2.9.2")),
        (text.replace("length: 8", "length: 08"), header(8, "something in it is written in an unusual way")),
        (text.replace("h323", "H.323"), header(8, "something in it is written in an unusual way")),
        (text.replace("\n\n", "\nmore: 1\n\n"), header(8, "an empty line ends the header")),
        (long, header(2, "it breaks off or is too long")),
        (
            text.replace("length: 8", "length: 67108865"),
            "the application file has 67108865 bytes, more than the 67108864 a phone can hold".to_owned(),
        ),
        (format!("{text}more"), "the application file has 4 bytes too many; copy it to the server again".to_owned()),
    ];
    for (text, words) in table {
        assert_eq!(ApplicationFile::read(text.as_bytes()).unwrap_err().to_string(), words);
    }
    let mut damaged = file;
    *damaged.last_mut().unwrap() ^= 1;
    let Err(ApplicationError::Damaged { found, stated }) = ApplicationFile::read(&damaged) else { panic!("taken") };
    assert_ne!(found, stated);
}

// req: FS-12
#[test]
fn a_phone_holds_as_much_software_as_the_limit_says() {
    let payload = vec![7; APPLICATION_BYTES_MAX];
    let file = Application::pack("x100.bin", "X100", Signaling::Sip, Release::new(2, 2), &payload);
    assert!(matches!(ApplicationFile::read(&file), Ok(ApplicationFile::Lab(_))));
    assert!(matches!(ApplicationFile::read(&payload), Ok(ApplicationFile::Foreign { .. })));
    let more = [payload.as_slice(), &[7]].concat();
    assert_eq!(ApplicationFile::read(&more), Err(ApplicationError::TooLarge(APPLICATION_BYTES_MAX + 1)));
}

#[test]
fn a_fingerprint_is_written_as_64_digits() {
    let text = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(Fingerprint::of(b"").to_string(), text);
    assert_eq!(text.parse(), Ok(Fingerprint::of(b"")));
    assert_eq!(text.to_uppercase().parse(), Ok(Fingerprint::of(b"")));
    for wrong in ["", &text[1..], &format!("{text}0"), &text.replace('e', "g"), &text.replace("e3", "é")] {
        assert!(wrong.parse::<Fingerprint>().is_err(), "{wrong}");
    }
}

proptest! {
    // req: FS-12
    #[test]
    fn what_is_packed_reads_back(
        name in "[a-z0-9_.-]{1,40}",
        model in "[A-Z0-9]{1,8}",
        (major, minor, patch) in any::<(u16, u16, u16)>(),
        sip in any::<bool>(),
        payload in prop::collection::vec(any::<u8>(), 0..500),
    ) {
        let signaling = if sip { Signaling::Sip } else { Signaling::H323 };
        let release = Release { major, minor, patch };
        let file = Application::pack(&name, &model, signaling, release, &payload);
        let Ok(ApplicationFile::Lab(read)) = ApplicationFile::read(&file) else { panic!("{file:?}") };
        prop_assert_eq!(
            (read.name, read.model, read.signaling, read.release, read.length),
            (name, model, signaling, release, payload.len())
        );
    }

    #[test]
    fn any_other_bytes_are_foreign_or_refused(bytes in prop::collection::vec(any::<u8>(), 1..500)) {
        prop_assert_eq!(ApplicationFile::read(&bytes), Ok(ApplicationFile::Foreign { sha256: Fingerprint::of(&bytes) }));
        let headed = [b"DESKSET APPLICATION 1\n", bytes.as_slice()].concat();
        prop_assert!(ApplicationFile::read(&headed).is_err());
    }
}
