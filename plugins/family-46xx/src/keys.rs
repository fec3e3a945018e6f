use deskset_models::{KeyTable, SpeedDialRules};

use crate::{Panel, panel::SOFTKEYS};

/// Keys with a fixed meaning that the user guides name.
const FIXED: [&str; 14] = [
    "Phone/Exit",
    "Options",
    "Page Left",
    "Page Right",
    "Speaker",
    "Headset",
    "Mute",
    "Hold",
    "Redial",
    "Transfer",
    "Conference",
    "Drop",
    "Volume Up",
    "Volume Down",
];
/// Buttons of the expansion unit EU24; a project rule, as is that the smallest model takes none.
const EXPANSION_BUTTONS: u16 = 24;
/// Feature buttons whose labels users may change; a project rule.
const FEATURE_LABELS: u16 = 24;
/// Half a line less the divider; a project rule.
const LABEL_CHARS: u16 = 13;
/// Digits of a dialled number that call servers keep; a project rule.
const NUMBER_CHARS: u16 = 24;
/// A comma is a pause; a project rule.
const NUMBER_CHARACTERS: &str = "0123456789*#,";

/// One button at each end of an application row: certain for 12 (4622SW User Guide 16-300297), a project rule for 6.
fn line_buttons(panel: Panel) -> u16 {
    panel.display().zones.application_rows * 2
}

pub(crate) fn key_table(panel: Panel) -> KeyTable {
    KeyTable {
        line_buttons: line_buttons(panel),
        softkeys: SOFTKEYS,
        fixed: FIXED.map(str::to_owned).to_vec(),
        expansion_buttons: if panel == Panel::Small { 0 } else { EXPANSION_BUTTONS },
    }
}

/// Entries: figures commonly quoted for these models, a project rule.
pub(crate) fn speed_dial(panel: Panel) -> SpeedDialRules {
    SpeedDialRules {
        entries: if panel == Panel::Small { 48 } else { 108 },
        per_page: line_buttons(panel),
        label_chars: LABEL_CHARS,
        number_chars: NUMBER_CHARS,
        number_characters: NUMBER_CHARACTERS.to_owned(),
        feature_labels: FEATURE_LABELS,
        feature_label_chars: LABEL_CHARS,
    }
}
