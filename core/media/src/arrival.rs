//! What became of a datagram.

/// What became of a datagram.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Arrival {
    /// It will be heard.
    Taken,
    /// It came before.
    Duplicate,
    /// Its place is already filled with silence.
    Late,
    /// Another SSRC, or a sequence number far off. It will be heard if the next packet follows it: two in a row are
    /// a source that restarted, one alone is a stray. RFC 3550 A.1, `MIN_SEQUENTIAL`.
    Unsettled,
    /// It is not taken.
    Refused(Refusal),
}

/// Why a datagram is not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// Not RTP version 2; or contributors, extension or padding are longer than it.
    Malformed,
    /// From an address that may not send.
    Stranger,
    /// Another payload type than the codec's.
    PayloadType,
    /// No sample, or more than [`PACKET_SAMPLES_MAX`](crate::limits::PACKET_SAMPLES_MAX).
    Size,
    /// The sound has ended.
    Closed,
}
