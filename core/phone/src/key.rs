use std::{fmt, str::FromStr};

use crate::Phone;

/// A key a person can press. Which of them a phone has, its model's key table says.
///
/// In text a key is written as scripts and the control interface name it: `0` … `9`, `*`, `#`, `soft1`, `line1-left`,
/// `line1-right`, and the fixed keys by their names in the user guides with a hyphen for every space or stroke:
/// `phone-exit`, `page-left`, `volume-up`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Key {
    /// `0` to `9`, `*` or `#` on the dial pad.
    Digit(Digit),
    /// A softkey under the screen, counted from 1 at the left.
    Soft(u8),
    /// A Line/Feature button beside an application row, counted from 1 at the top.
    Line(u8, Side),
    /// Leaves an application, or goes back to the call appearances.
    PhoneExit,
    /// Opens the options.
    Options,
    /// The page before.
    PageLeft,
    /// The next page.
    PageRight,
    /// Loudspeaker on and off.
    Speaker,
    /// Headset on and off.
    Headset,
    /// Microphone off and on; first key of the local procedures.
    Mute,
    /// Puts the active call on hold.
    Hold,
    /// Dials a number again.
    Redial,
    /// Hands a call over.
    Transfer,
    /// Adds a call.
    Conference,
    /// Takes the last part off a call.
    Drop,
    /// Louder.
    VolumeUp,
    /// Softer.
    VolumeDown,
}

/// Which end of an application row.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Side {
    /// Left of the screen.
    Left,
    /// Right of it.
    Right,
}

/// A key of the dial pad.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Digit(char);

impl Digit {
    /// The key with that sign, if there is one.
    pub fn new(sign: char) -> Option<Digit> {
        (sign.is_ascii_digit() || sign == '*' || sign == '#').then_some(Digit(sign))
    }

    /// Its sign: `0` to `9`, `*` or `#`.
    pub fn sign(self) -> char {
        self.0
    }
}

/// A text that names no key.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error(
    "\"{0}\" is no key; keys are 0 to 9, *, #, soft1 …, line1-left …, line1-right …, phone-exit, options, page-left, \
     page-right, speaker, headset, mute, hold, redial, transfer, conference, drop, volume-up, volume-down"
)]
pub struct NoSuchKey(
    /// What was asked for, cut to what fits a message.
    pub String,
);

/// The fixed keys and how they are written.
const FIXED: &[(Key, &str)] = &[
    (Key::PhoneExit, "phone-exit"),
    (Key::Options, "options"),
    (Key::PageLeft, "page-left"),
    (Key::PageRight, "page-right"),
    (Key::Speaker, "speaker"),
    (Key::Headset, "headset"),
    (Key::Mute, "mute"),
    (Key::Hold, "hold"),
    (Key::Redial, "redial"),
    (Key::Transfer, "transfer"),
    (Key::Conference, "conference"),
    (Key::Drop, "drop"),
    (Key::VolumeUp, "volume-up"),
    (Key::VolumeDown, "volume-down"),
];

/// The most characters of a text that is no key shown in a message.
const SHOWN_CHARS: usize = 40;

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Key::Digit(digit) => write!(f, "{}", digit.0),
            Key::Soft(number) => write!(f, "soft{number}"),
            Key::Line(row, Side::Left) => write!(f, "line{row}-left"),
            Key::Line(row, Side::Right) => write!(f, "line{row}-right"),
            fixed => {
                let name = FIXED.iter().find(|(key, _)| key == fixed).map_or("", |(_, name)| name);
                f.write_str(name)
            }
        }
    }
}

impl FromStr for Key {
    type Err = NoSuchKey;

    fn from_str(text: &str) -> Result<Self, NoSuchKey> {
        let lower = text.to_ascii_lowercase();
        // As the key tables write them: `Phone/Exit`, `Page Left`.
        let lower = lower.replace([' ', '/'], "-");
        let mut signs = lower.chars();
        if let (Some(sign), None) = (signs.next(), signs.next())
            && let Some(digit) = Digit::new(sign)
        {
            return Ok(Key::Digit(digit));
        }
        if let Some((key, _)) = FIXED.iter().find(|(_, name)| *name == lower) {
            return Ok(*key);
        }
        let none = || NoSuchKey(text.chars().take(SHOWN_CHARS).collect());
        let count = |text: &str| text.parse().ok().filter(|number| *number > 0).ok_or_else(none);
        if let Some(number) = lower.strip_prefix("soft") {
            return Ok(Key::Soft(count(number)?));
        }
        match lower.strip_prefix("line").and_then(|rest| rest.split_once('-')) {
            Some((row, "left")) => Ok(Key::Line(count(row)?, Side::Left)),
            Some((row, "right")) => Ok(Key::Line(count(row)?, Side::Right)),
            _ => Err(none()),
        }
    }
}

impl Phone {
    /// Every key this model has: dial pad, softkeys, Line/Feature buttons, fixed keys.
    ///
    /// A fixed key that this version does not know is left out.
    pub fn keys(&self) -> impl Iterator<Item = Key> {
        let table = &self.setup.model.tables().keys;
        let count = |number: u16| 1..=u8::try_from(number).unwrap_or(u8::MAX);
        let digits = "123456789*0#".chars().filter_map(Digit::new).map(Key::Digit);
        let lines =
            count(table.line_buttons / 2).flat_map(|row| [Key::Line(row, Side::Left), Key::Line(row, Side::Right)]);
        let fixed = table.fixed.iter().filter_map(|name| name.parse().ok());
        digits.chain(count(table.softkeys).map(Key::Soft)).chain(lines).chain(fixed)
    }
}
