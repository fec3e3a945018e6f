use deskset_files::{
    lint::{self, Diagnostic, RULES, Severity, SourceFile},
    settings::Target,
};
use deskset_models::ParameterTable;
use serde::Serialize;

use super::{
    arguments::Check,
    reading,
    targets::{Phone, STARS},
};
use crate::{
    CommandError, Exit,
    commands::{
        findings::{self, Spot, Text},
        profile, sarif,
    },
    plugins, show,
};

pub(super) fn run(asked: &Check) -> Result<Exit, CommandError> {
    let sources = reading::read(&asked.files)?;
    let profile = profile(&asked.common, &[])?;
    let catalog = plugins::catalog(&profile)?;
    let targets = asked.phones.all(&profile, &catalog)?;
    let files = sources.iter().map(|source| SourceFile::read(&source.name, source.bytes.as_slice()));
    let files: Vec<SourceFile> = files.collect::<Result<_, _>>().map_err(|why| CommandError::Usage(why.to_string()))?;
    let found = lint::check(&files, &targets);
    let texts = sources.iter().map(|source| Text { name: &source.name, text: source.script.text() });
    let texts: Vec<Text<'_>> = texts.collect();
    if asked.sarif {
        show::json(&sarif::log(&found, &texts, RULES))?;
    } else if asked.common.json {
        show::json(&report(&found, &texts, &targets))?;
    } else {
        let mut tables: Vec<_> = targets.iter().map(|target| &target.model.tables().parameters).collect();
        tables.dedup();
        findings::print(&found, &texts, &|line| without_password(line, &tables));
        say!("{}", summary(&found, sources.len(), targets.len()));
    }
    Ok(if count(&found, Severity::Error) == 0 { Exit::Fine } else { Exit::Failed })
}

fn count(found: &[Diagnostic], severity: Severity) -> usize {
    found.iter().filter(|diagnostic| diagnostic.rule.severity == severity).count()
}

fn summary(found: &[Diagnostic], files: usize, phones: usize) -> String {
    let several = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let counts = [
        (Severity::Error, "error", "errors"),
        (Severity::Warning, "warning", "warnings"),
        (Severity::Hint, "hint", "hints"),
    ];
    let counts = counts.map(|(severity, one, many)| several(count(found, severity), one, many)).join(", ");
    let (files, phones) = (several(files, "file", "files"), several(phones, "kind", "kinds"));
    format!("{counts} in {files}, read for {phones} of phone")
}

#[derive(Serialize)]
struct Report<'d> {
    schema: &'static str,
    errors: usize,
    warnings: usize,
    hints: usize,
    files: Vec<&'d str>,
    phones: Vec<Phone<'d>>,
    diagnostics: Vec<Row<'d>>,
}

#[derive(Serialize)]
struct Row<'d> {
    rule: &'static str,
    severity: &'static str,
    file: &'d str,
    line: u32,
    column: usize,
    what: &'d str,
    why: &'static str,
    remedy: &'d str,
    only_for: &'d [String],
}

fn report<'d>(found: &'d [Diagnostic], texts: &[Text<'d>], targets: &[Target<'d>]) -> Report<'d> {
    let rows = found.iter().map(|diagnostic| Row {
        rule: diagnostic.rule.id,
        severity: diagnostic.rule.severity.key(),
        file: &diagnostic.file,
        line: diagnostic.line,
        column: Spot::of(diagnostic, texts).columns().0,
        what: &diagnostic.what,
        why: diagnostic.rule.why,
        remedy: &diagnostic.remedy,
        only_for: &diagnostic.only_for,
    });
    Report {
        schema: "deskset-diagnostics-1",
        errors: count(found, Severity::Error),
        warnings: count(found, Severity::Warning),
        hints: count(found, Severity::Hint),
        files: texts.iter().map(|text| text.name).collect(),
        phones: targets.iter().map(Phone::of).collect(),
        diagnostics: rows.collect(),
    }
}

/// The line, with stars behind a password parameter's name, whatever the line is: it may be one that was meant to be a
/// SET.
fn without_password(line: &str, tables: &[&ParameterTable]) -> String {
    let words = line.split([' ', '\t', '=', ':', '"']).filter(|word| !word.is_empty());
    let secret = |word: &str| {
        let name = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        !name.is_empty() && tables.iter().any(|table| table.is_secret(name))
    };
    for word in words {
        if secret(word) {
            let end = word.as_ptr().addr() - line.as_ptr().addr() + word.len();
            let (kept, rest) = line.split_at(end);
            return if rest.trim().is_empty() { line.to_owned() } else { format!("{kept} {STARS}") };
        }
    }
    line.to_owned()
}
