//! Where a profile's text comes from.

use std::{
    collections::BTreeSet,
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};

use crate::{
    Choice, Origin, ProfileError,
    limits::{FOLDER_ENTRIES_MAX, PROFILE_BYTES_MAX},
};

/// The embedded defaults, which explain every key.
pub const DEFAULT: &str = include_str!("../default.toml");

/// The embedded lab profile.
pub const LAB: &str = include_str!("../lab.toml");

/// Name and text of the embedded profiles.
const EMBEDDED: [(&str, &str); 2] = [("default", DEFAULT), ("lab", LAB)];

/// The text of the chosen profile.
pub(crate) fn chosen(choice: &Choice) -> Result<(Origin, String), ProfileError> {
    let name = choice.profile.as_str();
    if name.contains(['/', '\\']) || name.ends_with(".toml") {
        return read(PathBuf::from(name));
    }
    for folder in &choice.search {
        let file = folder.join(format!("{name}.toml"));
        // Whatever cannot be looked at is not skipped: reading it tells why.
        if !name.is_empty() && file.try_exists().unwrap_or(true) {
            return read(file);
        }
    }
    for (embedded, text) in EMBEDDED {
        if name == embedded {
            return Ok((Origin::Embedded(embedded), text.to_owned()));
        }
    }
    Err(ProfileError::Unknown { name: name.to_owned(), known: known(&choice.search) })
}

/// The names of all profiles: the embedded ones and the `.toml` files of the folders, sorted.
pub fn known(search: &[PathBuf]) -> Vec<String> {
    let mut names: BTreeSet<String> = EMBEDDED.iter().map(|(name, _)| (*name).to_owned()).collect();
    for entry in search.iter().filter_map(|folder| folder.read_dir().ok()).flatten().take(FOLDER_ENTRIES_MAX).flatten()
    {
        let path = entry.path();
        // The folder of this crate holds cargo's own file, too, which is no profile.
        if path.extension().is_some_and(|extension| extension == "toml") && !path.ends_with("Cargo.toml") {
            names.extend(path.file_stem().and_then(|stem| stem.to_str()).map(str::to_owned));
        }
    }
    names.into_iter().collect()
}

fn read(file: PathBuf) -> Result<(Origin, String), ProfileError> {
    let bytes = match bytes(&file) {
        Ok(bytes) => bytes,
        Err(cause) => return Err(ProfileError::Unreadable { file, cause }),
    };
    if bytes.len() as u64 > PROFILE_BYTES_MAX {
        return Err(ProfileError::TooLarge { file });
    }
    let origin = Origin::File(file);
    match String::from_utf8(bytes) {
        Ok(text) => Ok((origin, text)),
        Err(wrong) => {
            let (line, column) = place(&wrong.as_bytes()[..wrong.utf8_error().valid_up_to()]);
            Err(ProfileError::Syntax { origin, line, column, reason: "a byte that is not UTF-8".to_owned() })
        }
    }
}

fn bytes(file: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(file)?.take(PROFILE_BYTES_MAX + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Line and column of the byte after `before`, both from 1.
pub(crate) fn place(before: &[u8]) -> (usize, usize) {
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    (before.iter().filter(|byte| **byte == b'\n').count() + 1, before.len() - line_start + 1)
}
