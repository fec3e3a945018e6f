//! Every limit on what comes from outside.

/// Largest request (and option acknowledgement), in bytes. RFC 2347: "maximum size of a request packet is 512 octets".
pub const REQUEST_MAX: usize = 512;

/// Most options read from one request or option acknowledgement; further ones are not looked at.
pub const OPTIONS_MAX: usize = 16;

/// Smallest block, in bytes. RFC 2348.
pub const BLOCK_MIN: u16 = 8;

/// Largest block, in bytes. RFC 2348.
pub const BLOCK_MAX: u16 = 65_464;

/// Block size when none is negotiated, in bytes. RFC 1350.
pub const BLOCK_DEFAULT: u16 = 512;

/// Largest block number. RFC 1350 gives it two bytes.
pub const BLOCK_NUMBER_MAX: u64 = 65_535;

/// Most blocks sent without an acknowledgement. RFC 7440 allows 65,535; far less fills any link, and a window
/// much smaller than the block numbers keeps an old block from passing as a new one after the roll-over.
pub const WINDOW_MAX: u16 = 64;

/// Longest text kept of the other end's ERROR, in characters.
pub const ERROR_TEXT_MAX: usize = 200;

/// Most datagrams waiting for [`poll_transmit`](crate::Receiver::poll_transmit); later ones are dropped as a
/// network would drop them.
pub const QUEUE_MAX: usize = 32;
