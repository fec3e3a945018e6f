use std::ops::Range;

/// A part of a script's text, in bytes from its beginning.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    start: u32,
    end: u32,
}

impl Place {
    /// Scripts are limited to a size far below 4 GiB, so that offsets fit.
    pub(crate) fn new(start: usize, end: usize) -> Self {
        Place { start: start as u32, end: end as u32 }
    }

    /// As a range of bytes.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// What a line says, if it says anything. Words and values without their blanks and quotes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Statement<'s> {
    /// `SET name value`
    Set {
        /// The parameter, as written.
        name: &'s str,
        /// The value.
        value: &'s str,
    },
    /// `IF $name SEQ text GOTO tag`
    If {
        /// The variable, without the `$`.
        variable: &'s str,
        /// What it is compared with, ignoring case.
        text: &'s str,
        /// Where to go on if they are equal.
        tag: &'s str,
    },
    /// `GOTO tag`
    Goto {
        /// Where to go on.
        tag: &'s str,
    },
    /// `GET file`
    Get {
        /// The file to be fetched and run instead of the rest.
        file: &'s str,
    },
    /// `# tag`
    Tag {
        /// Its text.
        name: &'s str,
    },
}

/// One line of a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Line<'s> {
    /// Counted from 1.
    pub number: u32,
    /// Where it stands, without its end.
    pub place: Place,
    /// Its text, without its end.
    pub text: &'s str,
    /// What it says; `None` for a comment.
    pub statement: Option<Statement<'s>>,
}

/// A statement as it is kept: places instead of texts, and jumps already resolved.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stored {
    Set { name: Place, value: Place },
    If { variable: Place, text: Place, tag: Place, to: Option<u32> },
    Goto { tag: Place, to: Option<u32> },
    Get { file: Place },
    Tag { name: Place },
}

impl Stored {
    pub(super) fn in_text(self, text: &str) -> Statement<'_> {
        let at = |place: Place| text.get(place.range()).unwrap_or_default();
        match self {
            Stored::Set { name, value } => Statement::Set { name: at(name), value: at(value) },
            Stored::If { variable, text, tag, .. } => {
                Statement::If { variable: at(variable), text: at(text), tag: at(tag) }
            }
            Stored::Goto { tag, .. } => Statement::Goto { tag: at(tag) },
            Stored::Get { file } => Statement::Get { file: at(file) },
            Stored::Tag { name } => Statement::Tag { name: at(name) },
        }
    }
}
