//! From the superuser, who may open the phones' ports, to a user who may do less.

use std::{
    ffi::CString,
    fs::OpenOptions,
    io,
    os::unix::fs::{MetadataExt as _, OpenOptionsExt as _},
    path::Path,
};

use deskset_server::limits::{DEPTH_MAX, FILES_MAX};
use nix::{
    errno::Errno,
    fcntl::OFlag,
    unistd::{Gid, Uid, User, fchown, initgroups, setgid, setuid},
};

use crate::CommandError;

/// The user of this name.
pub(crate) fn find(name: &str) -> Result<User, CommandError> {
    if !Uid::effective().is_root() {
        return Err(CommandError::Usage("--user is for the superuser; leave it out, or start this as root".to_owned()));
    }
    let unknown = || CommandError::Usage(format!("there is no user \"{name}\"; make one, or name another"));
    User::from_name(name).ok().flatten().ok_or_else(unknown)
}

/// Gives the user a folder and all that is in it, or a file. What is missing needs not be given.
pub(crate) fn give(user: &User, place: &Path) -> Result<(), CommandError> {
    let what = || format!("giving {} to {}", place.display(), user.name);
    give_all(user, place).map_err(|source| CommandError::Folder { what: what(), source })
}

fn give_all(user: &User, place: &Path) -> io::Result<()> {
    let mut places = vec![(place.to_owned(), 0)];
    let mut given = 0;
    while let Some((place, depth)) = places.pop() {
        // Links are left alone: they may lead to what is not the user's to have.
        let flags = OFlag::O_NOFOLLOW | OFlag::O_NONBLOCK;
        let opened = match OpenOptions::new().read(true).custom_flags(flags.bits()).open(&place) {
            Ok(opened) => opened,
            Err(why) if is_no_file(&why) => continue,
            Err(why) => return Err(why),
        };
        let data = opened.metadata()?;
        // The same for a file with a second name elsewhere.
        if !data.is_dir() && (!data.is_file() || data.nlink() > 1) {
            continue;
        }
        fchown(&opened, Some(user.uid), Some(user.gid))?;
        given += 1;
        if given > FILES_MAX {
            return Err(io::Error::other(format!("more than {FILES_MAX} files")));
        }
        if data.is_dir() && depth < DEPTH_MAX {
            for item in place.read_dir()? {
                places.push((item?.path(), depth + 1));
            }
        }
    }
    Ok(())
}

/// Gone meanwhile, a link, or a socket.
fn is_no_file(why: &io::Error) -> bool {
    [Errno::ENOENT, Errno::ELOOP, Errno::ENXIO].iter().any(|number| why.raw_os_error() == Some(*number as i32))
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
