use std::collections::BTreeMap;

use deskset_models::{Model, Signaling};

use super::{
    Entry, SpeedDial, UserData,
    line::{DIAL_LABEL, DIAL_NUMBER, FEATURE_LABEL, UNIT_LABEL, numbered},
};

/// The backup file of `data`: an empty first line, every row the phone has (`value_of` gives those the user never
/// set), what it carries, Speed Dial in rising order, labels. UTF-8, every line ends in CR LF.
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
        let own = data.options.contains_key(&row.name);
        match data.carried.get(&row.name) {
            Some(value) if !own => line(&row.name, value),
            _ if row.is_on(signaling) => {
                if let Some(value) = value_of(&row.name) {
                    line(&row.name, &value);
                }
            }
            _ => {}
        }
    }
    let Lists { speed_dials, feature_labels, unit_labels } = Lists::of(data);
    for (position, dial) in &speed_dials {
        line(&numbered(DIAL_LABEL, *position), &dial.label);
        line(&numbered(DIAL_NUMBER, *position), &dial.number);
    }
    let mut labels = |keyword, labels: &BTreeMap<u16, String>| {
        for (number, label) in labels {
            line(&numbered(keyword, *number), label);
        }
    };
    labels(FEATURE_LABEL, &feature_labels);
    labels(UNIT_LABEL, &unit_labels);
    file.into_bytes()
}

/// Speed Dial and labels, those that are only carried among them. The user's own come first.
struct Lists {
    speed_dials: BTreeMap<u16, SpeedDial>,
    feature_labels: BTreeMap<u16, String>,
    unit_labels: BTreeMap<u16, String>,
}

impl Lists {
    fn of(data: &UserData) -> Self {
        let mut lists = Lists {
            speed_dials: data.speed_dials.clone(),
            feature_labels: data.feature_labels.clone(),
            unit_labels: data.unit_labels.clone(),
        };
        for (name, value) in &data.carried {
            match Entry::named(name) {
                Entry::DialNumber(at) => {
                    let label = data.carried.get(&numbered(DIAL_LABEL, at)).unwrap_or(value).clone();
                    lists.speed_dials.entry(at).or_insert(SpeedDial { label, number: value.clone() });
                }
                Entry::FeatureLabel(at) => drop(lists.feature_labels.entry(at).or_insert_with(|| value.clone())),
                Entry::UnitLabel(at) => drop(lists.unit_labels.entry(at).or_insert_with(|| value.clone())),
                // Labels come with their numbers, rows have been written.
                Entry::DialLabel(_) | Entry::Row(_) => {}
            }
        }
        lists
    }
}
