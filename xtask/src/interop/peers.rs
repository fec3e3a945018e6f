//! Where the foreign programs are and which versions they have, as the peers script says.

use std::collections::BTreeMap;

/// The script's lines `NAME=VALUE`.
#[derive(Clone, Debug, Default)]
pub struct Peers(BTreeMap<String, String>);

impl Peers {
    /// Reads what `peers up` and `peers versions` print.
    #[must_use]
    pub fn read(printed: &str) -> Self {
        let pairs = printed.lines().filter_map(|line| line.split_once('='));
        Peers(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }

    /// The variables of this process, as tests get them.
    #[must_use]
    pub fn from_environment() -> Self {
        Peers(std::env::vars().filter(|(name, _)| name.starts_with("PEER_")).collect())
    }

    /// The value of a variable.
    ///
    /// # Errors
    /// A sentence that names it and says how it comes to be set.
    pub fn value(&self, name: &str) -> Result<&str, String> {
        let value = self.0.get(name).map(String::as_str);
        value.ok_or_else(|| format!("{name} is not set: `cargo xtask peers install --all` and `peers up --all` set it"))
    }

    /// The version of a program; empty if nobody said.
    #[must_use]
    pub fn version(&self, name: &str) -> String {
        self.0.get(&format!("PEER_VERSION_{name}")).cloned().unwrap_or_default()
    }
}
