//! Words into lines.

use std::sync::Arc;

use unicode_width::UnicodeWidthChar as _;

use super::{Aim, Cell, Glyph, Layout, Placed};
use crate::{
    abilities::Abilities,
    deck::Align,
    limits::{DRAWN_CHARS_MAX, ROWS_MAX},
    page::{Icon, Piece, Row, Target},
    picture::Picture,
};

/// A line of a card.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Line {
    cells: Vec<Cell>,
    width: u16,
    pub aims: Vec<Aim>,
    /// What replaces the card's title while this line is the first that is seen.
    pub title: String,
}

impl Line {
    fn push(&mut self, cell: Cell) {
        self.width += cell.width;
        self.cells.push(cell);
    }

    /// The line as others see it.
    pub fn row(&self, target: impl Fn(Aim) -> Target) -> Row {
        let mut pieces: Vec<Piece> = Vec::new();
        for cell in &self.cells {
            let is_link = cell.link.is_some();
            match (cell.glyph, pieces.last_mut()) {
                (Glyph::Character(next), Some(Piece::Text { text, bold, link }))
                    if *bold == cell.bold && *link == is_link =>
                {
                    text.push(next);
                }
                (Glyph::Character(next), _) => {
                    pieces.push(Piece::Text { text: next.into(), bold: cell.bold, link: is_link });
                }
                (Glyph::Icon(icon), _) => pieces.push(Piece::Icon(icon)),
                (Glyph::Picture(_) | Glyph::Gap, _) => pieces.push(Piece::Gap(cell.width)),
            }
        }
        Row { pieces, targets: self.aims.iter().map(|aim| target(*aim)).collect() }
    }
}

/// Lines in the making.
pub(super) struct Flow<'a> {
    abilities: &'a Abilities,
    layout: Layout,
    line: Line,
    /// All images that stand in lines, with the pixels above each; cells name them by number.
    inline: Vec<(u16, Arc<Picture>)>,
    word: Vec<Cell>,
    /// White space waits for what follows it.
    space: Option<Cell>,
    align: Align,
    nowrap: bool,
    /// A row of a table is one line.
    in_row: bool,
    /// Something has been cut off the line at hand: nothing follows in it.
    full: bool,
    characters: usize,
}

impl<'a> Flow<'a> {
    pub fn new(abilities: &'a Abilities) -> Self {
        Self {
            abilities,
            layout: Layout::default(),
            line: Line::default(),
            inline: Vec::new(),
            word: Vec::new(),
            space: None,
            align: Align::Left,
            nowrap: false,
            in_row: false,
            full: false,
            characters: 0,
        }
    }

    /// Characters. White space separates words, unless the text is `verbatim`.
    pub fn text(&mut self, text: &str, bold: bool, link: Option<usize>, verbatim: bool) {
        for character in text.chars() {
            self.characters += 1;
            if self.characters > DRAWN_CHARS_MAX {
                return;
            }
            let cell = |character, width| Cell { glyph: Glyph::Character(character), width, bold, link };
            match character {
                '\n' if verbatim => self.line_break(),
                ' ' | '\t' | '\n' | '\r' if verbatim => self.word.push(cell(' ', 1)),
                ' ' | '\t' | '\n' | '\r' => {
                    self.end_word();
                    self.space = Some(cell(' ', 1));
                }
                '\u{a0}' => self.word.push(cell(' ', 1)),
                // A soft hyphen shows nothing where no line ends, and no line ends at one here.
                '\u{ad}' => {}
                _ => match character.width() {
                    None => {}
                    Some(0) if self.word.is_empty() && self.line.cells.is_empty() => {}
                    Some(2) => {
                        self.end_word();
                        self.word.push(cell(character, 2));
                        self.end_word();
                    }
                    Some(width) => self.word.push(cell(character, u16::try_from(width).unwrap_or(1))),
                },
            }
        }
    }

    /// An icon and what follows it stay together.
    pub fn icon(&mut self, icon: Icon, link: Option<usize>) {
        self.end_word();
        self.word.push(Cell { glyph: Glyph::Icon(icon), width: Icon::COLUMNS, bold: false, link });
    }

    /// The line ends here, even if it is empty. In a row of a table, a space is all there is.
    pub fn line_break(&mut self) {
        if self.in_row {
            return self.text(" ", false, None, false);
        }
        self.end_word();
        self.end_line();
    }

    /// What follows begins a line and stands like this.
    pub fn paragraph(&mut self, align: Align, nowrap: bool) {
        self.fresh_line();
        (self.align, self.nowrap) = (align, nowrap);
    }

    /// A row of a table begins.
    pub fn begin_row(&mut self) {
        self.fresh_line();
        self.in_row = true;
    }

    /// A row of a table ends.
    pub fn end_row(&mut self) {
        self.fresh_line();
        self.in_row = false;
    }

    /// An image: in the line if it is no higher, otherwise with lines of its own.
    pub fn picture(&mut self, picture: &Arc<Picture>, space: u16, link: Option<usize>) {
        let (cell, row) = (self.abilities.cell_width(), self.abilities.row_height());
        let columns = picture.width().div_ceil(cell);
        let height = picture.height().saturating_add(space.saturating_mul(2));
        self.end_word();
        if height <= row && columns <= self.abilities.columns {
            self.inline.push((space, Arc::clone(picture)));
            let glyph = Glyph::Picture(self.inline.len() - 1);
            self.word.push(Cell { glyph, width: columns, bold: false, link });
            self.end_word();
            return;
        }
        self.fresh_line();
        let indent = self.indent(columns.min(self.abilities.columns));
        let placed = Placed { line: self.layout.lines.len(), x: indent * cell, y: space, picture: Arc::clone(picture) };
        for _ in 0..height.div_ceil(row) {
            self.line.aims.extend(link.map(Aim::Link));
            self.end_line();
        }
        if placed.line < self.layout.lines.len() {
            self.layout.pictures.push(placed);
        }
    }

    /// An entry field, in brackets, on a line of its own; with a cursor, the part around it is what is seen.
    pub fn field(&mut self, text: &str, cursor: Option<usize>, aim: Aim, title: &str) {
        self.fresh_line();
        let align = std::mem::take(&mut self.align);
        self.put('[');
        let room = self.abilities.columns.saturating_sub(2);
        let width = |character: &char| character.width().and_then(|width| u16::try_from(width).ok()).unwrap_or(0);
        let before: Vec<char> = text.chars().take(cursor.unwrap_or(0)).collect();
        // From the cursor to the left as far as there is room, and a column for the cursor.
        let mut used = 0;
        let kept = before.iter().rev().take_while(|character| {
            used += width(character);
            used < room
        });
        let hidden = before.len() - kept.count();
        let mut at = 1;
        let mut cursor_column = cursor.map(|_| 1);
        for (number, character) in text.chars().enumerate().skip(hidden) {
            let columns = width(&character);
            if at + columns > room + 1 {
                break;
            }
            at += columns;
            self.put(character);
            if cursor.is_some_and(|cursor| number < cursor) {
                cursor_column = Some(at);
            }
        }
        self.put(']');
        if let Some(column) = cursor_column {
            self.layout.cursor = Some((self.layout.lines.len(), column));
        }
        self.line.aims.push(aim);
        title.clone_into(&mut self.line.title);
        self.end_line();
        self.align = align;
    }

    /// A line by itself, cut at the row's end.
    pub fn own_line(&mut self, icon: Option<Icon>, text: &str, aim: Option<Aim>, title: &str) {
        self.fresh_line();
        let (align, nowrap) = (std::mem::take(&mut self.align), std::mem::replace(&mut self.nowrap, true));
        if let Some(icon) = icon {
            self.icon(icon, None);
        }
        self.text(text, false, None, false);
        self.end_word();
        self.line.aims.extend(aim);
        title.clone_into(&mut self.line.title);
        self.end_line();
        (self.align, self.nowrap) = (align, nowrap);
    }

    pub fn finish(mut self) -> Layout {
        self.fresh_line();
        self.layout
    }

    fn put(&mut self, character: char) {
        let width = character.width().and_then(|width| u16::try_from(width).ok()).unwrap_or(0);
        self.line.push(Cell { glyph: Glyph::Character(character), width, bold: false, link: None });
    }

    fn end_word(&mut self) {
        let word = std::mem::take(&mut self.word);
        if word.is_empty() || self.full {
            return;
        }
        let width: u16 = word.iter().fold(0, |sum, cell| sum.saturating_add(cell.width));
        let space = self.space.take().filter(|_| !self.line.cells.is_empty());
        let columns = self.abilities.columns;
        let fits =
            self.line.width.saturating_add(width).saturating_add(space.map_or(0, |space| space.width)) <= columns;
        if fits || self.nowrap || self.in_row {
            self.extend(space);
        } else if !self.line.cells.is_empty() {
            self.end_line();
        }
        for cell in word {
            if self.line.width + cell.width > columns {
                if self.nowrap || self.in_row {
                    self.full = true;
                    return;
                }
                self.end_line();
            }
            self.extend(Some(cell));
        }
    }

    fn extend(&mut self, cell: Option<Cell>) {
        let Some(cell) = cell.filter(|cell| self.line.width + cell.width <= self.abilities.columns) else { return };
        let aim = cell.link.map(Aim::Link);
        if let Some(aim) = aim.filter(|aim| !self.line.aims.contains(aim)) {
            self.line.aims.push(aim);
        }
        self.line.push(cell);
    }

    fn fresh_line(&mut self) {
        self.end_word();
        self.space = None;
        if !self.line.cells.is_empty() {
            self.end_line();
        }
    }

    fn end_line(&mut self) {
        self.space = None;
        self.full = false;
        let mut line = std::mem::take(&mut self.line);
        if self.layout.lines.len() >= ROWS_MAX {
            return;
        }
        let indent = self.indent(line.width);
        if indent > 0 && !line.cells.is_empty() {
            line.cells.insert(0, Cell { glyph: Glyph::Gap, width: indent, bold: false, link: None });
            line.width += indent;
        }
        let mut column = 0;
        for cell in &line.cells {
            if let Glyph::Picture(number) = cell.glyph
                && let Some((y, picture)) = self.inline.get(number)
            {
                let (x, picture) = (column * self.abilities.cell_width(), Arc::clone(picture));
                self.layout.pictures.push(Placed { line: self.layout.lines.len(), x, y: *y, picture });
            }
            column += cell.width;
        }
        self.layout.lines.push(line);
    }

    fn indent(&self, width: u16) -> u16 {
        let free = self.abilities.columns.saturating_sub(width);
        match self.align {
            Align::Left => 0,
            Align::Center => free / 2,
            Align::Right => free,
        }
    }
}
