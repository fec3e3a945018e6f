use std::collections::BTreeMap;

use super::{Script, Statement};

/// What a script may ask a phone in `IF`: `BOOTNAME`, `GROUP`, `SIG`, `MODEL`, `MODEL4`, `MACADDR`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
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

    /// Those whose names, in capitals, pass.
    pub fn only(&self, passes: impl Fn(&str) -> bool) -> Self {
        Variables(
            self.0.iter().filter(|(name, _)| passes(name)).map(|(name, value)| (name.clone(), value.clone())).collect(),
        )
    }

    /// What `name` stands for.
    pub fn get(&self, name: &str) -> Option<&str> {
        match self.0.get(name) {
            Some(value) => Some(value),
            None => self.0.get(&name.to_ascii_uppercase()).map(String::as_str),
        }
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

/// One executed line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step<'s> {
    /// A `SET`.
    Set(Assignment<'s>),
    /// An `IF` or a `GOTO`.
    Branch {
        /// The line, counted from 1.
        line: u32,
        /// The tag named in it.
        tag: &'s str,
        /// What became of it.
        branch: Branch,
    },
}

/// What became of an `IF` or a `GOTO`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Branch {
    /// On at the line after the tag.
    Taken,
    /// The texts differ: on at the next line.
    NotEqual,
    /// The variable stands for nothing: the line is ignored.
    NoVariable,
    /// No such tag ahead: the rest of the file is ignored.
    NoTag,
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
    /// Runs the script from `from` until it ends or wants a file, telling every executed line on the way.
    ///
    /// A position only ever grows, so the run ends after at most as many steps as there are statements.
    pub fn run<'s>(&'s self, from: Position, variables: &Variables, mut tell: impl FnMut(Step<'s>)) -> Stop {
        let mut at = from.0;
        while let Some((line, statement, to)) = self.statement(at) {
            at += 1;
            let (tag, branch) = match statement {
                Statement::Tag { .. } => continue,
                Statement::Set { name, value } => {
                    tell(Step::Set(Assignment { name, value, line }));
                    continue;
                }
                Statement::Get { file } => return Stop::Get { file: file.to_owned(), line, next: Position(at) },
                Statement::Goto { tag } => (tag, Branch::Taken),
                Statement::If { variable, text, tag } => match variables.get(variable) {
                    None => (tag, Branch::NoVariable),
                    Some(value) if value.eq_ignore_ascii_case(text) => (tag, Branch::Taken),
                    Some(_) => (tag, Branch::NotEqual),
                },
            };
            match (branch, to) {
                (Branch::Taken, Some(to)) => {
                    tell(Step::Branch { line, tag, branch });
                    at = to as usize;
                }
                (Branch::Taken, None) => {
                    tell(Step::Branch { line, tag, branch: Branch::NoTag });
                    return Stop::End;
                }
                _ => tell(Step::Branch { line, tag, branch }),
            }
        }
        Stop::End
    }
}
