#![allow(clippy::unwrap_used, missing_docs)]
//! What is wrong with a library, and what a person is told. Each library is alone in its folder.

mod built;

use std::{
    fs,
    path::{Path, PathBuf},
};

use deskset_host::{Catalog, RefusalKind};
use tempfile::TempDir;

/// What is said of the only library of a folder, without the path in the first line.
fn told(prepare: impl FnOnce(&Path)) -> (RefusalKind, String) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("libsuspect.so");
    prepare(&path);
    let catalog = Catalog::load(&[folder.path().to_owned()]);
    assert_eq!((catalog.models().count(), catalog.plugins().len()), (0, 0));
    let [refusal] = catalog.refusals() else { panic!("{:?}", catalog.refusals()) };
    assert_eq!(refusal.path, path);
    let words = refusal.to_string();
    assert!(words.lines().count() <= 5, "{words}");
    let (first, rest) = words.split_once('\n').unwrap();
    assert_eq!(first, path.display().to_string());
    (refusal.kind.clone(), rest.to_owned())
}

fn told_of_fixture(name: &str) -> (RefusalKind, String) {
    told(|path| {
        fs::copy(built::library(name), path).unwrap();
    })
}

fn told_of_bytes(bytes: &[u8]) -> (RefusalKind, String) {
    told(|path| fs::write(path, bytes).unwrap())
}

/// The sound plugin's bytes, some of them replaced.
fn forged(offset: usize, bytes: &[u8]) -> Vec<u8> {
    let mut data = fs::read(built::library("sound")).unwrap();
    data[offset..offset + bytes.len()].copy_from_slice(bytes);
    data
}

macro_rules! assert_told {
    ($told:expr, $kind:pat, $words:expr) => {
        let (kind, words) = $told;
        assert!(matches!(kind, $kind), "{kind:?}");
        assert_eq!(words, $words);
    };
}

#[test]
fn a_folder_that_is_not_there_is_named() {
    let folder = PathBuf::from("no-such-folder");
    let catalog = Catalog::load(std::slice::from_ref(&folder));
    let told: Vec<String> = catalog.refusals().iter().map(ToString::to_string).collect();
    let words = "no-such-folder\n  cannot be read: No such file or directory (os error 2)\n  check the path and the rights on it";
    assert_eq!(told, [words]);
}

#[test]
fn a_folder_called_like_a_library_is_no_file() {
    assert_told!(
        told(|path| fs::create_dir(path).unwrap()),
        RefusalKind::Unreadable(_),
        "  cannot be read: it is not a file\n  check the path and the rights on it"
    );
}

#[test]
fn a_file_beyond_the_limit_is_not_even_read() {
    assert_told!(
        told(|path| fs::File::create(path).unwrap().set_len(600 << 20).unwrap()),
        RefusalKind::TooLarge(_),
        "  is too large: 629145600 bytes, at most 536870912 are read\n  \
         keep only plugins in plugin folders; strip debug builds"
    );
}

#[test]
fn a_text_is_no_library() {
    assert_told!(
        told_of_bytes(b"#!/bin/sh\n"),
        RefusalKind::NotALibrary(_),
        "  is no shared library: it does not begin like one\n  \
         take the file out of the plugin folder, or build it as a cdylib"
    );
    assert!(matches!(told_of_bytes(b"").0, RefusalKind::NotALibrary(_)));
}

#[test]
fn a_program_is_no_library() {
    const TYPE: usize = 16;
    const EXECUTABLE: u8 = 2;
    assert_told!(
        told_of_bytes(&forged(TYPE, &[EXECUTABLE])),
        RefusalKind::NotALibrary(_),
        "  is no shared library: it is a program or an object file\n  \
         take the file out of the plugin folder, or build it as a cdylib"
    );
}

#[test]
fn a_truncated_library_is_told_from_a_whole_one_wherever_it_was_cut() {
    let whole = fs::read(built::library("sound")).unwrap();
    let cuts = (1..64).map(|part| whole.len() * part / 64).chain([4, 20, 63, 64, 500, whole.len() - 1]);
    for cut in cuts {
        let (kind, words) = told_of_bytes(&whole[..cut]);
        assert!(matches!(kind, RefusalKind::Truncated(_)), "cut at {cut} of {}: {words}", whole.len());
    }
    assert_eq!(
        told_of_bytes(&whole[..1_000]).1,
        "  is truncated: its table of sections lies beyond its 1000 bytes\n  copy the file again"
    );
}

#[test]
fn damaged_tables_are_refused_before_the_library_is_opened() {
    // The segments' table and count, the sections' table and count: each led astray.
    for (offset, bytes) in [(32, [0xff; 8].as_slice()), (40, &[0xff; 8]), (56, &[0xff; 2]), (60, &[0xff; 2])] {
        let (kind, words) = told_of_bytes(&forged(offset, bytes));
        assert!(matches!(kind, RefusalKind::Truncated(_) | RefusalKind::NotALibrary(_)), "{offset}: {words}");
    }
}

#[test]
fn a_library_for_another_processor_names_both() {
    const CLASS: usize = 4;
    const MACHINE: usize = 18;
    const MIPS: [u8; 2] = [8, 0];
    let here = std::env::consts::ARCH;
    assert_told!(
        told_of_bytes(&forged(MACHINE, &MIPS)),
        RefusalKind::OtherArchitecture { .. },
        format!(
            "  was built for machine number 8, 64 bits, little-endian, this program runs on {here}, 64 bits, little-endian\n  \
             ask for a build for this machine"
        )
    );
    assert!(matches!(told_of_bytes(&forged(CLASS, &[1])).0, RefusalKind::OtherArchitecture { .. }));
}

#[test]
fn a_library_without_a_root_is_no_plugin() {
    assert_told!(
        told_of_fixture("rootless"),
        RefusalKind::NoRoot,
        "  is a library without a plugin's root\n  \
         call deskset_abi::export_plugin! in it, or take it out of the plugin folder"
    );
}

#[test]
fn a_plugin_that_would_end_the_process_is_refused_before_anything_in_it_runs() {
    assert_told!(
        told_of_fixture("aborting"),
        RefusalKind::PanicAbort,
        "  was built with panic = \"abort\": its first panic would end this program\n  \
         rebuild it without panic = \"abort\" in its profile"
    );
}

#[test]
fn a_plugin_that_needs_what_is_not_there_says_what() {
    let (kind, words) = told_of_fixture("missing_symbol");
    assert!(matches!(kind, RefusalKind::Unopened(_)), "{kind:?}");
    assert!(words.contains("undefined symbol: deskset_no_such_function"), "{words}");
}

#[test]
fn another_abi_stable_is_refused() {
    assert_told!(
        told_of_fixture("other_abi_stable"),
        RefusalKind::OtherAbiStable { .. },
        "  was built with the binary form 0.12 of abi_stable, this program has 0.11\n  \
         rebuild it against the deskset-abi of this program"
    );
}

#[test]
fn another_interface_is_refused() {
    assert_told!(
        told_of_fixture("other_layout"),
        RefusalKind::OtherInterface { .. },
        "  speaks another interface (its version 1.0.0): its types are laid out differently\n  \
         rebuild it against the deskset-abi of this program"
    );
    assert_told!(
        told_of_fixture("newer_interface"),
        RefusalKind::OtherInterface { .. },
        "  speaks another interface (its version 2.0.0): 2.0.0 is not compatible with 1.0.0\n  \
         rebuild it against the deskset-abi of this program"
    );
}

#[test]
fn an_identity_without_a_real_version_is_refused() {
    let (kind, words) = told_of_fixture("unversioned");
    assert!(matches!(kind, RefusalKind::Failed { function: "identity", .. }), "{kind:?}");
    assert!(words.starts_with("  failed in identity: \"latest\" is no version: "), "{words}");
}

#[test]
fn a_panic_while_describing_is_told_on_one_line() {
    assert_told!(
        told_of_fixture("panicking"),
        RefusalKind::Panicked { .. },
        "  panicked in describe: no idea what I am\n  report it to the plugin's maker"
    );
}

#[test]
fn a_plugin_that_cannot_describe_its_model_is_quoted() {
    assert_told!(
        told_of_fixture("failing"),
        RefusalKind::Failed { .. },
        "  failed in describe: the table of keys is lost\n  report it to the plugin's maker"
    );
}

#[test]
fn an_empty_description_is_refused() {
    let (kind, words) = told_of_fixture("empty");
    assert_eq!(
        words,
        "  has a description of the model \"?\" that cannot be used\n    it has no name\n    \
         it has no signaling: list h323, sip or both; and 2 more\n  mend the description and rebuild the plugin"
    );
    let RefusalKind::Document { flaws, .. } = kind else { panic!("{kind:?}") };
    assert_eq!(
        flaws[2..],
        [
            "the upgrade script's name is missing or wrong: an empty text names no file",
            "the display has no rows, columns or pixels"
        ]
    );
}

#[test]
fn a_contradictory_description_is_refused_with_all_its_flaws() {
    let (kind, _) = told_of_fixture("contradictory");
    let RefusalKind::Document { model, flaws } = kind else { panic!("{kind:?}") };
    assert_eq!(model, "X200");
    assert_eq!(
        flaws,
        [
            "it has no signaling: list h323, sip or both",
            "the upgrade script's name is missing or wrong: an empty text names no file",
            "the default \"9\" of \"Ring\" is not among its own values",
            "10 cells of 7 pixels do not fit on 60 pixels"
        ]
    );
}
