//! Rows one below the other, on as many pages as it takes.

use super::{keys::turned, softkeys};
use crate::{Key, Page, Phone};

/// A list that is shown: only its page, counted from 0.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct List {
    pub(super) page: u16,
}

/// One row: words, and what stands at its right end.
pub(super) type Row = (String, String);

/// What a key did to a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Pressed {
    /// Another page is shown.
    Turned,
    /// The button of a row, counted from 0 over all pages.
    Row(usize),
    /// A key that the list does not know.
    Other,
}

impl List {
    pub(super) fn draw(
        self,
        phone: &Phone,
        page: &mut Page<'_>,
        prompt: Option<&str>,
        rows: &[Row],
        labels: [&str; 4],
    ) {
        let per_page = phone.lines();
        let pages = rows.len().div_ceil(per_page);
        phone.draw_top_line(page, prompt, (pages > 1).then_some(self.page));
        let first = usize::from(self.page) * per_page;
        for (at, (words, right)) in (0..).zip(rows.iter().skip(first).take(per_page)) {
            page.put(page.line(at), words);
            if !right.is_empty() {
                page.put_right(page.line(at), &format!(" {right}"));
            }
        }
        softkeys::draw(page, labels);
    }

    pub(super) fn press(&mut self, phone: &Phone, key: Key, rows: usize) -> Pressed {
        let per_page = phone.lines();
        let pages = u16::try_from(rows.div_ceil(per_page)).unwrap_or(u16::MAX);
        if let Some(page) = turned(key, self.page, pages) {
            self.page = page;
            return Pressed::Turned;
        }
        match key {
            Key::Line(row, _) => {
                let at = usize::from(self.page) * per_page + usize::from(row) - 1;
                if at < rows { Pressed::Row(at) } else { Pressed::Other }
            }
            _ => Pressed::Other,
        }
    }
}

impl Phone {
    /// Application rows of the display.
    pub(crate) fn lines(&self) -> usize {
        self.setup.model.tables().display.zones.application_rows.max(1).into()
    }
}
