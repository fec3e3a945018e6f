//! The limits on what comes from outside.

/// The largest profile file, in bytes. A site with 10,000 extensions needs about 300 KB.
pub const PROFILE_BYTES_MAX: u64 = 4 << 20;

/// How many entries of a profile folder are looked at for the list of known profiles.
pub const FOLDER_ENTRIES_MAX: usize = 1000;

/// How many near keys an error proposes.
pub const NEAR_KEYS_MAX: usize = 3;

/// The longest time a profile can ask for, in seconds: a day.
pub const SECONDS_MAX: u32 = 86_400;

/// The largest page or picture that a profile may let phones take, in kilobytes.
pub const KILOBYTES_MAX: u16 = 1024;
