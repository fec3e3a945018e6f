#![allow(clippy::unwrap_used, missing_docs)]
//! One sheet per model in `tests/snapshots`, to be read by a person: what a change to a plugin changes.
//!
//! `UPDATE_SNAPSHOTS=1` writes the sheets anew.

use std::{fmt::Write as _, path::Path};

use deskset_host::from_environment;
use deskset_models::{Guards, Model, OptionRow, ParameterRow, ParameterSource, Signaling, Values};
use serde_json::Value;

// req: DC-4
#[test]
fn what_each_model_says_is_what_its_sheet_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    let update = std::env::var_os("UPDATE_SNAPSHOTS").is_some();
    let catalog = from_environment().unwrap_or_else(|wrong| panic!("{wrong}"));
    let mut sheets = Vec::new();
    for model in catalog.models() {
        let name = format!("{}.txt", model.name().to_lowercase());
        let said = sheet(model, catalog.document(model).unwrap());
        if update {
            std::fs::write(folder.join(&name), &said).unwrap();
        }
        let kept = std::fs::read_to_string(folder.join(&name)).unwrap_or_default();
        assert!(
            kept == said,
            "{name} differs; see with UPDATE_SNAPSHOTS=1 and git diff:\n{}",
            first_difference(&kept, &said)
        );
        sheets.push(name);
    }
    let mut kept: Vec<String> =
        std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    kept.sort();
    assert_eq!(kept, sheets, "sheets of models that are not there");
}

fn first_difference(kept: &str, said: &str) -> String {
    let mut lines = kept.lines().zip(said.lines()).filter(|(kept, said)| kept != said);
    lines.next().map_or_else(|| "one is longer".to_owned(), |(kept, said)| format!("- {kept}\n+ {said}"))
}

fn sheet(model: &Model, document: &Value) -> String {
    let mut sheet = String::new();
    for (key, value) in document.as_object().unwrap() {
        if key != "options" && key != "parameters" {
            flat(&mut sheet, key, value);
        }
    }
    let tables = model.tables();
    writeln!(sheet, "\noption rows, in the order in which they are written").unwrap();
    tables.options.rows.iter().for_each(|row| writeln!(sheet, "{}", option(row)).unwrap());
    writeln!(sheet, "\nparameter rows").unwrap();
    tables.parameters.rows.iter().for_each(|row| writeln!(sheet, "{}", parameter(row)).unwrap());
    sheet
}

/// `path: value`, one line per leaf; lists of plain values on one line.
fn flat(sheet: &mut String, path: &str, value: &Value) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| flat(sheet, &format!("{path}.{key}"), value)),
        Value::Array(rows) if rows.iter().any(Value::is_object) => {
            rows.iter().for_each(|row| writeln!(sheet, "{path}: {row}").unwrap());
        }
        Value::String(text) => writeln!(sheet, "{path}: {text}").unwrap(),
        plain => writeln!(sheet, "{path}: {plain}").unwrap(),
    }
}

/// Taken apart field by field, so that a new field does not stay out of the sheets.
fn option(row: &OptionRow) -> String {
    let OptionRow {
        name,
        label,
        kind,
        values,
        default,
        default_from,
        aliases,
        signaling,
        guards: Guards { opstat_digit, appstat, ftpuserstat, unless },
        effect,
        carried,
        source,
    } = row;
    let mut line = format!("{name} [{kind:?}] \"{label}\" = {default} of {}; effect {effect}", these(values));
    note(&mut line, "default from", default_from.as_deref().unwrap_or_default());
    note(&mut line, "also read as", &aliases.join(", "));
    note(&mut line, "only under", &signalings(signaling));
    note(&mut line, "OPSTAT digit", &if *opstat_digit == 0 { String::new() } else { opstat_digit.to_string() });
    note(&mut line, "APPSTAT", &numbers(appstat));
    note(&mut line, "FTPUSERSTAT", &numbers(ftpuserstat));
    let unless: Vec<String> =
        unless.iter().map(|one| format!("{} is {}", one.parameter, one.values.join(" or "))).collect();
    note(&mut line, "not while", &unless.join(", "));
    note(&mut line, "carried for other models", if *carried { "yes" } else { "" });
    note(&mut line, "source", source);
    line
}

fn parameter(row: &ParameterRow) -> String {
    let ParameterRow { name, values, default, signaling, since, needs, from, secret, meaning, source } = row;
    let mut line = format!("{name} = \"{default}\" of {}: {meaning}", these(values));
    note(&mut line, "only under", &signalings(signaling));
    note(&mut line, "since", &since.map(|release| release.to_string()).unwrap_or_default());
    note(&mut line, "needs", needs);
    let from: Vec<String> = from.iter().map(|source: &ParameterSource| format!("{source:?}")).collect();
    note(&mut line, "from", &from.join(", "));
    note(&mut line, "secret", if *secret { "yes" } else { "" });
    note(&mut line, "source", source);
    line
}

fn note(line: &mut String, what: &str, says: &str) {
    if !says.is_empty() {
        write!(line, "; {what} {says}").unwrap();
    }
}

fn numbers(numbers: &[u8]) -> String {
    numbers.iter().map(u8::to_string).collect::<Vec<_>>().join(", ")
}

fn signalings(signalings: &[Signaling]) -> String {
    signalings.iter().map(Signaling::to_string).collect::<Vec<_>>().join(", ")
}

fn these(values: &Values) -> String {
    match values {
        Values::Choice { choices } => {
            let words: Vec<String> =
                choices.iter().map(|choice| format!("{} {}", choice.value, choice.label)).collect();
            format!("({})", words.join(" | "))
        }
        other => format!("({})", other.in_words()),
    }
}
