use bitflags::bitflags;

/// One place of the text grid.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Cell {
    /// What is written in it.
    pub glyph: Glyph,
    /// The part of the screen it belongs to.
    pub zone: Zone,
    /// What is behind the text.
    pub shade: Shade,
    /// What else is drawn.
    pub marks: Marks,
}

/// What is written in a cell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Glyph {
    /// A character of one column.
    Narrow(char),
    /// A character of two columns: this one and the next.
    Wide(char),
    /// The second column of a wide character.
    RightHalf,
}

impl Default for Glyph {
    fn default() -> Self {
        Glyph::Narrow(' ')
    }
}

/// A part of the screen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Zone {
    /// Date and time, call data, prompts, results, pushed text.
    TopLine,
    /// The rows with a button at each end.
    #[default]
    Application,
    /// The labels above the softkeys.
    Softkeys,
}

/// What is behind the text: the state of a line or feature.
///
/// Which state has which: User guides, the Phone application (idle and ringing white, active light
/// gray, on hold dark gray).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Shade {
    /// The plain background: idle, ringing, text.
    #[default]
    Paper,
    /// A little darker: active, a feature that is off, missed calls.
    Light,
    /// Much darker, and the text on it is white: on hold.
    Dark,
}

bitflags! {
    /// What is drawn in a cell besides its character, and how. Nothing of it shows in the plain text.
    #[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
    pub struct Marks: u8 {
        /// Inside a box: a line above and below.
        const BOX = 1;
        /// First column of a box: a line on the left.
        const BOX_START = 2;
        /// Last column of a box: a line on the right.
        const BOX_END = 4;
        /// A vertical line through the middle, between two halves of a row.
        const DIVIDER = 8;
        /// The place where the next key goes.
        const CURSOR = 16;
        /// The character stands half a column further to the right, because it is in the middle of something.
        const SHIFTED = 32;
        /// Thicker strokes.
        const BOLD = 64;
        /// A line under the character: part of a link.
        const LINK = 128;
    }
}
