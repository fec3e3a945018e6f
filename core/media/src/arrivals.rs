//! What RFC 3550 counts of one source: extended sequence numbers (A.1), loss (A.3), interarrival jitter (A.8).

use std::time::Duration;

use crate::{
    SAMPLE_RATE,
    limits::{DROPOUT_MAX, MISORDER_MAX},
};

/// Where a packet belongs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Place {
    /// Seen for the first time; its extended sequence number.
    New(u64),
    /// Seen before.
    Duplicate,
    /// Too far from the others to be one of them.
    Elsewhere,
}

/// The sequence numbers of one source since it started.
#[derive(Clone, Debug)]
pub(crate) struct Arrivals {
    base: u64,
    highest: u64,
    received: u64,
    /// Bit n: the packet n before the highest arrived. Reaches back further than [`MISORDER_MAX`].
    seen: u128,
    transit: Option<u32>,
    /// 16 times the jitter, as in RFC 3550 A.8.
    jitter: u64,
}

const _: () = assert!((MISORDER_MAX as u32) < u128::BITS);

impl Arrivals {
    /// A source whose first packet has this number.
    pub(crate) fn starting(sequence: u16) -> Self {
        // One cycle up, so that what comes before the first has a number too.
        let first = 0x1_0000 + u64::from(sequence);
        Self { base: first, highest: first, received: 0, seen: 0, transit: None, jitter: 0 }
    }

    /// Finds the place of a packet and remembers that it came. RFC 3550 A.1.
    pub(crate) fn place(&mut self, sequence: u16) -> Place {
        let highest = self.highest.to_be_bytes();
        let highest = u16::from_be_bytes([highest[6], highest[7]]);
        let (ahead, behind) = (sequence.wrapping_sub(highest), highest.wrapping_sub(sequence));
        let number = if ahead < DROPOUT_MAX {
            self.highest += u64::from(ahead);
            self.seen = self.seen.checked_shl(u32::from(ahead)).unwrap_or(0);
            self.highest
        } else if behind <= MISORDER_MAX {
            self.highest - u64::from(behind)
        } else {
            return Place::Elsewhere;
        };
        let bit = 1_u128 << (self.highest - number);
        if self.seen & bit != 0 {
            return Place::Duplicate;
        }
        self.seen |= bit;
        self.received += 1;
        self.base = self.base.min(number);
        Place::New(number)
    }

    /// Packets that came, each counted once.
    pub(crate) fn received(&self) -> u64 {
        self.received
    }

    /// Packets that should have come and did not. RFC 3550 A.3, except that duplicates do not hide a loss.
    pub(crate) fn lost(&self) -> u64 {
        (self.highest - self.base + 1).saturating_sub(self.received)
    }

    /// Takes the arrival of a packet into the jitter. RFC 3550 A.8.
    pub(crate) fn time(&mut self, now: Duration, timestamp: u32) {
        let ticks = now.as_micros() * u128::from(SAMPLE_RATE) / 1_000_000;
        // The clock of timestamps goes round; so does this one.
        let transit = (ticks as u32).wrapping_sub(timestamp);
        if let Some(before) = self.transit.replace(transit) {
            let difference = u64::from((transit.wrapping_sub(before) as i32).unsigned_abs());
            self.jitter = self.jitter + difference - ((self.jitter + 8) >> 4);
        }
    }

    /// The interarrival jitter, in timestamp units of 125 microseconds.
    pub(crate) fn jitter(&self) -> u32 {
        u32::try_from(self.jitter >> 4).unwrap_or(u32::MAX)
    }
}
