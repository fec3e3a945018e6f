use std::{borrow::Cow, collections::BTreeMap, fmt, sync::Arc};

use deskset_models::{Model, ParameterSource};

use super::{Ignored, judge};
use crate::limits::PARAMETERS_MAX;

/// Where a value came from.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Origin {
    /// Entered at the phone.
    Manual,
    /// From the DHCP server.
    Dhcp,
    /// From a switch, by LLDP: the authority on VLANs.
    Lldp,
    /// From a script or settings file.
    File {
        /// The file's name; one text for all lines of the file.
        file: Arc<str>,
        /// Counted from 1.
        line: u32,
    },
    /// From the call server.
    CallServer,
}

impl Origin {
    /// What a table's rows call it. What a switch says counts as administered by DHCP.
    pub fn source(&self) -> ParameterSource {
        match self {
            Origin::Manual => ParameterSource::Manual,
            Origin::Dhcp | Origin::Lldp => ParameterSource::Dhcp,
            Origin::File { .. } => ParameterSource::Files,
            Origin::CallServer => ParameterSource::CallServer,
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Manual => f.write_str("entered at the phone"),
            Origin::Dhcp => f.write_str("DHCP"),
            Origin::Lldp => f.write_str("LLDP"),
            Origin::File { file, line } => write!(f, "{file}:{line}"),
            Origin::CallServer => f.write_str("the call server"),
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

/// What one source set: the values that were taken, by name in capitals.
///
/// Kept as small as can be: some phones have a layer of a few values that no other phone has.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Layer {
    /// By name.
    values: Box<[(String, Parameter)]>,
}

/// A layer in the making.
#[derive(Debug, Default)]
pub(super) struct LayerDraft {
    values: BTreeMap<String, Parameter>,
}

impl Layer {
    /// A layer of name and value pairs from one source. What is not taken is left out.
    pub fn of<'p>(model: &Model, pairs: impl IntoIterator<Item = (&'p str, &'p str)>, origin: &Origin) -> Layer {
        let mut layer = LayerDraft::default();
        for (name, value) in pairs {
            // A value out of range leaves the one before it, as everywhere.
            let _ = layer.set(model, name, value, origin.clone());
        }
        layer.done()
    }

    /// The value set under this name, spelled in capitals.
    pub fn get(&self, name: &str) -> Option<&Parameter> {
        let at = self.values.binary_search_by(|(known, _)| known.as_str().cmp(name)).ok()?;
        self.values.get(at).map(|(_, parameter)| parameter)
    }

    /// All of them, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Parameter)> {
        self.values.iter().map(|(name, parameter)| (name.as_str(), parameter))
    }

    /// Whether nothing was set.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }
}

impl LayerDraft {
    /// Takes a value, the last one winning.
    pub(super) fn set(&mut self, model: &Model, name: &str, value: &str, origin: Origin) -> Result<(), Ignored> {
        // Nearly everybody writes names in capitals.
        let name = match name.bytes().any(|byte| byte.is_ascii_lowercase()) {
            true => Cow::Owned(name.to_ascii_uppercase()),
            false => Cow::Borrowed(name),
        };
        judge(model, &name, value, origin.source())?;
        let parameter = Parameter { value: value.to_owned(), origin };
        let full = self.values.len() >= PARAMETERS_MAX;
        match self.values.get_mut(&*name) {
            Some(earlier) => *earlier = parameter,
            None if full => return Err(Ignored::TooMany),
            None => drop(self.values.insert(name.into_owned(), parameter)),
        }
        Ok(())
    }

    pub(super) fn done(self) -> Layer {
        Layer { values: self.values.into_iter().collect() }
    }
}
