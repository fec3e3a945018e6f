//! What the terminal shows: the phone between its buttons, a legend, and events where there is room.

use std::collections::VecDeque;

use deskset_models::Display;
use deskset_phone::{Key, Screen, Shade, Side};
use deskset_screen::{Depth, Picture};
use ratatui_core::{
    buffer::Buffer,
    layout::{Position, Rect},
    style::{Modifier, Style},
};

use crate::{
    keyboard::{button_name, legend},
    paint,
};

/// Columns for the buttons on each side of the screen.
const SIDE: u16 = 7;
/// Title, frame, softkeys and message around the screen.
const AROUND: u16 = 5;
/// The least columns of the pane for events.
const PANE_MIN: u16 = 30;

/// Everything that is drawn.
pub(crate) struct View<'v> {
    pub(crate) title: &'v str,
    pub(crate) display: &'v Display,
    pub(crate) keys: &'v [Key],
    pub(crate) screen: &'v Screen,
    /// The screen's pixels, if these are wanted.
    pub(crate) picture: Option<&'v Picture>,
    pub(crate) depth: Depth,
    pub(crate) typing: bool,
    pub(crate) lifted: bool,
    /// What went wrong last.
    pub(crate) message: &'v str,
    pub(crate) events: &'v VecDeque<String>,
}

/// Columns and rows of the screen's face.
type Size = (u16, u16);

impl View<'_> {
    pub(crate) fn draw(&self, buffer: &mut Buffer, colours: impl Fn(Shade) -> ([u8; 3], [u8; 3])) {
        let area = buffer.area;
        let of_text = (self.screen.columns(), u16::try_from(self.screen.cells().len()).unwrap_or(u16::MAX));
        let of_pixels = self.picture.map(|picture| (picture.width(), picture.height().div_ceil(2)));
        let fits = |(width, height): Size| needed((width, height)).0 <= area.width && height + AROUND <= area.height;
        let (face, message) = match of_pixels {
            Some(size) if fits(size) => (size, self.message.to_owned()),
            _ if !fits(of_text) => return too_small(buffer, needed(of_text)),
            Some(size) => (of_text, too_few("for pixels the terminal", needed(size), area)),
            None => (of_text, self.message.to_owned()),
        };
        let at = Position::new(SIDE + 1, 2);
        self.title_line(buffer, needed(face).0);
        frame(buffer, Rect::new(SIDE, 1, face.0 + 2, face.1 + 2));
        match self.picture.filter(|_| of_pixels == Some(face)) {
            Some(picture) => paint::pixels(buffer, at, picture, self.depth),
            None => paint::cells(buffer, at, self.screen, colours, self.depth),
        }
        self.buttons(buffer, at, face, of_text);
        let below = at.y + face.1 + 2;
        self.legend(buffer, Rect::new(0, below, needed(face).0, area.height - below - 1));
        let held = [(self.typing, "typing  "), (self.lifted, "handset lifted  ")];
        let held: String = held.iter().filter(|(holds, _)| *holds).map(|(_, words)| *words).collect();
        let style = Style::new().add_modifier(Modifier::BOLD);
        buffer.set_stringn(0, area.height - 1, held + &message, area.width.into(), style);
        let pane = needed(face).0 + 1;
        if area.width >= pane + PANE_MIN {
            self.pane(buffer, Rect::new(pane, 0, area.width - pane, area.height - 1));
        }
    }

    fn title_line(&self, buffer: &mut Buffer, width: u16) {
        buffer.set_stringn(0, 0, self.title, width.into(), Style::new().add_modifier(Modifier::BOLD));
    }

    /// The computer's keys at the places of the phone's.
    fn buttons(&self, buffer: &mut Buffer, at: Position, face: Size, text: Size) {
        let zones = &self.display.zones;
        // Where the middle of a row of text is on the face.
        let y = |row: u16| at.y + (row * 2 + 1) * face.1 / (text.1.max(1) * 2);
        for key in self.keys {
            let Key::Line(number, side) = *key else { continue };
            let row = zones.first_application_row + u16::from(number) - 1;
            if row >= text.1 {
                continue;
            }
            let name = button_name(number.into(), side);
            match side {
                Side::Left => buffer.set_string(0, y(row), format!("{name} ▸"), Style::new()),
                Side::Right => buffer.set_string(at.x + face.0 + 1, y(row), format!("◂ {name}"), Style::new()),
            };
        }
        let width = face.0 / zones.softkeys.max(1);
        for key in self.keys {
            let Key::Soft(number @ 1..) = *key else { continue };
            let middle = at.x + (u16::from(number) - 1) * width + width.saturating_sub(2) / 2;
            buffer.set_string(middle, at.y + face.1 + 1, format!("F{number}"), Style::new());
        }
    }

    fn legend(&self, buffer: &mut Buffer, area: Rect) {
        let (mut x, mut y) = (area.x, area.y);
        for (key, does) in legend(self.typing, |key| self.keys.contains(&key)) {
            // All of it is ASCII.
            let width = (key.len() + 1 + does.len()) as u16;
            if x > area.x && x + width > area.right() {
                (x, y) = (area.x, y + 1);
            }
            if y >= area.bottom() {
                return;
            }
            buffer.set_string(x, y, key, Style::new().add_modifier(Modifier::BOLD));
            buffer.set_string(x + key.len() as u16 + 1, y, does, Style::new());
            x += width + 3;
        }
    }

    /// What happened, the newest at the bottom.
    fn pane(&self, buffer: &mut Buffer, area: Rect) {
        let newest = self.events.iter().rev().take(area.height.into());
        let lines = newest.rev().collect::<Vec<_>>();
        for (y, line) in (area.y..).zip(lines) {
            buffer.set_string(area.x, y, "│", Style::new());
            buffer.set_stringn(area.x + 2, y, line, usize::from(area.width) - 2, Style::new());
        }
    }
}

/// What a face of that size needs in all.
fn needed((width, height): Size) -> Size {
    (width + 2 + 2 * SIDE, height + AROUND)
}

fn too_few(what: &str, (width, height): Size, area: Rect) -> String {
    format!("{what} must have {width} x {height} characters; this one has {} x {}", area.width, area.height)
}

fn too_small(buffer: &mut Buffer, size: Size) {
    let words = too_few("the terminal", size, buffer.area);
    let width = usize::from(buffer.area.width).max(1);
    let words: Vec<char> = words.chars().collect();
    for (y, line) in (0..buffer.area.height).zip(words.chunks(width)) {
        buffer.set_string(0, y, line.iter().collect::<String>(), Style::new());
    }
}

fn frame(buffer: &mut Buffer, area: Rect) {
    let line = "─".repeat(usize::from(area.width) - 2);
    buffer.set_string(area.x, area.y, format!("┌{line}┐"), Style::new());
    buffer.set_string(area.x, area.bottom() - 1, format!("└{line}┘"), Style::new());
    for y in area.y + 1..area.bottom() - 1 {
        buffer.set_string(area.x, y, "│", Style::new());
        buffer.set_string(area.right() - 1, y, "│", Style::new());
    }
}
