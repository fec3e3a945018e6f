//! Findings for people, as compilers print them.

use std::{collections::BTreeSet, io::IsTerminal as _};

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet, normalize_untrusted_str};
use deskset_files::lint::{Diagnostic, Severity};
use deskset_models::ParameterTable;

use super::{reading::Source, targets::STARS};

/// Prints every finding; why a rule is there is told the first time.
pub(super) fn print(diagnostics: &[Diagnostic], sources: &[Source], tables: &[&ParameterTable]) {
    let colours = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let renderer = if colours { Renderer::styled() } else { Renderer::plain() };
    let mut told = BTreeSet::new();
    for diagnostic in diagnostics {
        let first = told.insert(diagnostic.rule.id);
        say!("{}\n", rendered(diagnostic, sources, tables, first, &renderer));
    }
}

fn rendered(
    diagnostic: &Diagnostic,
    sources: &[Source],
    tables: &[&ParameterTable],
    first: bool,
    renderer: &Renderer,
) -> String {
    let level = match diagnostic.rule.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::INFO.with_name("hint"),
    };
    let title = level.primary_title(normalize_untrusted_str(&diagnostic.what)).id(diagnostic.rule.id);
    let spot = Spot::of(diagnostic, sources);
    let line = without_password(spot.line, tables);
    // The caret stays within what is left of the line.
    let (start, end) = (floor(&line, spot.start), floor(&line, spot.end));
    let snippet = Snippet::source(line.as_str())
        .line_start(diagnostic.line as usize)
        .path(diagnostic.file.as_ref())
        .annotation(AnnotationKind::Primary.span(start..end));
    let mut group = title.element(snippet);
    if first {
        group = group.element(Level::NOTE.message(normalize_untrusted_str(diagnostic.rule.why)));
    }
    if !diagnostic.only_for.is_empty() {
        group = group.element(Level::NOTE.message(format!("for {}", diagnostic.only_for.join(", "))));
    }
    if !diagnostic.remedy.is_empty() {
        group = group.element(Level::HELP.message(normalize_untrusted_str(&diagnostic.remedy)));
    }
    renderer.render(&[group])
}

/// A finding's line and the place in it.
pub(super) struct Spot<'s> {
    line: &'s str,
    start: usize,
    end: usize,
}

impl<'s> Spot<'s> {
    pub(super) fn of(diagnostic: &Diagnostic, sources: &'s [Source]) -> Spot<'s> {
        let source = sources.iter().find(|source| source.name == *diagnostic.file);
        let text = source.map_or("", |source| source.script.text());
        let place = diagnostic.place.range();
        let (before, behind) = text.split_at(floor(text, place.start));
        let from = before.rfind(['\r', '\n']).map_or(0, |end| end + 1);
        let to = before.len() + behind.find(['\r', '\n']).unwrap_or(behind.len());
        let line = text.get(from..to).unwrap_or_default();
        let within = |at: usize| floor(line, at.saturating_sub(from));
        Spot { line, start: within(place.start), end: within(place.end) }
    }

    /// Columns of the place and behind it, in characters, counted from 1.
    pub(super) fn columns(&self) -> (usize, usize) {
        let column = |at: usize| self.line.get(..at).map_or(0, |before| before.chars().count()) + 1;
        (column(self.start), column(self.end))
    }
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
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
