//! Pushed text on the top line, and the pings before a push.

use deskset_browser::push::Alert;

use crate::{
    CallState, EventKind, Phone, Time, Tone, effects,
    limits::{PUSHED_TEXT_SHOWN, RING_PATTERN},
};

/// A text that a push brought. It goes by itself, seen or not.
#[derive(Debug)]
pub(crate) struct PushedText {
    text: String,
    barge: bool,
    until: Time,
}

impl Phone {
    /// A normal text waits behind calls and results; one that barges in takes the place of whatever is there.
    pub(super) fn show_pushed_text(&mut self, text: String, barge: bool) {
        let most = self.setup.model.tables().push.topline_chars.into();
        let text: String = text.chars().filter(|c| !c.is_control()).take(most).collect();
        if text.is_empty() {
            return self.drop_push(deskset_browser::push::PushType::Topline, "there is no text in it");
        }
        if barge {
            self.notice = None;
        }
        self.event(EventKind::ToplinePushed { chars: text.chars().count() });
        self.top_since = self.now;
        // The time runs from here, whether the text is seen or waits (project rule).
        self.push.text = Some(Box::new(PushedText { text, barge, until: self.now.after(PUSHED_TEXT_SHOWN) }));
    }

    /// Time has passed.
    pub(crate) fn pushed_text_passes(&mut self) {
        if self.push.text.as_ref().is_some_and(|text| self.now >= text.until) {
            self.push.text = None;
            self.top_since = self.now;
        }
    }

    pub(crate) fn pushed_text_until(&self) -> Option<Time> {
        self.push.text.as_ref().map(|text| text.until)
    }

    /// A call has something to say: what comes later is seen first, and a text that barged in before waits behind it (LAN
    /// Administrator Guide 555-233-507, Appendix E: later messages may overwrite it in turn).
    pub(crate) fn pushed_text_gives_way(&mut self) {
        if let Some(text) = &mut self.push.text {
            text.barge = false;
        }
    }

    /// The pushed text that goes before calls.
    pub(crate) fn barging_text(&self) -> Option<&str> {
        self.push.text.as_ref().filter(|text| text.barge).map(|text| text.text.as_str())
    }

    /// The pushed text that calls go before.
    pub(crate) fn waiting_text(&self) -> Option<&str> {
        self.push.text.as_ref().filter(|text| !text.barge).map(|text| text.text.as_str())
    }

    /// Tells of content that has come. In a call, or while a stream plays, beeps are heard there instead of rings
    /// (project rule).
    pub(super) fn ping(&mut self, alert: Alert) {
        let count = alert.pings();
        if count == 0 {
            return;
        }
        let busy = self.calls.first(CallState::Active).is_some() || self.push.stream.is_some();
        let pattern = self.effect(effects::RING).and_then(|pattern| pattern.parse().ok()).unwrap_or(RING_PATTERN);
        let tone = if busy { Tone::Beeps { count } } else { Tone::Pings { count, pattern } };
        self.event(EventKind::Tone { tone });
    }
}
