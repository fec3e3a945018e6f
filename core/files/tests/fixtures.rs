//! Settings files of foreign style: what phones make of them, what is found in them, and that formatting keeps it.
#![allow(missing_docs, clippy::unwrap_used)]

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path, sync::Arc};

use deskset_files::{
    format::format,
    lint::{self, Severity, SourceFile},
    script::Script,
    settings::{Files, Origin, Parameters, Target},
};
use deskset_host::{Catalog, from_environment};
use deskset_models::Signaling;

fn catalog() -> Catalog {
    from_environment().unwrap_or_else(|why| panic!("{why}"))
}

/// Every model under every signaling it has software for, in its newest release.
fn targets(catalog: &Catalog) -> Vec<Target<'_>> {
    let kinds = Signaling::ALL.into_iter().flat_map(|signaling| catalog.models().map(move |model| (model, signaling)));
    kinds.filter_map(|(model, signaling)| Target::newest(model, signaling)).collect()
}

type Named = (&'static str, Vec<u8>);

fn fixture(folder: &str, name: &'static str) -> Named {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(folder).join(name);
    (name, fs::read(path).unwrap())
}

fn generated() -> [Named; 2] {
    [fixture("generated", "46xxupgrade.scr"), fixture("generated", "46xxsettings.txt")]
}

fn by_hand() -> [Named; 1] {
    [fixture("by-hand", "46xxsettings.txt")]
}

/// An annotated template of about a megabyte: every parameter explained and given as a comment; a few are active.
fn template(catalog: &Catalog) -> [Named; 1] {
    let mut text = "## Annotated settings. Take the marks away from lines that you want to be active.\r\n".to_owned();
    let rows = &catalog.models().next().unwrap().tables().parameters.rows;
    for round in 0.. {
        for row in rows {
            let (name, meaning, values) = (&row.name, &row.meaning, row.values.in_words());
            let rule = "#".repeat(78);
            write!(text, "{rule}\r\n##\r\n## {name} {meaning}\r\n##   Valid values: {values}.\r\n").unwrap();
            write!(text, "##   Note: applies to several series; see the guide of yours, chapter {round}.\r\n").unwrap();
            write!(text, "## SET {name} \"{}\"\r\n##\r\n", row.default).unwrap();
        }
        match round {
            0 => text += "SET MCIPADD 192.0.2.30\r\n",
            7 => text += "SET OPSTAT \"101\"\r\n",
            _ => {}
        }
        if text.len() > 1_000_000 {
            text += "# END\r\nSET SYSLANG Deutsch\r\n";
            return [("46xxsettings.txt", text.into_bytes())];
        }
    }
    unreachable!("the loop ends with the text long enough")
}

fn files(named: &[Named]) -> Files {
    let mut scripts = named.iter().map(|(name, bytes)| Arc::new(Script::parse(name, bytes).unwrap()));
    Files::new(scripts.next().unwrap(), scripts)
}

/// What one phone has in the end: name, value and line of everything that was set.
fn outcome(files: &Files, target: &Target<'_>) -> BTreeMap<String, (String, u32)> {
    let parameters = files.evaluate(target, Parameters::new(target.model)).parameters;
    let set = parameters.iter().map(|(name, set)| {
        let Origin::File { line, .. } = set.origin else { panic!("{name} from {}", set.origin) };
        (name.to_owned(), (set.value.clone(), line))
    });
    set.collect()
}

fn values(outcome: &BTreeMap<String, (String, u32)>) -> Vec<String> {
    outcome.iter().map(|(name, (value, _))| format!("{name}={value}")).collect()
}

/// Formatting changes nothing for any phone, line numbers included.
fn assert_formatting_keeps(catalog: &Catalog, named: &[Named]) {
    let formatted: Vec<Named> = named.iter().map(|(name, bytes)| (*name, format(name, bytes).unwrap())).collect();
    let (before, after) = (files(named), files(&formatted));
    for target in targets(catalog) {
        assert_eq!(outcome(&before, &target), outcome(&after, &target), "{}", target.kind());
    }
}

// req: FS-13
#[test]
fn each_phone_takes_its_part_of_a_generated_file() {
    let catalog = catalog();
    let files = files(&generated());
    let common = [
        "APPSTAT=1",
        "DSCPAUD=46",
        "DSCPSIG=34",
        "ENHDIALSTAT=1",
        "FTPSRVR=192.0.2.10",
        "L2QVLAN=0",
        "MCIPADD=192.0.2.10",
        "MCPORT=1719",
        "OPSTAT=111",
        "PHNCC=49",
        "PHNDPLENGTH=3",
        "PHNIC=00",
        "PHNLD=0",
        "PHNLDLENGTH=10",
        "PHNOL=0",
        "PROCPSWD=27238",
        "RESTORESTAT=1",
        "SYSLANG=German",
        "VLANTEST=60",
        "WMLHOME=http://192.0.2.10/46xx/wml/index.wml",
    ];
    let sip = [
        "DIALPLAN=[1-8]xx|0[1-9]x+",
        "SIPDOMAIN=example.invalid",
        "SIPPROXYSRVR=192.0.2.10",
        "SIPREGISTRAR=192.0.2.10",
        "SNTPSRVR=192.0.2.10",
    ];
    for target in targets(&catalog) {
        let id = target.model.tables().model_id[2..].to_lowercase();
        let software = match target.signaling {
            Signaling::H323 => format!("a{id}2_9_2.bin"),
            Signaling::Sip => format!("s{id}2_2_2.bin"),
        };
        let mut expected: Vec<String> = common.iter().map(|&text| text.to_owned()).collect();
        expected.push(format!("APPNAME={software}"));
        if target.signaling == Signaling::Sip {
            expected.extend(sip.iter().map(|&text| text.to_owned()));
        }
        expected.sort();
        // BRURI is not among them: its value slipped to the next line. WMLIDLETIME is out of its range.
        assert_eq!(values(&outcome(&files, &target)), expected, "{}", target.kind());
    }
    assert_formatting_keeps(&catalog, &generated());
}

// req: FS-13
#[test]
fn what_a_person_meant_and_what_the_phone_takes_differ_in_a_file_made_by_hand() {
    let catalog = catalog();
    let files = files(&by_hand());
    let row = |name: &str, value: &str, line| (name.to_owned(), (value.to_owned(), line));
    let common = [
        row("MCIPADD", "192.0.2.20", 2),
        row("PROCPSWD", "1234", 10),
        row("SIPDOMAIN", "asterisk", 6),
        row("SIPPROXYSRVR", "192.0.2.20", 3),
        row("SNTPSRVR", "pool.ntp.example.invalid", 21),
        row("WMLHOME", "\u{2018}http://192.0.2.20/index.wml\u{2019}", 8),
    ];
    for target in targets(&catalog) {
        let own = match target.signaling {
            Signaling::H323 => vec![row("PHNIC", "00", 14)],
            Signaling::Sip => vec![row("DIALPLAN", "[1-7]xx|9xxxxxxx", 18), row("SPEAKERSTAT", "1", 19)],
        };
        let expected: BTreeMap<_, _> = common.iter().cloned().chain(own).collect();
        assert_eq!(outcome(&files, &target), expected, "{}", target.kind());
    }
    assert_formatting_keeps(&catalog, &by_hand());
}

// req: FS-13
#[test]
fn of_a_large_annotated_template_only_the_active_lines_count() {
    let catalog = catalog();
    let template = template(&catalog);
    let files = files(&template);
    for target in targets(&catalog) {
        let expected = ["MCIPADD=192.0.2.30", "OPSTAT=101", "SYSLANG=Deutsch"];
        assert_eq!(values(&outcome(&files, &target)), expected, "{}", target.kind());
    }
    let [(name, bytes)] = &template;
    assert_eq!(&format(name, bytes).unwrap(), bytes, "it has the form already");
}

/// Errors and warnings as `rule line`; hints are a matter of taste.
fn findings(catalog: &Catalog, named: &[Named]) -> Vec<String> {
    let files: Vec<SourceFile> =
        named.iter().map(|(name, bytes)| SourceFile::read(name, bytes.as_slice()).unwrap()).collect();
    let found = lint::check(&files, &targets(catalog));
    let serious = found.iter().filter(|found| found.rule.severity != Severity::Hint);
    serious.map(|found| format!("{} {}:{}", found.rule.id, found.file, found.line)).collect()
}

// req: FS-13
#[test]
fn in_a_generated_file_slips_and_the_file_that_is_missing_are_found() {
    let found = findings(&catalog(), &generated());
    let (passwords, others): (Vec<&String>, Vec<&String>) =
        found.iter().partition(|found| found.starts_with("password-in-clear"));
    assert!(!passwords.is_empty());
    let expected = [
        "out-of-range 46xxsettings.txt:109",
        "value-on-next-line 46xxsettings.txt:113",
        "opstat-no-retrieval 46xxsettings.txt:531",
        "missing-file 46xxsettings.txt:533",
    ];
    assert_eq!(others, expected);
}

// req: FS-13
#[test]
fn in_a_file_made_by_hand_everything_a_person_would_see_is_found() {
    let expected = [
        "leading-blank 46xxsettings.txt:4",
        "curly-quotes 46xxsettings.txt:7",
        "curly-quotes 46xxsettings.txt:8",
        "set-with-equals 46xxsettings.txt:9",
        "password-in-clear 46xxsettings.txt:10",
        "wrong-type 46xxsettings.txt:11",
        "comment-after-value 46xxsettings.txt:14",
    ];
    assert_eq!(findings(&catalog(), &by_hand()), expected);
}

// req: FS-13
#[test]
fn in_an_annotated_template_there_is_nothing_to_find() {
    let catalog = catalog();
    assert_eq!(findings(&catalog, &template(&catalog)), [""; 0]);
}
