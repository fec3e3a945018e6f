use deskset_files::{
    lint::{self, Diagnostic, RULES, SourceFile},
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
        findings::{self, Text},
        found::{Counts, Row, rows},
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
    Ok(if Counts::of(&found).errors == 0 { Exit::Fine } else { Exit::Failed })
}

fn summary(found: &[Diagnostic], files: usize, phones: usize) -> String {
    let several = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let Counts { errors, warnings, hints } = Counts::of(found);
    let counts = [(errors, "error", "errors"), (warnings, "warning", "warnings"), (hints, "hint", "hints")];
    let counts = counts.map(|(count, one, many)| several(count, one, many)).join(", ");
    let (files, phones) = (several(files, "file", "files"), several(phones, "kind", "kinds"));
    format!("{counts} in {files}, read for {phones} of phone")
}

#[derive(Serialize)]
struct Report<'d> {
    schema: &'static str,
    #[serde(flatten)]
    counts: Counts,
    files: Vec<&'d str>,
    phones: Vec<Phone<'d>>,
    diagnostics: Vec<Row<'d>>,
}

fn report<'d>(found: &'d [Diagnostic], texts: &[Text<'d>], targets: &[Target<'d>]) -> Report<'d> {
    Report {
        schema: "deskset-diagnostics-1",
        counts: Counts::of(found),
        files: texts.iter().map(|text| text.name).collect(),
        phones: targets.iter().map(Phone::of).collect(),
        diagnostics: rows(found, texts),
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
