use std::time::Duration;

use crate::{CallState, Phone, Time, names, phone::Stage};

/// Minutes where WMLIDLETIME says nothing.
const USUAL_MINUTES: u64 = 10;

impl Phone {
    /// Somebody is at the phone, or calls it.
    pub(crate) fn is_touched(&mut self) {
        self.used_at = self.now;
        if let Some(browsing) = self.browsing.there() {
            browsing.idle_shown = false;
        }
    }

    /// When the page for idle phones comes: WMLIDLETIME minutes after the last key, without a call.
    pub(crate) fn idle_page_at(&self) -> Option<Time> {
        let busy =
            self.calls.appearances.iter().any(|one| one.state != CallState::Idle) || self.audio_level().is_some();
        let awaited = matches!(self.stage, Stage::Ready) && !self.browsing.idle_shown && !busy && !self.front_edits;
        if !awaited || self.parameters.value(names::WMLIDLEURI).is_empty() || !self.has_browser() {
            return None;
        }
        let minutes = self.parameters.value(names::WMLIDLETIME).parse().unwrap_or(USUAL_MINUTES).max(1);
        Some(self.used_at.after(Duration::from_secs(minutes * 60)))
    }

    /// Time has passed.
    pub(crate) fn idle_page_passes(&mut self) {
        if self.idle_page_at().is_some_and(|at| self.now >= at) {
            self.browsing.idle_shown = true;
            self.bring_web_to_the_front();
            let page = self.parameters.value(names::WMLIDLEURI).to_owned();
            self.browse(|browser| browser.open(&page));
        }
    }
}
