use std::sync::Arc;

use deskset_browser::Picture;
use deskset_models::Display;

use super::{
    Cell, Glyph, Icon, Image, Marks, Screen, Shade, Zone, can_show,
    text::{columns_of, shown},
};

/// A screen being filled: texts are put into fields and cut to them.
///
/// Nothing that is put can change the number of cells; what lies outside is left out.
#[derive(Clone, Debug)]
pub struct Page<'a> {
    display: &'a Display,
    cells: Vec<Cell>,
    images: Vec<Image>,
}

/// Some columns of one row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Field {
    /// The row, from 0 at the top.
    pub row: u16,
    /// Its first column, from 0.
    pub column: u16,
    /// How many columns.
    pub width: u16,
}

/// A half of a row, at one of its two buttons.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Half {
    /// At the left button.
    Left,
    /// At the right button.
    Right,
}

impl<'a> Page<'a> {
    /// A blank page.
    pub fn new(display: &'a Display) -> Self {
        let zones = &display.zones;
        let mut cells = Vec::with_capacity(usize::from(display.columns) * usize::from(display.rows));
        for row in 0..display.rows {
            let zone = match row {
                row if row == zones.top_row => Zone::TopLine,
                row if row == zones.softkey_row => Zone::Softkeys,
                _ => Zone::Application,
            };
            cells.extend(std::iter::repeat_n(Cell { zone, ..Cell::default() }, display.columns.into()));
        }
        Page { display, cells, images: Vec::new() }
    }

    /// A whole row.
    pub fn row(&self, row: u16) -> Field {
        Field { row, column: 0, width: self.display.columns }
    }

    /// The top line.
    pub fn top_line(&self) -> Field {
        self.row(self.display.zones.top_row)
    }

    /// A row of the application, counted from 0.
    pub fn line(&self, number: u16) -> Field {
        self.row(self.display.zones.first_application_row.saturating_add(number))
    }

    /// Half of a row of the application. The left one leaves its last column to the divider.
    pub fn half(&self, number: u16, side: Half) -> Field {
        let (line, half) = (self.line(number), self.display.columns / 2);
        match side {
            Half::Left => Field { width: half.saturating_sub(1), ..line },
            Half::Right => Field { column: half, width: half.saturating_sub(1), ..line },
        }
    }

    /// The field of a softkey's label, counted from 0 at the left.
    pub fn softkey(&self, number: u16) -> Field {
        let zones = &self.display.zones;
        let width = self.display.columns / zones.softkeys.max(1);
        Field { row: zones.softkey_row, column: number.saturating_mul(width), width }
    }

    /// Puts `text` at the left of a field, cut at its end. What was there before stays behind a shorter text.
    pub fn put(&mut self, field: Field, text: &str) {
        let row = self.display.columns.saturating_sub(field.column);
        let line = shown(text, field.width.min(row), |c| can_show(&self.display.repertoire, c));
        let Some(cells) = self.cells_of(field) else { return };
        let mut at = 0;
        for shown in line {
            let wide = shown.columns == 2;
            cells[at].glyph = if wide { Glyph::Wide(shown.character) } else { Glyph::Narrow(shown.character) };
            cells[at].marks.remove(Marks::SHIFTED);
            if wide {
                cells[at + 1].glyph = Glyph::RightHalf;
                cells[at + 1].marks.remove(Marks::SHIFTED);
            }
            at += usize::from(shown.columns);
        }
        self.mend(field.row);
    }

    /// Puts `text` in the middle of a field. In pixels it is the very middle; in columns, one may be left at the end.
    pub fn centre(&mut self, field: Field, text: &str) {
        let taken = columns_of(text);
        let left = field.width.saturating_sub(taken);
        let within = Field { column: field.column.saturating_add(left / 2), width: field.width - left / 2, ..field };
        self.put(within, text);
        if left % 2 == 1 {
            self.mark(Field { width: taken, ..within }, Marks::SHIFTED);
        }
    }

    /// Puts `text` at the right of a field.
    pub fn put_right(&mut self, field: Field, text: &str) {
        let left = field.width.saturating_sub(columns_of(text));
        self.put(Field { column: field.column.saturating_add(left), width: field.width - left, ..field }, text);
    }

    /// Shades a field, text or not.
    pub fn shade(&mut self, field: Field, shade: Shade) {
        for cell in self.cells_of(field).into_iter().flatten() {
            cell.shade = shade;
        }
    }

    /// Draws a box around a field.
    pub fn frame(&mut self, field: Field) {
        let Some(cells) = self.cells_of(field) else { return };
        cells.iter_mut().for_each(|cell| cell.marks |= Marks::BOX);
        if let Some(first) = cells.first_mut() {
            first.marks |= Marks::BOX_START;
        }
        if let Some(last) = cells.last_mut() {
            last.marks |= Marks::BOX_END;
        }
    }

    /// Draws the line between the halves of a row of the application.
    pub fn divide(&mut self, number: u16) {
        let left = self.half(number, Half::Left);
        self.mark(Field { column: left.width, width: 1, ..left }, Marks::DIVIDER);
    }

    /// Puts the cursor into a column of a field, counted from 0; past its end it stands in the last column.
    pub fn cursor(&mut self, field: Field, column: u16) {
        let column = field.column.saturating_add(column.min(field.width.saturating_sub(1)));
        self.mark(Field { column, width: 1, ..field }, Marks::CURSOR);
    }

    /// Makes the characters of a field look different.
    pub fn look(&mut self, field: Field, marks: Marks) {
        self.mark(field, marks);
    }

    /// Puts a small sign at the left of a field: a picture, and for texts a letter.
    pub fn icon(&mut self, field: Field, icon: Icon) {
        let Display { cell_width, cell_height, .. } = *self.display;
        let picture = icon.picture(cell_width.saturating_mul(2), cell_height);
        if let Some(cell) = self.cells_of(field).and_then(<[Cell]>::first_mut) {
            cell.glyph = Glyph::Narrow(icon.letter());
            let zone = cell.zone;
            let (x, y) = (field.column.saturating_mul(cell_width), field.row.saturating_mul(cell_height));
            self.images.push(Image { zone, x, y: y.into(), picture });
        }
    }

    /// Puts a picture somewhere in a zone: so many pixels from its left and upper edge.
    pub fn picture(&mut self, zone: Zone, (x, y): (u16, i32), picture: Arc<Picture>) {
        let zones = &self.display.zones;
        let row = match zone {
            Zone::TopLine => zones.top_row,
            Zone::Application => zones.first_application_row,
            Zone::Softkeys => zones.softkey_row,
        };
        let top = i32::from(row.saturating_mul(self.display.cell_height));
        self.images.push(Image { zone, x, y: y.saturating_add(top), picture });
    }

    /// Puts a picture into the middle of a softkey's field, counted from 0 at the left.
    pub fn picture_on_softkey(&mut self, number: u16, picture: Arc<Picture>) {
        let field = self.softkey(number);
        let (width, height) = (field.width.saturating_mul(self.display.cell_width), self.display.cell_height);
        let left = width.saturating_sub(picture.width()) / 2;
        let top = height.saturating_sub(picture.height()) / 2;
        let x = field.column.saturating_mul(self.display.cell_width).saturating_add(left);
        self.picture(Zone::Softkeys, (x, top.into()), picture);
    }

    /// The screen, with middle contrast, a white background and the light off.
    pub fn finish(self) -> Screen {
        Screen {
            columns: self.display.columns,
            cells: self.cells,
            contrast: self.display.contrast_steps / 2,
            background: [u8::MAX; 3],
            lit: false,
            images: self.images,
        }
    }

    fn mark(&mut self, field: Field, marks: Marks) {
        for cell in self.cells_of(field).into_iter().flatten() {
            cell.marks |= marks;
        }
    }

    /// The cells of a field as far as they are on the page.
    fn cells_of(&mut self, field: Field) -> Option<&mut [Cell]> {
        let columns = usize::from(self.display.columns);
        let row = self.cells.get_mut(usize::from(field.row) * columns..)?.get_mut(..columns)?;
        let end = usize::from(field.column.saturating_add(field.width)).min(columns);
        row.get_mut(field.column.into()..end)
    }

    /// Blanks halves of wide characters whose other half was written over.
    fn mend(&mut self, row: u16) {
        let Some(cells) = self.cells_of(self.row(row)) else { return };
        for at in 0..cells.len() {
            let lost = match cells[at].glyph {
                Glyph::Narrow(_) => false,
                Glyph::Wide(_) => cells.get(at + 1).is_none_or(|next| next.glyph != Glyph::RightHalf),
                Glyph::RightHalf => at == 0 || !matches!(cells[at - 1].glyph, Glyph::Wide(_)),
            };
            if lost {
                cells[at].glyph = Glyph::Narrow(' ');
            }
        }
    }
}
