//! What a file server's tree does with names, whatever it is made of.
//!
//! The server keeps its tree on disk, the simulator in memory; both follow the rules here and pass [`suite`].

mod rules;
#[cfg(feature = "suite")]
pub mod suite;

pub use rules::{PART_PREFIX, Visitor, choose, may_store, requested_path};

use deskset_models::FilePath;

/// The files of a server. All methods may block: callers on an async runtime move them aside.
pub trait FileTree: Send + Sync {
    /// The whole file. Names match in any case, an exact match first.
    fn read(&self, path: &FilePath) -> Result<Vec<u8>, TreeError>;

    /// Puts a whole file in place of an older one. Nobody ever sees a part of it, and once this returns it survives
    /// the end of the process.
    fn store(&self, path: &FilePath, bytes: &[u8]) -> Result<(), TreeError>;

    /// The paths of all visible files, sorted.
    fn list(&self) -> Result<Vec<FilePath>, TreeError>;
}

/// Why a tree did not do as asked.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum TreeError {
    /// No such file, in any case.
    #[error("{0}: no such file on this server")]
    NotFound(String),
    /// The name leaves the tree or cannot be a file's name.
    #[error("{0}: not a name this server serves")]
    Forbidden(String),
    /// This visitor may not write that file.
    #[error("{0}: may not be stored by {1}")]
    NotAllowed(String, Visitor),
    /// The file system did not take or give it.
    #[error("{path}: {why}")]
    Failed {
        /// Which file.
        path: String,
        /// The system's words.
        why: String,
    },
}
