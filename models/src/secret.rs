use std::{fmt, sync::Arc};

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// A password. It is never shown: `Debug` and `Display` print stars. Its clones are one text in memory, which is wiped when
/// the last of them is dropped.
///
/// It can be serialized, because a phone keeps its login in non-volatile memory; whoever writes it anywhere else is
/// wrong.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Secret(Option<Arc<Zeroizing<String>>>);

impl Secret {
    /// A secret holding `text`.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Secret((!text.is_empty()).then(|| Arc::new(Zeroizing::new(text))))
    }

    /// The text itself, for the one place that sends it to the far side.
    pub fn reveal(&self) -> &str {
        self.0.as_ref().map_or("", |text| text.as_str())
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(***)")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl Serialize for Secret {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.reveal())
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from).map(Secret::new)
    }
}
