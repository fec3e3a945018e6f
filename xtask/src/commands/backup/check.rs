use deskset_files::{
    backup::{BACKUP_RULES, BackupCheck, decode, without_password},
    lint::{Diagnostic, Severity},
};
use deskset_phone::can_show;
use serde::Serialize;

use super::{
    arguments::Check,
    file::File,
    phones::{Phone, known},
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
    let files = asked.files.iter().map(|path| File::read(path)).collect::<Result<Vec<_>, _>>()?;
    let profile = profile(&asked.common, &[])?;
    let catalog = plugins::catalog(&profile)?;
    let known = known(&catalog);
    let (mut found, mut read) = (Vec::new(), Vec::new());
    for file in &files {
        let phones = asked.reader.all(&catalog, file.base_name())?;
        let check = BackupCheck { phones: &phones, known: &known, can_show };
        found.extend(check.findings(&file.name, &file.bytes));
        read.push(FileRow { file: &file.name, phones: phones.iter().map(Phone::of).collect() });
    }
    let decoded: Vec<_> = files.iter().map(|file| decode(&file.bytes).0).collect();
    let texts: Vec<Text<'_>> = files.iter().zip(&decoded).map(|(file, text)| Text { name: &file.name, text }).collect();
    if asked.sarif {
        show::json(&sarif::log(&found, &texts, BACKUP_RULES))?;
    } else if asked.common.json {
        show::json(&report(&found, &texts, read))?;
    } else {
        findings::print(&found, &texts, &without_password);
        let (errors, warnings, hints) = counts(&found);
        say!("errors: {errors}, warnings: {warnings}, hints: {hints}, files: {}", files.len());
    }
    Ok(if counts(&found).0 == 0 { Exit::Fine } else { Exit::Failed })
}

fn counts(found: &[Diagnostic]) -> (usize, usize, usize) {
    let count = |severity| found.iter().filter(|finding| finding.rule.severity == severity).count();
    (count(Severity::Error), count(Severity::Warning), count(Severity::Hint))
}

#[derive(Serialize)]
struct Report<'d> {
    schema: &'static str,
    errors: usize,
    warnings: usize,
    hints: usize,
    files: Vec<FileRow<'d>>,
    diagnostics: Vec<Row<'d>>,
}

#[derive(Serialize)]
struct FileRow<'d> {
    file: &'d str,
    phones: Vec<Phone<'d>>,
}

/// One finding.
#[derive(Serialize)]
pub(super) struct Row<'d> {
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

/// Findings as reports have them.
pub(super) fn rows<'d>(found: &'d [Diagnostic], texts: &[Text<'_>]) -> Vec<Row<'d>> {
    let row = |finding: &'d Diagnostic| Row {
        rule: finding.rule.id,
        severity: finding.rule.severity.key(),
        file: &finding.file,
        line: finding.line,
        column: Spot::of(finding, texts).columns().0,
        what: &finding.what,
        why: finding.rule.why,
        remedy: &finding.remedy,
        only_for: &finding.only_for,
    };
    found.iter().map(row).collect()
}

fn report<'d>(found: &'d [Diagnostic], texts: &[Text<'_>], files: Vec<FileRow<'d>>) -> Report<'d> {
    let (errors, warnings, hints) = counts(found);
    Report { schema: "deskset-backup-check-1", errors, warnings, hints, files, diagnostics: rows(found, texts) }
}
