use std::sync::Arc;

use crate::{
    lines::lines,
    lint::{Diagnostic, Rule},
    script::Place,
};

/// A decoded file, taken apart.
pub(super) struct Sheet<'t> {
    pub(super) text: &'t str,
    pub(super) lines: Vec<Line<'t>>,
}

/// One line.
#[derive(Clone, Copy)]
pub(super) struct Line<'t> {
    /// Counted from 1.
    pub(super) number: u32,
    pub(super) text: &'t str,
    /// Before the first equal sign, as written; `None` without one.
    pub(super) name: Option<&'t str>,
    /// Behind it.
    pub(super) value: &'t str,
}

impl<'t> Sheet<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let lines = lines(text).zip(1u32..).map(|(line, number)| {
            let (name, value) = line.split_once('=').map_or((None, ""), |(name, value)| (Some(name), value));
            Line { number, text: line, name, value }
        });
        Sheet { text, lines: lines.collect() }
    }
}

/// What was found so far in one file.
pub(super) struct Findings<'t> {
    file: Arc<str>,
    text: &'t str,
    all: Vec<Diagnostic>,
}

impl<'t> Findings<'t> {
    pub(super) fn new(file: &str, text: &'t str) -> Self {
        Findings { file: file.into(), text, all: Vec::new() }
    }

    /// Something about the whole file.
    pub(super) fn add_to_file(&mut self, rule: &'static Rule, what: impl Into<String>, remedy: impl Into<String>) {
        self.add(rule, 1, self.text.get(..0).unwrap_or_default(), what, remedy);
    }

    /// Something about `part` of the text, which stands on `line`.
    pub(super) fn add(
        &mut self,
        rule: &'static Rule,
        line: u32,
        part: &'t str,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        self.add_for(Vec::new(), rule, line, part, what, remedy);
    }

    /// The same for some phones only.
    pub(super) fn add_for(
        &mut self,
        only_for: Vec<String>,
        rule: &'static Rule,
        line: u32,
        part: &'t str,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        let start = part.as_ptr().addr() - self.text.as_ptr().addr();
        let place = Place::new(start, start + part.len());
        let (what, remedy) = (what.into(), remedy.into());
        self.all.push(Diagnostic { rule, file: self.file.clone(), line, place, what, remedy, only_for });
    }

    /// Everything, from top to bottom.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        self.all.sort_by_key(|found| (found.line, found.place.range().start, found.rule.id));
        self.all
    }
}
