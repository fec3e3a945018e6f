//! Every limit on what these readers take from outside.

/// The largest script or settings file, in bytes. The vendor's annotated template has about one million.
pub const SCRIPT_BYTES_MAX: usize = 4 * 1024 * 1024;

/// The longest value of a SET, in characters (LAN Administrator Guide 555-233-507: 255 for nearly every parameter).
pub const VALUE_CHARS_MAX: usize = 255;

/// The longest value of the one parameter that may be longer: the SIP dial plan.
pub const LONG_VALUE_CHARS_MAX: usize = 1000;

/// The largest backup file, in bytes (project rule).
pub const BACKUP_BYTES_MAX: usize = 64 * 1024;

/// The longest value that is carried unread for another phone, in characters: as long as any value of a SET.
pub const CARRIED_CHARS_MAX: usize = VALUE_CHARS_MAX;

/// The largest application file, in bytes. Real ones have about four million.
pub const APPLICATION_BYTES_MAX: usize = 64 * 1024 * 1024;

/// The longest header of an application container, in bytes.
pub const APPLICATION_HEADER_BYTES_MAX: usize = 4 * 1024;
