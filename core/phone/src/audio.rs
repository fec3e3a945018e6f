use std::time::Duration;

use deskset_browser::push::{Codec, PacketTime};

use crate::WishId;

/// A stream to be heard from a socket that is open already.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlayAudio {
    /// The wish that opened the socket.
    pub audio: WishId,
    /// How it is coded; packets of another payload type are dropped.
    pub codec: Codec,
    /// What one packet holds.
    pub packet_time: PacketTime,
    /// The server it comes from, a name or an address: packets from elsewhere are dropped. Its port is not checked.
    pub source: String,
    /// Without a packet for so long the stream is over: [`crate::Input::AudioQuiet`]. The clock begins now.
    pub quiet_after: Duration,
}

/// What is heard besides calls.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tone {
    /// Short rings, one after another, in the user's own ringing pattern at ring volume.
    Pings {
        /// How many, 1 to 3.
        count: u8,
        /// The user's ringing pattern.
        pattern: u8,
    },
    /// The same as short beeps in the voice path that is in use, because a call is active or a push plays.
    Beeps {
        /// How many, 1 to 3.
        count: u8,
    },
}
