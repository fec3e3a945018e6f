use std::{collections::BTreeMap, fmt};

use deskset_models::Secret;

use crate::BadValue;

/// Parameter names and values as an administrator gives them, sorted by name.
///
/// `Debug` shows the names only: some parameters hold passwords.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Administered(Vec<(String, String)>);

impl Administered {
    /// Name and value pairs, names as written.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// `raw` checked. Names are letters, digits and `_`; a name may stand only once in any case.
    pub(crate) fn check(section: &str, raw: BTreeMap<String, Secret>) -> Result<Self, BadValue> {
        let mut seen: BTreeMap<String, String> = BTreeMap::new();
        let mut pairs = Vec::new();
        for (name, value) in raw {
            let bad = |reason: String| BadValue { key: format!("{section}.{name}"), reason };
            if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
                return Err(bad("a parameter name has letters, digits and _ only".to_owned()));
            }
            if value.reveal().chars().any(|c| c.is_control() || c == '"') {
                return Err(bad("the value holds a control character or a quotation mark; remove it".to_owned()));
            }
            if let Some(other) = seen.insert(name.to_ascii_uppercase(), name.clone()) {
                return Err(bad(format!("the same parameter is also written {other}; keep one of them")));
            }
            pairs.push((name, value.reveal().to_owned()));
        }
        Ok(Administered(pairs))
    }
}

impl fmt::Debug for Administered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}
