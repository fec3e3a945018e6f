use std::{
    fs,
    io::Read as _,
    path::{Path, PathBuf},
    sync::Arc,
};

use deskset_files::{
    limits::SCRIPT_BYTES_MAX,
    script::{Script, Statement},
    settings::Files,
    tree::choose,
};

use crate::CommandError;

/// The most files that are read for one command.
const FILES_MAX: usize = 256;

/// A file as it was read.
pub(super) struct Source {
    /// As it was named, or found in the first file's folder.
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
    pub(super) script: Arc<Script>,
}

impl Source {
    pub(super) fn read(path: &Path) -> Result<Source, CommandError> {
        let name = path.display().to_string();
        let bytes = bytes(path).map_err(|source| CommandError::Input { file: name.clone(), source })?;
        let script = Script::parse(&name, &bytes).map_err(|why| CommandError::Usage(why.to_string()))?;
        Ok(Source { name, bytes, script: Arc::new(script) })
    }
}

/// The file's bytes, one more than a script may have at most.
fn bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(SCRIPT_BYTES_MAX as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The files that are named, and what GETs in them find beside the first one.
pub(super) fn read(paths: &[PathBuf]) -> Result<Vec<Source>, CommandError> {
    let mut sources = paths.iter().map(|path| Source::read(path)).collect::<Result<Vec<_>, _>>()?;
    let folder = paths.first().and_then(|first| first.parent()).unwrap_or(Path::new(""));
    let beside = names(folder);
    let mut next = 0;
    while let Some(source) = sources.get(next) {
        next += 1;
        let script = source.script.clone();
        for (_, statement) in script.statements() {
            let Statement::Get { file } = statement else { continue };
            let asked = file.rsplit('/').next().unwrap_or(file);
            let read = sources.iter().map(|source| source.name.rsplit('/').next().unwrap_or_default());
            if sources.len() >= FILES_MAX || choose(asked, read).is_some() {
                continue;
            }
            if let Some(name) = choose(asked, beside.iter().map(String::as_str)) {
                sources.push(Source::read(&folder.join(name))?);
            }
        }
    }
    Ok(sources)
}

/// The same as a phone finds them.
pub(in crate::commands) fn files(paths: &[PathBuf]) -> Result<Files, CommandError> {
    let mut scripts = read(paths)?.into_iter().map(|source| source.script);
    let first = scripts.next().ok_or_else(|| CommandError::Usage("no file is named".to_owned()))?;
    Ok(Files::new(first, scripts))
}

/// The names of the files in a folder; none if it cannot be listed: then nothing is found beside the first file.
pub(super) fn names(folder: &Path) -> Vec<String> {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let files = entries.filter(|entry| entry.path().is_file());
    files.filter_map(|entry| entry.file_name().into_string().ok()).collect()
}
