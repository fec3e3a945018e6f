//! The way of a key.

use super::Front;
use crate::{
    Digit, EventKind, Key, Phone, Side, View, effects,
    entry::{Alphabet, Entry},
    login::LoginStage,
    phone::Stage,
    procedures::Procedure,
};

impl Phone {
    /// A key is pressed. One that means nothing now, or that the phone does not have, gives an error beep.
    pub(crate) fn key(&mut self, key: Key) {
        let hidden = matches!(key, Key::Digit(_)) && self.hides_digits();
        self.event(EventKind::Key { key: (!hidden).then_some(key) });
        if !self.has(key) {
            return self.error_beep();
        }
        match key {
            Key::Digit(digit) if self.procedure.is_some() => return self.procedure_key(digit),
            key if self.procedure_takes(key) => return,
            _ => {}
        }
        if self.begin_procedure(key) {
            return;
        }
        match self.stage {
            Stage::Ready => self.key_in_use(key),
            _ => self.key_of_login(key),
        }
    }

    /// A keyboard types.
    pub(crate) fn text(&mut self, text: &str) {
        self.event(EventKind::Typed { chars: text.chars().count() });
        let (on_a_page, in_procedure) = (self.types_in_web(), self.procedure.is_some());
        let taken = match self.open_entry().filter(|_| !in_procedure) {
            Some(entry) => entry.write(text),
            None if on_a_page && !in_procedure => return self.text_into_a_page(text),
            None => return self.refuse("text", "no field is open"),
        };
        if !taken {
            self.error_beep();
        }
        self.show_typed();
    }

    /// The key that takes back what was typed last, where something is typed: what a computer's Backspace stands for.
    pub fn erasing_key(&self) -> Option<Key> {
        let star = || Digit::new('*').map(Key::Digit);
        match (&self.procedure, &self.stage) {
            (Some(Procedure::Entering(_)), _) => Some(Key::PageLeft),
            (Some(_), _) => None,
            (None, Stage::Ready) => (self.front_types || self.types_in_web()).then_some(Key::Soft(2)),
            (None, Stage::Login(LoginStage::Prompt { .. }) | Stage::LoggedOff(_)) => star(),
            _ => None,
        }
    }

    /// The field that typed text goes into.
    fn open_entry(&mut self) -> Option<&mut Entry> {
        match &mut self.stage {
            Stage::Ready => self.front.form()?.entry(),
            Stage::Login(login) => login.entry(),
            Stage::LoggedOff(screen) => screen.entry(),
            _ => None,
        }
    }

    /// Digits go into a password field.
    fn hides_digits(&mut self) -> bool {
        let on_a_page = self.types_in_web() && self.types_a_password_on_a_page();
        match &self.procedure {
            Some(procedure) => procedure.hides_digits(),
            None => on_a_page || self.open_entry().is_some_and(|entry| entry.is_masked()),
        }
    }

    /// Text is typed on the page in front.
    fn types_in_web(&self) -> bool {
        matches!(self.stage, Stage::Ready) && matches!(self.front, Front::Web(_)) && self.types_on_a_page()
    }

    /// The characters that keys write first, by the language on the display.
    pub(super) fn alphabet(&self) -> Alphabet {
        Alphabet::of(self.effect(effects::LANGUAGE).unwrap_or_default())
    }

    pub(crate) fn error_beep(&mut self) {
        self.event(EventKind::ErrorBeep);
    }

    /// Whether the phone has the key.
    fn has(&self, key: Key) -> bool {
        let keys = &self.setup.model.tables().keys;
        match key {
            Key::Digit(_) => true,
            Key::Soft(number) => u16::from(number) <= keys.softkeys,
            Key::Line(row, _) => u16::from(row) <= keys.line_buttons / 2,
            fixed => keys.fixed.iter().any(|name| name.parse() == Ok(fixed)),
        }
    }

    fn key_in_use(&mut self, key: Key) {
        match key {
            Key::PhoneExit => {
                self.front = match std::mem::take(&mut self.front) {
                    Front::Web(web) => self.leave_web(web),
                    _ => Front::default(),
                };
            }
            Key::Options => {
                let front = Front::of(View::Options, self);
                self.show(front);
            }
            Key::Redial => self.redial(),
            Key::Soft(4) if matches!(self.front, Front::Phone(_)) && self.administered().shows_redial() => {
                self.redial();
            }
            key if self.key_while_streaming(key) => {}
            Key::Digit(_) if self.front.form().is_some() || self.types_in_web() => self.key_of_the_application(key),
            Key::Digit(digit) if self.is_dialing() => self.dial_digit(digit),
            // Tones into the call.
            Key::Digit(_) if self.calls.active().is_some() => {}
            Key::Speaker
            | Key::Headset
            | Key::Mute
            | Key::Hold
            | Key::Transfer
            | Key::Conference
            | Key::Drop
            | Key::VolumeUp
            | Key::VolumeDown => self.call_key(key),
            key => self.key_of_the_application(key),
        }
    }

    fn key_of_the_application(&mut self, key: Key) {
        let front = std::mem::take(&mut self.front);
        self.front = front.key(self, key);
    }
}

/// The place of a Line/Feature button on its page, left and right of each row from the top, counted from 0.
pub(super) fn place_of(row: u8, side: Side) -> u16 {
    let at = (u16::from(row) - 1) * 2;
    match side {
        Side::Left => at,
        Side::Right => at + 1,
    }
}

/// The page after Page Left or Page Right, if there is one.
pub(super) fn turned(key: Key, page: u16, pages: u16) -> Option<u16> {
    match key {
        Key::PageLeft => page.checked_sub(1),
        Key::PageRight => Some(page + 1).filter(|page| *page < pages),
        _ => None,
    }
}
