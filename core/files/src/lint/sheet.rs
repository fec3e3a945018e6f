use std::collections::{HashMap, HashSet};

use super::{Names, SourceFile, encoding::is_utf_16};
use crate::script::{Line, Place, Statement};

/// A file, taken apart for the checks.
pub(super) struct Sheet<'f> {
    /// Its number among the files.
    pub(super) at: usize,
    pub(super) source: &'f SourceFile,
    /// Whether its text means anything.
    pub(super) readable: bool,
    pub(super) lines: Vec<Line<'f>>,
    pub(super) statements: Vec<Said<'f>>,
    pub(super) sets: Vec<Set<'f>>,
    /// Per line number: the SET on it.
    set_on_line: HashMap<u32, usize>,
    /// Lines whose value is not what was meant, which is told already.
    pub(super) cut: HashSet<u32>,
}

/// One statement.
#[derive(Clone, Copy)]
pub(super) struct Said<'f> {
    pub(super) line: u32,
    pub(super) statement: Statement<'f>,
    /// Where a jump leads: the statement after the tag.
    pub(super) to: Option<usize>,
}

/// One SET.
#[derive(Clone, Copy)]
pub(super) struct Set<'f> {
    pub(super) line: u32,
    /// Its number among the statements.
    pub(super) at: usize,
    pub(super) name: &'f str,
    pub(super) value: &'f str,
    /// Its name's number.
    pub(super) id: usize,
}

/// Where a finding is.
#[derive(Clone, Copy)]
pub(super) struct Spot {
    pub(super) file: usize,
    pub(super) line: u32,
    pub(super) place: Place,
}

impl<'f> Sheet<'f> {
    pub(super) fn new(at: usize, source: &'f SourceFile, names: &mut Names) -> Self {
        let mut sheet = Sheet {
            at,
            source,
            readable: !is_utf_16(&source.bytes),
            lines: Vec::new(),
            statements: Vec::new(),
            sets: Vec::new(),
            set_on_line: HashMap::new(),
            cut: HashSet::new(),
        };
        if !sheet.readable {
            return sheet;
        }
        sheet.lines = source.script.lines().collect();
        while let Some((line, statement, to)) = source.script.statement(sheet.statements.len()) {
            if let Statement::Set { name, value } = statement {
                sheet.set_on_line.insert(line, sheet.sets.len());
                let id = names.id(name);
                sheet.sets.push(Set { line, at: sheet.statements.len(), name, value, id });
            }
            sheet.statements.push(Said { line, statement, to: to.map(|to| to as usize) });
        }
        sheet
    }

    pub(super) fn name(&self) -> &'f str {
        self.source.script.name()
    }

    /// The number of the SET on a line.
    pub(super) fn set_on(&self, line: u32) -> Option<usize> {
        self.set_on_line.get(&line).copied()
    }

    /// The line of that number, counted from 1.
    pub(super) fn line(&self, number: u32) -> Option<&Line<'f>> {
        self.lines.get((number as usize).checked_sub(1)?)
    }

    /// A part of the text, which stands on line `line`.
    pub(super) fn spot(&self, line: u32, part: &str) -> Spot {
        let text = self.source.script.text();
        let start = part.as_ptr().addr().wrapping_sub(text.as_ptr().addr());
        let inside = start.checked_add(part.len()).is_some_and(|end| end <= text.len());
        let place = if inside { Place::new(start, start + part.len()) } else { Place::new(0, 0) };
        Spot { file: self.at, line, place }
    }

    /// A whole line.
    pub(super) fn whole(&self, line: u32) -> Spot {
        self.spot(line, self.line(line).map_or("", |line| line.text))
    }

    /// The file itself: the beginning of its first line.
    pub(super) fn beginning(&self) -> Spot {
        Spot { file: self.at, line: 1, place: Place::new(0, 0) }
    }

    pub(super) fn value_spot(&self, set: &Set<'_>) -> Spot {
        self.spot(set.line, set.value)
    }

    pub(super) fn name_spot(&self, set: &Set<'_>) -> Spot {
        self.spot(set.line, set.name)
    }
}
