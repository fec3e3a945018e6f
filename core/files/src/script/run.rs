use std::collections::BTreeMap;

use super::{Script, Statement};

/// What a script may ask a phone in `IF`: `BOOTNAME`, `GROUP`, `SIG`, `MODEL`, `MODEL4`, `MACADDR`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Variables(BTreeMap<String, String>);

impl Variables {
    /// No variables yet.
    pub fn new() -> Self {
        Variables::default()
    }

    /// With `name` standing for `value`; names match in any case.
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.0.insert(name.to_ascii_uppercase(), value.into());
        self
    }

    /// What `name` stands for.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(&name.to_ascii_uppercase()).map(String::as_str)
    }
}

/// A place in a script: where a run starts or goes on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Position(usize);

/// One executed `SET`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Assignment<'s> {
    /// The parameter as written.
    pub name: &'s str,
    /// The value as written, without quotes.
    pub value: &'s str,
    /// The line, counted from 1.
    pub line: u32,
}

/// Why a run stopped.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Stop {
    /// The end, or a jump to a tag that does not follow: the rest of the file is ignored.
    End,
    /// A `GET`. If the file arrives, it is run instead of the rest; if not, the run goes on at `next` (from R2.2 on).
    Get {
        /// The file as written.
        file: String,
        /// Its line, counted from 1.
        line: u32,
        /// Where to go on.
        next: Position,
    },
}

impl Script {
    /// Runs the script from `from` until it ends or wants a file, telling every `SET` on the way.
    ///
    /// A position only ever grows, so the run ends after at most as many steps as there are statements.
    pub fn run(&self, from: Position, variables: &Variables, mut set: impl FnMut(Assignment<'_>)) -> Stop {
        let mut at = from.0;
        while let Some((line, statement)) = self.statements.get(at) {
            at += 1;
            match statement {
                Statement::Tag { .. } => {}
                Statement::Set { name, value } => set(Assignment { name, value, line: *line }),
                Statement::Get { file } => {
                    return Stop::Get { file: file.clone(), line: *line, next: Position(at) };
                }
                Statement::Goto { tag } => match self.tag_after(at, tag) {
                    Some(there) => at = there,
                    None => return Stop::End,
                },
                Statement::If { variable, text, tag } => {
                    // A name that stands for nothing: the whole line is ignored.
                    if variables.get(variable).is_some_and(|value| value.eq_ignore_ascii_case(text)) {
                        match self.tag_after(at, tag) {
                            Some(there) => at = there,
                            None => return Stop::End,
                        }
                    }
                }
            }
        }
        Stop::End
    }

    /// The place after the next tag of that name, in any case.
    fn tag_after(&self, at: usize, wanted: &str) -> Option<usize> {
        self.statements[at..]
            .iter()
            .position(
                |(_, statement)| matches!(statement, Statement::Tag { name } if name.eq_ignore_ascii_case(wanted)),
            )
            .map(|ahead| at + ahead + 1)
    }
}
