//! The form of scripts and settings files.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::sync::Arc;

use common::model;
use deskset_files::{
    format::format,
    limits::SCRIPT_BYTES_MAX,
    script::{Script, ScriptError, Statement},
    settings::{Files, Parameters, Target},
};
use deskset_models::{Model, Signaling};
use proptest::prelude::*;

fn formatted(text: &str) -> String {
    String::from_utf8(format("a.txt", text.as_bytes()).unwrap()).unwrap()
}

#[test]
fn a_statement_has_keywords_in_capitals_and_one_blank_between_words() {
    let table = [
        ("set\tOPSTAT   111  ", "SET OPSTAT 111"),
        ("Set opstat \"111\"\t", "SET opstat \"111\""),
        ("set WMLHOME  \"http://a/b  c\"", "SET WMLHOME \"http://a/b  c\""),
        ("SET MCIPADD 192.0.2.1   # why  ", "SET MCIPADD 192.0.2.1   # why"),
        ("if  $Model4\tseq 4620 goto  Here", "IF $Model4 SEQ 4620 GOTO Here"),
        ("IF $GROUP SEQ \"a  b\"goto there  and on", "IF $GROUP SEQ \"a  b\" GOTO there  and on"),
        ("goto   End ", "GOTO End"),
        ("get\ta.txt", "GET a.txt"),
        ("# tag  ", "# tag"),
    ];
    for (written, expected) in table {
        assert_eq!(formatted(&format!("{written}\n")), format!("{expected}\n"), "{written}");
    }
}

#[test]
fn a_comment_loses_only_the_blanks_at_its_end() {
    let text = "##  set   a 1\t \n set a 1\n\tSET a 1  \nSET a\n#two\n  \n# two words\nset a \"never closed\n";
    let expected = "##  set   a 1\n set a 1\n\tSET a 1\nSET a\n#two\n\n# two words\nset a \"never closed\n";
    assert_eq!(formatted(text), expected);
}

#[test]
fn lines_end_as_most_of_them_did_and_the_last_one_ends_too() {
    assert_eq!(formatted("a\r\nb\nc\r\nd"), "a\r\nb\r\nc\r\nd\r\n");
    assert_eq!(formatted("a\nb\nc\r\n\n"), "a\nb\nc\n\n");
    assert_eq!(formatted("a\rb\rc\n"), "a\rb\rc\r");
    assert_eq!(formatted("a"), "a\r\n");
    assert_eq!(formatted(""), "");
}

#[test]
fn a_mark_goes_and_the_encoding_stays() {
    assert_eq!(format("a", b"\xEF\xBB\xBFset A \xC3\xA4\n").unwrap(), b"SET A \xC3\xA4\n");
    assert_eq!(format("a", b"set A \xE4\n").unwrap(), b"SET A \xE4\n");
    let twice = b"\xEF\xBB\xBF\xEF\xBB\xBFset A 1\n";
    assert_eq!(format("a", twice).unwrap(), twice, "the second one makes the line a comment");
}

#[test]
fn what_is_too_large_or_would_become_so_is_refused() {
    let too_large = |bytes| Err(ScriptError::TooLarge { file: "a".to_owned(), bytes });
    assert_eq!(format("a", &vec![b'x'; SCRIPT_BYTES_MAX + 1]), too_large(SCRIPT_BYTES_MAX + 1));
    assert_eq!(format("a", &vec![b'x'; SCRIPT_BYTES_MAX]), too_large(SCRIPT_BYTES_MAX + 2));
}

/// Statements and comments as people and editors of all kinds write them.
fn line() -> impl Strategy<Value = String> {
    let blanks = || "[ \t]{1,3}";
    let word = || prop_oneof!["[a-cA-C1-2]{1,2}", "\"[a-c ]{0,3}\"", "[a-c\"\u{a0}é]{1,3}"];
    let keyword = |text: &'static str| prop_oneof![Just(text.to_owned()), Just(text.to_lowercase())];
    let tail = || prop_oneof![Just(String::new()), "[ \t]{1,2}", "[ \t][a-c \"]{1,3}"];
    prop_oneof![
        3 => (keyword("SET"), blanks(), "[A-C]", blanks(), word(), tail())
            .prop_map(|(k, a, name, b, value, c)| format!("{k}{a}{name}{b}{value}{c}")),
        2 => (keyword("IF"), blanks(), "[a-z]{5}|MODEL4|group|SIG", blanks(), keyword("SEQ"), word(), keyword("GOTO"), "[t-v]", tail())
            .prop_map(|(k, a, name, b, seq, text, goto, tag, c)| format!("{k}{a}${name}{b}{seq}{a}{text}{b}{goto}{a}{tag}{c}")),
        1 => (keyword("GOTO"), blanks(), "[t-v]", tail()).prop_map(|(k, a, tag, b)| format!("{k}{a}{tag}{b}")),
        1 => (keyword("GET"), blanks(), "[ab]", tail()).prop_map(|(k, a, file, b)| format!("{k}{a}{file}{b}")),
        2 => ("[t-v]", tail()).prop_map(|(tag, a)| format!("# {tag}{a}")),
        1 => "[ #SETIFa\u{feff}\"\t]{0,6}",
    ]
}

fn text() -> impl Strategy<Value = Vec<u8>> {
    let end = prop_oneof![Just("\r\n"), Just("\n"), Just("\r")];
    let single_bytes = prop_oneof![3 => Just(&b""[..]), 1 => Just(&b"\xE4"[..]), 1 => Just(&b"\xA0"[..])];
    (proptest::collection::vec((line(), single_bytes, end), 0..12), any::<bool>()).prop_map(|(lines, mark)| {
        let mut text = if mark { b"\xEF\xBB\xBF".to_vec() } else { Vec::new() };
        for (line, byte, end) in lines {
            text.extend(line.as_bytes());
            text.extend(byte);
            text.extend(end.as_bytes());
        }
        text
    })
}

fn targets(model: &Model) -> [Target<'_>; 3] {
    let target = |signaling, group| Target { model, signaling, release: "2.2".parse().unwrap(), group };
    [target(Signaling::H323, 0), target(Signaling::H323, 1), target(Signaling::Sip, 2)]
}

/// What phones make of a file that may GET itself and another one.
fn outcomes(bytes: &[u8]) -> Vec<Vec<(String, String)>> {
    let script = |name, bytes| Arc::new(Script::parse(name, bytes).unwrap());
    let files = Files::new(script("a", bytes), [script("b", b"SET B 2\n")]);
    let model = model();
    let outcome = |target: &Target<'_>| {
        let evaluation = files.evaluate(target, Parameters::new(target.model));
        let set = evaluation.parameters.iter().map(|(name, set)| (name.to_owned(), format!("{set:?}")));
        set.chain(evaluation.path.iter().map(|incident| (String::new(), format!("{incident:?}")))).collect()
    };
    targets(&model).iter().map(outcome).collect()
}

/// What is printed when all that is known of a file are its statements.
fn printed(script: &Script) -> Vec<String> {
    script.statements().map(|(line, statement)| format!("{line} {statement:?}")).collect()
}

proptest! {
    // What a file means to any phone, down to the line each value comes from, stays.
    #[test]
    fn formatting_changes_no_meaning(bytes in text()) {
        let after = format("a", &bytes).unwrap();
        prop_assert_eq!(outcomes(&bytes), outcomes(&after), "{:?}", String::from_utf8_lossy(&after));
        let statements = |bytes: &[u8]| printed(&Script::parse("a", bytes).unwrap());
        prop_assert_eq!(statements(&bytes), statements(&after));
    }

    #[test]
    fn formatting_twice_is_formatting_once(bytes in text()) {
        let once = format("a", &bytes).unwrap();
        prop_assert_eq!(&format("a", &once).unwrap(), &once);
    }

    #[test]
    fn arbitrary_bytes_are_formatted_without_a_change_of_meaning(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let once = format("a", &bytes).unwrap();
        prop_assert_eq!(&format("a", &once).unwrap(), &once);
        let statements = |bytes: &[u8]| printed(&Script::parse("a", bytes).unwrap());
        prop_assert_eq!(statements(&bytes), statements(&once));
    }
}

#[test]
fn formatting_a_formatted_statement_keeps_every_word() {
    let script = Script::parse("a", formatted("if $SIG seq 2 goto t\n").as_bytes()).unwrap();
    let said: Vec<Statement<'_>> = script.statements().map(|(_, statement)| statement).collect();
    assert_eq!(said, [Statement::If { variable: "SIG", text: "2", tag: "t" }]);
}
