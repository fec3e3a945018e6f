//! Phones that read backup files: an X100, an X120 that shares its files, and a smaller X90.

use std::sync::{Arc, LazyLock};

use deskset_files::{
    backup::{BackupCheck, BackupFile, BackupPhone, UserData},
    lint::Diagnostic,
};
use deskset_models::{FileAsk, HookError, Hooks, Model, OptionRow, Repertoire, RowKind, Signaling, Values, effects};

use crate::common;

/// Refuses one directory, as a plugin with a rule of its own would.
#[derive(Debug)]
struct Particular;

impl Hooks for Particular {
    fn file_name(&self, _: &FileAsk) -> Result<Option<String>, HookError> {
        Ok(None)
    }

    fn check_value(&self, _: &str, value: &str) -> Result<Option<String>, HookError> {
        Ok((value == "refused").then(|| "it is never used".to_owned()))
    }
}

fn model(name: &str) -> Model {
    let mut description = common::description();
    description.name = name.to_owned();
    description.display.repertoire = Repertoire { ranges: vec![(0x20, 0x7E), (0xA0, 0xFF)], sets: Vec::new() };
    let row = |name, values| OptionRow::new(RowKind::Parameter, name, values);
    let width = || Values::choice(&[("0", "Full"), ("1", "Half")]);
    let colours = Values::choice(&[("1", "White"), ("2", "Gray"), ("3", "Blue")]);
    let rows = &mut description.options.rows;
    rows[2].effect = "language".to_owned();
    rows.extend([
        row("FTP Server IP Address", Values::Address).effect(effects::FTP_SERVER),
        row("FTP User Name", Values::Text { max_chars: 32 }),
        row("Automatic Backup", Values::choice(&[("1", "Yes"), ("0", "No")]))
            .default("1")
            .effect(effects::AUTOMATIC_BACKUP),
        row("Phone Color", colours.clone()).default("1").effect("background_phone"),
        row("Room Color", colours).default("1").effect("background_room").carried(),
        row("Call Appearance Width", width()).default("0").effect("call_appearance_width").only(Signaling::H323),
        row("Session Appearance Width", width()).default("0").effect("session_appearance_width").only(Signaling::Sip),
    ]);
    match name {
        "X120" => rows[2].values = Values::choice(&[("English", "English")]),
        "X90" => {
            description.files.backup =
                [(Signaling::H323, "{ext}_small.txt".to_owned()), (Signaling::Sip, "{ext}_smallsip.txt".to_owned())]
                    .into();
            description.speed_dial.entries = 6;
            description.speed_dial.label_chars = 8;
            description.keys.expansion_buttons = 0;
            description.display.repertoire.ranges = vec![(0x20, 0x7E)];
            for row in description.options.rows.iter_mut().filter(|row| row.name.ends_with("Color")) {
                row.carried = true;
            }
        }
        _ => {}
    }
    Model::new(description, Arc::new(Particular)).unwrap()
}

static MODELS: LazyLock<[Model; 3]> = LazyLock::new(|| ["X100", "X120", "X90"].map(model));

/// `X100 h323`
pub fn phone(words: &str) -> BackupPhone<'static> {
    let (name, signaling) = words.split_once(' ').unwrap();
    let model = MODELS.iter().find(|model| model.name() == name).unwrap();
    BackupPhone { model, signaling: signaling.parse().unwrap() }
}

pub fn can_show(repertoire: &Repertoire, c: char) -> bool {
    repertoire.ranges.iter().any(|(first, last)| (*first..=*last).contains(&u32::from(c)))
}

/// A file without a name of its own.
pub const USUAL: &str = "4711_data.txt";

/// What is found for these phones, such as `X100 h323, X120 h323`.
pub fn found(phones: &str, name: &str, bytes: &[u8]) -> Vec<Diagnostic> {
    with_check(phones, |check| check.findings(name, bytes))
}

pub fn with_check<T>(phones: &str, work: impl FnOnce(&BackupCheck<'_>) -> T) -> T {
    let phones: Vec<_> = phones.split(", ").map(phone).collect();
    let each = |model| Signaling::ALL.map(|signaling| BackupPhone { model, signaling });
    let known: Vec<_> = MODELS.iter().flat_map(each).collect();
    work(&BackupCheck { phones: &phones, known: &known, can_show })
}

/// Line, rule, and for whom if not for all.
pub fn told(found: &[Diagnostic]) -> Vec<String> {
    let tell = |finding: &Diagnostic| {
        let only = finding.only_for.join(", ");
        let only = if only.is_empty() { only } else { format!(" for {only}") };
        format!("{} {}{only}", finding.line, finding.rule.id)
    };
    found.iter().map(tell).collect()
}

/// What an X100 finds in a text under the usual name.
pub fn findings(text: &str) -> Vec<String> {
    told(&found("X100 h323", USUAL, text.as_bytes()))
}

pub fn read(words: &str, bytes: &[u8]) -> Option<UserData> {
    let phone = phone(words);
    BackupFile::read(bytes, phone.model, phone.signaling).ok().map(|file| file.data)
}
