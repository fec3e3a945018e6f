use deskset_files::{
    backup::{BACKUP_RULES, BackupCheck, decode, without_password},
    lint::Diagnostic,
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
        findings::{self, Text},
        found::{Counts, Row, rows},
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
        let Counts { errors, warnings, hints } = Counts::of(&found);
        say!("errors: {errors}, warnings: {warnings}, hints: {hints}, files: {}", files.len());
    }
    Ok(if Counts::of(&found).errors == 0 { Exit::Fine } else { Exit::Failed })
}

#[derive(Serialize)]
struct Report<'d> {
    schema: &'static str,
    #[serde(flatten)]
    counts: Counts,
    files: Vec<FileRow<'d>>,
    diagnostics: Vec<Row<'d>>,
}

#[derive(Serialize)]
struct FileRow<'d> {
    file: &'d str,
    phones: Vec<Phone<'d>>,
}

fn report<'d>(found: &'d [Diagnostic], texts: &[Text<'_>], files: Vec<FileRow<'d>>) -> Report<'d> {
    let (counts, diagnostics) = (Counts::of(found), rows(found, texts));
    Report { schema: "deskset-backup-check-1", counts, files, diagnostics }
}
