//! Every limit of the runtime.

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
