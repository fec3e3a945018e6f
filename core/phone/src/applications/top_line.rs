//! The top line. In falling order: results and errors, pushed text that barges in, calls, other pushed text, what the
//! application asks for, how loud a pushed stream is, date and time (project rule).

use time::OffsetDateTime;

use crate::{CallState, Page, Phone, Shade, Time, calls::Appearance, effects, screen::text::columns_of};

/// How long each part of a long message stays, in seconds: slow, medium, fast (project rule).
const PARTS_STAY: [u64; 3] = [4, 2, 1];

/// Columns of the sign that there are more pages.
const PAGES_COLUMNS: u16 = 3;

impl Phone {
    /// Draws it for an application that asks for something, or has that many pages of which one is shown, from 0.
    pub(super) fn draw_top_line(&self, page: &mut Page<'_>, prompt: Option<&str>, shown: Option<u16>) {
        let line = page.top_line();
        if let Some(message) = self.top_message() {
            return page.put(line, self.part_of(&message, line.width));
        }
        match (prompt, self.audio_level()) {
            (Some(prompt), _) => page.put(line, prompt),
            (None, Some(level)) => page.put(line, &loudness(level)),
            (None, None) => self.draw_idle_line(page),
        }
        if let Some(shown) = shown {
            let column = line.width.saturating_sub(PAGES_COLUMNS);
            let sign = crate::Field { column, width: PAGES_COLUMNS, ..line };
            page.put(sign, &format!("<{}>", shown + 1));
        }
    }

    /// Date and time, and how many calls were missed.
    fn draw_idle_line(&self, page: &mut Page<'_>) {
        let line = page.top_line();
        let now = date_and_time(self.now);
        page.put(line, &now);
        if self.calls.log.unseen > 0 {
            let missed = format!("Missed {}", self.calls.log.unseen);
            let column = columns_of(&now) + 1;
            let width = columns_of(&missed);
            let field = crate::Field { column, width, ..line };
            page.put(field, &missed);
            page.shade(field, Shade::Light);
        }
    }

    /// What is said whatever the application is.
    fn top_message(&self) -> Option<String> {
        if let Some(notice) = &self.notice {
            return Some(notice.text.clone());
        }
        let barging = self.barging_text().map(str::to_owned);
        // A text that waits does not take away what is asked for where something is being typed.
        let waiting = || self.waiting_text().filter(|_| !self.front_types).map(str::to_owned);
        barging.or_else(|| self.call_message()).or_else(waiting)
    }

    /// Nothing is said but what the application says.
    pub(super) fn top_line_is_free(&self) -> bool {
        self.top_message().is_none()
    }

    /// Who rings, who is dialled, with whom one talks.
    fn call_message(&self) -> Option<String> {
        let with = |state| self.calls.first(state).and_then(|at| self.calls.appearances.get(at));
        let one = with(CallState::Alerting).or_else(|| with(CallState::Active))?;
        Some(Appearance::caller(one)).filter(|caller| !caller.is_empty())
    }

    /// The part of a message that is shown now.
    fn part_of<'m>(&self, message: &'m str, columns: u16) -> &'m str {
        let parts = parts(message, columns);
        let passed = self.now.micros.saturating_sub(self.top_since.micros) / (self.part_stays() * 1_000_000);
        let at = usize::try_from(passed).unwrap_or(0) % parts.len();
        parts[at]
    }

    fn part_stays(&self) -> u64 {
        let rate = self.effect(effects::MESSAGE_DISPLAY_RATE).and_then(|rate| rate.parse::<usize>().ok()).unwrap_or(2);
        PARTS_STAY.get(rate.wrapping_sub(1)).copied().unwrap_or(PARTS_STAY[1])
    }

    /// When the next part of a long message follows.
    pub(super) fn top_deadline(&self) -> Option<Time> {
        let message = self.top_message()?;
        let long = columns_of(&message) > self.setup.model.tables().display.columns;
        let (step, passed) = (self.part_stays() * 1_000_000, self.now.micros.saturating_sub(self.top_since.micros));
        long.then(|| self.now.after(std::time::Duration::from_micros(step - passed % step)))
    }
}

/// In ten steps, as the contrast is shown.
fn loudness(level: u8) -> String {
    format!("Audio {}", ">".repeat(level.div_ceil(10).into()))
}

/// A text cut into parts of so many columns each; at least one part.
fn parts(text: &str, columns: u16) -> Vec<&str> {
    let (mut parts, mut start, mut width) = (Vec::new(), 0, 0);
    for (at, c) in text.char_indices() {
        let mut buffer = [0; 4];
        let of_this = columns_of(c.encode_utf8(&mut buffer));
        if width + of_this > columns && at > start {
            parts.push(&text[start..at]);
            (start, width) = (at, 0);
        }
        width += of_this;
    }
    parts.push(&text[start..]);
    parts
}

pub(super) fn date_and_time(at: Time) -> String {
    match OffsetDateTime::from_unix_timestamp(at.wall) {
        Ok(now) => {
            let (year, month, day) = now.to_calendar_date();
            format!("{:02}:{:02} {:02}/{:02}/{year}", now.hour(), now.minute(), u8::from(month), day)
        }
        Err(_) => String::new(),
    }
}
