//! What a phone can show.

use crate::limits::{CELLS_MAX, COLUMNS_MIN, DECK_BYTES_MAX, IMAGE_BYTES_MAX};

/// What a phone can show. Columns and rows outside of what makes sense are brought to the nearest that does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Abilities {
    /// Characters in a row of the page.
    pub columns: u16,
    /// Rows of the page, without the top row and the softkeys.
    pub rows: u16,
    /// Width of the page, in pixels.
    pub page_width: u16,
    /// Height of the page, in pixels.
    pub page_height: u16,
    /// Softkeys.
    pub softkeys: u8,
    /// Characters of a softkey's label.
    pub softkey_columns: u16,
    /// A softkey can show an image.
    pub softkey_pictures: bool,
    /// The kinds of images.
    pub images: Vec<ImageKind>,
    /// The largest deck, in bytes.
    pub deck_bytes: usize,
    /// The largest image file, in bytes.
    pub image_bytes: usize,
    /// Sent as `User-Agent`; empty: none is sent.
    pub user_agent: String,
}

/// A kind of image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ImageKind {
    /// Wireless Bitmap, type 0.
    Wbmp,
    /// JPEG.
    Jpeg,
}

impl ImageKind {
    /// The kind of a media type.
    #[must_use]
    pub fn named(media_type: &str) -> Option<Self> {
        match media_type.to_ascii_lowercase().as_str() {
            "image/vnd.wap.wbmp" => Some(Self::Wbmp),
            "image/jpeg" | "image/jpg" => Some(Self::Jpeg),
            _ => None,
        }
    }

    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Wbmp => "image/vnd.wap.wbmp",
            Self::Jpeg => "image/jpeg",
        }
    }
}

impl Default for Abilities {
    /// Six rows of 28 characters, 168 x 96 pixels, four softkeys of six characters, WBMP.
    fn default() -> Self {
        Self {
            columns: 28,
            rows: 6,
            page_width: 168,
            page_height: 96,
            softkeys: 4,
            softkey_columns: 6,
            softkey_pictures: false,
            images: vec![ImageKind::Wbmp],
            deck_bytes: DECK_BYTES_MAX,
            image_bytes: IMAGE_BYTES_MAX,
            user_agent: String::new(),
        }
    }
}

impl Abilities {
    pub(crate) fn tidied(self) -> Self {
        Self { columns: self.columns.clamp(COLUMNS_MIN, CELLS_MAX), rows: self.rows.clamp(1, CELLS_MAX), ..self }
    }

    /// Pixels of a character's width.
    pub(crate) fn cell_width(&self) -> u16 {
        (self.page_width / self.columns).max(1)
    }

    /// Pixels of a row's height.
    pub(crate) fn row_height(&self) -> u16 {
        (self.page_height / self.rows).max(1)
    }
}
