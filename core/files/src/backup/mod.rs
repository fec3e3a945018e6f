//! Backup files: what a user owns, as text.
//!
//! One `name=value` per line after an empty first line, UTF-8, CR LF. The form is adopted by this project from the
//! younger series' documented files, with the names of the guide's table; see `docs/decisions`.
//!
//! Source: LAN Administrator Guide 555-233-507, Backup/Restore.
mod adopt;
mod check;
mod convert;
mod csv;
mod decode;
mod diff;
mod fix;
mod line;
mod password;
mod phone;
mod read;
mod user_data;
mod write;

pub use check::{BACKUP_RULES, BACKUP_THEMES, BackupCheck, is_mended};
pub use convert::{Conversion, Note, convert};
pub use csv::{CsvFault, NewBackups};
pub use decode::{Encoding, decode};
pub use diff::{Difference, difference};
pub use fix::{Fixed, fix};
pub use line::Entry;
pub use password::{is_password_line, value_without_password, without_password};
pub use phone::{BackupPhone, base_name};
pub use read::{BackupError, BackupFile, Dropped, DroppedWhy};
pub use user_data::{SpeedDial, UserData};
pub use write::{write, write_what_is_set};
