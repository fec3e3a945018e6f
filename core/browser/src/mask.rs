//! What may be typed into an entry field: its `format` (WML 1.3, section 11.6.3).

use crate::limits::{ENTRY_CHARS_MAX, MASK_DIGITS_MAX};

/// A format, character by character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mask {
    fixed: Vec<Position>,
    tail: Option<Tail>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Position {
    /// One character of a kind.
    Kind(Kind),
    /// This character, put in by the browser.
    Literal(char),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `A`: capital letters and symbols.
    Capital,
    /// `a`: small letters and symbols.
    Small,
    /// `N`: digits.
    Digit,
    /// `X`: capital letters, digits and symbols.
    CapitalOrDigit,
    /// `x`: small letters, digits and symbols.
    SmallOrDigit,
    /// `M` and `m`: all; which case comes first is the keypad's affair.
    Any,
}

/// `*f`, any number, or `nf`, up to `n`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Tail {
    kind: Kind,
    most: usize,
}

impl Default for Mask {
    /// `*M`: anything.
    fn default() -> Self {
        Self { fixed: Vec::new(), tail: Some(Tail { kind: Kind::Any, most: ENTRY_CHARS_MAX }) }
    }
}

impl Mask {
    /// Reads a format. One that is none counts as not given, as WML 1.3 has it.
    pub fn parse(format: &str) -> Option<Self> {
        let mut mask = Self { fixed: Vec::new(), tail: None };
        let mut characters = format.chars().peekable();
        while let Some(next) = characters.next() {
            match next {
                '\\' => mask.fixed.push(Position::Literal(characters.next()?)),
                '*' => {
                    mask.tail = Some(Tail { kind: Kind::named(characters.next()?)?, most: ENTRY_CHARS_MAX });
                    return characters.next().is_none().then_some(mask);
                }
                '0'..='9' => {
                    let mut digits = String::from(next);
                    while let Some(digit) = characters.next_if(char::is_ascii_digit) {
                        digits.push(digit);
                        if digits.len() > MASK_DIGITS_MAX {
                            return None;
                        }
                    }
                    let most = digits.parse().ok().filter(|most| *most > 0)?;
                    mask.tail = Some(Tail { kind: Kind::named(characters.next()?)?, most });
                    return characters.next().is_none().then_some(mask);
                }
                other => mask.fixed.push(Position::Kind(Kind::named(other)?)),
            }
        }
        (!mask.fixed.is_empty()).then_some(mask)
    }

    /// The text is whole: every fixed position is filled. `nf` takes up to `n` characters.
    pub fn accepts(&self, text: &str) -> bool {
        self.may_begin(text) && text.chars().count() >= self.fixed.len()
    }

    /// The text can still become one that is accepted.
    pub fn may_begin(&self, text: &str) -> bool {
        let mut characters = text.chars();
        for position in &self.fixed {
            let Some(character) = characters.next() else { return true };
            let fits = match position {
                Position::Kind(kind) => kind.includes(character),
                Position::Literal(literal) => *literal == character,
            };
            if !fits {
                return false;
            }
        }
        let rest = characters.as_str();
        match self.tail {
            None => rest.is_empty(),
            Some(tail) => rest.chars().count() <= tail.most && rest.chars().all(|next| tail.kind.includes(next)),
        }
    }

    /// The literals that follow this text by themselves.
    pub fn literals_after(&self, text: &str) -> String {
        let following = self.fixed.iter().skip(text.chars().count());
        let literals = following.map_while(|position| match position {
            Position::Literal(literal) => Some(*literal),
            Position::Kind(_) => None,
        });
        literals.collect()
    }
}

impl Kind {
    fn named(letter: char) -> Option<Self> {
        match letter {
            'A' => Some(Self::Capital),
            'a' => Some(Self::Small),
            'N' => Some(Self::Digit),
            'X' => Some(Self::CapitalOrDigit),
            'x' => Some(Self::SmallOrDigit),
            'M' | 'm' => Some(Self::Any),
            _ => None,
        }
    }

    fn includes(self, character: char) -> bool {
        if character.is_control() {
            return false;
        }
        let digit = character.is_numeric();
        match self {
            Self::Capital => !digit && !character.is_lowercase(),
            Self::Small => !digit && !character.is_uppercase(),
            Self::Digit => character.is_ascii_digit(),
            Self::CapitalOrDigit => !character.is_lowercase(),
            Self::SmallOrDigit => !character.is_uppercase(),
            Self::Any => true,
        }
    }
}
