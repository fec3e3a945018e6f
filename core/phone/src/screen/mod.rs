//! What a person would see now.

mod cell;
mod image;
mod page;
mod repertoire;
mod sheet;
pub(crate) mod text;

use std::fmt;

use deskset_models::effects;

pub use cell::{Cell, Glyph, Marks, Shade, Zone};
pub use image::{Icon, Image};
pub use page::{Field, Half, Page};
pub use repertoire::can_show;
pub use sheet::NoSheet;

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
    /// The Call Log.
    CallLog,
    /// The numbers dialled last.
    Redial,
    /// The options.
    Options,
    /// The browser.
    Web,
}

/// A screen as data: a grid of cells, and what holds for all of it. [`Page`] makes one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Screen {
    columns: u16,
    cells: Vec<Cell>,
    /// The step of contrast, from 0; the display says how many there are.
    pub contrast: u8,
    /// The application's background: red, green, blue. White where nothing can be chosen.
    pub background: [u8; 3],
    /// The backlight is on.
    pub lit: bool,
    /// Pictures over the cells, the last one uppermost.
    pub images: Vec<Image>,
}

impl Screen {
    /// Text columns.
    pub fn columns(&self) -> u16 {
        self.columns
    }

    /// The cells of each row from the top, every row with as many as there are columns.
    pub fn cells(&self) -> impl ExactSizeIterator<Item = &[Cell]> {
        self.cells.chunks(usize::from(self.columns).max(1))
    }

    /// One text per row; wide characters take two columns.
    pub fn rows(&self) -> Vec<String> {
        self.cells().map(text_of).collect()
    }
}

impl fmt::Display for Screen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = "─".repeat(self.columns.into());
        writeln!(f, "┌{line}┐")?;
        for row in self.rows() {
            writeln!(f, "│{row}│")?;
        }
        write!(f, "└{line}┘")
    }
}

fn text_of(cells: &[Cell]) -> String {
    let mut text = String::with_capacity(cells.len());
    let mut of_a_rectangle = false;
    for cell in cells {
        match cell.glyph {
            Glyph::Narrow(character) | Glyph::Wide(character) => text.push(character),
            // Terminals draw a rectangle in one column, whatever it stands for.
            Glyph::RightHalf if of_a_rectangle => text.push(' '),
            Glyph::RightHalf => {}
        }
        of_a_rectangle = cell.glyph == Glyph::Wide(RECTANGLE);
    }
    text
}

/// Red, green and blue out of six hexadecimal digits.
fn colour(digits: &str) -> Option<[u8; 3]> {
    let [0, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes() else { return None };
    Some([red, green, blue])
}

impl Phone {
    /// What a person would see now.
    pub fn screen(&self) -> Screen {
        let display = &self.setup.model.tables().display;
        let mut page = Page::new(display);
        let taken = self.procedure.as_ref().is_some_and(|procedure| procedure.draw(self, &mut page));
        match self.stage {
            Stage::Off => {}
            _ if taken => {}
            Stage::Ready => self.front.draw(self, &mut page),
            _ => {
                page.put(page.top_line(), &self.message[0]);
                page.put(page.line(0), &self.message[1]);
                if let Stage::LoggedOff(screen) = &self.stage {
                    screen.draw(&mut page);
                }
            }
        }
        let mut screen = page.finish();
        screen.contrast = self.contrast().unwrap_or(screen.contrast);
        screen.background = self.background().unwrap_or(screen.background);
        screen.lit = self.is_lit();
        screen
    }

    fn contrast(&self) -> Option<u8> {
        let step: u8 = match self.tried_contrast() {
            Some(step) => step,
            None => self.effect(effects::CONTRAST)?.parse().ok()?,
        };
        (step < self.setup.model.tables().display.contrast_steps).then_some(step)
    }

    /// The colour behind the application that is shown, on displays with a choice.
    fn background(&self) -> Option<[u8; 3]> {
        let effect = match self.view() {
            View::Phone => effects::BACKGROUND_PHONE,
            View::SpeedDial { .. } => effects::BACKGROUND_SPEED_DIAL,
            View::CallLog => effects::BACKGROUND_CALL_LOG,
            View::Options => effects::BACKGROUND_OPTIONS,
            // The guides name four applications with a background of their own.
            View::Redial => effects::BACKGROUND_PHONE,
            View::Web => return None,
        };
        let chosen: u8 = self.effect(effect)?.parse().ok()?;
        let backgrounds = &self.setup.model.tables().display.backgrounds;
        colour(&backgrounds.iter().find(|palette| palette.index == chosen)?.rgb)
    }

    /// The value of the row with this effect; none if the model has none.
    pub(crate) fn effect(&self, effect: &str) -> Option<&str> {
        let row = self.setup.model.tables().options.with_effect(effect, self.setup.signaling)?;
        Some(self.option_value(row))
    }
}
