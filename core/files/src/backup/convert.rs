use std::collections::BTreeMap;

use deskset_models::{OptionRow, Repertoire};

use super::{BackupError, BackupPhone, SpeedDial, UserData, fix::read_without_passwords, value_without_password};
use crate::limits::BACKUP_BYTES_MAX;

/// Rows that mean the same under one signaling each, by their effects.
const TWINS: [(&str, &str); 1] = [("call_appearance_width", "session_appearance_width")];

/// A user's data for another kind of phone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Conversion {
    /// What carries over.
    pub data: UserData,
    /// What carries over in another form, and how.
    pub changed: Vec<Note>,
    /// What does not, and why.
    pub left_out: Vec<Note>,
}

/// A remark on one thing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Note {
    /// A row's name, `Speed Dial 14` and the like.
    pub what: String,
    /// Its value, without what looks like a password.
    pub value: String,
    /// What becomes of it and why.
    pub why: String,
}

/// What `from` reads in a file, as a file of `to`. `can_show` tells whether a screen of that repertoire shows a
/// character. Lines that look like passwords do not carry over.
///
/// # Errors
/// [`BackupError`] if `from` cannot take the file.
pub fn convert(
    bytes: &[u8],
    from: &BackupPhone<'_>,
    to: &BackupPhone<'_>,
    can_show: fn(&Repertoire, char) -> bool,
) -> Result<Conversion, BackupError> {
    if bytes.len() > BACKUP_BYTES_MAX {
        return Err(BackupError::TooLarge(bytes.len()));
    }
    let data = read_without_passwords(bytes, from.model, from.signaling)?;
    let mut moving = Moving { from, to, can_show, data: UserData::default(), changed: vec![], left_out: vec![] };
    moving.rows(&data);
    moving.dials(&data);
    moving.labels(&data);
    let Moving { data, changed, left_out, .. } = moving;
    Ok(Conversion { data, changed, left_out })
}

struct Moving<'m> {
    from: &'m BackupPhone<'m>,
    to: &'m BackupPhone<'m>,
    can_show: fn(&Repertoire, char) -> bool,
    data: UserData,
    changed: Vec<Note>,
    left_out: Vec<Note>,
}

impl Moving<'_> {
    fn changed(&mut self, what: &str, value: &str, why: impl Into<String>) {
        self.changed.push(note(what, value, why));
    }

    fn left_out(&mut self, what: &str, value: &str, why: impl Into<String>) {
        self.left_out.push(note(what, value, why));
    }

    fn rows(&mut self, data: &UserData) {
        let table = &self.to.model.tables().options;
        let rows: BTreeMap<&String, &String> = data.carried.iter().chain(&data.options).collect();
        for row in &self.from.model.tables().options.rows {
            let Some(value) = rows.get(&row.name) else { continue };
            match table.find(&row.name) {
                Some((_, new)) if new.is_on(self.to.signaling) => self.take(row, new, value),
                Some((_, new)) => self.without_row(row, new, value, &rows),
                None => self.left_out(&row.name, value, format!("the {} knows no such row", self.to.model.name())),
            }
        }
    }

    fn take(&mut self, old: &OptionRow, new: &OptionRow, value: &str) {
        // Nothing has judged a value that was only carried: the spelling may be another one, too.
        match self.to.model.check_value(&new.name, &new.values, value) {
            Ok(()) => {
                self.data.options.insert(new.name.clone(), value.to_owned());
            }
            Err(_) => {
                let why = format!("a {} has {}", self.to.kind(), new.values.in_words());
                self.left_out(&old.name, value, why);
            }
        }
    }

    /// A row that the new phone does not have.
    fn without_row(&mut self, old: &OptionRow, new: &OptionRow, value: &str, rows: &BTreeMap<&String, &String>) {
        let to = self.to;
        if let Some(twin) =
            twin(&old.effect).and_then(|effect| to.model.tables().options.with_effect(effect, to.signaling))
        {
            let has_own = rows.contains_key(&twin.name);
            if !has_own && to.model.check_value(&twin.name, &twin.values, value).is_ok() {
                self.data.options.insert(twin.name.clone(), value.to_owned());
                self.changed(&old.name, value, format!("is called {} under {}", twin.name, to.signaling));
                return;
            }
        }
        if self.from.shares_files_with(to) {
            self.data.carried.insert(new.name.clone(), value.to_owned());
            self.changed(&old.name, value, "is kept unread, for the models that have it");
        } else if new.carried {
            self.left_out(&old.name, value, format!("the {} has no such option", to.model.name()));
        } else {
            self.left_out(&old.name, value, format!("there is no such option under {}", to.signaling));
        }
    }

    fn dials(&mut self, data: &UserData) {
        let rules = &self.to.model.tables().speed_dial;
        for (at, SpeedDial { label, number }) in &data.speed_dials {
            let (what, value) = (format!("Speed Dial {at}"), format!("{label} = {number}"));
            if *at > rules.entries {
                self.left_out(&what, &value, format!("the {} has {} positions", self.to.model.name(), rules.entries));
            } else if number.chars().count() > rules.number_chars.into() {
                self.left_out(&what, &value, format!("a number has at most {} characters", rules.number_chars));
            } else if !number.chars().all(|c| rules.number_characters.contains(c)) {
                let why = format!("the {} dials only {}", self.to.model.name(), rules.number_characters);
                self.left_out(&what, &value, why);
            } else {
                let label = self.label(&what, label, rules.label_chars);
                self.data.speed_dials.insert(*at, SpeedDial { label, number: number.clone() });
            }
        }
    }

    fn labels(&mut self, data: &UserData) {
        let tables = self.to.model.tables();
        let chars = tables.speed_dial.feature_label_chars;
        let lists = [
            ("Feature label", "feature buttons", tables.speed_dial.feature_labels, &data.feature_labels),
            ("Expansion unit label", "expansion unit buttons", tables.keys.expansion_buttons, &data.unit_labels),
        ];
        for (thing, buttons, count, labels) in lists {
            for (at, label) in labels {
                let what = format!("{thing} {at}");
                if *at > count {
                    self.left_out(&what, label, format!("the {} has {count} {buttons}", self.to.model.name()));
                    continue;
                }
                let label = self.label(&what, label, chars);
                let kept =
                    if thing.starts_with('F') { &mut self.data.feature_labels } else { &mut self.data.unit_labels };
                kept.insert(*at, label);
            }
        }
    }

    /// A label as the new phone keeps it.
    fn label(&mut self, what: &str, label: &str, chars: u16) -> String {
        let kept: String = label.chars().take(chars.into()).collect();
        if kept != label {
            self.changed(what, label, format!("the label is cut to {chars} characters"));
        }
        let repertoire = &self.to.model.tables().display.repertoire;
        if kept.chars().any(|c| !(self.can_show)(repertoire, c)) {
            self.changed(what, label, format!("the {} shows rectangles in the label", self.to.model.name()));
        }
        kept
    }
}

fn note(what: &str, value: &str, why: impl Into<String>) -> Note {
    Note { what: what.to_owned(), value: value_without_password(what, value), why: why.into() }
}

fn twin(effect: &str) -> Option<&'static str> {
    TWINS.iter().find_map(|(one, other)| match effect {
        _ if effect == *one => Some(*other),
        _ if effect == *other => Some(*one),
        _ => None,
    })
}
