use std::{fs, io::Read as _, path::Path};

use deskset_files::{
    backup::{BackupError, BackupFile, BackupPhone, base_name},
    limits::BACKUP_BYTES_MAX,
};

use crate::CommandError;

/// A backup file as it was read.
pub(super) struct File {
    /// As it was named.
    pub(super) name: String,
    /// At most one byte more than a phone takes.
    pub(super) bytes: Vec<u8>,
}

impl File {
    pub(super) fn read(path: &Path) -> Result<File, CommandError> {
        let name = path.display().to_string();
        let mut bytes = Vec::new();
        let read = fs::File::open(path)
            .and_then(|file| file.take(BACKUP_BYTES_MAX as u64 + 1).read_to_end(&mut bytes).map(|_| ()));
        read.map_err(|source| CommandError::Input { file: name.clone(), source })?;
        Ok(File { name, bytes })
    }

    /// The name that tells whose file it is, without the folder.
    pub(super) fn base_name(&self) -> &str {
        base_name(self.name.rsplit('/').next().unwrap_or(&self.name))
    }

    /// What a phone makes of it.
    pub(super) fn for_phone(&self, phone: &BackupPhone<'_>) -> Result<BackupFile, CommandError> {
        BackupFile::read(&self.bytes, phone.model, phone.signaling).map_err(|why| self.unusable(why))
    }

    pub(super) fn unusable(&self, why: BackupError) -> CommandError {
        // Of a larger file no more than that is known.
        if matches!(why, BackupError::TooLarge(_)) {
            let words =
                format!("{}: the file has more than the {BACKUP_BYTES_MAX} bytes that a phone takes", self.name);
            return CommandError::Usage(words);
        }
        CommandError::Usage(format!("{}: {why}; `backup check` tells more", self.name))
    }
}
