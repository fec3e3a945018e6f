use std::path::PathBuf;

/// Which profile, and what is laid over it.
#[derive(Clone, PartialEq, Eq)]
pub struct Choice {
    /// A name such as `lab`, or a path: a text with a `/` or ending in `.toml` is a path.
    pub profile: String,
    /// Folders where `NAME.toml` is looked for, in this order, before the embedded profiles.
    pub search: Vec<PathBuf>,
    /// Where `DESKSET_*` variables come from.
    pub environment: Environment,
    /// The command line's own values: a key path such as `servers.bind` and its text. The last one of a key wins.
    pub overrides: Vec<(String, String)>,
}

/// Where `DESKSET_*` variables come from.
#[derive(Clone, PartialEq, Eq)]
pub enum Environment {
    /// The process.
    Process,
    /// These names and values.
    Given(Vec<(String, String)>),
}

impl Choice {
    /// The profile called `profile`, looked for in the current folder's `profiles`, with the process's environment.
    pub fn new(profile: impl Into<String>) -> Self {
        Choice {
            profile: profile.into(),
            search: vec![PathBuf::from("profiles")],
            environment: Environment::Process,
            overrides: Vec::new(),
        }
    }
}

impl Default for Choice {
    fn default() -> Self {
        Choice::new("default")
    }
}
