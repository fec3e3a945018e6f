//! What can go wrong with sockets and files. Bad packets are not errors: they are counted.

use std::{io, net::SocketAddr, path::PathBuf};

/// Why sound cannot be received, recorded, read or sent.
#[derive(Debug, thiserror::Error)]
pub enum MediaError {
    /// Every pair of ports is taken.
    #[error(
        "no even port from {first} to {last} is free on {address} together with the one above it; end other calls or widen the range"
    )]
    Ports {
        /// Where.
        address: std::net::IpAddr,
        /// First port of the range.
        first: u16,
        /// Last port of the range.
        last: u16,
    },
    /// A socket cannot be opened or used.
    #[error("sound on {address}: {what} failed")]
    Socket {
        /// The socket's own address, as asked for.
        address: SocketAddr,
        /// What was tried.
        what: &'static str,
        /// What the system says.
        #[source]
        source: io::Error,
    },
    /// A WAV file cannot be read or written.
    #[error("{}: the WAV file cannot be {what}", file.display())]
    Wav {
        /// Which.
        file: PathBuf,
        /// "read" or "written".
        what: &'static str,
        /// Why.
        #[source]
        source: hound::Error,
    },
    /// A WAV file holds something that is not converted.
    #[error(
        "{}: {channels} channels of {bits} bits at {rate} samples a second cannot be sent; convert it to 16-bit \
         integers, one or two channels, 8000 samples a second or 2 to 6 times that",
        file.display()
    )]
    Format {
        /// Which.
        file: PathBuf,
        /// Its channels.
        channels: u16,
        /// Bits of one of its samples.
        bits: u16,
        /// Its samples a second.
        rate: u32,
    },
    /// A WAV file is longer than [`SOUND_MAX`](crate::limits::SOUND_MAX).
    #[error("{}: the sound is longer than {seconds} seconds; cut it", file.display())]
    TooLong {
        /// Which.
        file: PathBuf,
        /// The limit.
        seconds: u64,
    },
    /// None, or more than [`DESTINATIONS_MAX`](crate::limits::DESTINATIONS_MAX).
    #[error("a sound goes to 1 to {max} addresses, not to {count}; use a multicast group")]
    Destinations {
        /// How many there are.
        count: usize,
        /// How many there may be.
        max: usize,
    },
}
