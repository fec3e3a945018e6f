use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use deskset_files::tree::{FileTree, TreeError, choose};
use deskset_models::FilePath;

/// A file tree in memory, by the same rules as the one on disk. Clones share the files.
#[derive(Clone, Debug, Default)]
pub struct MemoryTree {
    files: Arc<Mutex<BTreeMap<String, Arc<[u8]>>>>,
}

impl MemoryTree {
    /// An empty tree.
    pub fn new() -> Self {
        MemoryTree::default()
    }

    fn files(&self) -> MutexGuard<'_, BTreeMap<String, Arc<[u8]>>> {
        // No method leaves the map half-changed, so a panicking holder does no harm.
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The file without copying it.
    pub fn get(&self, path: &FilePath) -> Result<Arc<[u8]>, TreeError> {
        let files = self.files();
        let missing = || TreeError::NotFound(path.to_string());
        let mut found = String::new();
        let mut parts = path.as_str().split('/').peekable();
        while let Some(part) = parts.next() {
            let last = parts.peek().is_none();
            // Names at this level: files for the last part, folders before it.
            let names = files.range(found.clone()..).map_while(|(key, _)| key.strip_prefix(&found)).filter_map(
                |rest| match rest.split_once('/') {
                    None => last.then_some(rest),
                    Some((folder, _)) => (!last).then_some(folder),
                },
            );
            let name = choose(part, names).ok_or_else(missing)?.to_owned();
            found.push_str(&name);
            if !last {
                found.push('/');
            }
        }
        files.get(&found).cloned().ok_or_else(missing)
    }
}

impl FileTree for MemoryTree {
    fn read(&self, path: &FilePath) -> Result<Vec<u8>, TreeError> {
        self.get(path).map(|bytes| bytes.to_vec())
    }

    fn store(&self, path: &FilePath, bytes: &[u8]) -> Result<(), TreeError> {
        self.files().insert(path.to_string(), bytes.into());
        Ok(())
    }

    fn list(&self) -> Result<Vec<FilePath>, TreeError> {
        // Every key was a path when it was stored.
        Ok(self.files().keys().filter_map(|key| key.parse().ok()).collect())
    }
}
