//! Backup files: what a user owns, as text.
//!
//! One `name=value` per line after an empty first line, UTF-8, CR LF. The form is adopted by this project from the
//! younger series' documented files, with the names of the guide's table; see `docs/decisions`.
//!
//! Source: LAN Administrator Guide 555-233-507, Backup/Restore.
mod adopt;
mod decode;
mod line;
mod read;
mod user_data;
mod write;

pub use decode::{Encoding, decode};
pub use line::Entry;
pub use read::{BackupError, BackupFile, Dropped, DroppedWhy};
pub use user_data::{SpeedDial, UserData};
pub use write::write;
