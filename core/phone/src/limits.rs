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

/// The most calls in each list of the Call Log (end user guides, "Call Log").
pub const CALLS_LOGGED_MAX: usize = 30;

/// The most characters of a name or number that the call server sends (project rule).
pub const CALLER_CHARS_MAX: usize = 64;

/// The most digits of a number dialled by keys (project rule: call servers keep so many).
pub const NUMBER_CHARS_MAX: usize = 24;

/// A number is complete when no further digit has come for so long (project rule).
pub const DIALED_AFTER: Duration = Duration::from_secs(5);

/// A key pressed again within this time writes its next character; later, the first one again (project rule).
pub const NEXT_LETTER_AFTER: Duration = Duration::from_millis(1500);

/// The most characters of a password (project rule).
pub const PASSWORD_CHARS_MAX: usize = 32;
/// The largest body of a push request that can hold a message of the size that is allowed: url-encoded it is three
/// times as long, and a form may hold other variables before it.
pub const PUSH_BODY_BYTES_MAX: usize = 16 * 1024;

/// The ports a phone opens for voice (project rule: the usual range of its calls).
pub const AUDIO_PORTS: RangeInclusive<u16> = 2048..=3029;

/// How long connecting to a web server may take (project rule).
pub const CONNECT_WITHIN: Duration = Duration::from_secs(5);

/// How long the whole fetch of push content, of a page or of a picture may take (project rule).
pub const CONTENT_WITHIN: Duration = Duration::from_secs(15);

/// How long a subscription request may take (project rule).
pub const SUBSCRIBE_WITHIN: Duration = Duration::from_secs(10);

/// How long pushed text is there (API Guide 16-600888 of the next series: all pushed text goes after 30 seconds).
pub const PUSHED_TEXT_SHOWN: Duration = Duration::from_secs(30);

/// The ringing pattern where no option says another.
pub const RING_PATTERN: u8 = 1;

/// The most servers of SUBSCRIBELIST that are told; its 255 characters do not hold more.
pub const SUBSCRIPTIONS_MAX: usize = 128;

/// How long until a subscription server without success is asked again after a registration (API Guide 16-300256,
/// p. 65).
pub const SUBSCRIBE_AGAIN_AFTER: Duration = Duration::from_secs(20 * 60);

/// How often it is asked again (same page).
pub const SUBSCRIBE_TRIES_MAX: u8 = 5;

/// For so long after a subscribe push further ones are refused (same page).
pub const SUBSCRIBE_GUARD: Duration = Duration::from_secs(60);

/// The most characters of a name or a password typed for a web server (project rule).
pub const SIGN_IN_CHARS_MAX: usize = 64;

/// The most web servers whose name and password are remembered until the logoff (project rule).
pub const SIGNED_IN_MAX: usize = 16;

/// The most things the browser may say at once.
pub const BROWSER_NEWS_MAX: usize = 1000;

/// The digits of a local procedure follow each other within this time, or are given up (Installation Guide
/// 555-233-128, "Local Administrative Options").
pub const NEXT_DIGIT_WITHIN: Duration = Duration::from_secs(6);
