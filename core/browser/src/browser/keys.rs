//! What the user presses.

use std::time::Duration;

use super::Browser;
use crate::{
    deck::{Field, Task},
    layout::Aim,
};

/// A key, as far as the browser is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// A line button; rows are counted from 0.
    Row {
        /// Which row.
        row: u16,
        /// Which of its two buttons.
        side: Side,
    },
    /// A softkey, counted from 0.
    Softkey(u8),
    /// Page Left.
    PageLeft,
    /// Page Right.
    PageRight,
    /// A key of the dial pad while the phone is on-hook and no text is entered: a link's `accesskey`.
    Dialpad(char),
    /// A character is typed.
    Type(char),
    /// A character takes the place of the one before the cursor: the same key was pressed again.
    Replace(char),
    /// The character before the cursor goes.
    Erase,
    /// The cursor moves.
    CursorLeft,
    /// The cursor moves.
    CursorRight,
    /// The entry is finished.
    Done,
    /// The entry is given up; the field keeps its old value.
    Cancel,
}

/// The side of a line button.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The row's first target.
    Left,
    /// The row's last target.
    Right,
}

impl Browser {
    /// The user presses a key.
    pub fn press(&mut self, now: Duration, key: Key) {
        self.tasks = 0;
        match key {
            Key::Row { row, side } => self.press_row(now, row, side),
            Key::Softkey(number) => self.press_softkey(now, number),
            Key::PageLeft => self.turn_page(false),
            Key::PageRight => self.turn_page(true),
            Key::Dialpad(character) => match self.access(character) {
                Some(link) => self.act(now, Aim::Link(link)),
                None => self.error_tone(),
            },
            Key::Type(_) | Key::Replace(_) | Key::Erase | Key::CursorLeft | Key::CursorRight => self.edit(key),
            Key::Done => {
                self.finish_entry();
            }
            Key::Cancel => self.cancel_entry(),
        }
    }

    /// A key of the dial pad belongs to a link here.
    #[must_use]
    pub fn has_access_key(&self, character: char) -> bool {
        self.access(character).is_some()
    }

    fn access(&self, character: char) -> Option<usize> {
        let entry = self.history.last().filter(|_| self.error.is_none() && self.view.editing.is_none())?;
        let card = entry.deck.cards.get(entry.card)?;
        let dialable = character.is_ascii_digit() || matches!(character, '*' | '#');
        card.links.iter().position(|link| link.access_key == Some(character)).filter(|_| dialable)
    }

    fn press_row(&mut self, now: Duration, row: u16, side: Side) {
        let at = self.view.top + usize::from(row);
        let line = self.view.layout.lines.get(at).filter(|_| row < self.abilities.rows);
        let aim = line.and_then(|line| match side {
            Side::Left => line.aims.first(),
            Side::Right => line.aims.last(),
        });
        // Buttons without a label are ignored (API Guide 16-300256, p. 95).
        if let Some(aim) = aim.copied()
            && self.finish_entry()
        {
            self.act(now, aim);
        }
    }

    fn act(&mut self, now: Duration, aim: Aim) {
        let task = match aim {
            Aim::Link(number) => {
                self.with_card(|_, card| card.links.get(number).map(|link| link.task.clone())).flatten()
            }
            Aim::Input(field) => {
                self.begin_entry(field);
                None
            }
            Aim::Option { field, option } => self.pick(field, option),
        };
        if let Some(task) = task {
            self.run(now, &task);
        }
    }

    /// Chooses an option, or in multiple choice the contrary; what it does besides is given back.
    fn pick(&mut self, field: usize, option: usize) -> Option<Task> {
        let task = self.with_card(|browser, card| {
            let Some(Field::Select(select)) = card.fields.get(field) else { return None };
            let chosen = browser.view.chosen.get_mut(field)?;
            if !select.multiple {
                chosen.clear();
            }
            if !chosen.remove(&option) {
                chosen.insert(option);
            }
            let chosen = chosen.clone();
            browser.choose(select, &chosen);
            select.options().nth(option).and_then(|(_, pick)| pick.cloned())
        });
        self.lay_out();
        task.flatten()
    }

    fn press_softkey(&mut self, now: Duration, number: u8) {
        if self.error.is_some() {
            if number == 0 && !self.history.is_empty() {
                self.leave_error();
            }
            return;
        }
        let keys = self.abilities.softkeys.into();
        let all = self.with_card(|_, card| card.dos.len()).unwrap_or(0);
        if all > keys && usize::from(number) + 1 == keys {
            self.view.softkey_page = (self.view.softkey_page + 1) % all.div_ceil(keys.saturating_sub(1).max(1));
            return;
        }
        let at = self.first_softkey(all) + usize::from(number);
        let task = self.with_card(|_, card| card.dos.get(at).map(|key| key.task.clone())).flatten();
        if let Some(task) = task.filter(|_| usize::from(number) < keys)
            && self.finish_entry()
        {
            self.run(now, &task);
        }
    }

    fn turn_page(&mut self, forward: bool) {
        let rows = usize::from(self.abilities.rows);
        let top = if forward { self.view.top.checked_add(rows) } else { self.view.top.checked_sub(rows) };
        // Page keys work only while the paging mark is there.
        if let Some(top) = top.filter(|top| *top < self.view.layout.lines.len()) {
            self.view.top = top;
        }
    }
}
