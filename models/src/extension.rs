use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The most digits an extension has (PHNDPLENGTH of the latest releases).
const DIGITS_MAX: usize = 13;

/// A telephone extension: 1 to 13 digits.
///
/// Source: LAN Administrator Guide 555-233-507, parameter PHNDPLENGTH.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Extension {
    /// Zeros after its end, so that comparing these compares the texts.
    digits: [u8; DIGITS_MAX],
    length: u8,
}

impl Extension {
    /// The digits.
    pub fn as_str(&self) -> &str {
        let digits = self.digits.get(..self.length.into()).unwrap_or_default();
        // Digits are text.
        std::str::from_utf8(digits).unwrap_or_default()
    }
}

impl fmt::Display for Extension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Extension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Extension({})", self.as_str())
    }
}

/// A text that is no extension.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("\"{0}\" is no extension: write 1 to {DIGITS_MAX} digits")]
pub struct ExtensionError(String);

impl FromStr for Extension {
    type Err = ExtensionError;

    fn from_str(text: &str) -> Result<Self, ExtensionError> {
        let mut digits = [0; DIGITS_MAX];
        match (digits.get_mut(..text.len()), u8::try_from(text.len())) {
            (Some(place), Ok(length @ 1..)) if text.bytes().all(|byte| byte.is_ascii_digit()) => {
                place.copy_from_slice(text.as_bytes());
                Ok(Extension { digits, length })
            }
            _ => Err(ExtensionError(text.chars().take(40).collect())),
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
        extension.as_str().to_owned()
    }
}
