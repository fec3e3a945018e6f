//! Every limit of the runtime.

use std::time::Duration;

/// The largest memory file of a phone, in bytes: 16 users with full Speed Dial take about half a million.
pub const MEMORY_FILE_BYTES_MAX: u64 = 4 * 1024 * 1024;

/// Phones with automatically numbered names in one folder.
pub const PHONES_MAX: usize = 100_000;

/// Events kept of one phone; a boot has about thirty.
pub const EVENTS_KEPT_MAX: usize = 10_000;

/// Phones on one floor.
pub const FLOOR_PHONES_MAX: usize = 1_000;

/// Events a slow listener of a floor may be behind.
pub const NEWS_KEPT: usize = 4_096;

/// Orders waiting for one phone; whoever gives more waits.
pub const ORDERS_WAITING_MAX: usize = 64;

/// Conditions waited for at one phone; one more is refused.
pub const WAITS_MAX: usize = 64;

/// Recordings of one phone, from the start of its process; later streams are heard, but not written down.
pub const RECORDINGS_MAX: u32 = 1_000;

/// Pushes posted at once; further phones wait. Fetches and sound go on beside them.
pub const PUSHES_AT_ONCE_MAX: usize = 256;

/// Time for one push: a phone may be busy with other initiators.
pub const PUSH_PATIENCE: Duration = Duration::from_secs(30);

/// Time in which a phone that accepted a push fetches its content. It may ping before it shows anything, but not before
/// it fetches.
pub const PUSH_FETCH_PATIENCE: Duration = Duration::from_secs(20);

/// Between the fetch of audio content and its first packet: the phone has to read what it fetched.
pub const AUDIO_LEAD: Duration = Duration::from_millis(200);

/// The largest list of subscribed phones that is read, in bytes: about 100,000 phones.
pub const DIRECTORY_BYTES_MAX: u64 = 32 * 1024 * 1024;
