use std::collections::BTreeMap;

use deskset_models::{HookError, Model, Signaling, SpeedDialRules, ValueFault, Values};

use super::{Encoding, Entry, SpeedDial, UserData, decode};
use crate::{
    limits::{BACKUP_BYTES_MAX, CARRIED_CHARS_MAX},
    lines::lines,
};

/// A backup file as one phone understands it. Reading changes nothing yet: see [`BackupFile::adopt`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BackupFile {
    /// How its bytes were read.
    pub encoding: Encoding,
    /// What it holds that this phone can use or carry.
    pub data: UserData,
    /// Lines that say nothing to this phone.
    pub dropped: Vec<Dropped>,
}

/// A line that was ignored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dropped {
    /// Counted from 1.
    pub line: u32,
    /// Its name, cut to what fits a report; never its value.
    pub name: String,
    /// Why.
    pub why: DroppedWhy,
}

/// Why a line was ignored.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DroppedWhy {
    /// There is no `=` in it.
    NoEqualSign,
    /// No model sharing this file has such a row.
    UnknownName,
    /// Not among the row's values.
    BadValue,
    /// No such position on this model.
    NoSuchPosition,
    /// A Speed Dial without a legal number.
    NoNumber,
    /// A later line has the same name.
    Overridden,
    /// The model's plugin could not say whether the value is good.
    Plugin(HookError),
}

/// A file that cannot be taken at all.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum BackupError {
    /// Larger than a phone accepts.
    #[error("the backup file has {0} bytes, more than the {BACKUP_BYTES_MAX} a phone takes")]
    TooLarge(usize),
    /// Not one usable line.
    #[error("the backup file holds no line that this phone can use")]
    Empty,
}

/// The most characters of a name shown in a report.
const SHOWN_NAME_CHARS: usize = 40;

impl BackupFile {
    /// Reads a file for `model` under `signaling`. Bad lines are ignored, the last of equal names wins, the order is
    /// free; it fails only when nothing in it can be used.
    pub fn read(bytes: &[u8], model: &Model, signaling: Signaling) -> Result<BackupFile, BackupError> {
        if bytes.len() > BACKUP_BYTES_MAX {
            return Err(BackupError::TooLarge(bytes.len()));
        }
        let (text, encoding) = decode(bytes);
        let file = Self::of_text(&text, encoding, model, signaling);
        if file.data == UserData::default() { Err(BackupError::Empty) } else { Ok(file) }
    }

    /// The same of a decoded text, whether or not anything in it can be used.
    pub(super) fn of_text(text: &str, encoding: Encoding, model: &Model, signaling: Signaling) -> BackupFile {
        let mut reader = Reader::new(model, signaling);
        for (line, number) in lines(text).zip(1u32..) {
            reader.line(number, line);
        }
        reader.finish(encoding)
    }
}

struct Reader<'m> {
    model: &'m Model,
    signaling: Signaling,
    data: UserData,
    labels: BTreeMap<u16, (u32, String)>,
    numbers: BTreeMap<u16, String>,
    /// The line that holds so far, per thing it speaks of.
    seen: BTreeMap<Entry<'m>, u32>,
    dropped: Vec<Dropped>,
}

impl<'m> Reader<'m> {
    fn new(model: &'m Model, signaling: Signaling) -> Self {
        Reader {
            model,
            signaling,
            data: UserData::default(),
            labels: BTreeMap::new(),
            numbers: BTreeMap::new(),
            seen: BTreeMap::new(),
            dropped: Vec::new(),
        }
    }

    fn rules(&self) -> &'m SpeedDialRules {
        &self.model.tables().speed_dial
    }

    fn drop(&mut self, line: u32, name: &str, why: DroppedWhy) {
        self.dropped.push(Dropped { line, name: name.chars().take(SHOWN_NAME_CHARS).collect(), why });
    }

    fn line(&mut self, number: u32, line: &str) {
        if line.is_empty() {
            return;
        }
        let Some((name, value)) = line.split_once('=') else {
            return self.drop(number, line, DroppedWhy::NoEqualSign);
        };
        let name = name.trim_matches(' ');
        match self.entry(number, Entry::named(name), value) {
            Err(why) => self.drop(number, name, why),
            Ok(entry) => {
                if let Some(earlier) = self.seen.insert(entry, number) {
                    self.drop(earlier, name, DroppedWhy::Overridden);
                }
            }
        }
    }

    /// Takes a line in; what it speaks of, a row by the name in the table.
    fn entry(&mut self, line: u32, entry: Entry<'_>, value: &str) -> Result<Entry<'m>, DroppedWhy> {
        let rules = self.rules();
        let units = self.model.tables().keys.expansion_buttons;
        match entry {
            Entry::DialLabel(at) => {
                let label = cut(value, rules.label_chars);
                self.labels.insert(within(at, rules.entries)?, (line, label));
                Ok(Entry::DialLabel(at))
            }
            Entry::DialNumber(at) => {
                let at = within(at, rules.entries)?;
                if value.is_empty() || !value.chars().all(|c| rules.number_characters.contains(c)) {
                    return Err(DroppedWhy::NoNumber);
                }
                self.numbers.insert(at, cut(value, rules.number_chars));
                Ok(Entry::DialNumber(at))
            }
            Entry::FeatureLabel(at) => {
                let label = cut(value, rules.feature_label_chars);
                self.data.feature_labels.insert(within(at, rules.feature_labels)?, label);
                Ok(Entry::FeatureLabel(at))
            }
            Entry::UnitLabel(at) => {
                let label = cut(value, rules.feature_label_chars);
                self.data.unit_labels.insert(within(at, units)?, label);
                Ok(Entry::UnitLabel(at))
            }
            Entry::Row(name) => self.row(name, value).map(Entry::Row),
        }
    }

    fn row(&mut self, name: &str, value: &str) -> Result<&'m str, DroppedWhy> {
        let model = self.model;
        let (_, row) = model.tables().options.find(name).ok_or(DroppedWhy::UnknownName)?;
        if !row.is_on(self.signaling) {
            if value.chars().count() > CARRIED_CHARS_MAX {
                return Err(DroppedWhy::BadValue);
            }
            self.data.carried.insert(row.name.clone(), value.to_owned());
            return Ok(&row.name);
        }
        let value = as_the_table_writes_it(&row.values, value);
        self.model.check_value(&row.name, &row.values, &value).map_err(|fault| match fault {
            ValueFault::Hook(failure) => DroppedWhy::Plugin(failure),
            ValueFault::NotAllowed { .. } | ValueFault::Refused { .. } => DroppedWhy::BadValue,
        })?;
        self.data.options.insert(row.name.clone(), value);
        Ok(&row.name)
    }

    /// Pairs labels with numbers: a number alone is its own label, a label alone is ignored.
    fn finish(mut self, encoding: Encoding) -> BackupFile {
        let mut labels = std::mem::take(&mut self.labels);
        for (at, number) in std::mem::take(&mut self.numbers) {
            let label = labels.remove(&at).map(|(_, label)| label).filter(|label| !label.is_empty());
            let label = label.unwrap_or_else(|| cut(&number, self.rules().label_chars));
            self.data.speed_dials.insert(at, SpeedDial { label, number });
        }
        for (at, (line, _)) in labels {
            self.drop(line, &format!("Speed Dial {at}"), DroppedWhy::NoNumber);
        }
        self.data.feature_labels.retain(|_, label| !label.is_empty());
        self.data.unit_labels.retain(|_, label| !label.is_empty());
        self.dropped.sort_by_key(|dropped| dropped.line);
        BackupFile { encoding, data: self.data, dropped: self.dropped }
    }
}

fn within(position: u16, count: u16) -> Result<u16, DroppedWhy> {
    if (1..=count).contains(&position) { Ok(position) } else { Err(DroppedWhy::NoSuchPosition) }
}

fn cut(text: &str, chars: u16) -> String {
    text.chars().take(chars.into()).collect()
}

/// A too long text is cut, not refused; a choice is spelled as the table spells it.
fn as_the_table_writes_it(values: &Values, value: &str) -> String {
    match values {
        Values::Text { max_chars } => value.chars().take(*max_chars).collect(),
        Values::Choice { choices } => choices
            .iter()
            .find(|choice| choice.value.eq_ignore_ascii_case(value))
            .map_or_else(|| value.to_owned(), |choice| choice.value.clone()),
        _ => value.to_owned(),
    }
}
