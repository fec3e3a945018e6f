use std::sync::Arc;

use deskset_browser::Picture;

use super::Zone;

/// A picture on the screen, over the cells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Image {
    /// The part of the screen that it is cut to.
    pub zone: Zone,
    /// Its left edge, in pixels from the left of the text grid.
    pub x: u16,
    /// Its upper edge, in pixels from the top of the text grid; negative or above its zone if it was moved up.
    pub y: i32,
    /// Black and white, or colours. White is the background.
    pub picture: Arc<Picture>,
}

/// A small sign on a page, two columns wide.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Icon {
    /// A link that dials.
    Handset,
    /// A link that adds to Speed Dial.
    SpeedDial,
    /// Something not chosen.
    Square,
    /// Chosen among several.
    SquareWithDot,
    /// Chosen, perhaps beside others.
    SquareWithX,
}

impl Icon {
    /// What stands for it where only text is shown.
    pub fn letter(self) -> char {
        match self {
            Icon::Handset => '☎',
            Icon::SpeedDial => '★',
            Icon::Square => '□',
            Icon::SquareWithDot => '▣',
            Icon::SquareWithX => '☒',
        }
    }

    /// Eleven rows of eleven pixels (own drawings).
    fn rows(self) -> [&'static str; 11] {
        match self {
            Icon::Handset => [
                "           ",
                "  #######  ",
                " ######### ",
                "###     ###",
                "###     ###",
                "    ###    ",
                "   #####   ",
                "  ## # ##  ",
                " ######### ",
                " ######### ",
                "           ",
            ],
            Icon::SpeedDial => [
                "           ",
                "     #     ",
                "    ###    ",
                "    ###    ",
                " ######### ",
                "  #######  ",
                "   #####   ",
                "   #####   ",
                "  ### ###  ",
                "  #     #  ",
                "           ",
            ],
            Icon::Square => SQUARE,
            Icon::SquareWithDot => [
                "           ",
                " ######### ",
                " #       # ",
                " #       # ",
                " #  ###  # ",
                " #  ###  # ",
                " #  ###  # ",
                " #       # ",
                " #       # ",
                " ######### ",
                "           ",
            ],
            Icon::SquareWithX => [
                "           ",
                " ######### ",
                " #       # ",
                " # #   # # ",
                " #  # #  # ",
                " #   #   # ",
                " #  # #  # ",
                " # #   # # ",
                " #       # ",
                " ######### ",
                "           ",
            ],
        }
    }

    /// In the middle of a white field, so large that it fills it.
    pub(super) fn picture(self, width: u16, height: u16) -> Arc<Picture> {
        let scale = (width.min(height) / SIDE).max(1);
        let (left, top) = (width.saturating_sub(SIDE * scale) / 2, height.saturating_sub(SIDE * scale) / 2);
        let rows = self.rows();
        let is_ink = |x: u16, y: u16| {
            let (x, y) = (x.checked_sub(left)? / scale, y.checked_sub(top)? / scale);
            rows.get(usize::from(y))?.as_bytes().get(usize::from(x)).map(|byte| *byte == b'#')
        };
        let stride = usize::from(width).div_ceil(8);
        // White is 1.
        let mut bits = vec![u8::MAX; stride * usize::from(height)];
        for y in 0..height {
            for x in (0..width).filter(|x| is_ink(*x, y) == Some(true)) {
                bits[usize::from(y) * stride + usize::from(x / 8)] &= !(0x80 >> (x % 8));
            }
        }
        Arc::new(Picture::Mono { width, height, bits })
    }
}

/// Pixels of an icon, each way.
const SIDE: u16 = 11;

const SQUARE: [&str; 11] = [
    "           ",
    " ######### ",
    " #       # ",
    " #       # ",
    " #       # ",
    " #       # ",
    " #       # ",
    " #       # ",
    " #       # ",
    " ######### ",
    "           ",
];
