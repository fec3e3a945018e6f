//! Cases with equal answers put together, as text.

use std::{collections::BTreeMap, fmt::Write as _};

use super::factors::{Case, Factor};

/// Some levels of each of some factors: all cases among them have one answer.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Row {
    levels: Vec<Vec<String>>,
    answer: String,
}

const ANSWER: &str = " -> ";

/// The table of one question: only factors that matter are in it; equal rows are put together.
pub fn print(question: &str, answered: &[(Case, String)]) -> String {
    let factors: Vec<Factor> = Factor::ALL.into_iter().filter(|factor| matters(*factor, answered)).collect();
    let mut rows: Vec<Row> = Vec::new();
    for (case, answer) in answered {
        let levels = factors.iter().map(|factor| vec![case.level(*factor).to_owned()]).collect();
        let row = Row { levels, answer: answer.clone() };
        if !rows.contains(&row) {
            rows.push(row);
        }
    }
    for at in (0..factors.len()).rev() {
        rows = merged(rows, at);
    }
    let words: Vec<&str> = factors.iter().map(|factor| factor.word()).collect();
    let head = if words.is_empty() { "always".to_owned() } else { words.join(" | ") };
    let mut text = format!("# {question}: {head}\n");
    for Row { levels, answer } in rows {
        let words = factors.iter().zip(&levels).map(|(factor, levels)| {
            let all = answered.iter().all(|(case, _)| levels.iter().any(|level| level == case.level(*factor)));
            if all { "any".to_owned() } else { levels.join(" ") }
        });
        let levels: Vec<String> = words.collect();
        writeln!(text, "{}{ANSWER}{answer}", levels.join(" | ")).unwrap();
    }
    text
}

/// Whether two cases that differ in nothing else have different answers.
fn matters(factor: Factor, answered: &[(Case, String)]) -> bool {
    let mut seen = BTreeMap::new();
    answered.iter().any(|(case, answer)| {
        let others: Vec<&str> =
            Factor::ALL.into_iter().filter(|other| *other != factor).map(|other| case.level(other)).collect();
        seen.insert(others, answer).is_some_and(|earlier| earlier != answer)
    })
}

/// Puts rows together that differ only in the factor at `at`.
fn merged(rows: Vec<Row>, at: usize) -> Vec<Row> {
    let mut merged: Vec<Row> = Vec::new();
    for row in rows {
        let same = |other: &&mut Row| {
            let others = |row: &Row| {
                let mut levels = row.levels.clone();
                levels.remove(at);
                levels
            };
            other.answer == row.answer && others(other) == others(&row)
        };
        match merged.iter_mut().find(same) {
            Some(other) => other.levels[at].extend(row.levels[at].clone()),
            None => merged.push(row),
        }
    }
    merged
}
