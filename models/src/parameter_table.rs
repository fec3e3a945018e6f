use serde::{Deserialize, Serialize};

use crate::{Release, Signaling, Values};

/// Where a parameter's value may come from.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ParameterSource {
    /// Entered with the phone's own keys.
    Manual,
    /// From the DHCP server.
    Dhcp,
    /// From the upgrade script or a settings file.
    Files,
    /// From the call server.
    CallServer,
    /// From the user's backup file.
    Backup,
    /// The phone itself: scripts may compare it, nobody sets it.
    Phone,
    /// A source this version does not know.
    #[serde(other)]
    Unknown,
}

/// One administered parameter.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ParameterRow {
    /// As the guides spell it, for example `FTPSRVR`.
    pub name: String,
    /// What may be written.
    pub values: Values,
    /// The value of a new phone.
    #[serde(default)]
    pub default: String,
    /// The signalings it means something to; empty: all.
    #[serde(default)]
    pub signaling: Vec<Signaling>,
    /// The first release that knows it.
    #[serde(default)]
    pub since: Option<Release>,
    /// An ability the model must have for it, such as `pc_port` or `backlight`; empty: none.
    #[serde(default)]
    pub needs: String,
    /// Where it may come from; empty: DHCP, files and call server.
    #[serde(default)]
    pub from: Vec<ParameterSource>,
    /// Its values are passwords: reports show stars instead.
    #[serde(default)]
    pub secret: bool,
    /// One sentence for a person.
    #[serde(default)]
    pub meaning: String,
    /// Title and section of the document that states it, or "project rule".
    #[serde(default)]
    pub source: String,
}

impl ParameterRow {
    /// A row that new phones have with this value; everything else at its default.
    pub fn new(name: &str, values: Values, default: &str, meaning: &str) -> Self {
        ParameterRow {
            name: name.to_owned(),
            values,
            default: default.to_owned(),
            signaling: Vec::new(),
            since: None,
            needs: String::new(),
            from: Vec::new(),
            secret: false,
            meaning: meaning.to_owned(),
            source: String::new(),
        }
    }

    /// Only under this signaling.
    pub fn only(mut self, signaling: Signaling) -> Self {
        self.signaling = vec![signaling];
        self
    }

    /// Known from this release on.
    pub fn since(mut self, release: Release) -> Self {
        self.since = Some(release);
        self
    }

    /// Only on models with this ability.
    pub fn needs(mut self, capability: &str) -> Self {
        capability.clone_into(&mut self.needs);
        self
    }

    /// Only from these sources.
    pub fn from(mut self, sources: &[ParameterSource]) -> Self {
        self.from = sources.to_vec();
        self
    }

    /// Its values are passwords.
    pub fn secret(mut self) -> Self {
        self.secret = true;
        self
    }

    /// Stated there.
    pub fn source(mut self, title: &str) -> Self {
        title.clone_into(&mut self.source);
        self
    }

    /// Whether this row's value may be set by `source`.
    pub fn may_come_from(&self, source: ParameterSource) -> bool {
        let usual = [ParameterSource::Dhcp, ParameterSource::Files, ParameterSource::CallServer];
        if self.from.is_empty() { usual.contains(&source) } else { self.from.contains(&source) }
    }
}

/// All parameters a model knows.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ParameterTable {
    /// In the guide's order.
    pub rows: Vec<ParameterRow>,
}

impl ParameterTable {
    /// The row of that name, in any case.
    pub fn find(&self, name: &str) -> Option<&ParameterRow> {
        self.rows.iter().find(|row| row.name.eq_ignore_ascii_case(name))
    }
    /// Whether the values of the parameter `name` are passwords. Settings files are shared with phones of other series:
    /// a name that this table does not know counts as one if it sounds like one.
    pub fn is_secret(&self, name: &str) -> bool {
        match self.find(name) {
            Some(row) => row.secret,
            None => {
                let name = name.to_ascii_uppercase();
                PASSWORD_WORDS.iter().any(|word| name.contains(word))
            }
        }
    }
}

/// What names of passwords have in them (project rule).
const PASSWORD_WORDS: [&str; 5] = ["PASSW", "PSWD", "PWD", "PSK", "SECRET"];
