//! Images: WBMP by an own reader, JPEG by a library.

mod jpeg;
mod wbmp;

use crate::limits::IMAGE_SIDE_MAX;

/// A decoded image.
#[derive(Clone, PartialEq, Eq)]
pub enum Picture {
    /// Black and white. Rows are padded to whole bytes, the highest bit is the leftmost pixel, 1 is **white**, as in the
    /// file.
    Mono {
        /// In pixels.
        width: u16,
        /// In pixels.
        height: u16,
        /// `width.div_ceil(8) * height` bytes.
        bits: Vec<u8>,
    },
    /// Three bytes for each pixel: red, green, blue.
    Colour {
        /// In pixels.
        width: u16,
        /// In pixels.
        height: u16,
        /// `3 * width * height` bytes.
        rgb: Vec<u8>,
    },
}

/// Why bytes are no image that can be shown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// It is no WBMP of type 0, or it ends too early.
    #[error("no WBMP of type 0")]
    Wbmp,
    /// It is no JPEG, or a damaged one.
    #[error("no JPEG: {0}")]
    Jpeg(String),
    /// A side is zero or too long.
    #[error("{width} x {height} pixels; each side has 1 to {IMAGE_SIDE_MAX}")]
    Size {
        /// In pixels.
        width: usize,
        /// In pixels.
        height: usize,
    },
    /// The type is not one that this browser shows.
    #[error("images of this type are not shown")]
    Kind,
}

impl Picture {
    /// Reads a Wireless Bitmap of type 0 (Wireless Application Environment Specification 1.3, appendix A).
    ///
    /// # Errors
    /// [`PictureError::Wbmp`], [`PictureError::Size`].
    pub fn wbmp(bytes: &[u8]) -> Result<Self, PictureError> {
        wbmp::read(bytes)
    }

    /// Reads a JPEG.
    ///
    /// # Errors
    /// [`PictureError::Jpeg`], [`PictureError::Size`].
    pub fn jpeg(bytes: &[u8]) -> Result<Self, PictureError> {
        jpeg::read(bytes)
    }

    /// In pixels.
    #[must_use]
    pub fn width(&self) -> u16 {
        match self {
            Self::Mono { width, .. } | Self::Colour { width, .. } => *width,
        }
    }

    /// In pixels.
    #[must_use]
    pub fn height(&self) -> u16 {
        match self {
            Self::Mono { height, .. } | Self::Colour { height, .. } => *height,
        }
    }

    /// Red, green and blue of a pixel; nothing outside of the image.
    #[must_use]
    pub fn pixel(&self, x: u16, y: u16) -> Option<[u8; 3]> {
        if x >= self.width() || y >= self.height() {
            return None;
        }
        let (x, y) = (usize::from(x), usize::from(y));
        match self {
            Self::Mono { width, bits, .. } => {
                let byte = bits.get(y * usize::from(*width).div_ceil(8) + x / 8)?;
                Some(if byte << (x % 8) & 0x80 == 0 { [0; 3] } else { [0xff; 3] })
            }
            Self::Colour { width, rgb, .. } => {
                let at = 3 * (y * usize::from(*width) + x);
                rgb.get(at..at + 3)?.try_into().ok()
            }
        }
    }
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kind = if matches!(self, Self::Mono { .. }) { "Mono" } else { "Colour" };
        write!(f, "{kind}({} x {})", self.width(), self.height())
    }
}

/// Both sides, if they are possible ones.
fn sides(width: usize, height: usize) -> Result<(u16, u16), PictureError> {
    let side = |pixels: usize| u16::try_from(pixels).ok().filter(|_| (1..=IMAGE_SIDE_MAX).contains(&pixels));
    side(width).zip(side(height)).ok_or(PictureError::Size { width, height })
}
