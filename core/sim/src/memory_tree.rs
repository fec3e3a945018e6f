use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use deskset_files::tree::{FileTree, TreeError, choose};
use deskset_models::FilePath;

/// A file tree in memory, by the same rules as the one on disk. Clones share the files.
#[derive(Clone, Debug, Default)]
pub struct MemoryTree {
    files: Arc<Mutex<Files>>,
}

/// By path, in its true spelling.
type Files = BTreeMap<String, Arc<[u8]>>;

impl MemoryTree {
    /// An empty tree.
    pub fn new() -> Self {
        MemoryTree::default()
    }

    fn files(&self) -> MutexGuard<'_, Files> {
        // No method leaves the map half-changed, so a panicking holder does no harm.
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The file without copying it.
    pub fn get(&self, path: &FilePath) -> Result<Arc<[u8]>, TreeError> {
        let files = self.files();
        files.get(&spelled(&files, path)).cloned().ok_or_else(|| TreeError::NotFound(path.to_string()))
    }
}

/// `path` as the names that serve it are spelled; parts that are not there as they are written.
fn spelled(files: &Files, path: &FilePath) -> String {
    let mut found = String::new();
    for part in path.as_str().split('/') {
        if !found.is_empty() {
            found.push('/');
        }
        let below = files.range(found.clone()..).map_while(|(key, _)| key.strip_prefix(&found));
        let names = below.map(|rest| rest.split_once('/').map_or(rest, |(folder, _)| folder));
        let name = choose(part, names).unwrap_or(part).to_owned();
        found.push_str(&name);
    }
    found
}

/// Whether a file stands where `place` needs a folder, or the other way round.
fn is_blocked(files: &Files, place: &str) -> bool {
    let inside = format!("{place}/");
    let is_folder = files.range(inside.clone()..).next().is_some_and(|(key, _)| key.starts_with(&inside));
    let passes_a_file = place.match_indices('/').any(|(at, _)| files.contains_key(&place[..at]));
    is_folder || passes_a_file
}

impl FileTree for MemoryTree {
    fn read(&self, path: &FilePath) -> Result<Vec<u8>, TreeError> {
        self.get(path).map(|bytes| bytes.to_vec())
    }

    fn store(&self, path: &FilePath, bytes: &[u8]) -> Result<(), TreeError> {
        let mut files = self.files();
        let place = spelled(&files, path);
        if is_blocked(&files, &place) {
            let why = "a folder and a file cannot have one name".to_owned();
            return Err(TreeError::Failed { path: path.to_string(), why });
        }
        files.insert(place, bytes.into());
        Ok(())
    }

    fn list(&self) -> Result<Vec<FilePath>, TreeError> {
        // Every key was a path when it was stored.
        Ok(self.files().keys().filter_map(|key| key.parse().ok()).collect())
    }
}
