use deskset_models::{Colours, Display, Zones};

use crate::colours::backgrounds;

/// The three screens of the series.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Panel {
    /// Four greys, five rows.
    Small,
    /// Four greys, eight rows.
    Large,
    /// Colour, eight rows.
    Colour,
}

/// One place for a panel's sizes, so that a correction is one edit.
struct Size {
    width: u16,
    height: u16,
    rows: u16,
    cell_width: u16,
    cell_height: u16,
}

/// Pixels and rows are a project rule.
const SMALL: Size = Size { width: 168, height: 80, rows: 5, cell_width: 6, cell_height: 16 };
/// Pixels and row height: LAN Administrator Guide Issue 1.7, "Creating Websites for the 4620"; the title row and the
/// softkey row stand above and below its six rows.
const LARGE: Size = Size { width: 168, height: 132, rows: 8, cell_width: 6, cell_height: 16 };
/// The guides say "VGA" and no numbers; a quarter of it is a project rule, as are the cells.
const COLOUR: Size = Size { width: 320, height: 240, rows: 8, cell_width: 11, cell_height: 30 };

/// On every model: 168 pixels by 6, and half of the 56 characters of a pushed top line.
const COLUMNS: u16 = 28;
/// Contrast 0 to 15 (MIB, `endptNVCONTRAST`).
const CONTRAST_STEPS: u8 = 16;
/// Softkeys and the characters of a label (4600 Series API Guide).
pub(crate) const SOFTKEYS: u16 = 4;
const SOFTKEY_LABEL_COLUMNS: u16 = 6;

impl Panel {
    /// The screen, without light and repertoire.
    pub(crate) fn display(self) -> Display {
        let Size { width, height, rows, cell_width, cell_height } = match self {
            Panel::Small => SMALL,
            Panel::Large => LARGE,
            Panel::Colour => COLOUR,
        };
        Display {
            width,
            height,
            colours: if self == Panel::Colour { Colours::Colour { count: 256 } } else { Colours::Gray { levels: 4 } },
            columns: COLUMNS,
            rows,
            cell_width,
            cell_height,
            zones: Zones {
                top_row: 0,
                first_application_row: 1,
                // All rows but the top line and the softkeys.
                application_rows: rows - 2,
                softkey_row: rows - 1,
                softkeys: SOFTKEYS,
                softkey_label_columns: SOFTKEY_LABEL_COLUMNS,
            },
            contrast_steps: CONTRAST_STEPS,
            backgrounds: if self == Panel::Colour { backgrounds() } else { Vec::new() },
            ..Display::default()
        }
    }
}
