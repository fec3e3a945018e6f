use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use crate::{
    ScreenError,
    bitmap::Bitmap,
    limits::{PIXELS_MAX, SCALE_MAX},
    tones::{NAMED, Tones},
};

/// Pixels, each one of at most 256 tones.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Picture {
    width: u16,
    height: u16,
    tones: Tones,
    pixels: Vec<u8>,
}

impl Picture {
    pub(crate) fn new(width: u16, height: u16) -> Self {
        Picture { width, height, tones: vec![[0; 3]; NAMED], pixels: vec![0; usize::from(width) * usize::from(height)] }
    }

    /// Columns of pixels.
    pub fn width(&self) -> u16 {
        self.width
    }

    /// Rows of pixels.
    pub fn height(&self) -> u16 {
        self.height
    }

    /// Red, green and blue of every pixel, row by row from the top.
    pub fn colours(&self) -> impl ExactSizeIterator<Item = [u8; 3]> {
        self.pixels.iter().map(|tone| self.tones[usize::from(*tone)])
    }

    /// SHA-256 of width and height (two bytes each, high byte first) and of [`Picture::colours`], in hexadecimal.
    pub fn digest(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(self.width.to_be_bytes());
        hash.update(self.height.to_be_bytes());
        hash.update(self.colours().flatten().collect::<Vec<u8>>());
        hash.finalize().iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// Each pixel `factor` times as wide and high, 1 to [`SCALE_MAX`].
    ///
    /// # Errors
    /// [`ScreenError::Scale`] if the factor is another or the picture would have too many pixels.
    pub fn scaled(&self, factor: u16) -> Result<Picture, ScreenError> {
        let refused = ScreenError::Scale { width: self.width, height: self.height, factor };
        let (Some(width), Some(height), 1..=SCALE_MAX) =
            (self.width.checked_mul(factor), self.height.checked_mul(factor), factor)
        else {
            return Err(refused);
        };
        if usize::from(width) * usize::from(height) > PIXELS_MAX {
            return Err(refused);
        }
        let mut pixels = Vec::with_capacity(usize::from(width) * usize::from(height));
        for row in self.pixels.chunks_exact(self.width.into()) {
            let wide: Vec<u8> = row.iter().flat_map(|tone| std::iter::repeat_n(*tone, factor.into())).collect();
            (0..factor).for_each(|_| pixels.extend_from_slice(&wide));
        }
        Ok(Picture { width, height, tones: self.tones.clone(), pixels })
    }

    /// Where two pictures of the same screen are not the same: red; the rest is the second one, faded.
    pub fn difference(&self, other: &Picture) -> Picture {
        let (width, height) = (self.width.max(other.width), self.height.max(other.height));
        let mut picture = Picture::new(width, height);
        // Same and dark, same and bright, different.
        picture.tones = vec![[0xA0; 3], [u8::MAX; 3], [0xE0, 0, 0]];
        for (x, y) in (0..height).flat_map(|y| (0..width).map(move |x| (x, y))) {
            let (was, is) = (self.colour(x, y), other.colour(x, y));
            let tone = match is {
                Some(colour) if was == is => u8::from(colour.iter().all(|channel| *channel >= 128)),
                _ => 2,
            };
            picture.fill((x, y), (1, 1), tone);
        }
        picture
    }

    /// As PNG with a palette.
    ///
    /// # Errors
    /// [`ScreenError::Png`] if the encoder fails.
    pub fn to_png(&self) -> Result<Vec<u8>, ScreenError> {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, self.width.into(), self.height.into());
        encoder.set_color(png::ColorType::Indexed);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_palette(self.tones.as_flattened());
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&self.pixels)?;
        writer.finish()?;
        Ok(file)
    }

    fn colour(&self, x: u16, y: u16) -> Option<[u8; 3]> {
        let inside = x < self.width && y < self.height;
        inside.then(|| self.tones[usize::from(self.pixels[usize::from(y) * usize::from(self.width) + usize::from(x)])])
    }

    pub(crate) fn set_tones(&mut self, tones: Tones) {
        self.tones = tones;
    }

    pub(crate) fn pixels_mut(&mut self) -> &mut [u8] {
        &mut self.pixels
    }

    /// Fills a rectangle as far as it lies inside.
    pub(crate) fn fill(&mut self, (left, top): (u16, u16), (width, height): (u16, u16), tone: u8) {
        let right = left.saturating_add(width).min(self.width);
        for row in self.rows_mut(top, height) {
            if let Some(part) = row.get_mut(left.into()..right.into()) {
                part.fill(tone);
            }
        }
    }

    /// Sets a pixel, if it lies inside.
    pub(crate) fn set(&mut self, (x, y): (u16, u16), tone: u8) {
        self.fill((x, y), (1, 1), tone);
    }

    /// Puts the ink of a glyph on what is there.
    pub(crate) fn stamp(&mut self, (left, top): (u16, u16), glyph: &Bitmap, tone: u8) {
        let right = left.saturating_add(glyph.width()).min(self.width);
        // Never above GLYPH_SIDE_MAX.
        let height = glyph.rows().len() as u16;
        for (row, bits) in self.rows_mut(top, height).zip(glyph.rows()) {
            let mut bits = *bits;
            for pixel in row.get_mut(left.into()..right.into()).unwrap_or_default() {
                if bits == 0 {
                    break;
                }
                if bits & 1 == 1 {
                    *pixel = tone;
                }
                bits >>= 1;
            }
        }
    }

    fn rows_mut(&mut self, top: u16, height: u16) -> impl Iterator<Item = &mut [u8]> {
        let width = usize::from(self.width);
        self.pixels.chunks_exact_mut(width).skip(top.into()).take(height.into())
    }
}
