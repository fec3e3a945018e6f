//! Every limit of the runtime.

/// The largest memory file of a phone, in bytes: 16 users with full Speed Dial take about half a million.
pub const MEMORY_FILE_BYTES_MAX: u64 = 4 * 1024 * 1024;

/// Phones with automatically numbered names in one folder.
pub const PHONES_MAX: usize = 100_000;
