//! Non-volatile memory on disk: one folder per phone, `memory.json` and `application.bin` in it.
//!
//! Every record is written beside the old file and moved over it, so a power cut leaves the old or the new, never a
//! mixture.

mod file;

use std::{
    fs::{File, OpenOptions},
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use deskset_files::tree::{FileTree as _, TreeError};
use deskset_models::FileName;
use deskset_phone::{Memory, Record};
use deskset_server::{DiskTree, Names};

use crate::{RuntimeError, limits::MEMORY_FILE_BYTES_MAX};

/// Where phones keep what survives the end of the process.
#[derive(Clone, Debug)]
pub enum StateFolder {
    /// Nowhere: their memory ends with the process.
    Nowhere,
    /// In a folder of this one for each.
    In(PathBuf),
}

/// Where one phone's memory is kept. Without a folder that is in the phone itself, and nowhere else.
#[derive(Clone, Debug)]
pub(crate) struct Keeper(Option<Arc<Folder>>);

#[derive(Debug)]
struct Folder {
    /// What was kept last.
    memory: Mutex<Memory>,
    tree: DiskTree,
    /// Held as long as the phone runs, so that two runs never share a memory.
    _lock: File,
}

const MEMORY_FILE: &str = "memory.json";
const APPLICATION_FILE: &str = "application.bin";
const LOCK_FILE: &str = "lock";

impl StateFolder {
    /// The folder of the phone of that name.
    pub(crate) fn folder_of(&self, phone: &str) -> Option<PathBuf> {
        match self {
            StateFolder::Nowhere => None,
            StateFolder::In(state) => Some(state.join(phone)),
        }
    }

    /// The memory of the phone of that name, as it was left; `first` for one that has left none.
    pub(crate) fn open(&self, phone: &FileName, first: Memory) -> Result<(Keeper, Memory), RuntimeError> {
        let StateFolder::In(state) = self else { return Ok((Keeper(None), first)) };
        let path = state.join(phone.as_str());
        private_folder(&path).map_err(|source| failed(&path, "making the phone's memory folder", source))?;
        let lock = lock(&path)?;
        let memory = read(&path.join(MEMORY_FILE))?.unwrap_or(first);
        let tree = DiskTree::open(&path, Names::Exact).map_err(TreeError::from)?;
        // Of what a run was killed over: an application may be large, and nobody else looks here.
        tree.remove_leftovers();
        let folder = Folder { memory: Mutex::new(memory.clone()), tree, _lock: lock };
        Ok((Keeper(Some(Arc::new(folder))), memory))
    }
}

impl Keeper {
    /// Keeps a record; when this returns it survives the end of the process, if anything does. Blocks if there is a
    /// folder.
    pub(crate) fn keep(&self, record: &Record) -> Result<(), String> {
        self.0.as_ref().map_or(Ok(()), |folder| folder.keep(record))
    }

    /// Whether keeping takes a while.
    pub(crate) fn blocks(&self) -> bool {
        self.0.is_some()
    }
}

impl Folder {
    fn keep(&self, record: &Record) -> Result<(), String> {
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        let mut new = memory.clone();
        new.apply(record);
        let store = |name: &str, bytes: &[u8]| {
            let path = name.parse().map_err(|why: deskset_models::NameError| why.to_string())?;
            self.tree.store(&path, bytes).map_err(|why| why.to_string())
        };
        if let Record::Application { file, .. } = record {
            store(APPLICATION_FILE, file)?;
        }
        store(MEMORY_FILE, &file::write(&new))?;
        *memory = new;
        Ok(())
    }
}

/// A folder that only its owner can look into: logins are in it.
fn private_folder(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
    }
    #[cfg(not(unix))]
    std::fs::create_dir_all(path)
}

fn lock(folder: &Path) -> Result<File, RuntimeError> {
    let path = folder.join(LOCK_FILE);
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
    let file = file.map_err(|source| failed(&path, "locking the phone's memory", source))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(RuntimeError::InUse { path: folder.to_owned() }),
        Err(std::fs::TryLockError::Error(source)) => Err(failed(&path, "locking the phone's memory", source)),
    }
}

fn read(path: &Path) -> Result<Option<Memory>, RuntimeError> {
    let size = match std::fs::metadata(path) {
        Ok(found) => found.len(),
        Err(why) if why.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(failed(path, "reading the phone's memory", source)),
    };
    let wrong = |why: String| RuntimeError::Memory { path: path.to_owned(), why };
    if size > MEMORY_FILE_BYTES_MAX {
        return Err(wrong(format!("{size} bytes are more than the {MEMORY_FILE_BYTES_MAX} a memory has")));
    }
    let bytes = std::fs::read(path).map_err(|source| failed(path, "reading the phone's memory", source))?;
    file::read(&bytes).map(Some).map_err(|why| wrong(why.to_string()))
}

fn failed(path: &Path, doing: &'static str, source: io::Error) -> RuntimeError {
    RuntimeError::Folder { path: path.to_owned(), doing, source }
}
