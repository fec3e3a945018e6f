//! What a person would see.

use std::sync::Arc;

use crate::picture::Picture;

/// The Web application's screen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// The top row; empty if the card has no title.
    pub title: String,
    /// The rows of the page; fewer than the abilities name if it ends earlier.
    pub rows: Vec<Row>,
    /// The images on it.
    pub pictures: Vec<PlacedPicture>,
    /// The bottom row, from the left; nothing where a key has no label.
    pub softkeys: Vec<Softkey>,
    /// Page Left leads somewhere.
    pub before: bool,
    /// Page Right leads somewhere.
    pub after: bool,
    /// Where the next character goes, while a field is edited.
    pub cursor: Option<Cursor>,
    /// Something has been asked for and has not come.
    pub loading: bool,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// What stands in it, from the left.
    pub pieces: Vec<Piece>,
    /// What its line buttons do: the first is the left one's, the last the right one's.
    pub targets: Vec<Target>,
}

impl Row {
    /// The characters in it, a space for each column of anything else.
    #[must_use]
    pub fn text(&self) -> String {
        let pieces = self.pieces.iter().map(|piece| match piece {
            Piece::Text { text, .. } => text.clone(),
            Piece::Icon(_) => " ".repeat(usize::from(Icon::COLUMNS)),
            Piece::Gap(columns) => " ".repeat(usize::from(*columns)),
        });
        pieces.collect()
    }
}

/// A part of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// Characters.
    Text {
        /// Which.
        text: String,
        /// Bold.
        bold: bool,
        /// Part of a link.
        link: bool,
    },
    /// A small picture that the phone has.
    Icon(Icon),
    /// So many columns of nothing, or of an image.
    Gap(u16),
}

/// A small picture that the phone has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Icon {
    /// Left of a link that dials.
    Handset,
    /// Left of a link that adds to Speed Dial.
    SpeedDial,
    /// Single choice: a square, or one with a dot.
    Single {
        /// With the dot.
        chosen: bool,
    },
    /// Multiple choice: a square, or one with a lower-case x.
    Multiple {
        /// With the x.
        chosen: bool,
    },
}

impl Icon {
    /// How many columns each takes.
    pub const COLUMNS: u16 = 2;
}

/// What a row's button does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// It follows a link.
    Link,
    /// It dials.
    Dial,
    /// It adds to Speed Dial.
    AddSpeedDial,
    /// It begins to edit a field.
    Input {
        /// What is typed there is secret.
        password: bool,
    },
    /// It chooses an option.
    Option,
}

/// An image and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlacedPicture {
    /// From the left edge of the page, in pixels.
    pub x: u16,
    /// From the upper edge of the page, in pixels; negative if its upper part is on the page before.
    pub y: i32,
    /// The image; what does not fit on the page is cut off by whoever draws it.
    pub picture: Arc<Picture>,
}

/// A softkey.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Softkey {
    /// Its label, cut to the width of a softkey; empty: the key does nothing.
    pub label: String,
    /// What stands there instead, where a softkey can show it and it has come.
    pub picture: Option<Arc<Picture>>,
}

/// A place for the next character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// From the top of the page, 0 is the first.
    pub row: u16,
    /// From the left, 0 is the first.
    pub column: u16,
}
