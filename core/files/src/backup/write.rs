use std::collections::BTreeMap;

use deskset_models::{Model, Signaling};

use super::{
    UserData,
    line::{DIAL_LABEL, DIAL_NUMBER, FEATURE_LABEL, UNIT_LABEL},
};

/// The backup file of `data`: an empty first line, every row the phone has (`value_of` gives those the user never
/// set), the rows it carries for other phones, Speed Dial in rising order, labels. UTF-8, every line ends in CR LF.
pub fn write(data: &UserData, model: &Model, signaling: Signaling, value_of: impl Fn(&str) -> String) -> Vec<u8> {
    written(data, model, signaling, |name| Some(value_of(name)))
}

/// The same without the rows that the user never set: a phone that retrieves it keeps its own values of those.
pub fn write_what_is_set(data: &UserData, model: &Model, signaling: Signaling) -> Vec<u8> {
    written(data, model, signaling, |name| data.options.get(name).cloned())
}

fn written(data: &UserData, model: &Model, signaling: Signaling, value_of: impl Fn(&str) -> Option<String>) -> Vec<u8> {
    let mut file = String::from("\r\n");
    let mut line = |name: &str, value: &str| {
        file.extend([name, "=", value, "\r\n"]);
    };
    for row in &model.tables().options.rows {
        if row.is_on(signaling) {
            if let Some(value) = value_of(&row.name) {
                line(&row.name, &value);
            }
        } else if let Some(value) = data.carried.get(&row.name) {
            line(&row.name, value);
        }
    }
    for (position, dial) in &data.speed_dials {
        line(&numbered(DIAL_LABEL, *position), &dial.label);
        line(&numbered(DIAL_NUMBER, *position), &dial.number);
    }
    let mut labels = |keyword, labels: &BTreeMap<u16, String>| {
        for (number, label) in labels {
            line(&numbered(keyword, *number), label);
        }
    };
    labels(FEATURE_LABEL, &data.feature_labels);
    labels(UNIT_LABEL, &data.unit_labels);
    file.into_bytes()
}

pub(super) fn numbered((keyword, digits): (&str, usize), number: u16) -> String {
    format!("{keyword}{number:0digits$}")
}
