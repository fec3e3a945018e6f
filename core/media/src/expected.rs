//! What a receiver is to hear, from whom, and how long it waits.

use std::{net::IpAddr, time::Duration};

use crate::Codec;

/// Who may send.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Source {
    /// This address, from any port.
    Only(IpAddr),
    /// Anyone, for example into a multicast group.
    Anyone,
}

/// How long a receiver waits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Patience {
    /// For a missing packet, while later ones are there.
    pub hold: Duration,
    /// Without a packet, until [`AudioEvent::Quiet`](crate::AudioEvent::Quiet).
    pub quiet: Duration,
    /// Without a packet, the first one included, until [`Ending::Silence`](crate::Ending::Silence).
    pub ended: Duration,
}

impl Default for Patience {
    /// 100 ms, 1 s, and the 20 s of the audio timer when pushed content names none.
    fn default() -> Self {
        Self { hold: Duration::from_millis(100), quiet: Duration::from_secs(1), ended: Duration::from_secs(20) }
    }
}

/// What a receiver is to hear.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Expected {
    /// The only codec taken. The packet time need not be known: it shows in the packets.
    pub codec: Codec,
    /// Who may send.
    pub source: Source,
    /// How long to wait for what.
    pub patience: Patience,
}
