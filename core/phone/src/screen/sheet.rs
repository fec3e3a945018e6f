//! A screen as text, with nothing left out: for files that people read and programs compare.
//!
//! ```text
//! 28 columns, contrast 8, background FFFFFF, lit
//! |a=4711                      | application: 28 light
//! |SpDial   Log                | softkeys: 1 paper box box_start, 5 paper box, …
//! ```

use std::{fmt::Write as _, sync::Arc};

use deskset_browser::Picture;
use unicode_width::UnicodeWidthChar as _;

use super::{Cell, Glyph, Image, Marks, RECTANGLE, Screen, Shade, Zone};

/// What a wide rectangle is written as: in a text alone, its width would be lost.
const WIDE_RECTANGLE: char = '\u{25AD}';

const ZONES: [(Zone, &str); 3] =
    [(Zone::TopLine, "top line"), (Zone::Application, "application"), (Zone::Softkeys, "softkeys")];
const SHADES: [(Shade, &str); 3] = [(Shade::Paper, "paper"), (Shade::Light, "light"), (Shade::Dark, "dark")];

/// A text is no sheet.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("line {line} of the sheet cannot be read: \"{text}\"")]
pub struct NoSheet {
    /// Which, from 1.
    pub line: usize,
    /// What stands there.
    pub text: String,
}

impl Screen {
    /// All of it as text, one line a row; [`Screen::from_sheet`] reads it.
    pub fn sheet(&self) -> String {
        let [red, green, blue] = self.background;
        let lit = if self.lit { "lit" } else { "dark" };
        let (columns, contrast) = (self.columns, self.contrast);
        let mut sheet =
            format!("{columns} columns, contrast {contrast}, background {red:02X}{green:02X}{blue:02X}, {lit}\n");
        for row in self.cells() {
            sheet.push('|');
            sheet.extend(row.iter().filter_map(|cell| match cell.glyph {
                Glyph::Wide(RECTANGLE) => Some(WIDE_RECTANGLE),
                Glyph::Narrow(character) | Glyph::Wide(character) => Some(character),
                Glyph::RightHalf => None,
            }));
            // Writing into a string cannot fail.
            let _ = writeln!(sheet, "| {}: {}", word(&ZONES, row[0].zone), runs(row));
        }
        for image in &self.images {
            let _ = writeln!(sheet, "{}", image_line(image));
        }
        sheet
    }

    /// Reads what [`Screen::sheet`] wrote.
    ///
    /// # Errors
    /// [`NoSheet`] names the first line that is not as it should be.
    pub fn from_sheet(sheet: &str) -> Result<Screen, NoSheet> {
        let refused = |line: usize, text: &str| NoSheet { line: line + 1, text: text.to_owned() };
        let mut lines = sheet.lines().enumerate();
        let (_, head) = lines.next().ok_or_else(|| refused(0, ""))?;
        let mut screen = read_head(head).ok_or_else(|| refused(0, head))?;
        for (number, line) in lines {
            if let Some(rest) = line.strip_prefix(IMAGE) {
                screen.images.push(read_image(rest).ok_or_else(|| refused(number, line))?);
                continue;
            }
            let row = read_row(line).filter(|row| row.len() == usize::from(screen.columns));
            screen.cells.extend(row.ok_or_else(|| refused(number, line))?);
        }
        Ok(screen)
    }
}

/// What a line about a picture begins with.
const IMAGE: &str = "image ";

/// Zone, place, size, kind, and the pixels as hexadecimal digits.
fn image_line(image: &Image) -> String {
    let (kind, bytes) = match &*image.picture {
        Picture::Mono { bits, .. } => ("mono", bits),
        Picture::Colour { rgb, .. } => ("colour", rgb),
    };
    let (width, height) = (image.picture.width(), image.picture.height());
    let mut line =
        format!("{IMAGE}{}, {}, {}, {width}, {height}, {kind}, ", word(&ZONES, image.zone), image.x, image.y);
    for byte in bytes {
        let _ = write!(line, "{byte:02X}");
    }
    line
}

fn read_image(line: &str) -> Option<Image> {
    let mut parts = line.split(", ");
    let zone = meaning(&ZONES, parts.next()?)?;
    let (x, y) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let (width, height): (u16, u16) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let (kind, digits) = (parts.next()?, parts.next()?);
    let pair = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    let bytes = (0..digits.len()).step_by(2).map(pair).collect::<Option<Vec<u8>>>()?;
    let (columns, rows) = (usize::from(width), usize::from(height));
    let picture = match kind {
        "mono" if bytes.len() == columns.div_ceil(8) * rows => Picture::Mono { width, height, bits: bytes },
        "colour" if bytes.len() == 3 * columns * rows => Picture::Colour { width, height, rgb: bytes },
        _ => return None,
    };
    Some(Image { zone, x, y, picture: Arc::new(picture) })
}

/// Neighbours with the same shade and marks are told once.
fn runs(row: &[Cell]) -> String {
    let alike = |a: &Cell, b: &Cell| (a.shade, a.marks) == (b.shade, b.marks);
    let run = |run: &[Cell]| {
        let mut words = format!("{} {}", run.len(), word(&SHADES, run[0].shade));
        for (name, _) in run[0].marks.iter_names() {
            let _ = write!(words, " {}", name.to_ascii_lowercase());
        }
        words
    };
    row.chunk_by(alike).map(run).collect::<Vec<_>>().join(", ")
}

fn read_head(line: &str) -> Option<Screen> {
    let mut parts = line.split(", ");
    let columns = parts.next()?.strip_suffix(" columns")?.parse().ok().filter(|columns| *columns > 0)?;
    let contrast = parts.next()?.strip_prefix("contrast ")?.parse().ok()?;
    let background = super::colour(parts.next()?.strip_prefix("background ")?)?;
    let lit = match parts.next()? {
        "lit" => true,
        "dark" => false,
        _ => return None,
    };
    Some(Screen { columns, cells: Vec::new(), contrast, background, lit, images: Vec::new() })
}

fn read_row(line: &str) -> Option<Vec<Cell>> {
    let (text, look) = line.strip_prefix('|')?.rsplit_once("| ")?;
    let (zone, runs) = look.split_once(": ")?;
    let zone = meaning(&ZONES, zone)?;
    let mut looks = Vec::new();
    for run in runs.split(", ") {
        let mut words = run.split(' ');
        let count: u16 = words.next()?.parse().ok()?;
        let shade = meaning(&SHADES, words.next()?)?;
        let marks = words.map(|name| Marks::from_name(&name.to_ascii_uppercase())).collect::<Option<Marks>>()?;
        looks.extend(std::iter::repeat_n((shade, marks), count.into()));
    }
    let glyphs: Vec<Glyph> = text.chars().flat_map(glyphs_of).flatten().collect();
    let cell = |(glyph, (shade, marks))| Cell { glyph, zone, shade, marks };
    (glyphs.len() == looks.len()).then(|| glyphs.into_iter().zip(looks).map(cell).collect())
}

fn glyphs_of(character: char) -> [Option<Glyph>; 2] {
    match character {
        WIDE_RECTANGLE => [Some(Glyph::Wide(RECTANGLE)), Some(Glyph::RightHalf)],
        wide if wide.width() == Some(2) => [Some(Glyph::Wide(wide)), Some(Glyph::RightHalf)],
        narrow => [Some(Glyph::Narrow(narrow)), None],
    }
}

fn word<T: PartialEq>(words: &[(T, &'static str)], meant: T) -> &'static str {
    words.iter().find(|(meaning, _)| *meaning == meant).map_or("", |(_, word)| word)
}

fn meaning<T: Copy>(words: &[(T, &str)], read: &str) -> Option<T> {
    words.iter().find(|(_, word)| *word == read).map(|(meaning, _)| *meaning)
}
