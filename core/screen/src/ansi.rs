use std::fmt::Write as _;

use crate::Picture;

/// Which colours a terminal has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Depth {
    /// Red, green and blue with 8 bits each.
    True,
    /// The 256 colours of xterm: a cube of 6 x 6 x 6 and 24 greys.
    Indexed,
}

impl Picture {
    /// The picture for a terminal: two pixels in each character cell, one above the other (U+2580). Colours are named
    /// by SGR sequences (ECMA-48), and every line ends with a reset.
    pub fn to_ansi(&self, depth: Depth) -> String {
        let colours: Vec<[u8; 3]> = self.colours().collect();
        let rows: Vec<&[[u8; 3]]> = colours.chunks(self.width().max(1).into()).collect();
        let mut text = String::new();
        for pair in rows.chunks(2) {
            let mut last = None;
            for (x, upper) in pair[0].iter().enumerate() {
                let lower = pair.get(1).map(|row| row[x]);
                if last != Some((*upper, lower)) {
                    // Writing into a string cannot fail.
                    let _ = write!(text, "\x1b[38;{}", code(*upper, depth));
                    let _ = match lower {
                        Some(lower) => write!(text, ";48;{}m", code(lower, depth)),
                        // The last of an odd number of rows has the terminal's own colour below.
                        None => write!(text, "m"),
                    };
                    last = Some((*upper, lower));
                }
                text.push('▀');
            }
            text.push_str("\x1b[0m\n");
        }
        text
    }
}

impl Depth {
    /// What the variable COLORTERM says that the terminal has.
    pub fn of_variable(colorterm: Option<&str>) -> Depth {
        match colorterm {
            Some("truecolor" | "24bit") => Depth::True,
            _ => Depth::Indexed,
        }
    }
}

/// The nearest of xterm's 256 colours, by its number.
pub fn indexed([red, green, blue]: [u8; 3]) -> u8 {
    if red == green && green == blue {
        return grey(red);
    }
    // Each is 0 to 5 afterwards.
    let [red, green, blue] = [red, green, blue].map(|channel| ((u16::from(channel) * 5 + 127) / 255) as u8);
    16 + 36 * red + 6 * green + blue
}

fn code(colour: [u8; 3], depth: Depth) -> String {
    match (depth, colour) {
        (Depth::True, [red, green, blue]) => format!("2;{red};{green};{blue}"),
        (Depth::Indexed, colour) => format!("5;{}", indexed(colour)),
    }
}

/// Greys 232 to 255 are 8, 18 … 238; black and white are corners of the cube.
fn grey(level: u8) -> u8 {
    match level {
        0..4 => 16,
        247.. => 231,
        level => 232 + (level.saturating_sub(3) / 10).min(23),
    }
}
