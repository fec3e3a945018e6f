//! Every limit and timer of a phone.

use std::{ops::RangeInclusive, time::Duration};

/// The most code downloads in a row: then something is wrong with the script or the file (project rule).
pub const CODE_DOWNLOADS_MAX: u8 = 3;

/// The most file servers that are tried for one file.
pub const SERVERS_MAX: usize = 48;

/// How long an error message stays before the phone restarts (Installation Guide 555-233-128, "Error and Status
/// Messages": about 30 seconds).
pub const ERROR_SHOWN: Duration = Duration::from_secs(30);

/// How long the extension prompt waits before the phone registers without a name (same guide, "Media Server
/// Registration").
pub const EXTENSION_PROMPT: Duration = Duration::from_secs(60);

/// How long a good result stays on the top line (project rule).
pub const RESULT_SHOWN: Duration = Duration::from_secs(5);

/// The most users whose data a phone keeps put away. For a new one somebody is given up whose data are on a server as
/// well, if there is such a user.
pub const USERS_KEPT_MAX: usize = 16;

/// The most characters of a reason taken over from a carrier.
pub const REASON_CHARS_MAX: usize = 300;

/// The largest body of a push request that can hold a message of the size that is allowed: url-encoded it is three
/// times as long, and a form may hold other variables before it.
pub const PUSH_BODY_BYTES_MAX: usize = 16 * 1024;

/// The ports a phone opens for voice (project rule: the usual range of its calls).
pub const AUDIO_PORTS: RangeInclusive<u16> = 2048..=3029;
