//! Findings for people, as compilers print them.

use std::{collections::BTreeSet, io::IsTerminal as _};

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet, normalize_untrusted_str};
use deskset_files::lint::{Diagnostic, Severity};

/// A file that findings are about.
#[derive(Clone, Copy)]
pub(super) struct Text<'t> {
    /// Its name, as findings name it.
    pub(super) name: &'t str,
    /// Decoded.
    pub(super) text: &'t str,
}

/// Prints every finding; why a rule is there is told the first time. `mask` gives a line as it may be shown.
pub(super) fn print(diagnostics: &[Diagnostic], texts: &[Text<'_>], mask: &dyn Fn(&str) -> String) {
    let colours = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let renderer = if colours { Renderer::styled() } else { Renderer::plain() };
    let mut told = BTreeSet::new();
    for diagnostic in diagnostics {
        let first = told.insert(diagnostic.rule.id);
        say!("{}\n", rendered(diagnostic, texts, mask, first, &renderer));
    }
}

fn rendered(
    diagnostic: &Diagnostic,
    texts: &[Text<'_>],
    mask: &dyn Fn(&str) -> String,
    first: bool,
    renderer: &Renderer,
) -> String {
    let level = match diagnostic.rule.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::INFO.with_name("hint"),
    };
    let title = level.primary_title(normalize_untrusted_str(&diagnostic.what)).id(diagnostic.rule.id);
    let spot = Spot::of(diagnostic, texts);
    let line = mask(spot.line);
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
    pub(super) fn of(diagnostic: &Diagnostic, texts: &[Text<'s>]) -> Spot<'s> {
        let text = texts.iter().find(|text| *text.name == *diagnostic.file).map_or("", |text| text.text);
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
