//! What is wrong, lost or doubtful in a backup file: found before a phone retrieves it.
//!
//! An *error* is only what the phone would really ignore or misread: the lines that [`BackupFile`] drops, each with its
//! reason. Rules stand in one table, [`BACKUP_RULES`].
//!
//! ```text
//! bytes ─► how it is stored ─► its name ─► form of each line ─► meaning of each line, per phone ─► pairs of lines
//! ```

mod line_form;
mod meaning;
mod rules;
mod sheet;
mod storage;

use std::collections::BTreeMap;

use deskset_models::Repertoire;

pub use rules::{BACKUP_RULES, BACKUP_THEMES, is_mended};

use super::{BackupFile, BackupPhone, DroppedWhy, Encoding, Entry, UserData, decode};
use crate::{
    limits::{BACKUP_BYTES_MAX, LINT_TARGETS_MAX},
    lint::Diagnostic,
};
use sheet::{Findings, Line, Sheet};

/// Whom a file is checked for.
#[derive(Clone, Copy)]
pub struct BackupCheck<'c> {
    /// The phones that read it, at least one; those past [`crate::limits::LINT_TARGETS_MAX`] are not looked at.
    pub phones: &'c [BackupPhone<'c>],
    /// All kinds of phones there are, to tell whose file it is by its name.
    pub known: &'c [BackupPhone<'c>],
    /// Whether a screen of this repertoire shows a character.
    pub can_show: fn(&Repertoire, char) -> bool,
}

impl BackupCheck<'_> {
    /// Everything that is found in the file `name`, a path or a name alone, by line, place and rule.
    pub fn findings(&self, name: &str, bytes: &[u8]) -> Vec<Diagnostic> {
        let (text, encoding) = decode(bytes.get(..BACKUP_BYTES_MAX).unwrap_or(bytes));
        let mut findings = Findings::new(name, &text);
        storage::name(self, name, &mut findings);
        if bytes.len() > BACKUP_BYTES_MAX {
            let what = format!("the file has more than {BACKUP_BYTES_MAX} bytes: phones do not take it");
            findings.add_to_file(&rules::TOO_LARGE, what, "a backup has a few thousand bytes; see what came into it");
        } else if bytes.is_empty() {
            findings.add_to_file(
                &rules::EMPTY_FILE,
                "the file is empty",
                "save at the phone, or bring an older one back",
            );
        } else {
            self.content(&text, encoding, bytes, &mut findings);
        }
        findings.finish()
    }

    fn content<'t>(&self, text: &'t str, encoding: Encoding, bytes: &[u8], findings: &mut Findings<'t>) {
        let sheet = Sheet::new(text);
        let phones = self.phones.get(..LINT_TARGETS_MAX).unwrap_or(self.phones);
        let read: Vec<Reading<'_>> = phones.iter().map(|phone| Reading::new(*phone, text, encoding)).collect();
        let useless = read.iter().all(|reading| reading.data == UserData::default());
        if useless && !storage::is_text(encoding, bytes) {
            let what = "the file is UTF-16 without a mark: phones find no line in it";
            findings.add_to_file(&rules::UTF_16, what, "save it as UTF-8");
            return;
        }
        storage::check(&sheet, encoding, findings);
        if useless {
            let what = "not one line can be used: a retrieval fails";
            findings.add_to_file(&rules::NOTHING_USABLE, what, "write NAME=VALUE lines, or save at the phone");
        }
        for line in sheet.lines.iter().filter(|line| !line.text.is_empty()) {
            if line_form::check(line, findings) {
                meaning::check(line, &read, self.can_show, findings);
            }
        }
        if let Some(reading) = read.first() {
            meaning::same_numbers(&sheet, reading, findings);
        }
    }
}

/// What one phone makes of the file.
struct Reading<'m> {
    phone: BackupPhone<'m>,
    data: UserData,
    dropped: BTreeMap<u32, DroppedWhy>,
    /// Positions for which a line names a number, good or bad.
    numbers: Vec<u16>,
    /// Positions whose last label is not empty.
    labels: Vec<u16>,
}

impl<'m> Reading<'m> {
    fn new(phone: BackupPhone<'m>, text: &str, encoding: Encoding) -> Self {
        let file = BackupFile::of_text(text, encoding, phone.model, phone.signaling);
        let dropped = file.dropped.into_iter().map(|dropped| (dropped.line, dropped.why)).collect();
        let (mut numbers, mut labels) = (Vec::new(), BTreeMap::new());
        for line in Sheet::new(text).lines {
            match line.name.map(|name| Entry::named(name.trim_matches(' '))) {
                Some(Entry::DialNumber(at)) => numbers.push(at),
                Some(Entry::DialLabel(at)) => {
                    labels.insert(at, !line.value.is_empty());
                }
                _ => {}
            }
        }
        numbers.sort_unstable();
        let labels = labels.into_iter().filter(|(_, says)| *says).map(|(at, _)| at).collect();
        Reading { phone, data: file.data, dropped, numbers, labels }
    }

    fn why_dropped(&self, line: &Line<'_>) -> Option<&DroppedWhy> {
        self.dropped.get(&line.number)
    }
}
