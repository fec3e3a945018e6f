use std::{io, process::ExitCode};

use deskset_profiles::ProfileError;
use deskset_runtime::RuntimeError;
use deskset_terminal::TerminalError;

/// How a command ended, as scripts see it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Exit {
    /// All went as asked.
    Fine = 0,
    /// Some phone or check did not.
    Failed = 1,
    /// Wrong usage, or a bad input file.
    Usage = 2,
    /// A server, port, plugin or peer is missing.
    Environment = 3,
    /// The load generator itself was the bottleneck.
    Saturated = 4,
    /// A defect of ours.
    Defect = 70,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}

/// Why a command did not get to its end.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The profile.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// The runtime.
    #[error(transparent)]
    Runtime(#[from] RuntimeError),
    /// The phone in a terminal.
    #[error(transparent)]
    Terminal(#[from] TerminalError),
    /// What was asked for makes no sense.
    #[error("{0}")]
    Usage(String),
    /// What it takes is not there.
    #[error("{0}")]
    Environment(String),
    /// A file that was named cannot be read.
    #[error("{file} cannot be read: {source}; check the path and the rights")]
    Input {
        /// Which.
        file: String,
        /// The system's words.
        source: io::Error,
    },
    /// A file or folder of the command's own.
    #[error("{what}: {source}; check the folder and its permissions")]
    Folder {
        /// Which, and what was tried.
        what: String,
        /// The system's words.
        source: io::Error,
    },
}

impl CommandError {
    /// The exit code.
    pub fn exit(&self) -> Exit {
        match self {
            CommandError::Profile(_) | CommandError::Usage(_) | CommandError::Input { .. } => Exit::Usage,
            CommandError::Runtime(why) if !why.is_environment() => Exit::Usage,
            CommandError::Terminal(TerminalError::Broken) => Exit::Defect,
            CommandError::Runtime(_)
            | CommandError::Terminal(_)
            | CommandError::Environment(_)
            | CommandError::Folder { .. } => Exit::Environment,
        }
    }
}
