use deskset_models::Display;
use deskset_phone::{Cell, Glyph, Image, Marks, Screen, Shade, Zone, browser};
use rustc_hash::FxHashMap;

use crate::{
    Picture, ScreenError,
    bitmap::Bitmap,
    face::Face,
    limits::{GLYPHS_KEPT_MAX, PIXELS_MAX},
    tones::{INK, PAPER, of_colour, of_shade, tones},
};

/// Draws the screens of one display at its native size. It keeps the glyphs it has drawn.
#[derive(Debug)]
pub struct Renderer {
    display: Display,
    face: &'static Face,
    glyphs: FxHashMap<(char, bool), Bitmap>,
}

/// Where a cell lies, in pixels.
#[derive(Clone, Copy)]
struct Place {
    left: u16,
    top: u16,
}

/// How much thicker than one pixel the cursor is.
const CURSOR_HEIGHT: u16 = 2;

impl Renderer {
    /// For the displays of one model.
    ///
    /// # Errors
    /// [`ScreenError::Size`] if the display has no or too many pixels.
    pub fn new(display: &Display) -> Result<Self, ScreenError> {
        let (width, height) = (display.width, display.height);
        if !(1..=PIXELS_MAX).contains(&(usize::from(width) * usize::from(height))) {
            return Err(ScreenError::Size { width, height });
        }
        let face = Face::for_cell(display.cell_width, display.cell_height);
        Ok(Renderer { display: display.clone(), face, glyphs: FxHashMap::default() })
    }

    /// The colours of `screen`: behind the text of each shade, and of the text itself.
    pub fn colours(&self, screen: &Screen) -> impl Fn(Shade) -> ([u8; 3], [u8; 3]) + use<> {
        let tones = tones(&self.display, screen);
        move |shade| {
            let (behind, ink) = of_shade(shade);
            (tones[usize::from(behind)], tones[usize::from(ink)])
        }
    }

    /// `screen` in pixels.
    pub fn draw(&mut self, screen: &Screen) -> Picture {
        let mut picture = Picture::new(self.display.width, self.display.height);
        self.draw_into(screen, &mut picture);
        picture
    }

    /// The same into a picture that was drawn before. One of another size is made anew.
    ///
    /// The grid begins at the top; what is left over of the width is a margin on both sides, what is left over of the
    /// height stays below.
    pub fn draw_into(&mut self, screen: &Screen, picture: &mut Picture) {
        let Display { width, height, cell_width, cell_height, .. } = self.display;
        if (picture.width(), picture.height()) != (width, height) {
            *picture = Picture::new(width, height);
        }
        picture.set_tones(tones(&self.display, screen));
        picture.pixels_mut().fill(PAPER);
        let margin = width.saturating_sub(screen.columns().saturating_mul(cell_width)) / 2;
        for (row, cells) in (0u16..).zip(screen.cells()) {
            let place = |column: u16| Place {
                left: column.saturating_mul(cell_width).saturating_add(margin),
                top: row.saturating_mul(cell_height),
            };
            for (column, cell) in (0u16..).zip(cells) {
                self.draw_cell(cell, place(column), picture);
            }
            // Afterwards: a wide character lies on two cells.
            for (column, cell) in (0u16..).zip(cells) {
                self.draw_glyph(cell, place(column), picture);
            }
        }
        for image in &screen.images {
            self.draw_image(image, margin, picture);
        }
    }

    /// A picture, cut to its zone. Black is ink, white the background; colours are what they are.
    fn draw_image(&self, image: &Image, margin: u16, picture: &mut Picture) {
        let Display { cell_height, ref zones, .. } = self.display;
        let (first, rows) = match image.zone {
            Zone::TopLine => (zones.top_row, 1),
            Zone::Application => (zones.first_application_row, zones.application_rows),
            Zone::Softkeys => (zones.softkey_row, 1),
        };
        let top = i32::from(first.saturating_mul(cell_height));
        let zone = top..top + i32::from(rows.saturating_mul(cell_height));
        let left = image.x.saturating_add(margin);
        let right = self.display.width.saturating_sub(margin);
        let is_colour = matches!(*image.picture, browser::Picture::Colour { .. });
        for y in 0..image.picture.height() {
            let at = image.y.saturating_add(y.into());
            let Some(row) = u16::try_from(at).ok().filter(|_| zone.contains(&at)) else { continue };
            for x in 0..image.picture.width().min(right.saturating_sub(left)) {
                let Some(colour) = image.picture.pixel(x, y) else { continue };
                let tone = match colour {
                    colour if is_colour => of_colour(colour),
                    [0, ..] => INK,
                    _ => PAPER,
                };
                picture.set((left + x, row), tone);
            }
        }
    }

    /// What is behind the character: shade and lines.
    fn draw_cell(&self, cell: &Cell, Place { left, top }: Place, picture: &mut Picture) {
        let Display { cell_width, cell_height, .. } = self.display;
        let (behind, ink) = of_shade(cell.shade);
        let has = |mark| cell.marks.contains(mark);
        // A box leaves the last row, and at its end the last column, free: so boxes side by side stay apart.
        let width = if has(Marks::BOX_END) { cell_width.saturating_sub(1) } else { cell_width };
        let height = if has(Marks::BOX) { cell_height.saturating_sub(1) } else { cell_height };
        if behind != PAPER {
            picture.fill((left, top), (width, height), behind);
        }
        if cell.marks.is_empty() || width == 0 || height == 0 {
            return;
        }
        let (right, foot) = (left.saturating_add(width - 1), top.saturating_add(height - 1));
        if has(Marks::BOX) {
            picture.fill((left, top), (width, 1), ink);
            picture.fill((left, foot), (width, 1), ink);
        }
        if has(Marks::BOX_START) {
            picture.fill((left, top), (1, height), ink);
        }
        if has(Marks::BOX_END) {
            picture.fill((right, top), (1, height), ink);
        }
        if has(Marks::DIVIDER) {
            picture.fill((left.saturating_add(width / 2), top), (1, height), ink);
        }
        if has(Marks::LINK) {
            picture.fill((left, foot), (width, 1), ink);
        }
        if has(Marks::CURSOR) {
            picture.fill((left, foot.saturating_sub(CURSOR_HEIGHT)), (width, CURSOR_HEIGHT), ink);
        }
    }

    fn draw_glyph(&mut self, cell: &Cell, Place { left, top }: Place, picture: &mut Picture) {
        let (character, wide) = match cell.glyph {
            Glyph::Narrow(' ') | Glyph::RightHalf => return,
            Glyph::Narrow(character) => (character, false),
            Glyph::Wide(character) => (character, true),
        };
        if self.glyphs.len() >= GLYPHS_KEPT_MAX && !self.glyphs.contains_key(&(character, wide)) {
            self.glyphs.clear();
        }
        let Display { cell_width, cell_height, .. } = self.display;
        let width = if wide { cell_width.saturating_mul(2) } else { cell_width };
        let drawn = || self.face.draw(character, wide, (width, cell_height));
        let glyph = self.glyphs.entry((character, wide)).or_insert_with(drawn);
        let (_, ink) = of_shade(cell.shade);
        let shift = if cell.marks.contains(Marks::SHIFTED) { cell_width / 2 } else { 0 };
        picture.stamp((left.saturating_add(shift), top), glyph, ink);
        if cell.marks.contains(Marks::BOLD) {
            picture.stamp((left.saturating_add(shift + 1), top), glyph, ink);
        }
    }
}
