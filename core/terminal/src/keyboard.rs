//! Which key of the phone a key of the computer is.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use deskset_phone::{Digit, Key, Side};

/// What a key of the computer does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Act {
    /// Presses a key of the phone.
    Press(Key),
    /// Types into the open field.
    Type(char),
    /// Takes back what was typed last.
    Erase,
    /// Lifts the handset or puts it back.
    Hook,
    /// Takes the power away and gives it back.
    Power,
    /// Letters are typed from now on, or are keys again.
    Typing,
    /// Pixels instead of text, or text again.
    Pixels,
    /// Ends it.
    Quit,
}

/// The letters that are the Line/Feature buttons on the right, with Alt.
const RIGHT: &str = "qwertyuiop";

/// Letters that are fixed keys, and those that do something else.
const LETTERS: &[(char, Act)] = &[
    ('h', Act::Hook),
    ('s', Act::Press(Key::Speaker)),
    ('e', Act::Press(Key::Headset)),
    ('m', Act::Press(Key::Mute)),
    ('l', Act::Press(Key::Hold)),
    ('r', Act::Press(Key::Redial)),
    ('t', Act::Press(Key::Transfer)),
    ('c', Act::Press(Key::Conference)),
    ('d', Act::Press(Key::Drop)),
    ('o', Act::Press(Key::Options)),
    ('+', Act::Press(Key::VolumeUp)),
    ('-', Act::Press(Key::VolumeDown)),
    ('p', Act::Pixels),
    ('i', Act::Typing),
    ('q', Act::Quit),
];

/// What a key does; nothing for most. While letters are typed, only keys without a character, and those with Alt or
/// Ctrl, are keys.
pub(crate) fn act(event: &KeyEvent, typing: bool) -> Option<Act> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    match event.code {
        KeyCode::Char(c) if event.modifiers.contains(KeyModifiers::CONTROL) => {
            matches!(c, 'c' | 'q').then_some(Act::Quit)
        }
        KeyCode::Char(c) if event.modifiers.contains(KeyModifiers::ALT) => button(c).map(Act::Press),
        KeyCode::Char(c) if typing => Some(Act::Type(c)),
        KeyCode::Char(c) => match Digit::new(c) {
            Some(digit) => Some(Act::Press(Key::Digit(digit))),
            None => LETTERS.iter().find(|(letter, _)| *letter == c.to_ascii_lowercase()).map(|(_, act)| act.clone()),
        },
        KeyCode::F(number @ 1..=4) => Some(Act::Press(Key::Soft(number))),
        KeyCode::F(5) => Some(Act::Power),
        KeyCode::F(10) => Some(Act::Press(Key::Options)),
        KeyCode::Esc => Some(Act::Press(Key::PhoneExit)),
        KeyCode::PageUp | KeyCode::Left => Some(Act::Press(Key::PageLeft)),
        KeyCode::PageDown | KeyCode::Right => Some(Act::Press(Key::PageRight)),
        // Where a question ends with `#`, people press Enter.
        KeyCode::Enter => Digit::new('#').map(Key::Digit).map(Act::Press),
        KeyCode::Backspace => Some(Act::Erase),
        KeyCode::Tab => Some(Act::Typing),
        _ => None,
    }
}

fn button(c: char) -> Option<Key> {
    let row = |at: usize| u8::try_from(at + 1).ok();
    if let Some(number @ 1..) = c.to_digit(10) {
        return Some(Key::Line(u8::try_from(number).ok()?, Side::Left));
    }
    let at = RIGHT.find(c.to_ascii_lowercase())?;
    Some(Key::Line(row(at)?, Side::Right))
}

/// How the key beside a row is written: `Alt 2`, `Alt W`.
pub(crate) fn button_name(row: u16, side: Side) -> String {
    match side {
        Side::Left => format!("Alt {row}"),
        Side::Right => {
            let letter = usize::from(row).checked_sub(1).and_then(|at| RIGHT.chars().nth(at));
            letter.map(|letter| format!("Alt {}", letter.to_ascii_uppercase())).unwrap_or_default()
        }
    }
}

/// Keys and what they do, for whoever sits there: those that this phone has.
pub(crate) fn legend(typing: bool, has: impl Fn(Key) -> bool) -> Vec<(&'static str, &'static str)> {
    const FIXED: &[(Key, &str, &str)] = &[
        (Key::PhoneExit, "Esc", "Phone/Exit"),
        (Key::Options, "F10 o", "Options"),
        (Key::PageLeft, "PgUp PgDn", "page"),
    ];
    const BY_LETTER: &[(Key, &str, &str)] = &[
        (Key::Speaker, "s", "Speaker"),
        (Key::Headset, "e", "Headset"),
        (Key::Mute, "m", "Mute"),
        (Key::Hold, "l", "Hold"),
        (Key::Redial, "r", "Redial"),
        (Key::Transfer, "t", "Transfer"),
        (Key::Conference, "c", "Conference"),
        (Key::Drop, "d", "Drop"),
        (Key::VolumeUp, "+ -", "volume"),
    ];
    let known = |row: &&(Key, &str, &str)| has(row.0);
    let name = |row: &(Key, &'static str, &'static str)| (row.1, row.2);
    let mut rows = if typing {
        vec![("Tab", "ends typing"), ("Enter", "#"), ("Backspace", "takes one back")]
    } else {
        vec![("0-9 * #", "dial pad"), ("Tab i", "type text"), ("h", "hook")]
    };
    rows.extend(FIXED.iter().filter(known).map(name));
    if !typing {
        rows.extend(BY_LETTER.iter().filter(known).map(name));
        rows.push(("p", "pixels"));
    }
    rows.extend([("F5", "power"), ("Ctrl-Q", "quit")]);
    rows
}
