use std::{collections::BTreeMap, fmt, sync::Arc};

use deskset_models::{Model, ParameterSource};

use crate::limits::PARAMETERS_MAX;

/// The parameters that a phone itself acts on, as the guides spell them. All others are only kept.
#[expect(missing_docs, reason = "the parameter tables of the models say what each means")]
pub mod names {
    pub const APPNAME: &str = "APPNAME";
    pub const APPSTAT: &str = "APPSTAT";
    pub const AUTH: &str = "AUTH";
    pub const DOMAIN: &str = "DOMAIN";
    pub const FTPDIR: &str = "FTPDIR";
    pub const FTPSRVR: &str = "FTPSRVR";
    pub const FTPUSERSTAT: &str = "FTPUSERSTAT";
    pub const GROUP: &str = "GROUP";
    pub const HTTPDIR: &str = "HTTPDIR";
    pub const HTTPPORT: &str = "HTTPPORT";
    pub const HTTPSRVR: &str = "HTTPSRVR";
    pub const MCIPADD: &str = "MCIPADD";
    pub const OPSTAT: &str = "OPSTAT";
    pub const RESTORESTAT: &str = "RESTORESTAT";
    pub const SIG: &str = "SIG";
    pub const SIPREGISTRAR: &str = "SIPREGISTRAR";
    pub const STATIC: &str = "STATIC";
    pub const TFTPDIR: &str = "TFTPDIR";
    pub const TFTPSRVR: &str = "TFTPSRVR";
    pub const TLSSRVR: &str = "TLSSRVR";
    pub const UNNAMEDSTAT: &str = "UNNAMEDSTAT";
}

/// Where a value came from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Origin {
    /// Entered at the phone.
    Manual,
    /// From the DHCP server.
    Dhcp,
    /// From a script or settings file.
    File {
        /// The file's name; one text for all lines of the file.
        file: Arc<str>,
        /// Counted from 1.
        line: u32,
    },
}

impl Origin {
    fn source(&self) -> ParameterSource {
        match self {
            Origin::Manual => ParameterSource::Manual,
            Origin::Dhcp => ParameterSource::Dhcp,
            Origin::File { .. } => ParameterSource::Files,
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Manual => f.write_str("entered at the phone"),
            Origin::Dhcp => f.write_str("DHCP"),
            Origin::File { file, line } => write!(f, "{file}:{line}"),
        }
    }
}

/// A value and where it came from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Parameter {
    /// The text.
    pub value: String,
    /// Who set it.
    pub origin: Origin,
}

/// Why a value was not taken. The value before it stays.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub(crate) enum Ignored {
    #[error("it is set only at the phone")]
    Local,
    /// The value itself is not told: it may be a password.
    #[error("the value is not {0}")]
    Value(String),
    #[error("STATIC keeps the address that was entered at the phone")]
    Static,
    #[error("it is longer than {0} characters")]
    TooLong(usize),
    #[error("no more than {PARAMETERS_MAX} parameters are taken")]
    TooMany,
}

/// A phone's parameters: what has been set, over the defaults of the model's table.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Parameters {
    set: BTreeMap<String, Parameter>,
    defaults: BTreeMap<&'static str, String>,
}

/// The parameter whose values may be longer than all others'.
const DIALPLAN: &str = "DIALPLAN";

impl Parameters {
    /// Nothing set; the defaults of `model` for what a phone acts on.
    pub(crate) fn new(model: &Model) -> Self {
        let acted_on = [
            names::APPSTAT,
            names::FTPUSERSTAT,
            names::HTTPPORT,
            names::OPSTAT,
            names::RESTORESTAT,
            names::UNNAMEDSTAT,
        ];
        let default = |name| Some((name, model.tables().parameters.find(name)?.default.clone()));
        Parameters { set: BTreeMap::new(), defaults: acted_on.into_iter().filter_map(default).collect() }
    }

    /// Sets a value, the last one winning. What the model's table does not know is kept all the same.
    pub(crate) fn set(&mut self, model: &Model, name: &str, value: &str, origin: Origin) -> Result<(), Ignored> {
        let name = name.to_ascii_uppercase();
        let longest = if name == DIALPLAN {
            deskset_files::limits::LONG_VALUE_CHARS_MAX
        } else {
            deskset_files::limits::VALUE_CHARS_MAX
        };
        if value.chars().count() > longest || name.len() > longest {
            return Err(Ignored::TooLong(longest));
        }
        if let Some(row) = model.tables().parameters.find(&name) {
            if !row.may_come_from(origin.source()) && origin != Origin::Manual {
                return Err(Ignored::Local);
            }
            if value != row.default && !row.values.accepts(value) {
                return Err(Ignored::Value(row.values.in_words()));
            }
        } else if [names::SIG, names::GROUP].contains(&name.as_str()) && origin != Origin::Manual {
            return Err(Ignored::Local);
        }
        if origin != Origin::Manual && self.is_static(&name) {
            return Err(Ignored::Static);
        }
        if self.set.len() >= PARAMETERS_MAX && !self.set.contains_key(&name) {
            return Err(Ignored::TooMany);
        }
        self.set.insert(name, Parameter { value: value.to_owned(), origin });
        Ok(())
    }

    /// Whether `name` is an address entered at the phone that other sources do not replace.
    ///
    /// Source: the MIB of the series, `endptSTATIC`; the values: the vendor's settings template.
    fn is_static(&self, name: &str) -> bool {
        let entered = self.set.get(name).is_some_and(|parameter| parameter.origin == Origin::Manual);
        let file_servers = [names::TFTPSRVR, names::HTTPSRVR, names::TLSSRVR];
        let call_servers = [names::MCIPADD, names::SIPREGISTRAR];
        entered
            && match self.value(names::STATIC) {
                "1" => file_servers.contains(&name),
                "2" => call_servers.contains(&name),
                "3" => file_servers.contains(&name) || call_servers.contains(&name),
                _ => false,
            }
    }

    /// The value in force: what was set, else the default, else nothing.
    pub fn value(&self, name: &str) -> &str {
        match self.set.get(name) {
            Some(parameter) => &parameter.value,
            None => self.defaults.get(name).map_or("", String::as_str),
        }
    }

    /// What was set under this name, in the guides' spelling.
    pub fn get(&self, name: &str) -> Option<&Parameter> {
        self.set.get(name)
    }

    /// All that was set, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Parameter)> {
        self.set.iter().map(|(name, parameter)| (name.as_str(), parameter))
    }
}
