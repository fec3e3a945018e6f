use deskset_models::{Model, Signaling};

use super::{BackupCheck, BackupError, BackupFile, UserData, decode, is_mended, is_password_line, write_what_is_set};
use crate::{limits::BACKUP_BYTES_MAX, lines::lines, lint::Diagnostic};

/// A mended file.
#[derive(Clone, PartialEq, Debug)]
pub struct Fixed {
    /// What to write; the same bytes if nothing was to be mended.
    pub bytes: Vec<u8>,
    /// What was wrong with the file and is no more.
    pub mended: Vec<Diagnostic>,
    /// What is still to be found in it: a person has to decide.
    pub left: Vec<Diagnostic>,
}

/// The file as the first phone of `check` would write what it reads from it: the same data, but for lines that look
/// like passwords. A file with nothing to mend is left as it is.
///
/// # Errors
/// [`BackupError`] if the file cannot be taken at all: then there is nothing to mend.
pub fn fix(check: &BackupCheck<'_>, name: &str, bytes: &[u8]) -> Result<Fixed, BackupError> {
    if bytes.len() > BACKUP_BYTES_MAX {
        return Err(BackupError::TooLarge(bytes.len()));
    }
    let phone = check.phones.first().ok_or(BackupError::Empty)?;
    let data = read_without_passwords(bytes, phone.model, phone.signaling)?;
    let (mended, left): (Vec<_>, Vec<_>) =
        check.findings(name, bytes).into_iter().partition(|found| is_mended(found.rule));
    if mended.is_empty() {
        return Ok(Fixed { bytes: bytes.to_vec(), mended, left });
    }
    let bytes = write_what_is_set(&data, phone.model, phone.signaling);
    let left = check.findings(name, &bytes);
    Ok(Fixed { bytes, mended, left })
}

/// What a phone reads from the file, had it no lines that look like passwords.
///
/// # Errors
/// As [`BackupFile::read`].
pub(super) fn read_without_passwords(
    bytes: &[u8],
    model: &Model,
    signaling: Signaling,
) -> Result<UserData, BackupError> {
    let (text, encoding) = decode(bytes);
    let kept: Vec<&str> = lines(&text).filter(|line| !is_password_line(line)).collect();
    let data = BackupFile::of_text(&kept.join("\n"), encoding, model, signaling).data;
    if data == UserData::default() { Err(BackupError::Empty) } else { Ok(data) }
}
