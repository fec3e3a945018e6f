//! A phone's screen on a terminal: each cell a character, or two pixels in each character.

use deskset_phone::{Cell as PhoneCell, Glyph, Marks, RECTANGLE, Screen, Shade};
use deskset_screen::{Depth, Picture, indexed};
use ratatui_core::{
    buffer::{Buffer, Cell},
    layout::Position,
    style::{Color, Modifier},
};
use unicode_width::UnicodeWidthChar as _;

/// Paints a screen's cells, from this place on. `colours`: behind the text of a shade, and of the text.
pub(crate) fn cells(
    buffer: &mut Buffer,
    at: Position,
    screen: &Screen,
    colours: impl Fn(Shade) -> ([u8; 3], [u8; 3]),
    depth: Depth,
) {
    for (y, row) in (at.y..).zip(screen.cells()) {
        for (x, cell) in (at.x..).zip(row) {
            let Some(place) = buffer.cell_mut((x, y)) else { continue };
            // A box has no room for its lines here: its ground stands for them.
            let boxed = cell.marks.contains(Marks::BOX) && cell.shade == Shade::Paper;
            let (behind, ink) = colours(if boxed { Shade::Light } else { cell.shade });
            place.set_bg(colour(behind, depth)).set_fg(colour(ink, depth));
            write(place, cell);
        }
    }
}

fn write(place: &mut Cell, cell: &PhoneCell) {
    let fits = |character: char, width| character.width() == Some(width);
    match cell.glyph {
        Glyph::Narrow(' ') if cell.marks.contains(Marks::DIVIDER) => place.set_char('│'),
        Glyph::Narrow(character) if fits(character, 1) => place.set_char(character),
        Glyph::Wide(character) if fits(character, 2) => place.set_char(character),
        Glyph::Narrow(_) | Glyph::Wide(_) => place.set_char(RECTANGLE),
        // Behind a wide character nothing is written; behind anything else this is blank.
        Glyph::RightHalf => place.set_char(' '),
    };
    if cell.marks.contains(Marks::CURSOR) {
        place.modifier.insert(Modifier::REVERSED);
    }
}

/// Paints a picture, from this place on: the upper of two pixels is the character's colour, the lower its ground.
pub(crate) fn pixels(buffer: &mut Buffer, at: Position, picture: &Picture, depth: Depth) {
    let colours: Vec<[u8; 3]> = picture.colours().collect();
    let rows: Vec<&[[u8; 3]]> = colours.chunks(picture.width().max(1).into()).collect();
    for (y, pair) in (at.y..).zip(rows.chunks(2)) {
        for (x, upper) in (at.x..).zip(pair[0]) {
            let Some(place) = buffer.cell_mut((x, y)) else { continue };
            place.set_char('▀').set_fg(colour(*upper, depth));
            if let Some(lower) = pair.get(1).and_then(|row| row.get(usize::from(x - at.x))) {
                place.set_bg(colour(*lower, depth));
            }
        }
    }
}

fn colour(rgb: [u8; 3], depth: Depth) -> Color {
    match depth {
        Depth::True => Color::Rgb(rgb[0], rgb[1], rgb[2]),
        Depth::Indexed => Color::Indexed(indexed(rgb)),
    }
}
