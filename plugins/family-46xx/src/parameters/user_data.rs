use deskset_models::{ParameterRow, Release, Values};

use super::{Words, flag, one_of, row, text};
use crate::sources::CUSTOMIZING;

/// Backup and restore.
#[rustfmt::skip] // one row, one line
pub(super) fn rows() -> Vec<ParameterRow> {
    let may_change = [("0", "neither"), ("1", "server and directory"), ("2", "directory")];
    vec![
        row("RESTORESTAT", flag(), "1", "1: automatic backup and retrieval; the default is a project rule").mib(),
        row("FTPSRVR", Values::Address, "", "FTP server of the backup files").mib(),
        row("FTPDIR", text(127), "", "Directory of the backup files").source(CUSTOMIZING),
        row("FTPUSERSTAT", one_of(&may_change), "1", "What of the FTP server users may change").source(CUSTOMIZING),
        row("BRURI", text(255), "", "Where backup files lie on an HTTP server").since(Release::new(2, 8)).mib(),
    ]
}
