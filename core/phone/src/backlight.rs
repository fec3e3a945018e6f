//! The light behind the display goes out when nobody has used the phone for a while.
//!
//! Source: the IP telephone MIB, BAKLIGHTOFF. That 0 means never, and that keys, what stands in for them, and calls count
//! as use, are project rules.

use std::time::Duration;

use crate::{Phone, Time, names, phone::Stage};

impl Phone {
    /// Whether the light is on.
    pub(crate) fn is_lit(&self) -> bool {
        let has_one = self.setup.model.tables().display.backlight && !matches!(self.stage, Stage::Off);
        has_one && self.goes_dark_at().is_none_or(|at| self.now < at)
    }

    /// When the light that is on goes out.
    pub(crate) fn backlight_deadline(&self) -> Option<Time> {
        self.goes_dark_at().filter(|_| self.is_lit())
    }

    fn goes_dark_at(&self) -> Option<Time> {
        let minutes: u64 = self.parameters.value(names::BAKLIGHTOFF).parse().ok()?;
        (minutes > 0).then(|| self.used_at.after(Duration::from_secs(minutes * 60)))
    }
}
