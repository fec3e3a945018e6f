//! `backup`: users' backup files. What they mean is found out in `deskset-files`.

mod arguments;
mod check;
mod convert;
mod diff;
mod file;
mod fix;
mod get_and_put;
mod new;
mod phones;
mod show;
mod transfers;

pub(crate) use arguments::Backup;

use crate::{CommandError, Exit};

pub(crate) fn run(asked: &Backup) -> Result<Exit, CommandError> {
    match asked {
        Backup::Show(asked) => show::run(asked),
        Backup::Check(asked) => check::run(asked),
        Backup::Fix(asked) => fix::run(asked),
        Backup::Diff(asked) => diff::run(asked),
        Backup::Convert(asked) => convert::run(asked),
        Backup::New(asked) => new::run(asked),
        Backup::Get(asked) => get_and_put::get(asked),
        Backup::Put(asked) => get_and_put::put(asked),
    }
}
