use std::{fmt, time::Duration};

/// A moment as the carrier tells it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Time {
    /// Microseconds since the carrier began; never goes back.
    pub micros: u64,
    /// The wall clock, seconds since 1970 in the phone's own zone. Only shown, never reckoned with.
    pub wall: i64,
}

impl Time {
    /// `later` after this.
    pub fn after(self, later: Duration) -> Time {
        // A phone does not live half a million years; saturate rather than wrap.
        let micros = u64::try_from(later.as_micros()).unwrap_or(u64::MAX);
        let seconds = i64::try_from(later.as_secs()).unwrap_or(i64::MAX);
        Time { micros: self.micros.saturating_add(micros), wall: self.wall.saturating_add(seconds) }
    }

    /// Milliseconds since the carrier began.
    pub fn millis(self) -> u64 {
        self.micros / 1000
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millis = self.millis();
        write!(f, "{:02}:{:02}.{:03}", millis / 60_000, millis / 1000 % 60, millis % 1000)
    }
}
