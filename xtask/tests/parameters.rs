//! The pages made from the models' parameter tables: docs/parameters.md for people, docs/schema/parameters-1.json for
//! programs. `DESKSET_UPDATE=1` writes them anew.
#![allow(missing_docs, clippy::unwrap_used)]

use std::{fmt::Write as _, fs, path::Path};

use deskset_models::{ParameterRow, ParameterSource, ParameterTable, Signaling, Values};
use serde_json::{Map, Value, json};

/// The table; the models of the series have the same one.
fn table() -> ParameterTable {
    let catalog = deskset_host::from_environment().unwrap_or_else(|why| panic!("{why}"));
    let mut tables = catalog.models().map(|model| (model.name(), &model.tables().parameters));
    let (_, first) = tables.next().unwrap();
    for (model, table) in tables {
        assert!(table == first, "the {model} has a table of its own: the page must tell them apart");
    }
    first.clone()
}

/// Compares a made page with the one that is kept, or keeps it.
fn keep(path: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join(path);
    if std::env::var_os("DESKSET_UPDATE").is_some() {
        fs::write(&path, text).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    let again = "DESKSET_UPDATE=1 cargo test -p xtask --test parameters";
    assert!(kept == text, "{} is not what the plugins say; make it anew: {again}", path.display());
}

const HEAD: &str = "# Parameters

What administrators set in DHCP, in upgrade scripts and in settings files. Made from the tables of the plugins by
`DESKSET_UPDATE=1 cargo test -p xtask --test parameters`; the same as a JSON schema:
[parameters-1.json](schema/parameters-1.json). What a file may say stands in [settings.md](settings.md).

A parameter that is not set has its default; where none is shown it is empty. Without a word on sources it may come from
DHCP, from files and from the call server.

| parameter | default | values | meaning | only | source |
| --- | --- | --- | --- | --- | --- |
";

// req: FS-13
#[test]
fn the_page_of_parameters_is_what_the_plugins_say() {
    let mut page = HEAD.to_owned();
    for row in &table().rows {
        let ParameterRow { name, values, default, meaning, source, .. } = row;
        let default = if default.is_empty() { String::new() } else { format!("`{default}`") };
        let cells = [format!("`{name}`"), default, these(values), meaning.clone(), limits(row), source.clone()];
        let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
        writeln!(page, "| {} |", cells.join(" | ")).unwrap();
    }
    keep("docs/parameters.md", &page);
}

fn these(values: &Values) -> String {
    match values {
        Values::Choice { choices } => {
            choices.iter().map(|choice| format!("`{}` {}", choice.value, choice.label)).collect::<Vec<_>>().join(", ")
        }
        other => other.in_words(),
    }
}

fn limits(row: &ParameterRow) -> String {
    let mut limits: Vec<String> = row.signaling.iter().map(Signaling::to_string).collect();
    limits.extend(row.since.map(|release| format!("from release {release} on")));
    if !row.needs.is_empty() {
        limits.push(format!("models with {}", row.needs.replace('_', " ")));
    }
    if !row.from.is_empty() {
        limits.push(format!("set by {}", row.from.iter().map(|from| word(*from)).collect::<Vec<_>>().join(", ")));
    }
    if row.secret {
        limits.push("a password: reports show ***".to_owned());
    }
    limits.join("; ")
}

fn word(source: ParameterSource) -> &'static str {
    match source {
        ParameterSource::Manual => "hand",
        ParameterSource::Dhcp => "DHCP",
        ParameterSource::Files => "files",
        ParameterSource::CallServer => "the call server",
        ParameterSource::Backup => "the backup file",
        ParameterSource::Phone => "the phone itself",
        ParameterSource::Unknown => "others",
    }
}

// req: FS-13
#[test]
fn the_schema_of_parameters_is_what_the_plugins_say() {
    let rows = table().rows;
    let settable = rows.iter().filter(|row| row.may_come_from(ParameterSource::Files));
    let properties: Map<String, Value> = settable.map(|row| (row.name.clone(), property(row))).collect();
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:deskset:parameters-1",
        "title": "Settings",
        "description": "Parameters that files may set, by name, with their values. A number may be written as such or \
            as text: in files every value is a text. Other names are taken by other series and ignored here.",
        "type": "object",
        "properties": properties,
    });
    keep("docs/schema/parameters-1.json", &(serde_json::to_string_pretty(&schema).unwrap() + "\n"));
}

fn property(row: &ParameterRow) -> Value {
    let mut property = match &row.values {
        Values::Choice { choices } => {
            json!({ "enum": choices.iter().map(|choice| &choice.value).collect::<Vec<_>>() })
        }
        Values::Number { min, max } => {
            json!({ "type": ["integer", "string"], "minimum": min, "maximum": max, "pattern": "^-?[0-9]+$" })
        }
        Values::Text { max_chars } => json!({ "type": "string", "maxLength": max_chars }),
        Values::Digits { min_chars, max_chars } => {
            json!({ "type": "string", "pattern": format!("^[0-9]{{{min_chars},{max_chars}}}$") })
        }
        Values::Address => json!({ "type": "string", "pattern": ADDRESS }),
        Values::AddressList => {
            json!({ "type": "string", "maxLength": 255, "pattern": ADDRESS_LIST })
        }
        Values::Unknown => json!({ "type": "string" }),
    };
    let fields = property.as_object_mut().unwrap();
    fields.insert("description".to_owned(), json!(row.meaning));
    if !row.default.is_empty() {
        fields.insert("default".to_owned(), json!(row.default));
    }
    if row.secret {
        fields.insert("writeOnly".to_owned(), json!(true));
    }
    property
}

const ADDRESS: &str = "^([A-Za-z0-9._-]+(:[0-9]{1,5})?)?$";
const ADDRESS_LIST: &str = "^([A-Za-z0-9._-]+(:[0-9]{1,5})?(,[A-Za-z0-9._-]+(:[0-9]{1,5})?)*)?$";
