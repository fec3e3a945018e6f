//! Files that are written whole or not at all.

use std::{
    ffi::OsString,
    fs,
    io::{self, Write as _},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
};

use super::CommandError;

/// The most older files that are kept beside one.
const KEPT_MAX: u32 = 1000;

/// Puts the whole file in place of the old one at once; a link stays a link, and who may read it stays as it was.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = fs::canonicalize(path)?;
    let mut part = tempfile::NamedTempFile::new_in(path.parent().unwrap_or(Path::new(".")))?;
    part.write_all(bytes)?;
    part.as_file().set_permissions(fs::metadata(&path)?.permissions())?;
    part.as_file().sync_all()?;
    part.persist(&path)?;
    Ok(())
}

/// Puts a file where none is yet.
fn create(path: &Path, bytes: &[u8]) -> Result<(), CommandError> {
    let failed = |source| CommandError::Folder { what: format!("writing {}", path.display()), source };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // As any new file would be, less what the umask takes; a temporary one is its owner's alone otherwise.
    let rights = fs::Permissions::from_mode(0o666);
    let mut part = tempfile::Builder::new().permissions(rights).tempfile_in(folder).map_err(failed)?;
    part.write_all(bytes).and_then(|()| part.as_file().sync_all()).map_err(failed)?;
    part.persist_noclobber(path).map_err(|why| failed(why.error))?;
    Ok(())
}

/// Puts a file in place of an older one, which stays beside it under the name that is returned.
pub(super) fn replace_and_keep(path: &Path, bytes: &[u8]) -> Result<PathBuf, CommandError> {
    let failed = |source| CommandError::Folder { what: format!("writing {}", path.display()), source };
    let kept = keep(path).map_err(failed)?;
    replace(path, bytes).map_err(failed)?;
    Ok(kept)
}

/// A copy of the file as NAME.old, or NAME.old.2 and so on: no copy ever takes the place of another.
fn keep(path: &Path) -> io::Result<PathBuf> {
    let bytes = fs::read(path)?;
    for number in 1..=KEPT_MAX {
        let mut name: OsString = path.as_os_str().to_owned();
        name.push(if number == 1 { ".old".to_owned() } else { format!(".old.{number}") });
        let kept = PathBuf::from(name);
        match fs::File::create_new(&kept) {
            Ok(mut file) => {
                file.set_permissions(fs::metadata(path)?.permissions())?;
                file.write_all(&bytes)?;
                file.sync_all()?;
                return Ok(kept);
            }
            Err(why) if why.kind() == io::ErrorKind::AlreadyExists => {}
            Err(why) => return Err(why),
        }
    }
    Err(io::Error::other(format!("{KEPT_MAX} older files lie beside it")))
}

/// Whether [`put`] would write there.
pub(super) fn may_put(path: &Path, may_replace: bool) -> Result<(), CommandError> {
    if path.exists() && !may_replace {
        let name = path.display();
        return Err(CommandError::Usage(format!("{name} is there already; give --replace, or write elsewhere")));
    }
    Ok(())
}

/// Writes a file; one that is there is kept under the name that is returned, if it may be replaced at all.
pub(super) fn put(path: &Path, bytes: &[u8], may_replace: bool) -> Result<Option<PathBuf>, CommandError> {
    may_put(path, may_replace)?;
    if path.exists() { replace_and_keep(path, bytes).map(Some) } else { create(path, bytes).map(|()| None) }
}
