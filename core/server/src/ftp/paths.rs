//! Paths as FTP clients write them, relative to where they have gone with `CWD`.

use std::path::{Component, Path};

use deskset_files::tree::{TreeError, requested_path};
use deskset_models::FilePath;

/// The path in the tree; none is its root. `..` leads up inside the tree, and is refused at its root.
pub(super) fn in_tree(path: &Path) -> Result<Option<FilePath>, TreeError> {
    let forbidden = || TreeError::Forbidden(shown(path));
    let mut parts: Vec<&str> = Vec::new();
    for component in path.components() {
        match component {
            Component::Normal(name) => parts.push(name.to_str().ok_or_else(forbidden)?),
            Component::ParentDir => drop(parts.pop().ok_or_else(forbidden)?),
            Component::RootDir => parts.clear(),
            Component::CurDir | Component::Prefix(_) => {}
        }
    }
    if parts.is_empty() { Ok(None) } else { requested_path(&parts.join("/")).map(Some) }
}

/// The path of a file, which is never the root.
pub(super) fn file_in_tree(path: &Path) -> Result<FilePath, TreeError> {
    in_tree(path)?.ok_or_else(|| TreeError::NotFound(shown(path)))
}

pub(super) fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
