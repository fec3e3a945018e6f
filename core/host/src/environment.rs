use std::path::PathBuf;

use crate::Catalog;

/// Holds the plugin folders of tests and tools, separated as in PATH.
pub const PLUGINS_VARIABLE: &str = "DESKSET_PLUGINS";

/// Why there are no plugins from the environment.
#[derive(Clone, Debug, thiserror::Error)]
pub enum NoPlugins {
    /// The variable is missing or empty.
    #[error("{PLUGINS_VARIABLE} is not set: run `cargo xtask test`, which builds the plugins and sets it")]
    NotSet,
    /// Not one model came out of the folders.
    #[error("{PLUGINS_VARIABLE} names no folder with a usable plugin: run `cargo xtask test`, which builds them{}", list(.0))]
    Nothing(Vec<crate::Refusal>),
}

fn list(refusals: &[crate::Refusal]) -> String {
    refusals.iter().map(|refusal| format!("\n{refusal}")).collect()
}

/// The plugins in the folders that `DESKSET_PLUGINS` lists.
pub fn from_environment() -> Result<Catalog, NoPlugins> {
    let listed = std::env::var_os(PLUGINS_VARIABLE).filter(|list| !list.is_empty()).ok_or(NoPlugins::NotSet)?;
    let folders: Vec<PathBuf> = std::env::split_paths(&listed).filter(|path| !path.as_os_str().is_empty()).collect();
    let catalog = Catalog::load(&folders);
    if catalog.models().next().is_none() {
        return Err(NoPlugins::Nothing(catalog.refusals().to_vec()));
    }
    Ok(catalog)
}
