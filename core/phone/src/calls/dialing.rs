//! From the first digit to a placed call.

use super::{Appearance, Which};
use crate::{
    CallState, Digit, EventKind, Phone, Time,
    limits::{DIALED_AFTER, NUMBER_CHARS_MAX},
};

/// A number being dialled.
#[derive(Debug)]
pub(super) struct Dialing {
    pub(super) appearance: usize,
    /// The number is complete when no further digit has come until then; nothing is dialled yet while there is none.
    until: Option<Time>,
}

impl Phone {
    /// A call appearance waits for digits.
    pub(crate) fn is_dialing(&self) -> bool {
        self.calls.dialing.is_some()
    }

    pub(crate) fn dialing_deadline(&self) -> Option<Time> {
        self.calls.dialing.as_ref().and_then(|dialing| dialing.until)
    }

    /// Dial tone on a call appearance that is idle. What was active is put on hold.
    pub(crate) fn begin_dialing(&mut self, appearance: usize) {
        self.hold_active();
        self.calls.appearances[appearance] = Appearance { state: CallState::Active, ..Appearance::default() }.into();
        self.calls.dialing = Some(Box::new(Dialing { appearance, until: None }));
        self.tell_call(appearance);
    }

    pub(crate) fn dial_digit(&mut self, digit: Digit) {
        let until = self.now.after(DIALED_AFTER);
        let Some(dialing) = &mut self.calls.dialing else { return };
        let number = &mut self.calls.appearances[dialing.appearance].number;
        if number.len() >= NUMBER_CHARS_MAX {
            return self.error_beep();
        }
        number.push(digit.sign());
        dialing.until = Some(until);
    }

    /// Time is over: the number is complete.
    pub(crate) fn complete_dialing(&mut self) {
        if self.dialing_deadline().is_some_and(|until| self.now >= until) {
            self.placed(String::new());
        }
    }

    /// Dials a whole number, on the call appearance with the dial tone or another idle one; says whether it could.
    pub(crate) fn place_call(&mut self, name: &str, number: &str) -> bool {
        let waiting = self.calls.dialing.as_ref().map(|dialing| dialing.appearance);
        // A page may name any number; half of one would be another one.
        let is_number = (1..=NUMBER_CHARS_MAX).contains(&number.len());
        let Some(at) = waiting.or_else(|| self.calls.first(CallState::Idle)).filter(|_| is_number) else {
            self.error_beep();
            return false;
        };
        if waiting.is_none() {
            self.begin_dialing(at);
        }
        self.open_a_voice();
        number.clone_into(&mut self.calls.appearances[at].number);
        self.placed(name.to_owned());
        true
    }

    fn placed(&mut self, name: String) {
        let Some(dialing) = self.calls.dialing.take() else { return };
        let appearance = &mut self.calls.appearances[dialing.appearance];
        appearance.talking_since = Some(self.now);
        appearance.name.clone_from(&name);
        let number = appearance.number.clone();
        self.event(EventKind::Dialed { appearance: dialing.appearance + 1, number: number.clone() });
        self.remember_dialed(number.clone());
        self.log_call(Which::Outgoing, name, number);
        self.tell_call(dialing.appearance);
    }

    fn remember_dialed(&mut self, number: String) {
        let kept = self.redial_size();
        self.calls.redial.retain(|other| *other != number);
        self.calls.redial.push_front(number);
        self.calls.redial.truncate(kept);
    }

    /// Nothing was dialled, or it is given up.
    pub(super) fn stop_dialing(&mut self, appearance: usize) {
        if self.calls.dialing.as_ref().is_some_and(|dialing| dialing.appearance == appearance) {
            self.calls.dialing = None;
        }
    }
}

impl Phone {
    /// How many numbers are kept for dialling again: as many as the screen has rows, or one, or none.
    pub(crate) fn redial_size(&self) -> usize {
        let administered = self.administered();
        if !administered.dials_again() {
            0
        } else if administered.shows_redial() && self.redial_is_a_list() {
            self.setup.model.tables().display.zones.application_rows.into()
        } else {
            1
        }
    }

    /// The Redial key shows a list instead of dialling.
    pub(crate) fn redial_is_a_list(&self) -> bool {
        self.effect(crate::effects::REDIAL) != Some("0")
    }
}
