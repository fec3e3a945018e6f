//! Files to fetch, where foreign servers find them.

use std::{fs, io, os::unix::fs::PermissionsExt as _, path::Path, sync::OnceLock};

/// Bytes of a file that is an ordinary one for a phone; its last TFTP block is short at any size.
pub(in super::super) const ORDINARY: usize = 300_007;

/// Its bytes have no pattern, the same in each run.
pub(in super::super) fn noise(bytes: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_u32;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()[0]
    };
    (0..bytes).map(|_| next()).collect()
}

/// More blocks of 512 bytes than there are numbers for.
pub(in super::super) const ROLLS_OVER: usize = 40 * 1024 * 1024 + 7;
/// As large as an application file may be.
pub(in super::super) const LARGE: usize = 64 * 1024 * 1024;

static LARGEST: OnceLock<Vec<u8>> = OnceLock::new();

/// What a file of this name holds. The large ones begin alike.
pub(in super::super) fn contents(name: &str) -> Vec<u8> {
    let largest = || LARGEST.get_or_init(|| noise(LARGE));
    match name {
        "small.bin" => noise(5007),
        "empty.bin" => Vec::new(),
        "blocks.bin" => noise(40 * 512),
        "lines.txt" => "one\ntwo\rthree\nfour\n\n".repeat(100).into_bytes(),
        "rolls.bin" => largest()[..ROLLS_OVER].to_vec(),
        "large.bin" => largest().clone(),
        _ => noise(ORDINARY),
    }
}

const NAMES: [&str; 7] = ["small.bin", "empty.bin", "blocks.bin", "lines.txt", "rolls.bin", "large.bin", "phone.bin"];

/// Puts the files into `folder`, unless they are there from an earlier run.
///
/// # Errors
/// If the folder cannot be written to.
pub(in super::super) fn lay_out(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for name in NAMES {
        let file = folder.join(name);
        let bytes = contents(name);
        if fs::metadata(&file).is_ok_and(|there| there.len() == bytes.len() as u64) {
            continue;
        }
        // Columns run side by side, and a server may be reading.
        let part = tempfile::NamedTempFile::new_in(folder)?;
        fs::write(part.path(), bytes)?;
        fs::set_permissions(part.path(), fs::Permissions::from_mode(0o644))?;
        part.persist(&file)?;
    }
    Ok(())
}
