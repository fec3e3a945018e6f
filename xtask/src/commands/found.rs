//! Findings as reports have them.

use deskset_files::lint::{Diagnostic, Severity};
use serde::Serialize;

use super::findings::{Spot, Text};

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

/// How many findings there are of each severity.
#[derive(Clone, Copy, Serialize)]
pub(super) struct Counts {
    pub(super) errors: usize,
    pub(super) warnings: usize,
    pub(super) hints: usize,
}

impl Counts {
    pub(super) fn of(found: &[Diagnostic]) -> Self {
        let count = |severity| found.iter().filter(|finding| finding.rule.severity == severity).count();
        Counts { errors: count(Severity::Error), warnings: count(Severity::Warning), hints: count(Severity::Hint) }
    }
}
