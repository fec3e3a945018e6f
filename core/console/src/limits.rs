//! Every limit of the control interface.

use std::time::Duration;

/// The largest body of a request, in bytes.
pub const BODY_BYTES_MAX: usize = 64 * 1024;

/// Keys in one request.
pub const KEYS_MAX: usize = 1_000;

/// Characters typed in one request.
pub const TEXT_CHARS_MAX: usize = 1_000;

/// The longest wait for a condition.
pub const WAIT_MAX: Duration = Duration::from_secs(600);

/// The wait for a condition where the request names none.
pub const WAIT_USUAL: Duration = Duration::from_secs(10);

/// Connections at once; one more waits.
pub const CONNECTIONS_MAX: usize = 256;

/// Events in one answer.
pub const EVENTS_MAX: usize = 1_000;

/// Transfers of the file servers that are remembered.
pub const SERVED_KEPT: usize = 1_000;

/// Bytes of a backup file that are read for the page.
pub const BACKUP_BYTES_MAX: u64 = 256 * 1024;

/// Backup files in one list.
pub const BACKUPS_MAX: usize = 10_000;

/// The shortest time between two pictures of one screen in a stream.
pub const PICTURE_PACE: Duration = Duration::from_millis(50);
