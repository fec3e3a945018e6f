use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{
    AudioAbility, BootTexts, BrowserAbility, Display, EXTENSION_MARK, FileName, FilenameRules, Flaw, KeyTable,
    OptionTable, ParameterTable, PushAbility, Release, Signaling, SpeedDialRules,
};

/// The newest form of a description that this version understands.
pub const DESCRIPTION_SCHEMA: u32 = 1;

/// Abilities that came with a release, as keys of [`SignalingRules::since`].
pub mod since {
    /// File transfer over HTTP.
    pub const HTTP: &str = "http";
    /// File transfer over HTTPS.
    pub const HTTPS: &str = "https";
    /// Retrieval of the backup file at login.
    pub const RETRIEVE_AT_LOGIN: &str = "retrieve_at_login";
    /// A failed GET goes on with the next line.
    pub const GET_CONTINUES: &str = "get_continues";
    /// Push.
    pub const PUSH: &str = "push";
    /// The local procedure that clears all values.
    pub const CLEAR: &str = "clear";
}

/// What a plugin says of one model: the document that crosses the plugin boundary.
///
/// Every part has a default, so a description made for an older version of this type is still read; keys this version
/// does not know are kept by the host in the document's raw form. [`Description::flaws`] tells whether it makes sense.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Description {
    /// The form's version, [`DESCRIPTION_SCHEMA`] or older.
    pub schema: u32,
    /// As printed on the phone, for example `X100`. Also what a user types to choose it.
    pub name: String,
    /// The Set ID, up to eight characters (`$MODEL` in scripts).
    pub model_id: String,
    /// Its first four characters (`$MODEL4`).
    pub model4: String,
    /// Per signaling: the value of SIG and the releases.
    pub signaling: BTreeMap<Signaling, SignalingRules>,
    /// Name of the boot code (`$BOOTNAME`).
    pub boot_name: String,
    /// The DHCP option that carries site settings.
    pub site_option: u8,
    /// Names of files.
    pub files: FilenameRules,
    /// What users own.
    pub options: OptionTable,
    /// What administrators set.
    pub parameters: ParameterTable,
    /// Names that files for younger series also hold: skipped here, and known as such.
    pub later_parameters: Vec<String>,
    /// The screen.
    pub display: Display,
    /// The keys.
    pub keys: KeyTable,
    /// The Speed Dial application.
    pub speed_dial: SpeedDialRules,
    /// Push.
    pub push: PushAbility,
    /// The Web application.
    pub browser: BrowserAbility,
    /// Speaker and codecs.
    pub audio: AudioAbility,
    /// Words shown while booting.
    pub boot_texts: BootTexts,
    /// Abilities that parameters may need, such as `pc_port` or `backlight`.
    pub capabilities: Vec<String>,
}

/// A model's software under one signaling.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SignalingRules {
    /// The value of SIG that asks for it.
    pub sig: u8,
    /// Releases that existed, oldest first.
    pub releases: Vec<Release>,
    /// The first release with an ability; see [`since`]. An ability without a row never came.
    pub since: BTreeMap<String, Release>,
}

impl SignalingRules {
    /// Whether software of `release` has the ability `key`.
    pub fn has(&self, key: &str, release: Release) -> bool {
        self.since.get(key).is_some_and(|first| release >= *first)
    }
}

impl Description {
    /// Everything that is missing or contradictory, in the order of the document; empty for a good one.
    pub fn flaws(&self) -> Vec<Flaw> {
        let mut flaws = Vec::new();
        if self.schema > DESCRIPTION_SCHEMA {
            flaws.push(Flaw::NewerSchema(self.schema));
        }
        if self.name.trim().is_empty() {
            flaws.push(Flaw::NoName);
        }
        if self.signaling.is_empty() {
            flaws.push(Flaw::NoSignaling);
        }
        self.file_flaws(&mut flaws);
        self.row_flaws(&mut flaws);
        self.display_flaws(&mut flaws);
        flaws
    }

    fn file_flaws(&self, flaws: &mut Vec<Flaw>) {
        if let Err(wrong) = self.files.upgrade_script.parse::<FileName>() {
            flaws.push(Flaw::UpgradeScript(wrong));
        }
        for signaling in self.signaling.keys() {
            let Some(pattern) = self.files.backup.get(signaling) else {
                flaws.push(Flaw::NoBackupName(*signaling));
                continue;
            };
            if !pattern.contains(EXTENSION_MARK) {
                flaws.push(Flaw::BackupWithoutExtension(pattern.clone()));
            } else if let Err(wrong) = pattern.replace(EXTENSION_MARK, "0").parse::<FileName>() {
                flaws.push(Flaw::BackupName(pattern.clone(), wrong));
            }
        }
    }

    fn row_flaws(&self, flaws: &mut Vec<Flaw>) {
        let mut names = BTreeSet::new();
        for row in &self.options.rows {
            for name in row.aliases.iter().chain([&row.name]) {
                if name.trim() != name || name.is_empty() || name.contains(['=', '\r', '\n']) {
                    flaws.push(Flaw::RowName(name.clone()));
                }
                if !names.insert(name.to_ascii_lowercase()) {
                    flaws.push(Flaw::TwiceNamed(name.clone()));
                }
            }
            if row.values.is_impossible() {
                flaws.push(Flaw::Impossible(row.name.clone()));
            } else if !row.carried && !row.values.accepts(&row.default) {
                flaws.push(Flaw::Default(row.name.clone(), row.default.clone()));
            }
        }
        let mut names = BTreeSet::new();
        for row in &self.parameters.rows {
            if !names.insert(row.name.to_ascii_uppercase()) {
                flaws.push(Flaw::ParameterTwice(row.name.clone()));
            }
        }
    }

    fn display_flaws(&self, flaws: &mut Vec<Flaw>) {
        let display = &self.display;
        if [display.width, display.height, display.rows, display.columns].contains(&0) {
            flaws.push(Flaw::NoDisplay);
            return;
        }
        let sides =
            [(display.columns, display.cell_width, display.width), (display.rows, display.cell_height, display.height)];
        for (count, cell, pixels) in sides {
            if u32::from(count) * u32::from(cell) > u32::from(pixels) {
                flaws.push(Flaw::Cells { count, cell, pixels });
            }
        }
        let zones = &display.zones;
        let last = zones
            .top_row
            .max(zones.softkey_row)
            .max(zones.first_application_row.saturating_add(zones.application_rows.saturating_sub(1)));
        if last >= display.rows {
            flaws.push(Flaw::Zone { row: last, rows: display.rows });
        }
    }
}
