//! Explanations as JSON.

use deskset_files::settings::{Attempt, Explanation, Files, Origin, Turn};
use serde::Serialize;

use super::{
    explain::Told,
    targets::{Phone, Secrets},
};

#[derive(Serialize)]
pub(super) struct Report<'t> {
    schema: &'static str,
    phones: Vec<Explained<'t>>,
}

#[derive(Serialize)]
struct Explained<'t> {
    #[serde(flatten)]
    phone: Phone<'t>,
    parameters: Vec<ParameterRow<'t>>,
    way: Vec<TurnRow>,
}

#[derive(Serialize)]
struct ParameterRow<'t> {
    name: &'t str,
    value: Option<String>,
    origin: Option<OriginRow<'t>>,
    default: Option<&'t str>,
    attempts: Vec<AttemptRow<'t>>,
    without_effect: Vec<String>,
}

#[derive(Serialize)]
struct AttemptRow<'t> {
    value: String,
    origin: OriginRow<'t>,
    outcome: String,
}

#[derive(Serialize)]
#[serde(tag = "from", rename_all = "snake_case")]
enum OriginRow<'t> {
    Manual,
    Dhcp,
    Lldp,
    File { file: &'t str, line: u32 },
    CallServer,
}

#[derive(Serialize)]
struct TurnRow {
    file: String,
    line: u32,
    statement: String,
    outcome: String,
}

pub(super) fn as_json<'t>(told: &'t [Told<'t>], files: &Files, secrets: Secrets) -> Report<'t> {
    let phones = told.iter().map(|(target, evaluation, explanations)| {
        let table = &target.model.tables().parameters;
        let row = |explanation: &'t Explanation| {
            row(explanation, |value| secrets.show(table, &explanation.name, value).to_owned())
        };
        Explained {
            phone: Phone::of(target),
            parameters: explanations.iter().map(row).collect(),
            way: evaluation.way(files, target).into_iter().filter_map(turn).collect(),
        }
    });
    Report { schema: "deskset-explain-1", phones: phones.collect() }
}

fn row(explanation: &Explanation, show: impl Fn(&str) -> String) -> ParameterRow<'_> {
    let attempts = explanation.attempts.iter().map(|Attempt { origin: tried, value, fate }| AttemptRow {
        value: show(value),
        origin: origin(tried),
        outcome: fate.to_string(),
    });
    ParameterRow {
        name: &explanation.name,
        value: explanation.holds.as_ref().map(|holds| show(&holds.value)),
        origin: explanation.holds.as_ref().map(|holds| origin(&holds.origin)),
        default: explanation.default.as_deref(),
        attempts: attempts.collect(),
        without_effect: explanation.without_effect.iter().map(ToString::to_string).collect(),
    }
}

fn turn(turn: Turn) -> Option<TurnRow> {
    let Origin::File { file, line } = turn.at else { return None };
    Some(TurnRow { file: file.to_string(), line, statement: turn.text, outcome: turn.outcome })
}

fn origin(origin: &Origin) -> OriginRow<'_> {
    match origin {
        Origin::Manual => OriginRow::Manual,
        Origin::Dhcp => OriginRow::Dhcp,
        Origin::Lldp => OriginRow::Lldp,
        Origin::CallServer => OriginRow::CallServer,
        Origin::File { file, line } => OriginRow::File { file, line: *line },
    }
}
