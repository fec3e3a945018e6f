use std::{fmt, io, path::PathBuf};

use crate::limits::PROFILE_BYTES_MAX;

/// Where a value was written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Origin {
    /// A profile that is part of the program.
    Embedded(&'static str),
    /// A profile file.
    File(PathBuf),
    /// An environment variable.
    Variable(String),
    /// The command line.
    CommandLine,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Embedded(name) => write!(f, "embedded profile {name}"),
            Origin::File(path) => write!(f, "{}", path.display()),
            Origin::Variable(name) => write!(f, "environment variable {name}"),
            Origin::CommandLine => f.write_str("command line"),
        }
    }
}

/// A value of the right type that cannot be meant.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{key}: {reason}")]
pub struct BadValue {
    /// Key path, such as `phones.mac`.
    pub key: String,
    /// What is wrong and what to write. Never holds a password.
    pub reason: String,
}

/// Why there is no profile. All of them are mistakes in what was written or asked for.
///
/// No message repeats a value of a section that may hold passwords; a message about a wrong type repeats no value.
#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    /// No folder and no embedded profile has this name.
    #[error("there is no profile \"{name}\"; known: {}; or give the path of a .toml file", known.join(", "))]
    Unknown {
        /// The name asked for.
        name: String,
        /// The names that would do.
        known: Vec<String>,
    },
    /// The file is missing or cannot be read.
    #[error("profile {} cannot be read: {cause}; check the path and the rights", file.display())]
    Unreadable {
        /// The file.
        file: PathBuf,
        /// What the system says.
        #[source]
        cause: io::Error,
    },
    /// The file is larger than any profile.
    #[error("profile {} is larger than {PROFILE_BYTES_MAX} bytes; is it a profile?", file.display())]
    TooLarge {
        /// The file.
        file: PathBuf,
    },
    /// The file is no TOML.
    #[error("{origin}, line {line}, column {column}: {reason}; a profile is a TOML file in UTF-8")]
    Syntax {
        /// The file.
        origin: Origin,
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
        /// What the reader expected.
        reason: String,
    },
    /// A key that no profile has.
    #[error("{origin}: unknown key {key}; {}", proposal(near))]
    UnknownKey {
        /// Where it stands.
        origin: Origin,
        /// Key path.
        key: String,
        /// Known keys like it, as they are written at the origin.
        near: Vec<String>,
    },
    /// A value of another type.
    #[error("{origin}: {key}: expected {expected}, found {found}")]
    WrongType {
        /// Where it stands.
        origin: Origin,
        /// Key path.
        key: String,
        /// What the key takes.
        expected: String,
        /// What was there, without the value.
        found: String,
    },
    /// A key is missing in a section that needs it.
    #[error("{origin}: {key} is missing; write it before or beside the section's other keys")]
    MissingKey {
        /// Where the section stands.
        origin: Origin,
        /// Key path.
        key: String,
    },
    /// A value of the right type that cannot be meant.
    #[error("{origin}: {bad}")]
    BadValue {
        /// Where it stands.
        origin: Origin,
        /// Key and reason.
        bad: BadValue,
    },
    /// Two variables set one key.
    #[error("environment variables {first} and {second} both set {key}; unset one of them")]
    SetTwice {
        /// One of them.
        first: String,
        /// The other.
        second: String,
        /// Key path.
        key: String,
    },
    /// The value of a variable is not UTF-8.
    #[error("environment variable {name} is not UTF-8; set it again or unset it")]
    NotText {
        /// The variable.
        name: String,
    },
}

fn proposal(near: &[String]) -> String {
    if near.is_empty() {
        "profiles/default.toml explains every key".to_owned()
    } else {
        format!("nearest known: {}", near.join(", "))
    }
}
