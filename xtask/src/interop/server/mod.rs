//! Clients of other makers fetch from our server and store on it: rows of tables, each run and looked at as a whole.

mod ftp;
mod ftp_more;
mod http;
mod scene;
mod tftp;
mod tftp_more;

pub(super) use scene::Scene;

/// A foreign client.
#[derive(Debug)]
pub(super) struct Program {
    pub(super) protocol: &'static str,
    pub(super) peer: &'static str,
    /// As `PEER_VERSION_` names it.
    pub(super) version: &'static str,
    /// As `PEER_PROGRAM_` names it.
    program: &'static str,
    /// Arguments in front of those of each row.
    first: &'static [&'static str],
    pub(super) rows: &'static [Row],
}

/// One run of a program. In all texts, a word in braces stands for what [`Scene`] says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) case: &'static str,
    /// Why it is expected not to work, or to work otherwise.
    pub(super) declared: Option<&'static str>,
    arguments: &'static [&'static str],
    input: &'static str,
    exit: i32,
    /// What stands in its output.
    said: &'static [&'static str],
    /// Files that are the same afterwards, byte by byte.
    same: &'static [(&'static str, &'static str)],
    /// Files that are not there afterwards.
    missing: &'static [&'static str],
    /// What the server has recorded; none: nobody looks.
    told: Option<&'static [&'static str]>,
    program: Option<&'static str>,
}

impl Row {
    /// A run that ends well.
    const fn fine(case: &'static str, arguments: &'static [&'static str]) -> Row {
        Row {
            case,
            declared: None,
            arguments,
            input: "",
            exit: 0,
            said: &[],
            same: &[],
            missing: &[],
            told: None,
            program: None,
        }
    }

    /// A run that ends badly.
    const fn fails(case: &'static str, exit: i32, arguments: &'static [&'static str]) -> Row {
        Row { exit, ..Row::fine(case, arguments) }
    }

    /// It fetches `phone.bin` into `got`.
    const fn got(self) -> Row {
        self.same(&[("{here}/got", "{site}/phone.bin")])
    }

    /// It brings nothing into `got`.
    const fn nothing(self) -> Row {
        Row { missing: &["{here}/got"], ..self }
    }

    const fn same(self, same: &'static [(&'static str, &'static str)]) -> Row {
        Row { same, ..self }
    }

    const fn missing(self, missing: &'static [&'static str]) -> Row {
        Row { missing, ..self }
    }

    const fn told(self, told: &'static [&'static str]) -> Row {
        Row { told: Some(told), ..self }
    }

    const fn said(self, said: &'static [&'static str]) -> Row {
        Row { said, ..self }
    }

    const fn declared(self, why: &'static str) -> Row {
        Row { declared: Some(why), ..self }
    }

    const fn input(self, input: &'static str) -> Row {
        Row { input, ..self }
    }

    const fn by(self, program: &'static str) -> Row {
        Row { program: Some(program), ..self }
    }
}

/// All foreign clients, in the order of the tables.
pub(super) fn programs() -> impl Iterator<Item = &'static Program> {
    [tftp::PROGRAMS, tftp_more::PROGRAMS, http::PROGRAMS, ftp::PROGRAMS, ftp_more::PROGRAMS].into_iter().flatten()
}
