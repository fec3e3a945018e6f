//! The part of SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format) that findings need.

use deskset_files::lint::{Diagnostic, Rule, Severity};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::findings::{Spot, Text};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What stays as it is in a path that is written as a URI (RFC 3986).
const IN_PATHS: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_').remove(b'~');

#[derive(Serialize)]
pub(super) struct Log<'d> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'d>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'d> {
    tool: Tool,
    column_kind: &'static str,
    results: Vec<Finding<'d>>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<RuleRow>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RuleRow {
    id: &'static str,
    short_description: Message,
    full_description: Message,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding<'d> {
    rule_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Message,
    locations: [Location; 1],
    properties: Properties<'d>,
}

#[derive(Serialize)]
struct Properties<'d> {
    only_for: &'d [String],
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: usize,
    end_column: usize,
}

/// The findings as a log with one run.
pub(super) fn log<'d>(found: &'d [Diagnostic], texts: &[Text<'_>], rules: &[&Rule]) -> Log<'d> {
    let table = rules;
    let rules = rules.iter().map(|rule| RuleRow {
        id: rule.id,
        short_description: Message { text: rule.title.to_owned() },
        full_description: Message { text: rule.why.to_owned() },
        default_configuration: Configuration { level: level(rule.severity) },
    });
    let driver = Driver { name: "Deskset", version: env!("CARGO_PKG_VERSION"), rules: rules.collect() };
    let results = found.iter().map(|diagnostic| finding(diagnostic, texts, table)).collect();
    let run = Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results };
    Log { schema: SCHEMA, version: "2.1.0", runs: [run] }
}

fn finding<'d>(diagnostic: &'d Diagnostic, texts: &[Text<'_>], rules: &[&Rule]) -> Finding<'d> {
    let (start_column, end_column) = Spot::of(diagnostic, texts).columns();
    let text = if diagnostic.remedy.is_empty() {
        diagnostic.what.clone()
    } else {
        format!("{}; {}", diagnostic.what, diagnostic.remedy)
    };
    Finding {
        rule_id: diagnostic.rule.id,
        rule_index: rules.iter().position(|rule| rule.id == diagnostic.rule.id),
        level: level(diagnostic.rule.severity),
        message: Message { text },
        locations: [Location {
            physical_location: PhysicalLocation {
                artifact_location: ArtifactLocation {
                    uri: utf8_percent_encode(&diagnostic.file, IN_PATHS).to_string(),
                },
                region: Region { start_line: diagnostic.line, start_column, end_column },
            },
        }],
        properties: Properties { only_for: &diagnostic.only_for },
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    }
}
