//! Runs the program as lab automation does, and looks at nothing but its exit code and what it prints.
#![allow(dead_code, missing_docs, clippy::unwrap_used)]

pub mod http;
pub mod serving;
pub mod terminal;

use std::{
    ffi::OsStr,
    process::{Command, Output},
};

use serde_json::Value;
use tempfile::TempDir;

/// Passwords of the lab profile, and those that tests type. No output of any command may hold one.
const PASSWORDS: [&str; 12] = [
    "904711",
    "904712",
    "904713",
    "904714",
    "904715",
    "904716",
    "904717",
    "904718",
    "904719",
    "904720",
    "mistyped",
    "open-sesame",
];

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
}

impl Program {
    pub fn new() -> Program {
        let plugins = std::env::var("DESKSET_PLUGINS");
        let plugins = plugins.expect("DESKSET_PLUGINS is not set: run `cargo xtask test`, which builds the plugins");
        Program { folder: TempDir::new().unwrap(), variables: vec![("DESKSET_PLUGINS".to_owned(), plugins)] }
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
    for password in PASSWORDS {
        assert!(!text.contains(password), "{password} in:\n{text}");
    }
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
