use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The most digits an extension has (PHNDPLENGTH of the latest releases).
const DIGITS_MAX: usize = 13;

/// A telephone extension: 1 to 13 digits.
///
/// Source: LAN Administrator Guide 555-233-507, parameter PHNDPLENGTH.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Extension(Box<str>);

impl Extension {
    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Extension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Extension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Extension({})", self.0)
    }
}

/// A text that is no extension.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("\"{0}\" is no extension: write 1 to {DIGITS_MAX} digits")]
pub struct ExtensionError(String);

impl FromStr for Extension {
    type Err = ExtensionError;

    fn from_str(text: &str) -> Result<Self, ExtensionError> {
        let fits = (1..=DIGITS_MAX).contains(&text.len());
        if fits && text.bytes().all(|byte| byte.is_ascii_digit()) {
            Ok(Extension(text.into()))
        } else {
            Err(ExtensionError(text.chars().take(40).collect()))
        }
    }
}

impl TryFrom<String> for Extension {
    type Error = ExtensionError;
    fn try_from(text: String) -> Result<Self, ExtensionError> {
        text.parse()
    }
}

impl From<Extension> for String {
    fn from(extension: Extension) -> String {
        extension.0.into()
    }
}
