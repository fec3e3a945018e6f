//! `settings`: the language of upgrade scripts and settings files. What is found out is found out in `deskset-files`.

mod arguments;
mod check;
mod diff;
mod eval;
mod explain;
mod explained;
mod fmt;
pub(super) mod reading;
mod targets;

pub(crate) use arguments::Settings;

use crate::{CommandError, Exit};

pub(crate) fn run(asked: &Settings) -> Result<Exit, CommandError> {
    match asked {
        Settings::Check(asked) => check::run(asked),
        Settings::Explain(asked) => explain::run(asked),
        Settings::Eval(asked) => eval::run(asked),
        Settings::Diff(asked) => diff::run(asked),
        Settings::Fmt(asked) => fmt::run(asked),
    }
}
