use std::sync::Arc;

use crate::script::Place;

/// How much a finding matters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Severity {
    /// The phone ignores it, or does something else than is written.
    Error,
    /// It works, but hardly as meant.
    Warning,
    /// It could be better.
    Hint,
}

/// One rule.
#[derive(PartialEq, Eq, Debug)]
pub struct Rule {
    /// Its name in reports and in `# deskset: allow …`, such as `unknown-parameter`.
    pub id: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What it finds, in a few words.
    pub title: &'static str,
    /// Why that matters, with the source.
    pub why: &'static str,
    /// What to do, as an example: a line before and after.
    pub example: (&'static str, &'static str),
}

/// One finding.
#[derive(Clone, PartialEq, Debug)]
pub struct Diagnostic {
    /// The rule.
    pub rule: &'static Rule,
    /// The file's name as it was given.
    pub file: Arc<str>,
    /// Counted from 1.
    pub line: u32,
    /// Where in the decoded text, in bytes.
    pub place: Place,
    /// What is wrong here, naming what is written; never a password.
    pub what: String,
    /// What to do here.
    pub remedy: String,
    /// The models and signalings it is true for, if not for all that were asked about.
    pub only_for: Vec<String>,
}

impl Severity {
    /// The word in reports: `error`, `warning` or `hint`.
    pub fn key(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "hint",
        }
    }
}
