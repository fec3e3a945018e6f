use serde::{Deserialize, Serialize};

/// Who made a plugin. It crosses the boundary as JSON, so that later versions may say more.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Identity {
    /// Stays the same from version to version; unlike all other plugins' ids, for example `example-x100`.
    pub id: String,
    /// As Cargo writes versions, for example `1.2.0`. Of two plugins with one id the higher version is used.
    pub version: String,
    /// For people.
    pub vendor: String,
}
