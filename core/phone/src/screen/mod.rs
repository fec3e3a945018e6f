//! What a person would see now.

mod applications;
mod repertoire;

use std::fmt;

use unicode_width::UnicodeWidthChar as _;

pub use repertoire::can_show;

use crate::{Phone, phone::Stage};

/// Shown in place of a character that the model cannot display. The stored text keeps the character.
pub const RECTANGLE: char = '\u{25AF}';

/// The application on the screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum View {
    /// Call appearances.
    #[default]
    Phone,
    /// Speed Dial, one page; pages count from 0.
    SpeedDial {
        /// Which.
        page: u16,
    },
}

/// The rows of a screen, from the top, each exactly as wide as the display has columns.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Screen {
    /// Text columns.
    pub columns: u16,
    /// One text per row; wide characters take two columns.
    pub rows: Vec<String>,
}

impl fmt::Display for Screen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = "─".repeat(self.columns.into());
        writeln!(f, "┌{line}┐")?;
        for row in &self.rows {
            writeln!(f, "│{row}│")?;
        }
        write!(f, "└{line}┘")
    }
}

impl Phone {
    /// What a person would see now.
    pub fn screen(&self) -> Screen {
        let display = &self.setup.model.tables().display;
        let mut page = Page::new(display.columns, display.rows, |c| can_show(&display.repertoire, c));
        match self.stage {
            Stage::Off => {}
            Stage::Ready => self.draw_application(&mut page),
            _ => {
                let zones = &display.zones;
                page.put(zones.top_row, 0, display.columns, &self.message[0]);
                page.put(zones.first_application_row, 0, display.columns, &self.message[1]);
            }
        }
        page.finish()
    }
}

/// A screen being filled: texts are put into fields and cut to them.
struct Page<F> {
    columns: u16,
    cells: Vec<Vec<Option<char>>>,
    shows: F,
}

impl<F: Fn(char) -> bool> Page<F> {
    fn new(columns: u16, rows: u16, shows: F) -> Self {
        Page { columns, cells: vec![vec![Some(' '); columns.into()]; rows.into()], shows }
    }

    /// Puts `text` into `width` columns from `column` on. A wide character that would not fit whole is left out.
    fn put(&mut self, row: u16, column: u16, width: u16, text: &str) {
        let Some(cells) = self.cells.get_mut(usize::from(row)) else { return };
        let (mut at, end) = (usize::from(column), usize::from(column.saturating_add(width)).min(cells.len()));
        for c in text.chars() {
            let wide = c.width().is_some_and(|width| width == 2);
            let c = if (self.shows)(c) { c } else { RECTANGLE };
            let taken = if wide { 2 } else { 1 };
            if at + taken > end {
                break;
            }
            // A rectangle in place of a wide character is as wide as that.
            cells[at] = Some(c);
            if wide {
                cells[at + 1] = if c == RECTANGLE { Some(' ') } else { None };
            }
            at += taken;
        }
    }

    /// Puts `text` in the middle of `width` columns from `column` on.
    fn centre(&mut self, row: u16, column: u16, width: u16, text: &str) {
        let taken = text.chars().count().min(width.into());
        // No wider than `width`, which is a u16.
        let left = (usize::from(width) - taken) as u16 / 2;
        self.put(row, column + left, width - left, text);
    }

    fn finish(self) -> Screen {
        let rows = self.cells.into_iter().map(|row| row.into_iter().flatten().collect()).collect();
        Screen { columns: self.columns, rows }
    }
}
