use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The most bytes a file's name or path may have.
const NAME_BYTES_MAX: usize = 255;

/// The name of one file, without a folder.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FileName(Box<str>);

/// Where a file lies on a file server: names separated by `/`, relative to the server's root, never leaving it.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FilePath(Box<str>);

/// A text that cannot name a file.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum NameError {
    /// Nothing was written.
    #[error("an empty text names no file")]
    Empty,
    /// Longer than 255 bytes.
    #[error("\"{0}…\" is too long for a file name: at most {NAME_BYTES_MAX} bytes")]
    TooLong(String),
    /// A control character, a backslash, or an empty, `.` or `..` part.
    #[error("\"{0}\" cannot name a file: use names without control characters, `..` or empty parts")]
    Forbidden(String),
}

fn check(text: &str) -> Result<(), NameError> {
    let shown = || text.chars().take(60).map(|c| if c.is_control() { '?' } else { c }).collect();
    if text.is_empty() {
        return Err(NameError::Empty);
    }
    if text.len() > NAME_BYTES_MAX {
        return Err(NameError::TooLong(shown()));
    }
    let sound = |part: &str| !matches!(part, "" | "." | "..");
    if text.chars().any(|c| c.is_control() || c == '\\') || !text.split('/').all(sound) {
        return Err(NameError::Forbidden(shown()));
    }
    Ok(())
}

impl FileName {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FilePath {
    /// The path, without a leading `/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part: the file's own name.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// This path inside `directory`, with exactly one `/` between them; blank directories and doubled or leading
    /// slashes are as if not written (project rule: boot BS-3, slash handling).
    pub fn within(&self, directory: &str) -> Result<FilePath, NameError> {
        let parts: Vec<&str> = directory.trim().split('/').filter(|part| !part.is_empty()).collect();
        if parts.is_empty() {
            return Ok(self.clone());
        }
        format!("{}/{}", parts.join("/"), self.0).parse()
    }
}

impl FromStr for FileName {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        check(text)?;
        if text.contains('/') {
            return Err(NameError::Forbidden(text.to_owned()));
        }
        Ok(FileName(text.into()))
    }
}

impl FromStr for FilePath {
    type Err = NameError;

    fn from_str(text: &str) -> Result<Self, NameError> {
        let relative = text.strip_prefix('/').unwrap_or(text);
        check(relative)?;
        Ok(FilePath(relative.into()))
    }
}

impl From<FileName> for FilePath {
    fn from(name: FileName) -> FilePath {
        FilePath(name.0)
    }
}

macro_rules! text_conversions {
    ($type:ty) => {
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl TryFrom<String> for $type {
            type Error = NameError;
            fn try_from(text: String) -> Result<Self, NameError> {
                text.parse()
            }
        }
        impl From<$type> for String {
            fn from(name: $type) -> String {
                name.0.into()
            }
        }
    };
}
text_conversions!(FileName);
text_conversions!(FilePath);
