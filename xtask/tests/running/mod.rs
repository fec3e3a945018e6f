//! Runs the program as lab automation does, and looks at nothing but its exit code and what it prints.
#![allow(dead_code, missing_docs, clippy::unwrap_used)]

pub mod http;
pub mod relay;
pub mod serving;
pub mod terminal;

use std::{
    cell::RefCell,
    ffi::OsStr,
    fs,
    path::Path,
    process::{Command, Output},
    thread,
};

use serde_json::Value;
use tempfile::TempDir;
use xtask::passwords;

/// What a command left behind.
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// The program in a folder of its own, with the plugins and nothing else of this process's environment that it reads.
pub struct Program {
    pub folder: TempDir,
    variables: Vec<(String, String)>,
    /// Files with passwords that the test made itself, by what is in them.
    handed_in: RefCell<Vec<Vec<u8>>>,
}

impl Program {
    pub fn new() -> Program {
        let plugins = std::env::var("DESKSET_PLUGINS");
        let plugins = plugins.expect("DESKSET_PLUGINS is not set: run `cargo xtask test`, which builds the plugins");
        let variables = vec![("DESKSET_PLUGINS".to_owned(), plugins)];
        Program { folder: TempDir::new().unwrap(), variables, handed_in: RefCell::default() }
    }

    /// With this variable; an empty one is taken away.
    pub fn with(mut self, name: &str, value: impl ToString) -> Program {
        self.variables.retain(|(other, _)| other != name);
        self.variables.push((name.to_owned(), value.to_string()));
        self.variables.retain(|(_, value)| !value.is_empty());
        self
    }

    pub fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// Writes a file that may hold passwords.
    pub fn hand_in(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.path(name), &text).unwrap();
        self.handed_in.borrow_mut().push(text.as_ref().to_vec());
    }

    pub fn command<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_deskset"));
        command.args(arguments).current_dir(self.folder.path());
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            if text.starts_with("DESKSET_") || text.starts_with("CARGO") {
                command.env_remove(&name);
            }
        }
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs it to its end.
    pub fn run<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Ran {
        let Output { status, stdout, stderr } = self.command(arguments).output().unwrap();
        let ran = Ran {
            code: status.code().unwrap(),
            out: String::from_utf8(stdout).unwrap(),
            err: String::from_utf8(stderr).unwrap(),
        };
        no_password(&ran.out);
        no_password(&ran.err);
        ran
    }
}

/// No file that the test leaves holds a password.
impl Drop for Program {
    fn drop(&mut self) {
        if !thread::panicking() {
            assert_eq!(passwords::in_folder(self.folder.path(), &self.handed_in.borrow()).unwrap(), []);
        }
    }
}

impl Ran {
    /// It printed one JSON value, and nothing else.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|why| panic!("{why}: {}\n{}", self.out, self.err))
    }

    /// It ended with this code, and said why in this one line.
    pub fn failed(&self, code: i32, sentence: &str) {
        assert_eq!((self.code, self.err.as_str()), (code, format!("deskset: {sentence}\n").as_str()));
    }

    pub fn fine(&self) {
        assert_eq!((self.code, self.err.as_str()), (0, ""), "{}", self.out);
    }
}

pub fn no_password(text: &str) {
    assert_eq!(passwords::in_bytes(text.as_bytes(), Path::new("")), [], "in:\n{text}");
}

/// The report of a command that went as asked, with one phone in it.
pub fn only_phone(ran: &Ran) -> Value {
    ran.fine();
    let report = ran.json();
    assert_eq!((phones(&report).len(), &report["failed"]), (1, &0.into()));
    phones(&report)[0].clone()
}

/// The phones of a report.
pub fn phones(report: &Value) -> &[Value] {
    report["phones"].as_array().unwrap()
}

/// What a phone's steps say.
pub fn details(phone: &Value) -> Vec<&str> {
    phone["steps"].as_array().unwrap().iter().map(|step| step["detail"].as_str().unwrap()).collect()
}

/// The screen as one text.
pub fn screen(phone: &Value) -> String {
    let rows = phone["screen"].as_array().unwrap().iter();
    rows.map(|row| row.as_str().unwrap()).collect::<Vec<_>>().join("\n")
}
