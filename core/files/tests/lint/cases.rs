//! Every rule: a text in which it, and nothing else, is found, and one that is nearly the same and fine.

use std::collections::BTreeSet;

use deskset_files::lint::{RULES, SourceFile, check};

use crate::{jumps, lab, lines, values};

pub struct Case {
    pub rule: &'static str,
    pub targets: &'static str,
    pub wrong: Vec<u8>,
    /// Line and text there.
    pub places: Vec<(&'static str, &'static str)>,
    pub fine: Vec<u8>,
    /// For whom, where it is not all.
    pub only: &'static str,
}

pub fn case(rule: &'static str, wrong: &str, places: &[(&'static str, &'static str)], fine: &str) -> Case {
    Case { rule, targets: "all", wrong: wrong.into(), places: places.to_vec(), fine: fine.into(), only: "" }
}

pub fn bytes(rule: &'static str, wrong: &[u8], places: &[(&'static str, &'static str)], fine: &[u8]) -> Case {
    Case { rule, targets: "all", wrong: wrong.into(), places: places.to_vec(), fine: fine.into(), only: "" }
}

impl Case {
    pub fn on(mut self, targets: &'static str) -> Case {
        self.targets = targets;
        self
    }

    pub fn only(mut self, label: &'static str) -> Case {
        self.only = label;
        self
    }
}

fn found(text: &[u8], targets: &str) -> Vec<String> {
    let files = match std::str::from_utf8(text) {
        Ok(text) => lab::files(lab::USUAL, text),
        Err(_) => vec![SourceFile::read(lab::USUAL, text).unwrap()],
    };
    lab::told(&files, &check(&files, &lab::targets(targets)))
}

// req: FS-13
#[test]
fn every_rule_finds_its_mistake_and_nothing_near_it() {
    let cases: Vec<Case> =
        [lines::encoding(), lines::form(), jumps::jumps(), values::values(), values::traps(), values::together()]
            .into_iter()
            .flatten()
            .collect();
    let mut failed = Vec::new();
    for case in &cases {
        let only = if case.only.is_empty() { String::new() } else { format!(" for {}", case.only) };
        let expected: Vec<String> =
            case.places.iter().map(|(line, text)| format!("{line} {} {text:?}{only}", case.rule)).collect();
        let text = String::from_utf8_lossy(&case.wrong);
        let text: String = text.chars().take(300).collect();
        let wrong = found(&case.wrong, case.targets);
        if wrong != expected {
            failed.push(format!("{}: {text:?}\n  found    {wrong:?}\n  expected {expected:?}", case.rule));
        }
        let fine = found(&case.fine, case.targets);
        if !fine.is_empty() {
            failed.push(format!("{}: nearly: {fine:?}", case.rule));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
    let covered: BTreeSet<&str> = cases.iter().map(|case| case.rule).collect();
    let rules: BTreeSet<&str> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(covered, rules, "a case for every rule");
}
