use std::fmt;

use deskset_models::FilePath;

use super::TreeError;

/// Names that begin so are files on their way in: never listed, read or replaced from outside.
pub const PART_PREFIX: &str = ".deskset-part-";

/// Who asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Visitor {
    /// Nobody in particular.
    Anonymous,
    /// A user who logged in.
    User(String),
}

impl fmt::Display for Visitor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Visitor::Anonymous => f.write_str("an anonymous visitor"),
            Visitor::User(name) => write!(f, "user {name}"),
        }
    }
}

/// The path a client means: leading and doubled slashes are as if not written, everything that would leave the tree,
/// cannot be a name, or belongs to a file on its way in is refused.
pub fn requested_path(text: &str) -> Result<FilePath, TreeError> {
    let forbidden = || TreeError::Forbidden(text.chars().filter(|c| !c.is_control()).take(80).collect());
    let parts: Vec<&str> = text.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    if parts.iter().any(|part| part.starts_with(PART_PREFIX)) {
        return Err(forbidden());
    }
    parts.join("/").parse().map_err(|_| forbidden())
}

/// Which of the names in a folder serves a request for `wanted`: the exact one, else the first in byte order that
/// differs only in case. Phones show names in capitals and ask in small letters; servers' files come in both.
pub fn choose<'a>(wanted: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut found: Option<&str> = None;
    for name in names.filter(|name| !name.starts_with(PART_PREFIX)) {
        if name == wanted {
            return Some(name);
        }
        if name.eq_ignore_ascii_case(wanted) && found.is_none_or(|other| name < other) {
            found = Some(name);
        }
    }
    found
}

/// Whether `visitor` may store `path`. A user may; an anonymous visitor only what some loaded model calls a backup
/// file, so that nobody without a name can replace scripts or software.
pub fn may_store(visitor: &Visitor, path: &FilePath, is_backup_file: impl Fn(&str) -> bool) -> Result<(), TreeError> {
    match visitor {
        Visitor::User(_) => Ok(()),
        Visitor::Anonymous if is_backup_file(path.name()) => Ok(()),
        Visitor::Anonymous => Err(TreeError::NotAllowed(path.to_string(), visitor.clone())),
    }
}
