use std::{
    fmt::Write as _,
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use deskset_abi::{Identity, v1::ModelBox};
use deskset_models::{Description, Model};
use semver::Version;
use serde::Deserialize as _;
use sha2::{Digest as _, Sha256};

use crate::{
    elf,
    hooks::HostHooks,
    library,
    limits::{LIBRARY_BYTES_MAX, MODELS_MAX},
    refusal::{RefusalKind, words},
    services::Services,
};

/// A plugin that was loaded and described itself well. Whether it is used depends on the others.
pub(crate) struct Candidate {
    pub(crate) identity: Identity,
    pub(crate) version: Version,
    pub(crate) path: PathBuf,
    pub(crate) sha256: String,
    pub(crate) interface: String,
    pub(crate) models: Vec<Described>,
}

/// A model with the document that made it.
#[derive(Debug)]
pub(crate) struct Described {
    pub(crate) model: Model,
    pub(crate) document: serde_json::Value,
}

impl Candidate {
    pub(crate) fn load(path: &Path) -> Result<Self, RefusalKind> {
        let data = read(path)?;
        elf::check(&data)?;
        let root = library::open(path)?;
        let (identity, version) = identified(&root.identity()?)?;
        let library = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let models = root.models(Services { library })?;
        if models.is_empty() || models.len() > MODELS_MAX {
            let why = format!("it has {} models, a plugin has 1 to {MODELS_MAX}", models.len());
            return Err(RefusalKind::Failed { function: "models", why });
        }
        let models = models.into_iter().map(|model| described(model, &identity.id)).collect::<Result<Vec<_>, _>>()?;
        Ok(Candidate {
            identity,
            version,
            path: path.to_owned(),
            sha256: hexadecimal(&Sha256::digest(&data)),
            interface: root.interface,
            models,
        })
    }
}

fn read(path: &Path) -> Result<Vec<u8>, RefusalKind> {
    let unreadable = |wrong| RefusalKind::Unreadable(Arc::new(wrong));
    let about = std::fs::metadata(path).map_err(unreadable)?;
    if !about.is_file() {
        return Err(unreadable(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file")));
    }
    if about.len() > LIBRARY_BYTES_MAX {
        return Err(RefusalKind::TooLarge(format!("{} bytes, at most {LIBRARY_BYTES_MAX} are read", about.len())));
    }
    std::fs::read(path).map_err(unreadable)
}

fn identified(document: &str) -> Result<(Identity, Version), RefusalKind> {
    let failed = |why: String| RefusalKind::Failed { function: "identity", why };
    let identity: Identity = serde_json::from_str(document).map_err(|wrong| failed(words(wrong)))?;
    if identity.id.trim().is_empty() {
        return Err(failed("it has no id".to_owned()));
    }
    let version = Version::parse(&identity.version)
        .map_err(|wrong| failed(words(format!("\"{}\" is no version: {wrong}", identity.version))))?;
    Ok((identity, version))
}

fn described(plugin_model: ModelBox, plugin: &str) -> Result<Described, RefusalKind> {
    let text = library::describe(&plugin_model)?;
    let unreadable = |model: &str, wrong: serde_json::Error| RefusalKind::Document {
        model: words(model),
        flaws: vec![words(wrong)],
    };
    let document: serde_json::Value = serde_json::from_str(&text).map_err(|wrong| unreadable("?", wrong))?;
    let name = document.get("name").and_then(serde_json::Value::as_str).unwrap_or("?");
    let description = Description::deserialize(&document).map_err(|wrong| unreadable(name, wrong))?;
    let model = Model::new(description, Arc::new(HostHooks::new(plugin, plugin_model)))
        .map_err(|flaws| RefusalKind::Document { model: words(name), flaws: flaws.iter().map(words).collect() })?;
    Ok(Described { model, document })
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
