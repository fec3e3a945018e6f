//! A stream that was pushed: the way of the voice while it plays, and its end.
//!
//! Source: API Guide 16-300256, pp. 47-52; user guides, "Push"; LAN Administrator Guide 555-233-507, Appendix E.

use std::time::Duration;

use deskset_browser::push::{Audio, PushMessage, PushType};

use crate::{CallState, EventKind, Hook, Key, Output, Phone, PlayAudio, WishId};

/// A stream that plays.
#[derive(Debug)]
pub(crate) struct Stream {
    wish: WishId,
    /// How loud it is, 0 to 100.
    level: u8,
}

impl Phone {
    /// The stream that plays is this loud, 0 to 100; nothing if none plays.
    pub fn audio_level(&self) -> Option<u8> {
        self.push.stream.as_ref().map(|stream| stream.level)
    }

    /// The content has come: off-hook where that is needed, the active call on hold, then the stream.
    pub(super) fn play(&mut self, message: &PushMessage, wish: WishId, audio: &Audio) {
        if !self.calls.voice.is_open() && !self.can_listen() {
            self.out(Output::CloseAudio(wish));
            return self.drop_push(PushType::Audio, "there is nothing to hear it with while the handset lies");
        }
        self.ping(message.alert);
        self.stop_stream("a newer one came");
        // The other side does not hear the stream, and the call does not come back by itself. The state of the call
        // changes at once: nothing answers a phone that its hold has begun.
        self.hold_active();
        self.open_an_ear();
        self.out(Output::PlayAudio(PlayAudio {
            audio: wish,
            codec: audio.codec,
            packet_time: audio.packet_time,
            source: audio.host.clone(),
            quiet_after: Duration::from_secs(audio.timer_seconds.into()),
        }));
        self.event(EventKind::AudioPushed { source: audio.host.clone() });
        self.push.stream = Some(Stream { wish, level: 0 });
    }

    /// Something that plays without the handset: the loudspeaker, else a headset.
    fn can_listen(&self) -> bool {
        self.setup.model.tables().audio.speaker_listens || self.has_headset()
    }

    fn has_headset(&self) -> bool {
        self.setup.model.tables().keys.fixed.iter().any(|name| name.parse() == Ok(Key::Headset))
    }

    fn open_an_ear(&mut self) {
        let speaker = self.setup.model.tables().audio.speaker_listens;
        let voice = &mut self.calls.voice;
        if !voice.is_open() {
            (voice.speaker, voice.headset) = (speaker, !speaker);
        }
    }

    /// The stream ends; without a call the phone goes on-hook, but a lifted handset stays lifted.
    pub(super) fn stop_stream(&mut self, why: &'static str) {
        let Some(stream) = self.push.stream.take() else { return };
        self.out(Output::CloseAudio(stream.wish));
        self.event(EventKind::AudioOver { why });
        self.close_voices();
    }

    /// A call goes before a stream: whoever answers, dials or takes a call back no longer hears it.
    pub(crate) fn end_stream_for_a_call(&mut self) {
        if self.push.stream.is_some() && self.calls.first(CallState::Active).is_some() {
            self.stop_stream("the user went to a call");
            self.talk_through_the_headset();
        }
    }

    /// This is the stream that plays.
    pub(super) fn plays(&self, wish: WishId) -> bool {
        self.push.stream.as_ref().is_some_and(|stream| stream.wish == wish)
    }

    /// News of the stream.
    pub(crate) fn stream_input(&mut self, wish: WishId, news: StreamNews) {
        let Some(stream) = self.push.stream.as_mut().filter(|stream| stream.wish == wish) else { return };
        match news {
            StreamNews::Level(level) => stream.level = level.min(100),
            StreamNews::Over(why) => self.stop_stream(why),
        }
    }

    /// Speaker, Headset and the buttons of call appearances while a stream plays; whether it is dealt with.
    pub(crate) fn key_while_streaming(&mut self, key: Key) -> bool {
        if self.push.stream.is_none() {
            return false;
        }
        let voice = &mut self.calls.voice;
        let (this, other) = match key {
            Key::Speaker => (&mut voice.speaker, &mut voice.headset),
            Key::Headset => (&mut voice.headset, &mut voice.speaker),
            _ => return false,
        };
        *this = !*this;
        *other = false;
        if !voice.is_open() {
            self.stop_stream("the user went on-hook");
        }
        true
    }

    /// The handset is lifted or put back while a stream plays; whether that is dealt with.
    pub(crate) fn hook_while_streaming(&mut self, hook: Hook) -> bool {
        let rings = self.calls.first(CallState::Alerting).is_some();
        if self.push.stream.is_none() || hook == Hook::Off && rings {
            return false;
        }
        let voice = &mut self.calls.voice;
        voice.hook = hook;
        match hook {
            Hook::Off => (voice.speaker, voice.headset) = (false, false),
            Hook::On if voice.is_open() => {}
            Hook::On => self.stop_stream("the user went on-hook"),
        }
        true
    }
}

/// What a carrier tells of a stream.
#[derive(Clone, Copy, Debug)]
pub(crate) enum StreamNews {
    /// How loud it is.
    Level(u8),
    /// It is over, and why.
    Over(&'static str),
}
