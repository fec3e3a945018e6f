//! Every limit on what comes from outside. Limits in time are in [`TransferLimits`](crate::TransferLimits), those of
//! pushes and web requests here.

use std::time::Duration;

/// Addresses of one name that are tried.
pub const ADDRESSES_MAX: usize = 4;

/// Transfers at once when the settings name no number. More in flight is slower: 200 to 500 were best on two cores.
pub const SLOTS_DEFAULT: usize = 500;

/// Open files that are left to the rest of the process.
pub const FILES_RESERVED: u64 = 128;

/// Open files of one transfer at most: FTP's control connection, its listener, its data connection.
pub const FILES_PER_SLOT: u64 = 3;

/// Bytes of an HTTP response's head.
pub const HTTP_HEAD_MAX: usize = 64 * 1024;

/// Header lines of an HTTP response.
pub const HTTP_HEADERS_MAX: usize = 100;

/// Longest text kept of a server's answer, in characters.
pub const WORDS_MAX: usize = 200;

/// Tries to open FTP's data connection in one call: active, passive, passive again after a 425.
pub const DATA_TRIES_MAX: usize = 3;

/// Connections to an FTP client's listener that do not come from the server, before it gives up.
pub const STRANGERS_MAX: usize = 16;

/// Room in the receive buffer for a TFTP packet's head, and for seeing that a block is too large.
pub const TFTP_SPARE: usize = 64;

/// Longest id of a transfer, in bytes.
pub const TRANSFER_ID_MAX: usize = 64;

/// What the phone's name may have of it: two numbers and two hyphens are left room.
pub const TRANSFER_ID_NAME_MAX: usize = TRANSFER_ID_MAX - 22;

/// How long a connection is kept for the next file of a boot while other transfers wait for a slot. A phone asks for it at
/// once, and another connection would take longer; one that asks for nothing more gives its slot up after this.
pub const IDLE_IN_A_QUEUE: Duration = Duration::from_millis(50);

/// Largest body of an answer without a file that is read to its end so that its connection can be kept, in bytes.
pub const DRAINED_MAX: u64 = 16 * 1024;

/// Initiators that wait for their turn at one phone, besides the one that has it: the guide speaks of one connection
/// at a time (API Guide 16-300256, p. 26). Linux lets one more in.
pub const PUSH_BACKLOG: u32 = 1;

/// Bytes of a push request's head.
pub const PUSH_HEAD_MAX: usize = 16 * 1024;

/// Header lines of a push request.
pub const PUSH_HEADERS_MAX: usize = 64;

/// Bytes of a push request's body: a message of 5 KB with every byte url-encoded, and room for other variables.
pub const PUSH_BODY_MAX: usize = 16 * 1024;

/// Bytes of a body that nobody wants which are read so that the initiator hears why.
pub const PUSH_UNWANTED_MAX: usize = 256 * 1024;

/// Time for them.
pub const PUSH_UNWANTED_TIME: Duration = Duration::from_secs(2);

/// Time an initiator has to say all it has to say (project rule).
pub const PUSH_IDLE: Duration = Duration::from_secs(10);

/// Time a phone has to answer a push.
pub const PUSH_ANSWER_TIME: Duration = Duration::from_secs(5);

/// Time to connect for a web request (project rule).
pub const WEB_CONNECT: Duration = Duration::from_secs(5);

/// Time for a whole web request (project rule).
pub const WEB_WHOLE: Duration = Duration::from_secs(15);
