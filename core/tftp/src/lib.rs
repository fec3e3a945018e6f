//! TFTP as a machine without sockets, both ends.
//!
//! Bytes and time go in, datagrams come out; whoever calls owns the socket and the clock.
//!
//! ```text
//!  client:  Receiver::read ──RRQ──►  Sender::serve        (a file to the phone)
//!           Sender::write  ──WRQ──►  Receiver::accept     (a file to the server)
//!
//!  each:    handle(now, from, datagram) · handle_timeout(now)
//!           poll_transmit() → datagram  · deadline() → when to call handle_timeout
//!           outcome() → Done or Failed  · is_closed() → the socket may go
//! ```
//!
//! `now` is the time since any moment that the caller chose and keeps.
//! Sources: RFC 1350 (protocol), RFC 2347 (options), RFC 2348 (blksize), RFC 2349 (timeout, tsize),
//! RFC 7440 (windowsize), RFC 1123 section 4.2.3.1 (Sorcerer's Apprentice).
//!
//! The machines move bytes as they are. A caller that serves or fetches [`netascii`] converts the file
//! itself, so that the size it announces is the size that travels.

mod error;
pub mod limits;
pub mod netascii;
mod options;
mod packet;
mod receive;
mod rollover;
mod send;
mod talk;

pub use error::{Outcome, TftpError};
pub use options::{Offer, Terms};
pub use packet::{BadPacket, ErrorCode, Mode, OptionPair, Packet, Request};
pub use receive::Receiver;
pub use rollover::Rollover;
pub use send::Sender;
pub use talk::{Patience, Rules, Transmit};
