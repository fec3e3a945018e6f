use unicode_bidi::{BidiClass, BidiInfo, bidi_class};
use unicode_width::UnicodeWidthChar as _;

use super::RECTANGLE;

/// A character as it is shown, with the columns it takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Shown {
    pub(super) character: char,
    pub(super) columns: u16,
}

/// Below this code point nothing is written from right to left.
const FIRST_RIGHT_TO_LEFT: char = '\u{590}';

/// What `text` is on a display, in the order of drawing, from the left: at most `columns` columns of it.
///
/// What the display cannot show, control characters among it, is a rectangle as wide as the character. What does not
/// fit is cut at its end, a wide character whole. Order: Unicode Standard Annex 9, with the direction of the paragraph
/// from its first letter; labels are stored as they are spoken.
pub(super) fn shown(text: &str, columns: u16, shows: impl Fn(char) -> bool) -> Vec<Shown> {
    let mut left = columns;
    let mut line = Vec::new();
    let mut right_to_left = false;
    for character in text.chars() {
        // A paragraph separator would be a line of its own to the algorithm.
        let sound = !character.is_control() && bidi_class(character) != BidiClass::B;
        let wide = character.width() == Some(2);
        let shown = Shown {
            character: if sound && shows(character) { character } else { RECTANGLE },
            columns: 1 + u16::from(wide),
        };
        let Some(rest) = left.checked_sub(shown.columns) else { break };
        left = rest;
        right_to_left |= shown.character >= FIRST_RIGHT_TO_LEFT;
        line.push(shown);
    }
    if right_to_left { in_drawing_order(&line) } else { line }
}

/// Columns that all of `text` takes.
pub(crate) fn columns_of(text: &str) -> u16 {
    text.chars().fold(0, |sum: u16, c| sum.saturating_add(1 + u16::from(c.width() == Some(2))))
}

fn in_drawing_order(line: &[Shown]) -> Vec<Shown> {
    let text: String = line.iter().map(|shown| shown.character).collect();
    let bidi = BidiInfo::new(&text, None);
    let (true, [paragraph]) = (bidi.has_rtl(), &*bidi.paragraphs) else { return line.to_vec() };
    let levels = bidi.reordered_levels_per_char(paragraph, paragraph.range.clone());
    let drawn = |at: usize| {
        let shown = line[at];
        if levels[at].is_rtl() { Shown { character: mirrored(shown.character), ..shown } } else { shown }
    };
    BidiInfo::reorder_visual(&levels).into_iter().map(drawn).collect()
}

/// The pairs of Latin-1 that change sides from right to left (rule L4 of the annex).
fn mirrored(character: char) -> char {
    match character {
        '(' => ')',
        ')' => '(',
        '<' => '>',
        '>' => '<',
        '[' => ']',
        ']' => '[',
        '{' => '}',
        '}' => '{',
        '«' => '»',
        '»' => '«',
        other => other,
    }
}
