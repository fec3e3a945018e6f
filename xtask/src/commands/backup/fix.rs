use deskset_files::{
    backup::{BackupCheck, Fixed, decode, fix},
    lint::Diagnostic,
};
use deskset_phone::can_show;
use serde::Serialize;

use super::{
    arguments::Fix,
    file::File,
    phones::{Phone, known},
};
use crate::{
    CommandError, Exit,
    commands::{
        findings::Text,
        found::{Row, rows},
        profile,
        whole_file::replace_and_keep,
    },
    plugins, show,
};

#[derive(Serialize)]
struct Report<'d> {
    schema: &'static str,
    files: Vec<FileReport<'d>>,
}

#[derive(Serialize)]
struct FileReport<'d> {
    file: &'d str,
    #[serde(flatten)]
    phone: Phone<'d>,
    /// Where the old file is kept; null if nothing was to be mended.
    kept: Option<String>,
    mended: Vec<Row<'d>>,
    left: Vec<Row<'d>>,
}

/// All files are read and mended before the first one is written.
pub(super) fn run(asked: &Fix) -> Result<Exit, CommandError> {
    let profile = profile(&asked.common, &[])?;
    let catalog = plugins::catalog(&profile)?;
    let known = known(&catalog);
    let mut fixes = Vec::new();
    for path in &asked.files {
        let file = File::read(path)?;
        let phone = asked.reader.one(&catalog, file.base_name())?;
        let check = BackupCheck { phones: &[phone], known: &known, can_show };
        let fixed = fix(&check, &file.name, &file.bytes).map_err(|why| file.unusable(why))?;
        fixes.push((path, file, phone, fixed));
    }
    let mut kept = Vec::new();
    for (path, _, _, fixed) in &fixes {
        let old = if fixed.mended.is_empty() { None } else { Some(replace_and_keep(path, &fixed.bytes)?) };
        kept.push(old.map(|path| path.display().to_string()));
    }
    if !asked.common.json {
        for ((_, file, _, fixed), kept) in fixes.iter().zip(&kept) {
            print(&file.name, fixed, kept.as_deref());
        }
        return Ok(Exit::Fine);
    }
    let files = fixes.iter().zip(&kept).map(|((_, file, phone, fixed), kept)| {
        let texts = [decode(&file.bytes).0, decode(&fixed.bytes).0];
        let [old, new] = texts.each_ref().map(|text| [Text { name: &file.name, text }]);
        FileReport {
            file: &file.name,
            phone: Phone::of(phone),
            kept: kept.clone(),
            mended: rows(&fixed.mended, &old),
            left: rows(&fixed.left, &new),
        }
    });
    show::json(&Report { schema: "deskset-backup-fix-1", files: files.collect() })?;
    Ok(Exit::Fine)
}

fn print(name: &str, fixed: &Fixed, kept: Option<&str>) {
    match kept {
        Some(kept) => say!("{name}: mended, the old file is {kept}"),
        None => say!("{name}: nothing to mend"),
    }
    if fixed.mended.iter().any(|found| found.rule.id == "password") {
        say!("  the old file still holds what looks like a password: take it away");
    }
    let tell = |mark: &str, found: &[Diagnostic]| {
        for Diagnostic { rule, line, what, .. } in found {
            say!("  {mark}  line {line:<3}  {}: {what}", rule.id);
        }
    };
    tell("mended", &fixed.mended);
    tell("left  ", &fixed.left);
}
