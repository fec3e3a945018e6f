//! What every model does with the user's data, under all signalings, releases and administered flags: computed by
//! phones at work, compared with tables that people have read.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;
#[path = "decisions/factors.rs"]
mod factors;
#[path = "decisions/run.rs"]
mod run;
#[path = "decisions/table.rs"]
mod table;

use std::{env, fs, path::PathBuf};

use factors::{Case, Factor, cases};
use run::{Outcome, run};

/// The most lines of one model's tables.
const LINES_MAX: usize = 80;

fn golden(model: &str) -> PathBuf {
    let name = format!("decisions-{}.txt", model.to_lowercase());
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/goldens").join(name)
}

/// What is asked, and where the answer stands.
type Question = (&'static str, fn(&Outcome) -> String);

/// One table per question, each over the factors that its answer depends on.
const QUESTIONS: [Question; 4] = [
    ("the backup file's name", |outcome| outcome.file.clone()),
    ("a retrieval at login", |outcome| outcome.at_login.clone()),
    ("a backup at Save", |outcome| outcome.at_save.clone()),
    ("what a retrieval takes", |outcome| outcome.taken.clone()),
];

fn check(model: &str) {
    let all = cases(model);
    let outcomes: Vec<(Case, Outcome)> = all.iter().map(|case| (case.clone(), run(model, case))).collect();
    let mut text = String::new();
    for (question, answer) in QUESTIONS {
        let answered: Vec<(Case, String)> =
            outcomes.iter().map(|(case, outcome)| (case.clone(), answer(outcome))).collect();
        text += &table::print(question, &answered);
    }
    assert!(text.lines().count() <= LINES_MAX, "{} lines:\n{text}", text.lines().count());
    if env::var_os("DESKSET_UPDATE").is_some() {
        fs::create_dir_all(golden(model).parent().unwrap()).unwrap();
        fs::write(golden(model), &text).unwrap();
    }
    let again = "DESKSET_UPDATE=1 cargo test -p deskset-sim --test decisions";
    assert_eq!(fs::read_to_string(golden(model)).unwrap_or_default(), text, "{model}; to write it anew: {again}");
}

// req: BR-3, BR-4, BR-5, BR-6, BR-8, BR-20, AR-2, AR-5
#[test]
fn a_4610sw_decides_as_its_table_says() {
    check("4610SW");
}

// req: BR-3, BR-4, BR-5, BR-6, BR-8, BR-20, AR-2, AR-5
#[test]
fn a_4620_decides_as_its_table_says() {
    check("4620");
}

// req: BR-3, BR-4, BR-5, BR-6, BR-8, BR-20, AR-2, AR-5
#[test]
fn a_4620sw_decides_as_its_table_says() {
    check("4620SW");
}

// req: BR-3, BR-4, BR-5, BR-6, BR-8, BR-20, AR-2, AR-5
#[test]
fn a_4621sw_decides_as_its_table_says() {
    check("4621SW");
}

// req: BR-3, BR-4, BR-5, BR-6, BR-8, BR-20, AR-2, AR-5
#[test]
fn a_4622sw_decides_as_its_table_says() {
    check("4622SW");
}

// req: BR-3, BR-4, BR-5, BR-6, BR-8, BR-20, AR-2, AR-5
#[test]
fn a_4625sw_decides_as_its_table_says() {
    check("4625SW");
}

// req: BR-20
#[test]
fn the_tables_have_every_factor_and_no_case_twice() {
    let all = cases("4620SW");
    let distinct: std::collections::BTreeSet<_> = all.iter().collect();
    assert_eq!(distinct.len(), all.len());
    for factor in Factor::ALL {
        assert!(all.iter().any(|case| case.level(factor) != all[0].level(factor)), "{factor:?}");
    }
}
