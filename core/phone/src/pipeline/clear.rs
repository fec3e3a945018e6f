//! CLEAR: everything that was administered or set goes to its default.
//!
//! Source: LAN Administrator Guide 555-233-507 R2.7, "Clear"; Installation Guide 555-233-128, "Clear Procedure".

use deskset_models::{BootText, since};

use super::{Phone, Running};
use crate::{
    EventKind, Output, Record, Step,
    login::LoginStage,
    phone::{Stage, cut},
};

impl Phone {
    /// Wipes everything but the software, then restarts.
    pub(crate) fn clear(&mut self) {
        let rules = self.setup.model.under(self.setup.signaling);
        if !rules.is_some_and(|rules| rules.has(since::CLEAR, self.release())) {
            return self.refuse("clear", "this release has no such procedure");
        }
        let prompt = matches!(self.stage, Stage::Login(LoginStage::Prompt { .. }));
        if !prompt && !matches!(self.stage, Stage::Ready | Stage::LoggedOff(_) | Stage::Failed { .. }) {
            return self.refuse("clear", "the phone is starting; try again when it has started");
        }
        self.stage = Stage::Clearing;
        self.say(Step::Use, BootText::Clearing, &[], String::new());
        self.pipeline.again = None;
        match self.pipeline.running.as_deref() {
            // Nothing of it matters any more, and its answer will find nobody waiting.
            None | Some(Running::Store { .. } | Running::Retrieve { .. }) => self.keep_cleared(),
            // What is on its way into memory must be there before it can be wiped.
            Some(_) => {}
        }
    }

    pub(super) fn keep_cleared(&mut self) {
        let wish = self.new_wish();
        self.out(Output::Keep(wish, Record::Cleared));
        self.pipeline.runs(Running::KeepCleared { wish });
    }

    pub(super) fn cleared(&mut self) {
        self.memory.apply(&Record::Cleared);
        let extension = self.user.take().and_then(|user| user.extension);
        self.out(Output::Unregister(extension));
        self.event(EventKind::Cleared);
        self.power_on();
    }

    pub(super) fn not_cleared(&mut self, words: &str) {
        self.fail(Step::Use, format!("the values could not be cleared: {}", cut(words)));
    }
}
