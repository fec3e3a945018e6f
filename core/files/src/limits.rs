//! Every limit on what these readers take from outside.

/// The largest script or settings file, in bytes. The vendor's annotated template has about one million.
pub const SCRIPT_BYTES_MAX: usize = 4 * 1024 * 1024;

/// The longest value of a SET, in characters (LAN Administrator Guide 555-233-507: 255 for nearly every parameter).
pub const VALUE_CHARS_MAX: usize = 255;

/// The longest value of the one parameter that may be longer: the SIP dial plan.
pub const LONG_VALUE_CHARS_MAX: usize = 1000;

/// The most parameters that one source may set.
pub const PARAMETERS_MAX: usize = 2000;

/// The deepest chain of GETs (project rule).
pub const GET_DEPTH_MAX: u8 = 8;

/// The most GETs of one boot, failed ones included: a script may try many names, but not for ever.
pub const GETS_MAX: u16 = 256;

/// The longest string of a DHCP site option, in characters. One option holds 255; split ones are put together.
pub const SITE_OPTION_CHARS_MAX: usize = 4096;

/// The most files that are remembered for phones that get the same ones.
pub const LIBRARY_SCRIPTS_MAX: usize = 256;

/// The most outcomes of runs that are remembered.
pub const LIBRARY_OUTCOMES_MAX: usize = 4096;

/// The most values of one kind that are remembered to be shared: each phone's are compared with all of them.
pub const VALUES_SHARED_MAX: usize = 16;

/// The largest backup file, in bytes (project rule).
pub const BACKUP_BYTES_MAX: usize = 64 * 1024;

/// The longest value that is carried unread for another phone, in characters: as long as any value of a SET.
pub const CARRIED_CHARS_MAX: usize = VALUE_CHARS_MAX;

/// The largest application file, in bytes. Real ones have about four million.
pub const APPLICATION_BYTES_MAX: usize = 64 * 1024 * 1024;

/// The longest header of an application container, in bytes.
pub const APPLICATION_HEADER_BYTES_MAX: usize = 4 * 1024;

/// The most phones that files are checked for at once; more are not looked at.
pub const LINT_TARGETS_MAX: usize = 128;

/// The most misspelled words that are compared with all known ones.
pub const LINT_SUGGESTIONS_MAX: usize = 500;

/// The lines at the beginning of a file that may hold `# deskset: allow-file`.
pub const LINT_ALLOW_FILE_LINES: u32 = 10;

/// A script or settings file larger than this is worth a remark, in bytes: the vendor's annotated template is smaller.
pub const LINT_LARGE_BYTES: usize = 1024 * 1024;

/// The largest table that backup files are made from, in bytes.
pub const CSV_BYTES_MAX: usize = 16 * 1024 * 1024;

/// The most faults of such a table that are told.
pub const CSV_FAULTS_MAX: usize = 100;
