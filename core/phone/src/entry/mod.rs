//! A field that is filled in by keys.
//!
//! Source: user guides, "Entering Characters Using the Dialpad"; the order of the characters and the time between two
//! presses of a key are a project rule.

mod alphabet;

use deskset_models::Secret;

pub(crate) use alphabet::Alphabet;

use crate::{Digit, Field, Page, Time, limits::NEXT_LETTER_AFTER};

/// What may be in a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Content {
    /// Letters, digits, signs.
    Text,
    /// The signs of the dial pad, and a comma for a pause where numbers may have one.
    Number { pause: bool },
    /// Digits.
    Digits,
    /// Digits by keys, any character by a keyboard.
    Password,
}

/// An open field. What is in it is kept as a secret, whether it is one or not: it is shown by drawing alone.
#[derive(Debug)]
pub(crate) struct Entry {
    text: Secret,
    /// Characters before the cursor.
    cursor: usize,
    most: usize,
    content: Content,
    masked: bool,
    alphabet: Alphabet,
    tap: Option<Tap>,
}

/// A key that can still be pressed again for the next of its characters.
#[derive(Debug)]
struct Tap {
    key: Digit,
    presses: usize,
    until: Time,
}

impl Entry {
    /// A field with `text` in it and the cursor behind that.
    pub(crate) fn new(text: &str, most: usize, content: Content, alphabet: Alphabet) -> Self {
        let cursor = text.chars().count();
        Entry { text: Secret::new(text), cursor, most, content, masked: false, alphabet, tap: None }
    }

    /// The same, shown as asterisks.
    pub(crate) fn masked(self) -> Self {
        Entry { masked: true, ..self }
    }

    pub(crate) fn is_masked(&self) -> bool {
        self.masked
    }

    pub(crate) fn text(&self) -> &str {
        self.text.reveal()
    }

    pub(crate) fn secret(&self) -> Secret {
        self.text.clone()
    }

    /// What the softkey that changes the alphabet is called; nothing where there is no choice.
    pub(crate) fn alphabet_key(&self) -> &'static str {
        match self.content {
            Content::Text => self.alphabet.title(),
            Content::Number { pause: true } => "Pause",
            Content::Number { pause: false } | Content::Digits | Content::Password => "",
        }
    }

    /// That softkey; whether there is one.
    pub(crate) fn next_alphabet(&mut self) -> bool {
        self.tap = None;
        match self.content {
            Content::Text => {
                self.alphabet = self.alphabet.next();
                true
            }
            Content::Number { pause: true } => self.insert(','),
            Content::Number { pause: false } | Content::Digits | Content::Password => false,
        }
    }

    /// When the character of the last key is settled.
    pub(crate) fn deadline(&self) -> Option<Time> {
        self.tap.as_ref().map(|tap| tap.until)
    }

    pub(crate) fn pass(&mut self, now: Time) {
        if self.deadline().is_some_and(|until| now >= until) {
            self.tap = None;
        }
    }

    /// A key of the dial pad; whether it could be taken.
    pub(crate) fn press(&mut self, digit: Digit, now: Time) -> bool {
        self.pass(now);
        let letters = match self.content {
            Content::Text => self.alphabet.letters(digit),
            Content::Number { .. } => vec![digit.sign()],
            Content::Digits | Content::Password if digit.sign().is_ascii_digit() => vec![digit.sign()],
            Content::Digits | Content::Password => return false,
        };
        let again = self.tap.take().filter(|tap| tap.key == digit);
        let presses = again.as_ref().map_or(0, |tap| tap.presses + 1);
        let Some(letter) = letters.get(presses % letters.len().max(1)) else { return false };
        if again.is_some() {
            self.erase();
        }
        let taken = self.insert(*letter);
        if letters.len() > 1 && taken {
            self.tap = Some(Tap { key: digit, presses, until: now.after(NEXT_LETTER_AFTER) });
        }
        taken
    }

    /// Characters from a keyboard; whether all of them could be taken.
    pub(crate) fn write(&mut self, text: &str) -> bool {
        self.tap = None;
        text.chars().all(|c| self.takes(c) && self.insert(c))
    }

    fn takes(&self, c: char) -> bool {
        match self.content {
            Content::Text | Content::Password => !c.is_control(),
            Content::Number { pause } => Digit::new(c).is_some() || pause && c == ',',
            Content::Digits => c.is_ascii_digit(),
        }
    }

    fn insert(&mut self, c: char) -> bool {
        let before = self.text.reveal();
        if before.chars().count() >= self.most {
            return false;
        }
        let chars = before.chars();
        let text: String = chars.clone().take(self.cursor).chain([c]).chain(chars.skip(self.cursor)).collect();
        self.text = Secret::new(text);
        self.cursor += 1;
        true
    }

    /// Takes the character before the cursor away; whether there was one.
    pub(crate) fn erase(&mut self) -> bool {
        self.tap = None;
        let Some(at) = self.cursor.checked_sub(1) else { return false };
        let chars = self.text.reveal().chars();
        let text: String = chars.clone().take(at).chain(chars.skip(at + 1)).collect();
        (self.text, self.cursor) = (Secret::new(text), at);
        true
    }

    /// Moves the cursor; whether it could.
    pub(crate) fn left(&mut self) -> bool {
        self.tap = None;
        let Some(at) = self.cursor.checked_sub(1) else { return false };
        self.cursor = at;
        true
    }

    /// Moves the cursor; whether it could.
    pub(crate) fn right(&mut self) -> bool {
        self.tap = None;
        let more = self.cursor < self.text.reveal().chars().count();
        self.cursor += usize::from(more);
        more
    }

    /// Draws it; of a text longer than the field, the part around the cursor.
    pub(crate) fn draw(&self, page: &mut Page<'_>, field: Field, open: bool) {
        let width = usize::from(field.width.max(1));
        let first = (self.cursor + 1).saturating_sub(width);
        let seen: String = self.text.reveal().chars().skip(first).collect();
        if self.masked {
            page.put(field, &"*".repeat(seen.chars().count()));
        } else {
            page.put(field, &seen);
        }
        if open {
            page.cursor(field, u16::try_from(self.cursor - first).unwrap_or(u16::MAX));
        }
    }
}
