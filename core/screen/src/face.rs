use std::ops::RangeInclusive;

use deskset_phone::RECTANGLE;
use embedded_graphics_core::{geometry::Point, pixelcolor::BinaryColor};
use u8g2_fonts::{
    FontRenderer, fonts,
    types::{FontColor, VerticalPosition},
};
use unifont::Glyph;

use crate::{bitmap::Bitmap, kana::half_width, limits::GLYPH_SIDE_MAX};

/// A set of fonts for one size of cell.
///
/// What a large face does not have it takes from the small one, twice as large. Behind that stands GNU Unifont: it has
/// every character, 8 or 16 pixels wide and 16 high, and is narrowed to the cell.
#[derive(Debug)]
pub(crate) struct Face {
    /// The size of a narrow character with the space around it; a wide one is twice as wide.
    width: u16,
    height: u16,
    /// The row below the feet of letters, from the top of the cell.
    baseline: u16,
    /// Pixels left free before a narrow character.
    indent: u16,
    /// Fonts with the characters they draw; the first that has one draws it.
    fonts: &'static [(FontRenderer, RangeInclusive<char>)],
    /// The face to take from, and how much larger.
    smaller: Option<(&'static Face, u16)>,
}

/// Where the feet of Unifont's letters end.
const UNIFONT_BASELINE: u16 = 14;

const LATIN: RangeInclusive<char> = ' '..='\u{FF}';
const CYRILLIC: RangeInclusive<char> = '\u{400}'..='\u{45F}';
const HEBREW: RangeInclusive<char> = '\u{5D0}'..='\u{5EA}';
const KANA: RangeInclusive<char> = '\u{3041}'..='\u{30FF}';
const HAN: RangeInclusive<char> = '\u{4E00}'..='\u{9FA5}';

/// Cells of 6 x 16 pixels: the grey displays.
static SMALL: Face = Face {
    width: 6,
    height: 16,
    baseline: 12,
    indent: 1,
    fonts: &[
        (FontRenderer::new::<fonts::u8g2_font_6x13_te>(), LATIN),
        (FontRenderer::new::<fonts::u8g2_font_6x13_t_cyrillic>(), CYRILLIC),
        (FontRenderer::new::<fonts::u8g2_font_6x13_t_hebrew>(), HEBREW),
        (FontRenderer::new::<fonts::u8g2_font_b12_t_japanese3>(), KANA),
        (FontRenderer::new::<fonts::u8g2_font_wqy12_t_gb2312>(), HAN),
        (FontRenderer::new::<fonts::u8g2_font_b12_t_japanese3>(), HAN),
    ],
    smaller: None,
};

/// Cells of 11 x 30 pixels: the coloured displays.
static LARGE: Face = Face {
    width: 10,
    height: 20,
    baseline: 16,
    indent: 0,
    fonts: &[
        (FontRenderer::new::<fonts::u8g2_font_10x20_te>(), LATIN),
        (FontRenderer::new::<fonts::u8g2_font_10x20_t_cyrillic>(), CYRILLIC),
    ],
    smaller: Some((&SMALL, 2)),
};

impl Face {
    /// The largest face that fits into a cell; the small one if none does.
    pub(crate) fn for_cell(width: u16, height: u16) -> &'static Face {
        if LARGE.width <= width && LARGE.height <= height { &LARGE } else { &SMALL }
    }

    /// A character in the middle of a cell, or of two if it is wide: `width` pixels in all.
    pub(crate) fn draw(&self, character: char, wide: bool, (width, height): (u16, u16)) -> Bitmap {
        let (width, height) = (width.min(GLYPH_SIDE_MAX), height.min(GLYPH_SIDE_MAX));
        let own = self.size(wide);
        let factor = (width / own.0).min(height / own.1).max(1);
        let (glyph, baseline) = self.glyph(character, wide, factor);
        let centred = |side: u16, taken: u16| (i32::from(side) - i32::from(taken)).div_euclid(2);
        let feet = centred(height, own.1 * factor).max(0) + i32::from(self.baseline * factor);
        glyph.placed((width, height), (centred(width, glyph.width()), feet - i32::from(baseline)))
    }

    fn size(&self, wide: bool) -> (u16, u16) {
        (if wide { self.width * 2 } else { self.width }, self.height)
    }

    /// The character `factor` times as large, and its baseline.
    fn glyph(&self, character: char, wide: bool, factor: u16) -> (Bitmap, u16) {
        let size = self.size(wide);
        let drawn = |glyph: Bitmap| (glyph.scaled(factor), self.baseline * factor);
        if character == RECTANGLE {
            return drawn(self.rectangle(size));
        }
        let fonts = self.fonts.iter().filter(|(_, characters)| characters.contains(&character));
        for (font, _) in fonts {
            let feet = (if wide { 0 } else { self.indent }, self.baseline);
            if let Some(glyph) = rendered(font, character, feet, size) {
                return drawn(glyph);
            }
        }
        if let Some((face, larger)) = self.smaller {
            return face.glyph(character, wide, factor * larger);
        }
        if let Some(glyph) = half_width(character, size, self.indent, self.baseline) {
            return drawn(glyph);
        }
        // Han characters use all 16 rows: where the cell has no more, they stay where they are.
        let down = (i32::from(self.baseline) - i32::from(UNIFONT_BASELINE)).clamp(0, i32::from(size.1) - 16);
        match unifont::get_glyph(character) {
            Some(glyph) => drawn(fitted(&of_unifont(glyph), size, down)),
            None => drawn(self.rectangle(size)),
        }
    }

    /// U+25AF as wide as the character it stands for.
    fn rectangle(&self, (width, height): (u16, u16)) -> Bitmap {
        let mut drawn = Bitmap::blank(width, height);
        let (right, top, foot) = (width - 1, self.baseline - self.width * 3 / 2, self.baseline - 1);
        for y in top..=foot {
            for x in 1..=right {
                if x == 1 || x == right || y == top || y == foot {
                    drawn.ink(x, y);
                }
            }
        }
        drawn
    }
}

fn rendered(font: &FontRenderer, character: char, feet: (u16, u16), size: (u16, u16)) -> Option<Bitmap> {
    let mut glyph = Bitmap::blank(size.0, size.1);
    let colour = FontColor::Transparent(BinaryColor::On);
    let feet = Point::new(feet.0.into(), feet.1.into());
    font.render(character, feet, VerticalPosition::Baseline, colour, &mut glyph).ok().map(|_| glyph)
}

fn of_unifont(glyph: &Glyph) -> Bitmap {
    // 8 or 16.
    let width = glyph.get_width() as u16;
    let mut drawn = Bitmap::blank(width, 16);
    for (x, y) in (0..16).flat_map(|y| (0..width).map(move |x| (x, y))) {
        if glyph.get_pixel(x.into(), y.into()) {
            drawn.ink(x, y);
        }
    }
    drawn
}

/// The ink of a glyph in the middle, narrowed so that one column stays free, and moved down.
fn fitted(glyph: &Bitmap, size: (u16, u16), down: i32) -> Bitmap {
    let ink = glyph.trimmed().narrowed(size.0 - 1);
    ink.placed(size, ((i32::from(size.0) + 1 - i32::from(ink.width())) / 2, down))
}
