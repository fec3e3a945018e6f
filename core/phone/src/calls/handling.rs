//! The keys that handle calls, whatever is on the screen.

use super::{Which, voice::LOUDEST};
use crate::{CallState, Hook, Key, Phone, applications::Front, effects, rare::Rare};

impl Phone {
    /// Answers what rings, or gives dial tone.
    pub(super) fn go_off_hook(&mut self) {
        if let Some(at) = self.calls.first(CallState::Alerting).filter(|_| self.calls.active().is_none()) {
            self.answer(at);
        } else if self.calls.active().is_none() {
            match self.calls.first(CallState::Idle) {
                Some(at) => {
                    self.begin_dialing(at);
                    self.show_phone_if(effects::PHONE_SCREEN_ON_CALLING);
                }
                None => self.error_beep(),
            }
        }
    }

    /// The button of a call appearance.
    pub(crate) fn press_appearance(&mut self, at: usize) {
        let Some(one) = self.calls.appearances.get(at) else { return self.error_beep() };
        match one.state {
            CallState::Idle => {
                self.open_a_voice();
                self.begin_dialing(at);
            }
            CallState::Alerting => {
                self.open_a_voice();
                self.answer(at);
            }
            CallState::Held | CallState::SoftHold => {
                self.open_a_voice();
                self.resume(at);
            }
            CallState::Active => self.error_beep(),
        }
    }

    fn answer(&mut self, at: usize) {
        self.hold_active();
        let now = self.now;
        let Some(one) = self.calls.appearances.get_mut(at) else { return };
        (one.state, one.talking_since) = (CallState::Active, Some(now));
        let (name, number) = (one.name.clone(), one.number.clone());
        self.log_call(Which::Answered, name, number);
        self.tell_call(at);
        self.show_phone_if(effects::PHONE_SCREEN_ON_ANSWER);
    }

    fn resume(&mut self, at: usize) {
        self.hold_active();
        self.calls.appearances[at].state = CallState::Active;
        self.tell_call(at);
    }

    /// What is active goes on hold; what was not yet dialled is given up.
    pub(crate) fn hold_active(&mut self) {
        let Some(at) = self.calls.first(CallState::Active) else { return };
        if self.is_dialing() {
            self.end(at);
        } else {
            self.calls.appearances[at].state = CallState::Held;
            self.tell_call(at);
        }
    }

    fn end(&mut self, at: usize) {
        self.stop_dialing(at);
        self.calls.appearances[at] = Rare::default();
        self.tell_call(at);
    }

    pub(super) fn end_active(&mut self) {
        if let Some(at) = self.calls.first(CallState::Active) {
            self.end(at);
        }
        self.close_voices();
    }

    /// Speaker, Headset, Mute, Hold, Drop, Transfer, Conference and the volume keys.
    pub(crate) fn call_key(&mut self, key: Key) {
        match key {
            Key::Speaker => self.switch_voice(|voice| &mut voice.speaker, |voice| &mut voice.headset),
            Key::Headset => self.switch_voice(|voice| &mut voice.headset, |voice| &mut voice.speaker),
            Key::Hold => self.hold(),
            Key::Drop if self.calls.active().is_some() => self.end_active(),
            Key::Mute if self.calls.active().is_some() => self.calls.voice.muted ^= true,
            Key::Transfer | Key::Conference => self.consult(key),
            Key::VolumeUp if self.calls.voice.volume < LOUDEST => self.calls.voice.volume += 1,
            Key::VolumeDown if self.calls.voice.volume > 1 => self.calls.voice.volume -= 1,
            _ => self.error_beep(),
        }
    }

    fn switch_voice(
        &mut self,
        this: impl Fn(&mut super::Voice) -> &mut bool,
        other: impl Fn(&mut super::Voice) -> &mut bool,
    ) {
        let voice = &mut self.calls.voice;
        let on = !*this(voice);
        *this(voice) = on;
        *other(voice) = false;
        if on {
            self.go_off_hook();
        } else if self.calls.voice.hook == Hook::On {
            self.end_active();
        }
    }

    /// The active call goes on hold; with none active, the first held one comes back.
    fn hold(&mut self) {
        let held = self.calls.first(CallState::Held).or_else(|| self.calls.first(CallState::SoftHold));
        match (self.calls.active(), held) {
            (Some(_), _) if !self.is_dialing() => self.hold_active(),
            (None, Some(at)) => {
                self.open_a_voice();
                self.resume(at);
            }
            _ => self.error_beep(),
        }
    }

    /// First press: the call waits while another one is made. Second press: the two sides are brought together, with
    /// or without the phone.
    fn consult(&mut self, key: Key) {
        let waiting = self.calls.first(CallState::SoftHold);
        let active = self.calls.first(CallState::Active).filter(|_| !self.is_dialing());
        match (waiting, active, self.calls.first(CallState::Idle)) {
            (Some(waiting), Some(_), _) if key == Key::Transfer => {
                self.end(waiting);
                self.end_active();
            }
            (Some(waiting), Some(active), _) => {
                let joined = self.calls.appearances[active].caller();
                self.end(active);
                let one = &mut self.calls.appearances[waiting];
                one.state = CallState::Active;
                one.name =
                    format!("{}, {joined}", one.caller()).chars().take(crate::limits::CALLER_CHARS_MAX).collect();
                one.number.clear();
                self.tell_call(waiting);
            }
            (None, Some(active), Some(idle)) => {
                self.calls.appearances[active].state = CallState::SoftHold;
                self.tell_call(active);
                self.begin_dialing(idle);
            }
            _ => self.error_beep(),
        }
    }

    /// Shows the Phone application where the user has chosen so.
    fn show_phone_if(&mut self, effect: &str) {
        if self.effect(effect) != Some("0") {
            self.show(Front::default());
        }
    }
}
