use std::{io, path::PathBuf};

use deskset_server::ServerError;

use crate::limits::FLOOR_PHONES_MAX;

/// Why something could not even be tried. What a phone itself meets ends up in its report instead.
#[derive(Debug, thiserror::Error)]
pub enum RuntimeError {
    /// The plugins gave no such model.
    #[error(transparent)]
    Model(#[from] deskset_host::UnknownModel),
    /// No plugin here describes such a model.
    #[error("there is no model \"{name}\"; the plugins describe {known}")]
    NoSuchModel {
        /// What was asked for.
        name: String,
        /// What there is.
        known: String,
    },
    /// An extension without a password.
    #[error("the profile has no extension {extension}; add it there, or give its password")]
    NoPassword {
        /// Which.
        extension: deskset_models::Extension,
    },
    /// The plugins gave no model at all.
    #[error(
        "no model plugin could be loaded; build the plugins and name their folder in DESKSET_PLUGINS or the profile's plugins.folders{0}"
    )]
    NoModels(String),
    /// The model has no such software.
    #[error("the {model} has no {signaling} software; choose another signaling or model")]
    Signaling {
        /// The model's name.
        model: String,
        /// What was asked for.
        signaling: deskset_models::Signaling,
    },
    /// A server did not start.
    #[error(transparent)]
    Server(#[from] ServerError),
    /// The vendor CA is not usable.
    #[error("{file}: {source}")]
    VendorCa {
        /// Which file.
        file: String,
        /// Why.
        source: deskset_transport::SettingsError,
    },
    /// A file or folder of ours cannot be used.
    #[error("{path}: {doing}: {source}; check the folder and its permissions", path = .path.display())]
    Folder {
        /// Which.
        path: PathBuf,
        /// What was tried.
        doing: &'static str,
        /// The system's words.
        source: io::Error,
    },
    /// The lab's files could not be put into its folder.
    #[error("{0}; check the folder and its permissions")]
    Tree(#[from] deskset_files::tree::TreeError),
    /// A model names a file in a way no server can serve.
    #[error("a model's file name cannot be used: {0}; report it to the plugin's maker")]
    Name(#[from] deskset_models::NameError),
    /// A phone's name, which is also its folder's, cannot be one.
    #[error("the name of a phone is also its folder's: {0}")]
    PhoneName(#[source] deskset_models::NameError),
    /// A number is no extension.
    #[error(transparent)]
    Extension(#[from] deskset_models::ExtensionError),
    /// Another run uses the phone's memory.
    #[error("{path}: another run uses this phone's memory; wait for it, or choose another --state folder", path = .path.display())]
    InUse {
        /// The phone's folder.
        path: PathBuf,
    },
    /// A phone of that name is there already.
    #[error("there is a phone named {name} already; choose another name, or take that one away")]
    NameTaken {
        /// The name.
        name: String,
    },
    /// No room for another phone.
    #[error("there are {FLOOR_PHONES_MAX} phones already, as many as one process drives one by one; take some away")]
    FloorFull,
    /// A phone's memory file cannot be read.
    #[error("{path}: {why}; delete the phone's folder to begin with an empty memory", path = .path.display())]
    Memory {
        /// The file.
        path: PathBuf,
        /// What is wrong, with line and column.
        why: String,
    },
}

impl RuntimeError {
    /// Whether the surroundings are at fault (a port, a folder, a plugin) and not what was asked for.
    pub fn is_environment(&self) -> bool {
        match self {
            RuntimeError::Server(why) => why.is_environment(),
            RuntimeError::NoModels(_)
            | RuntimeError::Folder { .. }
            | RuntimeError::Tree(_)
            | RuntimeError::InUse { .. } => true,
            RuntimeError::Model(_)
            | RuntimeError::Signaling { .. }
            | RuntimeError::VendorCa { .. }
            | RuntimeError::Name(_)
            | RuntimeError::PhoneName(_)
            | RuntimeError::NoSuchModel { .. }
            | RuntimeError::NoPassword { .. }
            | RuntimeError::NameTaken { .. }
            | RuntimeError::FloorFull
            | RuntimeError::Extension(_)
            | RuntimeError::Memory { .. } => false,
        }
    }
}
