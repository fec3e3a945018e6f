//! What a receiver counted.

use std::time::Duration;

use crate::{Refusal, codec::lasting};

/// What a receiver counted since it began, over all restarts of its source.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Statistics {
    /// Packets of the source, each counted once, late ones included.
    pub received: u64,
    /// Packets of the source that never came. RFC 3550 A.3, except that duplicates do not hide a loss.
    pub lost: u64,
    /// Packets that came again.
    pub duplicates: u64,
    /// Packets that came after their place was filled with silence.
    pub late: u64,
    /// Datagrams that were not taken.
    pub refused: Refusals,
    /// How often the source started anew: another SSRC, or a jump of its sequence numbers.
    pub restarts: u64,
    /// How often timestamps went back, or further ahead than is filled with silence.
    pub timestamp_jumps: u64,
    /// Samples heard, silence included.
    pub samples: u64,
    /// Silence put in for lost packets, in samples.
    pub concealed: u64,
    /// Silence put in where the source paused, in samples.
    pub paused: u64,
    /// Interarrival jitter of the source as it is now, in timestamp units of 125 microseconds. RFC 3550 A.8.
    pub jitter: u32,
}

impl Statistics {
    /// How long the sound heard lasts, silence included.
    pub fn heard(&self) -> Duration {
        lasting(self.samples)
    }

    /// [`jitter`](Self::jitter) as a span of time.
    pub fn jitter_time(&self) -> Duration {
        lasting(u64::from(self.jitter))
    }
}

/// Datagrams that were not taken, by reason.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Refusals {
    /// [`Refusal::Malformed`].
    pub malformed: u64,
    /// [`Refusal::Stranger`].
    pub stranger: u64,
    /// [`Refusal::PayloadType`].
    pub payload_type: u64,
    /// [`Refusal::Size`].
    pub size: u64,
    /// [`Refusal::Closed`].
    pub closed: u64,
    /// Packets of a source that did not go on. See [`Arrival::Unsettled`](crate::Arrival::Unsettled).
    pub unsettled: u64,
}

impl Refusals {
    pub(crate) fn count(&mut self, refusal: Refusal) {
        let counter = match refusal {
            Refusal::Malformed => &mut self.malformed,
            Refusal::Stranger => &mut self.stranger,
            Refusal::PayloadType => &mut self.payload_type,
            Refusal::Size => &mut self.size,
            Refusal::Closed => &mut self.closed,
        };
        *counter += 1;
    }
}
