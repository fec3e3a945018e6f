use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsStr,
    path::{Path, PathBuf},
    sync::Arc,
};

use deskset_models::Model;
use serde_json::Value;

use crate::{
    Refusal, RefusalKind, UnknownModel,
    candidate::{Candidate, Described},
    limits::LIBRARIES_MAX,
};

/// What came of some plugin folders: models, plugins, refusals, all in a fixed order.
#[derive(Debug, Default)]
pub struct Catalog {
    /// By the model's name in lower case.
    models: BTreeMap<String, Described>,
    plugins: Vec<LoadedPlugin>,
    refusals: Vec<Refusal>,
    set_aside: Vec<SetAside>,
}

/// A plugin whose models can be run.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
pub struct LoadedPlugin {
    /// The same in each of its versions.
    pub id: String,
    /// As Cargo writes versions.
    pub version: String,
    /// For people.
    pub vendor: String,
    /// The library.
    pub path: PathBuf,
    /// The library's digest, in hexadecimal digits.
    pub sha256: String,
    /// Version of the `deskset-abi` it was built with.
    pub interface: String,
    /// Names of its models, in its own order.
    pub models: Vec<String>,
}

/// A sound plugin that is not used because another one has its id and a higher version, or the same one.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{path}\n  is version {version} of the plugin {id}; version {used} is used ({by})", path = .path.display(), by = .by.display())]
pub struct SetAside {
    /// The library.
    pub path: PathBuf,
    /// The id both have.
    pub id: String,
    /// Its version.
    pub version: String,
    /// The version that is used.
    pub used: String,
    /// The library that is used.
    pub by: PathBuf,
}

impl Catalog {
    /// Loads every library in `folders`, each folder in the order of file names. It never fails as a whole: what
    /// cannot be used is listed by [`refusals`](Catalog::refusals).
    pub fn load(folders: &[PathBuf]) -> Catalog {
        let mut catalog = Catalog::default();
        let mut candidates = Vec::new();
        for path in catalog.libraries(folders) {
            match Candidate::load(&path) {
                Ok(candidate) => candidates.push(candidate),
                Err(kind) => catalog.refuse(path, kind),
            }
        }
        for candidate in catalog.newest(candidates) {
            catalog.take(candidate);
        }
        catalog
    }

    /// The model of that name, in any case.
    pub fn model(&self, name: &str) -> Result<&Model, UnknownModel> {
        self.models
            .get(&key(name))
            .map(|described| &described.model)
            .ok_or_else(|| UnknownModel::new(name, self.models().map(|model| model.name().to_owned()).collect()))
    }

    /// All models, by name.
    pub fn models(&self) -> impl Iterator<Item = &Model> {
        self.models.values().map(|described| &described.model)
    }

    /// The document a model was made of, with the keys that this version does not know.
    pub fn document(&self, model: &Model) -> Option<&Value> {
        self.models.get(&key(model.name())).map(|described| &described.document)
    }

    /// The plugins in use.
    pub fn plugins(&self) -> &[LoadedPlugin] {
        &self.plugins
    }

    /// What cannot be used, and why.
    pub fn refusals(&self) -> &[Refusal] {
        &self.refusals
    }

    /// What could be used, but gives way to another version of itself.
    pub fn set_aside(&self) -> &[SetAside] {
        &self.set_aside
    }

    fn refuse(&mut self, path: PathBuf, kind: RefusalKind) {
        let refusal = Refusal { path, kind };
        tracing::warn!("plugin not used: {refusal}");
        self.refusals.push(refusal);
    }

    /// The libraries of `folders`, each once, however often its folder is named.
    fn libraries(&mut self, folders: &[PathBuf]) -> Vec<PathBuf> {
        let mut seen = BTreeSet::new();
        let mut libraries = Vec::new();
        for folder in folders {
            match inside(folder) {
                Ok(found) => {
                    let new = found.into_iter().filter(|path| seen.insert(path.canonicalize().unwrap_or(path.clone())));
                    libraries.extend(new);
                }
                Err(kind) => self.refuse(folder.clone(), kind),
            }
        }
        libraries
    }

    /// Of each id the highest version, in the order of loading; the others are set aside.
    fn newest(&mut self, candidates: Vec<Candidate>) -> Vec<Candidate> {
        let mut newest: Vec<Candidate> = Vec::new();
        for mut candidate in candidates {
            let Some(rival) = newest.iter_mut().find(|other| other.identity.id == candidate.identity.id) else {
                newest.push(candidate);
                continue;
            };
            if candidate.version > rival.version {
                std::mem::swap(rival, &mut candidate);
            }
            self.set_aside.push(SetAside {
                path: candidate.path,
                id: candidate.identity.id,
                version: candidate.identity.version,
                used: rival.identity.version.clone(),
                by: rival.path.clone(),
            });
        }
        newest
    }

    fn take(&mut self, candidate: Candidate) {
        let mut own = BTreeSet::new();
        for described in &candidate.models {
            let name = described.model.name();
            if let Some(other) =
                self.plugins.iter().find(|plugin| plugin.models.iter().any(|model| key(model) == key(name)))
            {
                let (by, by_path) = (other.id.clone(), other.path.clone());
                let kind = RefusalKind::Claimed { model: name.to_owned(), by, by_path };
                return self.refuse(candidate.path, kind);
            }
            if !own.insert(key(name)) {
                let flaws = vec!["the plugin describes it twice".to_owned()];
                let kind = RefusalKind::Document { model: name.to_owned(), flaws };
                return self.refuse(candidate.path, kind);
            }
        }
        let plugin = LoadedPlugin {
            id: candidate.identity.id,
            version: candidate.identity.version,
            vendor: candidate.identity.vendor,
            path: candidate.path,
            sha256: candidate.sha256,
            interface: candidate.interface,
            models: candidate.models.iter().map(|described| described.model.name().to_owned()).collect(),
        };
        tracing::debug!(id = plugin.id, version = plugin.version, path = %plugin.path.display(), "plugin loaded");
        self.plugins.push(plugin);
        self.models.extend(candidate.models.into_iter().map(|described| (key(described.model.name()), described)));
    }
}

fn key(name: &str) -> String {
    name.trim().to_lowercase()
}

/// The libraries of one folder, by file name.
fn inside(folder: &Path) -> Result<Vec<PathBuf>, RefusalKind> {
    let unreadable = |wrong| RefusalKind::Unreadable(Arc::new(wrong));
    let extension = std::env::consts::DLL_EXTENSION;
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.extension() != Some(OsStr::new(extension)) {
            continue;
        }
        if found.len() == LIBRARIES_MAX {
            return Err(RefusalKind::TooLarge(format!("it has more than {LIBRARIES_MAX} libraries")));
        }
        found.push(path);
    }
    found.sort();
    Ok(found)
}
