//! Small texts that mean something: extensions, releases, signalings, names of files, passwords.
#![allow(missing_docs, clippy::unwrap_used)]

use deskset_models::{Extension, FileName, FilePath, NameError, Release, Secret, Signaling};
use proptest::prelude::*;

// req: BR-4
#[test]
fn an_extension_has_1_to_13_digits() {
    for good in ["0", "4711", "0001", "1234567890123"] {
        assert_eq!(good.parse::<Extension>().unwrap().as_str(), good);
    }
    for wrong in ["", "12345678901234", "47a1", "47 11", "+4711", "٤٧١١", "47/11"] {
        assert!(wrong.parse::<Extension>().is_err(), "{wrong}");
    }
    assert_eq!("x".parse::<Extension>().unwrap_err().to_string(), "\"x\" is no extension: write 1 to 13 digits");
    let long = "9".repeat(1000).parse::<Extension>().unwrap_err().to_string();
    assert_eq!(long.len(), "\"\" is no extension: write 1 to 13 digits".len() + 40);
}

// req: FS-3, AR-5
#[test]
fn releases_are_read_as_the_guides_write_them_and_ordered_by_number() {
    let table = [("2.2", "2.2"), ("R2.8", "2.8"), ("r2.9.2", "2.9.2"), ("2.10", "2.10"), ("2.2.0", "2.2")];
    for (text, shown) in table {
        assert_eq!(text.parse::<Release>().unwrap().to_string(), shown);
    }
    for wrong in ["", "2", "2.", ".2", "2.2.2.2", "2.x", "+2.2", "2.+2", "2.-2", "2.65536", "2,2", "RR2.2"] {
        assert!(wrong.parse::<Release>().is_err(), "{wrong}");
    }
    let rising = ["1.8", "2.1", "2.2", "2.2.1", "2.9", "2.9.2", "2.10", "10.0"];
    let releases = rising.map(|text| text.parse::<Release>().unwrap());
    assert!(releases.is_sorted(), "{releases:?}");
}

// req: DC-4
#[test]
fn signalings_have_a_key_and_a_name() {
    for (text, signaling) in
        [("h323", Signaling::H323), ("H.323", Signaling::H323), ("sip", Signaling::Sip), ("SIP", Signaling::Sip)]
    {
        assert_eq!(text.parse(), Ok(signaling));
    }
    assert!("h.324".parse::<Signaling>().is_err());
    assert_eq!(Signaling::ALL.map(Signaling::key), ["h323", "sip"]);
    assert_eq!(Signaling::ALL.map(|signaling| signaling.to_string()), ["H.323", "SIP"]);
}

// req: FS-2
#[test]
fn a_file_name_is_one_name() {
    for good in ["4711_data.txt", "release 2.8.bin", ".hidden", "Ирина.txt", "a..b"] {
        assert_eq!(good.parse::<FileName>().unwrap().as_str(), good);
    }
    assert_eq!("".parse::<FileName>(), Err(NameError::Empty));
    for wrong in ["a/b", "/a", ".", "..", "a\\b", "a\nb", "a\0"] {
        assert!(matches!(wrong.parse::<FileName>(), Err(NameError::Forbidden(_))), "{wrong:?}");
    }
    assert!("x".repeat(255).parse::<FileName>().is_ok());
    assert!(matches!("é".repeat(128).parse::<FileName>(), Err(NameError::TooLong(_))), "bytes count, not letters");
}

// req: FS-2
#[test]
fn a_path_is_relative_and_never_leaves_its_tree() {
    assert_eq!("/a/b.txt".parse::<FilePath>().unwrap().as_str(), "a/b.txt");
    assert_eq!("a/b.txt".parse::<FilePath>().unwrap().name(), "b.txt");
    for wrong in ["//a", "a//b", "a/", "../a", "a/..", "a/./b", "a/\u{7f}"] {
        assert!(matches!(wrong.parse::<FilePath>(), Err(NameError::Forbidden(_))), "{wrong:?}");
    }
}

// req: FS-7
#[test]
fn a_directory_and_a_path_are_joined_with_one_slash() {
    let file: FilePath = "settings.txt".parse().unwrap();
    let within = |directory: &str| file.within(directory).map(|path| path.to_string());
    for none in ["", " ", "/", "//", " / "] {
        assert_eq!(within(none).unwrap(), "settings.txt", "{none:?}");
    }
    for spelled in ["a/b", "/a/b", "a/b/", "//a//b//", " a/b "] {
        assert_eq!(within(spelled).unwrap(), "a/b/settings.txt", "{spelled:?}");
    }
    for wrong in ["..", "a/../b", "a\\b", &"x".repeat(255)] {
        assert!(within(wrong).is_err(), "{wrong:?}");
    }
    let deep: FilePath = "c/d.txt".parse().unwrap();
    assert_eq!(deep.within("a").unwrap().as_str(), "a/c/d.txt");
}

// req: BR-19
#[test]
fn a_secret_is_shown_as_stars_only() {
    let secret = Secret::new("hunter2");
    assert_eq!(format!("{secret} {secret:?}"), "*** Secret(***)");
    assert_eq!((secret.reveal(), secret.is_empty(), Secret::default().is_empty()), ("hunter2", false, true));
}

#[test]
fn what_a_document_says_goes_through_the_same_checks() {
    assert_eq!(serde_json::from_str::<Release>("\"R2.8\"").unwrap(), Release::new(2, 8));
    assert!(serde_json::from_str::<Release>("\"2\"").is_err());
    assert!(serde_json::from_str::<Extension>("\"12a\"").is_err());
    assert!(serde_json::from_str::<FilePath>("\"../up\"").is_err());
    assert!(serde_json::from_str::<FileName>("\"a/b\"").is_err());
    let path: FilePath = "a/b.txt".parse().unwrap();
    assert_eq!(serde_json::to_string(&path).unwrap(), "\"a/b.txt\"");
}

proptest! {
    #[test]
    fn a_release_reads_back_as_it_is_shown(major: u16, minor: u16, patch: u16) {
        let release = Release { major, minor, patch };
        prop_assert_eq!(release.to_string().parse(), Ok(release));
    }

    // req: FS-2
    #[test]
    fn whatever_is_a_path_stays_inside_any_directory(path in "[./a-c ]{1,12}", directory in "[./a-c ]{0,12}") {
        if let Ok(joined) = path.parse::<FilePath>().and_then(|path| path.within(&directory)) {
            prop_assert!(joined.as_str().split('/').all(|part| !matches!(part, "" | "." | "..")), "{}", joined);
        }
    }
}
