//! The applications of a phone in use.

use time::OffsetDateTime;

use super::{Half, Page, View};
use crate::Phone;

/// Call appearances a phone has while the call server has not said otherwise.
const CALL_APPEARANCES: u16 = 3;

impl Phone {
    pub(super) fn draw_application(&self, page: &mut Page<'_>) {
        let top = match &self.notice {
            Some(notice) => notice.text.clone(),
            None => self.date_and_time(),
        };
        page.put(page.top_line(), &top);
        match self.view {
            View::Phone => self.draw_phone(page),
            View::SpeedDial { page: number } => self.draw_speed_dial(page, number),
        }
        self.draw_softkeys(page);
    }

    /// The idle top line.
    fn date_and_time(&self) -> String {
        match OffsetDateTime::from_unix_timestamp(self.now.wall) {
            Ok(now) => {
                let (year, month, day) = now.to_calendar_date();
                format!("{:02}:{:02} {:02}/{:02}/{year}", now.hour(), now.minute(), u8::from(month), day)
            }
            Err(_) => String::new(),
        }
    }

    /// One row per call appearance: letter and extension.
    fn draw_phone(&self, page: &mut Page<'_>) {
        let zones = &self.setup.model.tables().display.zones;
        let extension = self.user.as_ref().and_then(|user| user.extension.as_ref());
        let appearances = if extension.is_some() { CALL_APPEARANCES } else { 1 };
        for (line, letter) in (0..appearances.min(zones.application_rows)).zip('a'..='z') {
            let label = extension.map_or_else(|| format!("{letter}="), |extension| format!("{letter}={extension}"));
            page.put(page.line(line), &label);
        }
    }

    /// Two columns of labels, in the order of the buttons: left and right of each row.
    fn draw_speed_dial(&self, page: &mut Page<'_>, number: u16) {
        let rules = &self.setup.model.tables().speed_dial;
        for line in 0..rules.per_page.div_ceil(2) {
            page.divide(line);
        }
        let Some(user) = &self.user else { return };
        let first = number.saturating_mul(rules.per_page);
        for place in 0..rules.per_page {
            let Some(dial) = user.data.speed_dials.get(&(first + place + 1)) else { continue };
            let side = if place % 2 == 0 { Half::Left } else { Half::Right };
            page.put(page.half(place / 2, side), &dial.label);
        }
    }

    fn draw_softkeys(&self, page: &mut Page<'_>) {
        let zones = &self.setup.model.tables().display.zones;
        let administered = self.administered();
        let labels = [
            Some("SpDial"),
            administered.shows_call_log().then_some("Log"),
            Some("Web"),
            administered.shows_redial().then_some("Redial"),
        ];
        for (at, label) in (0..zones.softkeys).zip(labels.into_iter().flatten()) {
            page.frame(page.softkey(at));
            page.centre(page.softkey(at), label);
        }
    }
}
