//! What the call server does to a call appearance.

use super::{Appearance, Which};
use crate::{CallNews, CallState, EventKind, Hook, Phone, limits::CALLER_CHARS_MAX, phone::Stage, rare::Rare};

impl Phone {
    pub(crate) fn call_news(&mut self, news: CallNews) {
        if !matches!(self.stage, Stage::Ready) {
            return self.refuse("call", "nobody is at the phone");
        }
        let at = usize::from(news.appearance).wrapping_sub(1);
        let Some(before) = self.calls.appearances.get(at).cloned().map(Rare::into_inner) else {
            let count = self.calls.appearances.len();
            return self.refuse("call", format!("call appearances go from 1 to {count}"));
        };
        let sound = |text: &str| text.chars().filter(|c| !c.is_control()).take(CALLER_CHARS_MAX).collect::<String>();
        let (name, number) = (sound(&news.name), sound(&news.number));
        self.stop_dialing(at);
        if news.state == CallState::Active && before.state != CallState::Active {
            self.hold_active();
        }
        let known = |new: String, old: &str| if new.is_empty() { old.to_owned() } else { new };
        let talking_since = match news.state {
            CallState::Idle | CallState::Alerting => None,
            _ => before.talking_since.or(Some(self.now)),
        };
        let after = match news.state {
            CallState::Idle => Appearance::default(),
            state => Appearance {
                state,
                name: known(name, &before.name),
                number: known(number, &before.number),
                talking_since,
            },
        };
        match (before.state, after.state) {
            (CallState::Alerting, CallState::Idle) => self.log_call(Which::Missed, before.name, before.number),
            (CallState::Alerting, CallState::Alerting) => {}
            (CallState::Alerting, _) => self.log_call(Which::Answered, after.name.clone(), after.number.clone()),
            (CallState::Idle, CallState::Active) => {
                self.log_call(Which::Outgoing, after.name.clone(), after.number.clone());
            }
            _ => {}
        }
        self.calls.appearances[at] = after.into();
        self.tell_call(at);
        if before.state == CallState::Active && news.state == CallState::Idle {
            self.close_voices();
        }
    }

    /// What a call appearance is doing now, as an event; on the top line it begins anew.
    pub(super) fn tell_call(&mut self, at: usize) {
        let Some(one) = self.calls.appearances.get(at) else { return };
        let (state, with) = (one.state, one.caller());
        self.top_since = self.now;
        if matches!(state, CallState::Alerting | CallState::Active) {
            self.pushed_text_gives_way();
        }
        self.event(EventKind::Call { appearance: at + 1, state, with });
    }

    /// The last call is over: speaker and headset go off; a lifted handset stays lifted.
    pub(crate) fn close_voices(&mut self) {
        if self.calls.first(CallState::Active).is_none() {
            let voice = &mut self.calls.voice;
            (voice.speaker, voice.headset, voice.muted) = (false, false, false);
        }
    }

    /// Something to talk into, where there is nothing yet: the loudspeaker, but the headset where that only listens.
    pub(super) fn open_a_voice(&mut self) {
        if !self.calls.voice.is_open() {
            self.calls.voice.speaker = true;
            self.talk_through_the_headset();
        }
    }

    /// A call that would go through a loudspeaker that only listens goes through the headset.
    pub(crate) fn talk_through_the_headset(&mut self) {
        let voice = &mut self.calls.voice;
        if voice.speaker && !self.setup.model.tables().audio.speaker_talks {
            (voice.speaker, voice.headset) = (false, true);
        }
    }

    /// The handset is lifted or put back.
    pub(crate) fn hook(&mut self, hook: Hook) {
        if self.calls.voice.hook != hook && self.hook_while_streaming(hook) {
            return;
        }
        let before = std::mem::replace(&mut self.calls.voice.hook, hook);
        if before == hook || !matches!(self.stage, Stage::Ready) {
            return;
        }
        match hook {
            Hook::Off => {
                let voice = &mut self.calls.voice;
                (voice.speaker, voice.headset) = (false, false);
                self.go_off_hook();
            }
            Hook::On if self.calls.voice.is_open() => {}
            Hook::On => self.end_active(),
        }
    }
}
