//! From the superuser, who may open the phones' ports, to a user who may do less.

use std::{ffi::CString, path::Path};

use nix::unistd::{Gid, Uid, User, chown, initgroups, setgid, setuid};

use crate::CommandError;

/// The user of this name.
pub(crate) fn find(name: &str) -> Result<User, CommandError> {
    if !Uid::effective().is_root() {
        return Err(CommandError::Usage("--user is for the superuser; leave it out, or start this as root".to_owned()));
    }
    let unknown = || CommandError::Usage(format!("there is no user \"{name}\"; make one, or name another"));
    User::from_name(name).ok().flatten().ok_or_else(unknown)
}

/// Gives the user a folder.
pub(crate) fn give(user: &User, folder: &Path) -> Result<(), CommandError> {
    let what = || format!("giving {} to {}", folder.display(), user.name);
    chown(folder, Some(user.uid), Some(user.gid))
        .map_err(|why| CommandError::Folder { what: what(), source: why.into() })
}

/// From now on the whole process is this user's, with no way back.
pub(crate) fn become_user(user: &User) -> Result<(), CommandError> {
    let failed = |why| CommandError::Environment(format!("the program cannot become user {}: {why}", user.name));
    let name = CString::new(user.name.as_str()).map_err(|why| failed(why.to_string()))?;
    // In this order: whoever is no longer the superuser can change no groups.
    let changed = initgroups(&name, user.gid).and_then(|()| setgid(user.gid)).and_then(|()| setuid(user.uid));
    changed.map_err(|why| failed(why.to_string()))?;
    let is_all = Uid::effective() == user.uid && Uid::current() == user.uid && Gid::effective() == user.gid;
    let is_back = !user.uid.is_root() && setuid(Uid::from_raw(0)).is_ok();
    if !is_all || is_back {
        return Err(failed("the system let it stay the superuser".to_owned()));
    }
    Ok(())
}
