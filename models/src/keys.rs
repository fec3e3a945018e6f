use serde::{Deserialize, Serialize};

/// The keys around a screen.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct KeyTable {
    /// Line/Feature buttons, one at each end of an application row.
    pub line_buttons: u16,
    /// Softkeys under the screen.
    pub softkeys: u16,
    /// Keys with a fixed meaning, by the guides' names: `Speaker`, `Mute`, `Hold`, `Page Left` …
    pub fixed: Vec<String>,
    /// Buttons of an expansion unit that can be attached.
    pub expansion_buttons: u16,
}

/// What fits into the Speed Dial application.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SpeedDialRules {
    /// Positions, counted from 1.
    pub entries: u16,
    /// Positions on one screen page.
    pub per_page: u16,
    /// Most characters of a label.
    pub label_chars: u16,
    /// Most characters of a number.
    pub number_chars: u16,
    /// The characters a number may have.
    pub number_characters: String,
    /// Feature buttons whose labels the user may rename.
    pub feature_labels: u16,
    /// Most characters of a feature button's label.
    pub feature_label_chars: u16,
}
