//! A folder for profile files, and choices that depend on nothing outside of it.

use std::{fs, path::PathBuf};

use deskset_profiles::{Choice, Environment};

/// A folder that ends with the test.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new() -> Self {
        Folder(tempfile::tempdir().unwrap())
    }

    /// Writes `name`.
    pub fn with(self, name: &str, text: impl AsRef<[u8]>) -> Self {
        fs::write(self.0.path().join(name), text).unwrap();
        self
    }

    pub fn path(&self) -> PathBuf {
        self.0.path().to_owned()
    }

    /// The profile `name` of this folder with an empty environment.
    pub fn choice(&self, name: &str) -> Choice {
        Choice { search: vec![self.path()], environment: Environment::Given(Vec::new()), ..Choice::new(name) }
    }
}

pub fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

pub fn variables(given: &[(&str, &str)]) -> Environment {
    Environment::Given(pairs(given))
}
