use serde::{Deserialize, Serialize};

use crate::{Signaling, Values};

/// Effect keys that the core itself acts on; all others are a console's affair.
pub mod effects {
    /// 1: every Save is followed by a backup.
    pub const AUTOMATIC_BACKUP: &str = "automatic_backup";
    /// The user's own FTP server.
    pub const FTP_SERVER: &str = "ftp_server";
    /// The user's own directory on it.
    pub const FTP_DIRECTORY: &str = "ftp_directory";
    /// The user's name on it.
    pub const FTP_USER: &str = "ftp_user";
    /// The display's contrast: a step, counted from 0.
    pub const CONTRAST: &str = "contrast";
    /// Number of the background behind the call appearances; the three below belong to their applications.
    pub const BACKGROUND_PHONE: &str = "background_phone";
    /// Behind the Speed Dial.
    pub const BACKGROUND_SPEED_DIAL: &str = "background_speed_dial";
    /// Behind the Call Log.
    pub const BACKGROUND_CALL_LOG: &str = "background_call_log";
    /// Behind the Options.
    pub const BACKGROUND_OPTIONS: &str = "background_options";
    /// Number of the ringing pattern.
    pub const RING: &str = "ring";
    /// 0: the Redial key dials the last number; 1: it shows a list.
    pub const REDIAL: &str = "redial";
    /// 1: answering a call shows the Phone application.
    pub const PHONE_SCREEN_ON_ANSWER: &str = "phone_screen_on_answer";
    /// 1: placing a call shows it.
    pub const PHONE_SCREEN_ON_CALLING: &str = "phone_screen_on_calling";
    /// 1: the active call shows how long it lasts.
    pub const CALL_TIMER: &str = "call_timer";
    /// 1 slow, 2 medium, 3 fast: how a message longer than the top line alternates.
    pub const MESSAGE_DISPLAY_RATE: &str = "message_display_rate";
    /// 1: call appearances take half a row.
    pub const CALL_APPEARANCE_WIDTH: &str = "call_appearance_width";
    /// The same under SIP.
    pub const SESSION_APPEARANCE_WIDTH: &str = "session_appearance_width";
    /// 1: the message lamp flashes for a ringing call.
    pub const VISUAL_ALERTING: &str = "visual_alerting";
    /// 0: no call is written down.
    pub const CALL_LOG: &str = "call_log";
    /// English name of the language.
    pub const LANGUAGE: &str = "language";
    /// How the socket for a computer works.
    pub const ETHERNET: &str = "ethernet";
}

/// What the backup table calls a row.
///
/// Source: LAN Administrator Guide 555-233-507, Backup/Restore, the "Type" column.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    /// The user chooses it on an Options screen.
    #[default]
    Option,
    /// A value of the backup itself: server, directory, user name.
    Parameter,
    /// A setting of one application, such as a background colour.
    Setting,
}

/// Which administered flags let a row be seen, changed and restored. Empty lists mean: always.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Guards {
    /// The OPSTAT digit, counted from 1, that must be 1; 0: reachable unless OPSTAT is 000.
    pub opstat_digit: u8,
    /// The APPSTAT values under which the row holds.
    pub appstat: Vec<u8>,
    /// The FTPUSERSTAT values under which the row holds.
    pub ftpuserstat: Vec<u8>,
    /// Parameters that take the row away from the user while they have one of these values.
    pub unless: Vec<Unless>,
}

/// A parameter and the values of it under which a row does not hold.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Unless {
    /// The parameter's name in capitals.
    pub parameter: String,
    /// The values.
    pub values: Vec<String>,
}

/// One row of the option table: something a user owns, that is saved and retrieved.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct OptionRow {
    /// The name written in the backup file.
    pub name: String,
    /// The words on the Options screen.
    #[serde(default)]
    pub label: String,
    /// Option, parameter or setting.
    #[serde(default)]
    pub kind: RowKind,
    /// What may be written.
    pub values: Values,
    /// The value of a new phone.
    #[serde(default)]
    pub default: String,
    /// A parameter whose value, when it is administered, is the default instead.
    #[serde(default)]
    pub default_from: Option<String>,
    /// Other names accepted on reading.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The signalings that have the row; empty: all.
    #[serde(default)]
    pub signaling: Vec<Signaling>,
    /// Administered flags that must agree.
    #[serde(default)]
    pub guards: Guards,
    /// What changes when the value does: a key that the core or a console acts on; empty: nothing but the value.
    #[serde(default)]
    pub effect: String,
    /// The row belongs to another model that shares the backup file: it is kept unread and written out again.
    #[serde(default)]
    pub carried: bool,
    /// Title and section of the document that states it.
    #[serde(default)]
    pub source: String,
}

impl OptionRow {
    /// A row with a name, a kind and its values; everything else at its default.
    pub fn new(kind: RowKind, name: &str, values: Values) -> Self {
        OptionRow {
            name: name.to_owned(),
            label: name.to_owned(),
            kind,
            values,
            default: String::new(),
            default_from: None,
            aliases: Vec::new(),
            signaling: Vec::new(),
            guards: Guards::default(),
            effect: String::new(),
            carried: false,
            source: String::new(),
        }
    }

    /// With these words on the screen.
    pub fn label(mut self, label: &str) -> Self {
        label.clone_into(&mut self.label);
        self
    }

    /// With this value on a new phone.
    pub fn default(mut self, value: &str) -> Self {
        value.clone_into(&mut self.default);
        self
    }

    /// With the value of `parameter` as default where that is administered.
    pub fn default_from(mut self, parameter: &str) -> Self {
        self.default_from = Some(parameter.to_owned());
        self
    }

    /// Also read under these names.
    pub fn aliases(mut self, names: &[&str]) -> Self {
        self.aliases = names.iter().map(|name| (*name).to_owned()).collect();
        self
    }

    /// Only under this signaling.
    pub fn only(mut self, signaling: Signaling) -> Self {
        self.signaling = vec![signaling];
        self
    }

    /// Only while this digit of OPSTAT, counted from 1, is 1.
    pub fn opstat_digit(mut self, digit: u8) -> Self {
        self.guards.opstat_digit = digit;
        self
    }

    /// Only under these values of APPSTAT.
    pub fn appstat(mut self, values: &[u8]) -> Self {
        self.guards.appstat = values.to_vec();
        self
    }

    /// Only under these values of FTPUSERSTAT.
    pub fn ftpuserstat(mut self, values: &[u8]) -> Self {
        self.guards.ftpuserstat = values.to_vec();
        self
    }

    /// Not while `parameter` has one of these values.
    pub fn unless(mut self, parameter: &str, values: &[&str]) -> Self {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        self.guards.unless.push(Unless { parameter: parameter.to_owned(), values });
        self
    }

    /// With this effect key.
    pub fn effect(mut self, key: &str) -> Self {
        key.clone_into(&mut self.effect);
        self
    }

    /// Stated there.
    pub fn source(mut self, title: &str) -> Self {
        title.clone_into(&mut self.source);
        self
    }

    /// As a row of another model that shares the backup file.
    pub fn carried(mut self) -> Self {
        self.carried = true;
        self
    }

    /// Whether a phone of this model under `signaling` has the row (and does not merely carry it).
    pub fn is_on(&self, signaling: Signaling) -> bool {
        !self.carried && (self.signaling.is_empty() || self.signaling.contains(&signaling))
    }

    /// Whether `name`, in any case, is this row's name or one of its aliases.
    pub fn is_called(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name) || self.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name))
    }
}

/// The rows in the order in which they are written.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OptionTable {
    /// Rows of this model and rows it carries for others.
    pub rows: Vec<OptionRow>,
}

impl OptionTable {
    /// The row of that name or alias, in any case, with its place in the table.
    pub fn find(&self, name: &str) -> Option<(usize, &OptionRow)> {
        self.rows.iter().enumerate().find(|(_, row)| row.is_called(name))
    }

    /// The row with this effect that a phone under `signaling` has.
    pub fn with_effect(&self, effect: &str, signaling: Signaling) -> Option<&OptionRow> {
        self.rows.iter().find(|row| row.effect == effect && row.is_on(signaling))
    }

    /// The rows that a phone under `signaling` has, with their places in the table.
    pub fn rows_on(&self, signaling: Signaling) -> impl Iterator<Item = (usize, &OptionRow)> {
        self.rows.iter().enumerate().filter(move |(_, row)| row.is_on(signaling))
    }
}
