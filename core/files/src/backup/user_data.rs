use std::collections::BTreeMap;

/// One Speed Dial button.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct SpeedDial {
    /// Shown beside the button.
    pub label: String,
    /// Dialed.
    pub number: String,
}

/// Everything one user owns: options, Speed Dial buttons, labels. No password is ever in it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct UserData {
    /// Option row's name (as the table spells it) to value. A row that is not here has its default.
    pub options: BTreeMap<String, String>,
    /// Lines of the file without effect here, kept and written out again: rows of other models or of the other signaling,
    /// and what the administrator does not let this phone take.
    pub carried: BTreeMap<String, String>,
    /// By position, counted from 1.
    pub speed_dials: BTreeMap<u16, SpeedDial>,
    /// Names the user gave to feature buttons, by number from 1.
    pub feature_labels: BTreeMap<u16, String>,
    /// Names the user gave to buttons of an expansion unit, by number from 1.
    pub unit_labels: BTreeMap<u16, String>,
}
