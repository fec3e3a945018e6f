//! Where the commands get their models from: the folders of the profile, or the plugins of this workspace, built first.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use deskset_host::Catalog;
use deskset_profiles::Profile;
use deskset_runtime::RuntimeError;
use serde_json::Value;

use crate::CommandError;

/// All packages of the workspace with this in front are plugins.
const PACKAGES: &str = "deskset-plugin-*";

/// The models of a profile.
pub(crate) fn catalog(profile: &Profile) -> Result<Catalog, CommandError> {
    let folders = if profile.plugins.folders.is_empty() {
        vec![build()?.ok_or_else(|| {
            CommandError::Environment(
                "no plugin folder is named; set DESKSET_PLUGINS or the profile's plugins.folders".to_owned(),
            )
        })?]
    } else {
        profile.plugins.folders.clone()
    };
    let catalog = Catalog::load(&folders);
    for refusal in catalog.refusals() {
        eprintln!("{refusal}");
    }
    if catalog.models().next().is_none() {
        let folders: Vec<String> = folders.iter().map(|folder| folder.display().to_string()).collect();
        return Err(RuntimeError::NoModels(format!("; looked in {}", folders.join(", "))).into());
    }
    Ok(catalog)
}

/// The workspace this program was started from by cargo, if it was.
pub(crate) fn workspace() -> Option<PathBuf> {
    std::env::var_os("CARGO")?;
    let package = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR")?);
    let root = package.parent()?.to_owned();
    root.join("plugins").is_dir().then_some(root)
}

/// Cargo, at the workspace's root.
pub(crate) fn cargo(root: &Path) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root);
    // Set for this program by the cargo that started it; another cargo must find its own.
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            cargo.env_remove(&name);
        }
    }
    cargo
}

/// Builds the workspace's plugins and puts them into one folder; `None` outside of a workspace.
pub(crate) fn build() -> Result<Option<PathBuf>, CommandError> {
    let Some(root) = workspace() else { return Ok(None) };
    let mut cargo = cargo(&root);
    // Together with this program, so that shared dependencies are built with one set of features, once.
    cargo.args(["build", "--quiet", "--package", "xtask", "--package", PACKAGES]);
    cargo.arg("--message-format=json-render-diagnostics");
    if !cfg!(debug_assertions) {
        cargo.arg("--release");
    }
    let built = libraries(&built(cargo)?);
    let first = built.first().ok_or_else(|| CommandError::Environment("cargo built no plugin library".to_owned()))?;
    let folder = first.parent().unwrap_or(Path::new(".")).join("deskset-plugins");
    gather(&built, &folder).map_err(|source| CommandError::Folder {
        what: format!("putting plugins into {}", folder.display()),
        source,
    })?;
    Ok(Some(folder))
}

/// This program, built with optimizations.
pub(crate) fn optimized(root: &Path) -> Result<PathBuf, CommandError> {
    let mut cargo = cargo(root);
    cargo.args(["build", "--quiet", "--release", "--package", "xtask", "--package", PACKAGES]);
    cargo.arg("--message-format=json-render-diagnostics");
    let messages = built(cargo)?;
    let lines = messages.split(|byte| *byte == b'\n');
    let program = lines
        .filter_map(|line| serde_json::from_slice::<Value>(line).ok())
        .find_map(|message| message["executable"].as_str().map(PathBuf::from));
    program.ok_or_else(|| CommandError::Environment("cargo built no program".to_owned()))
}

/// What cargo says of what it built.
fn built(mut cargo: Command) -> Result<Vec<u8>, CommandError> {
    let output = cargo
        .stderr(Stdio::inherit())
        .output()
        .map_err(|source| CommandError::Folder { what: "starting cargo to build".to_owned(), source })?;
    if !output.status.success() {
        return Err(CommandError::Environment("the program and its plugins do not build; see above".to_owned()));
    }
    Ok(output.stdout)
}

/// The dynamic libraries that cargo reports of our plugins.
fn libraries(messages: &[u8]) -> Vec<PathBuf> {
    let lines = messages.split(|byte| *byte == b'\n');
    lines
        .filter_map(|line| serde_json::from_slice::<Value>(line).ok())
        .filter(|message| message["target"]["kind"].as_array().is_some_and(|kinds| kinds.contains(&"cdylib".into())))
        .filter_map(|message| {
            let files = message["filenames"].as_array()?.clone();
            let library =
                |file: &&Value| file.as_str().is_some_and(|file| file.ends_with(std::env::consts::DLL_SUFFIX));
            files.iter().find(library)?.as_str().map(PathBuf::from)
        })
        .collect()
}

/// Copies what is newer, each file at once: another run may be loading the old one.
fn gather(built: &[PathBuf], folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    for library in built {
        let Some(name) = library.file_name() else { continue };
        let place = folder.join(name);
        let (new, old) = (fs::metadata(library)?, fs::metadata(&place));
        let fresh = old.is_ok_and(|old| {
            old.len() == new.len() && matches!((old.modified(), new.modified()), (Ok(old), Ok(new)) if old >= new)
        });
        if !fresh {
            let part = tempfile::NamedTempFile::new_in(folder)?;
            fs::copy(library, part.path())?;
            part.persist(&place)?;
        }
    }
    Ok(())
}
