//! The passwords that tests use, and the search for them in what a run of tests leaves: files, output, reports.
//!
//! Tests of other crates take this file in by its path.

use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
};

/// Those that tests type, beside the extensions' of the lab profile. A test with a new one adds it here.
pub const TYPED: [&str; 10] = [
    "mistyped",
    "open-sesame",
    "correct-horse",
    "not-the-password",
    "lab-secret",
    "ftp-pass-4620",
    "AnnsPassword",
    "hunter2",
    "typed-at-the-phone",
    "told-to-the-server",
];

/// Files that hold passwords because it is their purpose: a phone's own flash keeps the login that its user entered, so
/// that it can register again after a power cut (Installation Guide 555-233-128, "Media Server Registration").
const KEEPERS: [&str; 1] = ["memory.json"];

/// A file of a profile: it gives the passwords.
const PROFILES: &str = ".toml";

/// Deepest folder that is looked into.
const DEPTH_MAX: usize = 32;

/// Every password that must be seen nowhere.
pub fn all() -> Vec<&'static str> {
    of(include_str!("../../profiles/lab.toml"))
}

/// Those of the extensions in a profile's text, and [`TYPED`].
fn of(profile: &'static str) -> Vec<&'static str> {
    let extensions = profile.split_once("[extensions]").map_or("", |(_, rows)| rows);
    let rows = extensions.lines().take_while(|line| !line.starts_with('['));
    rows.filter_map(|line| line.split('"').nth(3)).chain(TYPED).collect()
}

/// A password where none may be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Leak {
    /// The password; a test's, not a secret.
    pub password: &'static str,
    /// The file, or what else was searched.
    pub place: PathBuf,
    /// Which byte it begins at.
    pub at: usize,
}

impl fmt::Display for Leak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the password \"{}\" is in {} at byte {}", self.password, self.place.display(), self.at)
    }
}

/// The first place of each password in these bytes. One of digits only is none within a longer number.
pub fn in_bytes(bytes: &[u8], place: &Path) -> Vec<Leak> {
    let mut found = Vec::new();
    for password in all() {
        let word = password.as_bytes();
        let digits = word.iter().all(u8::is_ascii_digit);
        let is_digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
        let mut from = 0;
        while let Some(at) = memchr::memmem::find(&bytes[from..], word).map(|at| from + at) {
            if !(digits && (is_digit(at.checked_sub(1)) || is_digit(Some(at + word.len())))) {
                found.push(Leak { password, place: place.to_owned(), at });
                break;
            }
            from = at + 1;
        }
    }
    found
}

/// The same of all files below a folder, save those whose purpose it is and those that a
/// test `handed_in`: copies that are kept of these are the same, byte for byte.
///
/// # Errors
/// What cannot be read. What goes away meanwhile is no error: servers may still be at work.
pub fn in_folder(folder: &Path, handed_in: &[Vec<u8>]) -> io::Result<Vec<Leak>> {
    let mut found = Vec::new();
    let mut folders = vec![(folder.to_owned(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            let kind = entry.file_type()?;
            if kind.is_dir() && depth < DEPTH_MAX {
                folders.push((path, depth + 1));
            } else if kind.is_file() && !KEEPERS.contains(&name.as_str()) && !name.ends_with(PROFILES) {
                match fs::read(&path) {
                    Ok(bytes) if handed_in.contains(&bytes) => {}
                    Ok(bytes) => found.extend(in_bytes(&bytes, &path)),
                    Err(gone) if gone.kind() == io::ErrorKind::NotFound => {}
                    Err(other) => return Err(other),
                }
            }
        }
    }
    Ok(found)
}
