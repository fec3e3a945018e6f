use std::convert::Infallible;

use embedded_graphics_core::{
    Pixel,
    draw_target::DrawTarget,
    geometry::{OriginDimensions, Size},
    pixelcolor::BinaryColor,
};

use crate::limits::GLYPH_SIDE_MAX;

/// A small picture of ink: one `u64` a row, the leftmost pixel in the lowest bit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Bitmap {
    width: u16,
    rows: Box<[u64]>,
}

impl Bitmap {
    /// Without ink; no side is longer than a glyph may be.
    pub(crate) fn blank(width: u16, height: u16) -> Self {
        let rows = vec![0; height.min(GLYPH_SIDE_MAX).into()].into();
        Bitmap { width: width.min(GLYPH_SIDE_MAX), rows }
    }

    /// The rows from the top.
    pub(crate) fn rows(&self) -> &[u64] {
        &self.rows
    }

    pub(crate) fn width(&self) -> u16 {
        self.width
    }

    /// Puts ink on a pixel, if there is one.
    pub(crate) fn ink(&mut self, x: u16, y: u16) {
        if x < self.width
            && let Some(row) = self.rows.get_mut(usize::from(y))
        {
            *row |= 1 << x;
        }
    }

    pub(crate) fn is_ink(&self, x: u16, y: u16) -> bool {
        x < self.width && self.rows.get(usize::from(y)).is_some_and(|row| row >> x & 1 == 1)
    }

    /// Without the blank columns at its sides.
    pub(crate) fn trimmed(&self) -> Bitmap {
        let all = self.rows.iter().fold(0, |all, row| all | row);
        if all == 0 {
            return self.clone();
        }
        // At most 64, the bits of a row.
        let (first, last) = (all.trailing_zeros() as u16, all.ilog2() as u16);
        self.placed((last + 1 - first, self.height()), (-i32::from(first), 0))
    }

    /// At most `width` wide: neighbouring columns fall together, and no stroke is lost.
    pub(crate) fn narrowed(&self, width: u16) -> Bitmap {
        let width = width.min(self.width);
        let mut narrow = Bitmap::blank(width, self.height());
        for y in 0..self.height() {
            for x in (0..self.width).filter(|x| self.is_ink(*x, y)) {
                narrow.ink(x * width / self.width, y);
            }
        }
        narrow
    }

    /// Each pixel `factor` times as wide and high.
    pub(crate) fn scaled(&self, factor: u16) -> Bitmap {
        let mut large = Bitmap::blank(self.width.saturating_mul(factor), self.height().saturating_mul(factor));
        for y in 0..large.height() {
            for x in (0..large.width).filter(|x| self.is_ink(x / factor, y / factor)) {
                large.ink(x, y);
            }
        }
        large
    }

    /// Its ink on a blank bitmap, moved right and down (negative: left and up); what leaves it is cut.
    pub(crate) fn placed(&self, (width, height): (u16, u16), (right, down): (i32, i32)) -> Bitmap {
        let mut placed = Bitmap::blank(width, height);
        for y in 0..self.height() {
            for x in (0..self.width).filter(|x| self.is_ink(*x, y)) {
                if let (Ok(x), Ok(y)) = (u16::try_from(i32::from(x) + right), u16::try_from(i32::from(y) + down)) {
                    placed.ink(x, y);
                }
            }
        }
        placed
    }

    fn height(&self) -> u16 {
        // Never above GLYPH_SIDE_MAX.
        self.rows.len() as u16
    }
}

impl OriginDimensions for Bitmap {
    fn size(&self) -> Size {
        Size::new(self.width.into(), self.height().into())
    }
}

/// How the fonts' own renderer draws.
impl DrawTarget for Bitmap {
    type Color = BinaryColor;
    type Error = Infallible;

    fn draw_iter<I: IntoIterator<Item = Pixel<BinaryColor>>>(&mut self, pixels: I) -> Result<(), Infallible> {
        for Pixel(point, colour) in pixels {
            if let (Ok(x), Ok(y), BinaryColor::On) = (u16::try_from(point.x), u16::try_from(point.y), colour) {
                self.ink(x, y);
            }
        }
        Ok(())
    }
}
