//! Fields under each other with Save and Cancel: label and number of a button, one value of an option.
//!
//! ```text
//!  Add button 3
//!  Label:  Ann_
//!  Number: 4711
//!   Save   <-     abc   Cancel
//! ```
//!
//! A field is chosen by the button of its row; Page Left and Page Right move the cursor.

use super::softkeys;
use crate::{Field, Key, Page, Phone, Time, entry::Entry};

/// What a form asks for, and what has been entered.
#[derive(Debug)]
pub(crate) struct Form {
    prompt: String,
    fields: Vec<(&'static str, Entry)>,
    /// Which field is open.
    open: usize,
    /// The softkey that ends it.
    end: &'static str,
}

/// What a key did to a form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Done {
    /// It stays open.
    Open,
    Save,
    Cancel,
}

impl Form {
    pub(super) fn new(prompt: String, fields: Vec<(&'static str, Entry)>) -> Self {
        Form { prompt, fields, open: 0, end: "Save" }
    }

    /// The same with another word on the softkey that ends it.
    pub(super) fn ends_with(self, end: &'static str) -> Self {
        Form { end, ..self }
    }

    /// What is in a field, counted from 0.
    pub(super) fn field(&self, at: usize) -> Option<&Entry> {
        self.fields.get(at).map(|(_, entry)| entry)
    }

    /// The open field.
    pub(super) fn entry(&mut self) -> Option<&mut Entry> {
        self.fields.get_mut(self.open).map(|(_, entry)| entry)
    }

    pub(super) fn pass(&mut self, now: Time) {
        if let Some(entry) = self.entry() {
            entry.pass(now);
        }
    }

    pub(super) fn deadline(&self) -> Option<Time> {
        self.field(self.open).and_then(Entry::deadline)
    }

    pub(super) fn draw(&self, phone: &Phone, page: &mut Page<'_>) {
        phone.draw_top_line(page, Some(&self.prompt), None);
        for (at, (title, entry)) in self.fields.iter().enumerate() {
            let line = page.line(u16::try_from(at).unwrap_or(u16::MAX));
            let column = u16::try_from(title.chars().count()).unwrap_or(0);
            let column = if column > 0 { column + 1 } else { 0 };
            page.put(line, title);
            let field = Field { column, width: line.width.saturating_sub(column), ..line };
            entry.draw(page, field, at == self.open);
        }
        let alphabet = self.field(self.open).map_or("", Entry::alphabet_key);
        softkeys::draw(page, [self.end, "<-", alphabet, "Cancel"]);
    }

    pub(super) fn key(&mut self, phone: &mut Phone, key: Key) -> Done {
        let now = phone.now;
        let (open, count) = (self.open, self.fields.len());
        let Some(entry) = self.entry() else { return Done::Cancel };
        let taken = match key {
            Key::Soft(1) => return Done::Save,
            Key::Soft(4) => return Done::Cancel,
            Key::Digit(digit) => entry.press(digit, now),
            Key::Soft(2) => entry.erase(),
            Key::Soft(3) => entry.next_alphabet(),
            Key::PageLeft => entry.left(),
            Key::PageRight => entry.right(),
            Key::Line(row, _) => {
                let row = usize::from(row) - 1;
                if row < count {
                    self.open = row;
                }
                row < count && row != open
            }
            _ => false,
        };
        if !taken {
            phone.error_beep();
        }
        Done::Open
    }
}
