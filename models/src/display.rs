use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

/// A model's screen.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Display {
    /// Width in pixels.
    pub width: u16,
    /// Height in pixels.
    pub height: u16,
    /// What a pixel can be.
    pub colours: Colours,
    /// Text columns.
    pub columns: u16,
    /// Text rows.
    pub rows: u16,
    /// Width of one text cell in pixels.
    pub cell_width: u16,
    /// Height of one text cell in pixels.
    pub cell_height: u16,
    /// Which rows serve what.
    pub zones: Zones,
    /// Which characters it can show.
    pub repertoire: Repertoire,
    /// Steps of contrast, 0 if it cannot be set.
    pub contrast_steps: u8,
    /// Whether it is lit from behind.
    pub backlight: bool,
    /// Background colours a user may choose; empty on grey screens.
    pub backgrounds: Vec<Palette>,
}

/// What a pixel can be.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Colours {
    /// Levels of grey.
    Gray {
        /// How many.
        levels: u16,
    },
    /// Colours out of a palette.
    Colour {
        /// How many at once.
        count: u16,
    },
    /// Nothing known.
    #[default]
    #[serde(other)]
    Unknown,
}

/// One background colour.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Palette {
    /// The value written in a backup file.
    pub index: u8,
    /// The word on the screen.
    pub name: String,
    /// Six hexadecimal digits, red first.
    pub rgb: String,
}

/// Which rows serve what. Rows count from 0 at the top.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Zones {
    /// Date and time, call data, prompts, results, pushed text.
    pub top_row: u16,
    /// First row of the applications.
    pub first_application_row: u16,
    /// How many rows the applications have.
    pub application_rows: u16,
    /// The row of the softkey labels.
    pub softkey_row: u16,
    /// How many softkeys.
    pub softkeys: u16,
    /// Characters of one softkey label.
    pub softkey_label_columns: u16,
}

/// Which characters a screen can show: ranges, and named sets that narrow a range.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Repertoire {
    /// First and last code point of each range, shown whole.
    pub ranges: Vec<(u32, u32)>,
    /// Ranges of which only the characters of the named sets are shown.
    pub sets: Vec<CharacterSet>,
}

/// A range of which only the characters of some coded character set are shown.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct CharacterSet {
    /// First code point.
    pub first: u32,
    /// Last code point.
    pub last: u32,
    /// Names such as `gb2312` or `jisx0208`; a character of any of them is shown.
    pub sets: Vec<String>,
}

impl CharacterSet {
    /// The code points it speaks of.
    pub fn range(&self) -> RangeInclusive<u32> {
        self.first..=self.last
    }
}
