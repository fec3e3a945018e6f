//! Every limit on what comes from outside. Limits in time that a caller may change are in [`Patience`](crate::Patience).

use std::time::Duration;

/// Largest datagram that is read, in bytes: 60 ms of sound with a full list of contributors and an extension to spare.
pub const DATAGRAM_MAX: usize = 2_048;

/// Most samples (and, in G.711, bytes) of one packet: the longest packet time, 60 ms.
pub const PACKET_SAMPLES_MAX: usize = 480;

/// Packets held back while an earlier one is missing. One more, and the missing one counts as lost.
pub const HELD_MAX: usize = 8;

/// Sequence numbers a source may leave out before it counts as restarted. RFC 3550 A.1, `MAX_DROPOUT`.
pub const DROPOUT_MAX: u16 = 3_000;

/// How far back a packet may lie before its source counts as restarted. RFC 3550 A.1, `MAX_MISORDER`.
pub const MISORDER_MAX: u16 = 100;

/// Longest gap between two timestamps that is filled with silence, in samples: 30 s, the longest audio timer.
pub const GAP_MAX: u32 = 240_000;

/// Samples waiting to be taken from a receiver; further ones are dropped. Two of the longest gaps.
pub const SAMPLES_WAITING_MAX: usize = 480_000;

/// Events waiting to be polled from a receiver; further ones but the end are dropped. The levels of two of the longest gaps.
pub const EVENTS_WAITING_MAX: usize = 640;

/// Packets of one RTCP datagram that are looked at.
pub const CONTROL_PACKETS_MAX: usize = 16;

/// Longest recording: one hour, 58 MB.
pub const RECORDING_MAX: Duration = Duration::from_secs(3_600);

/// Longest sound that is read from a file: ten minutes, 10 MB in memory.
pub const SOUND_MAX: Duration = Duration::from_secs(600);

/// Most addresses one sound is sent to.
pub const DESTINATIONS_MAX: usize = 1_024;
