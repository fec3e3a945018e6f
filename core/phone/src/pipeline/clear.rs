//! CLEAR: everything that was administered or set goes to its default. And what was entered at the phone: both are kept,
//! and then everything begins anew.
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
        self.say(Step::Use, BootText::Clearing, &[], String::new());
        self.pipeline.again = None;
        self.begin_anew(Record::Cleared);
    }

    /// Keeps a last record, then restarts.
    pub(crate) fn begin_anew(&mut self, last: Record) {
        self.stage = Stage::Clearing;
        self.pipeline.last = Some(Box::new(last));
        match self.pipeline.running.as_deref() {
            // Nothing of it matters any more, and its answer will find nobody waiting.
            None | Some(Running::Store { .. } | Running::Retrieve { .. }) => self.keep_last(),
            // What is on its way into memory must be there before it can be wiped.
            Some(_) => {}
        }
    }

    pub(super) fn keep_last(&mut self) {
        let Some(record) = self.pipeline.last.take().map(|last| *last) else { return };
        let wish = self.new_wish();
        self.out(Output::Keep(wish, record.clone()));
        self.pipeline.runs(Running::KeepLast { wish, record });
    }

    pub(super) fn last_kept(&mut self, record: Record) {
        self.memory.apply(&record);
        let extension = self.user.take().and_then(|user| user.extension);
        self.out(Output::Unregister(extension));
        self.event(match record {
            Record::Entered(values) => EventKind::Entered { values },
            _ => EventKind::Cleared,
        });
        self.power_on();
    }

    pub(super) fn last_not_kept(&mut self, record: &Record, words: &str) {
        let what = match record {
            Record::Entered(_) => "what was entered could not be kept",
            _ => "the values could not be cleared",
        };
        self.fail(Step::Use, format!("{what}: {}", cut(words)));
    }
}
