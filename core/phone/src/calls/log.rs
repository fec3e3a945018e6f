use std::collections::VecDeque;

use crate::{Phone, Time, effects, limits::CALLS_LOGGED_MAX};

/// One list of the Call Log.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Which {
    /// Calls that nobody answered.
    #[default]
    Missed,
    /// Calls that were answered.
    Answered,
    /// Calls that were placed.
    Outgoing,
}

/// A call that was.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LoggedCall {
    /// Name of the other side; may be empty.
    pub name: String,
    /// Number of the other side; may be empty.
    pub number: String,
    /// When it rang or was placed.
    pub at: Time,
}

impl LoggedCall {
    /// Name, else number, of the other side.
    pub(crate) fn title(&self) -> &str {
        [&self.name, &self.number].into_iter().find(|words| !words.is_empty()).map_or("Unknown", String::as_str)
    }
}

/// The three lists, the newest call first. They are gone at logoff (user guides, "Logging Off").
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct CallLog {
    lists: [VecDeque<LoggedCall>; 3],
    /// Missed since the list was last looked at.
    pub(crate) unseen: u16,
}

impl CallLog {
    pub(crate) fn list(&self, which: Which) -> &VecDeque<LoggedCall> {
        &self.lists[which as usize]
    }

    pub(crate) fn remove(&mut self, which: Which, call: &LoggedCall) {
        let list = &mut self.lists[which as usize];
        if let Some(at) = list.iter().position(|other| other == call) {
            list.remove(at);
        }
    }

    fn add(&mut self, which: Which, call: LoggedCall) {
        let list = &mut self.lists[which as usize];
        list.push_front(call);
        list.truncate(CALLS_LOGGED_MAX);
        if which == Which::Missed {
            self.unseen = self.unseen.saturating_add(1);
        }
    }
}

impl Phone {
    /// The calls of a list, the newest first.
    pub fn logged_calls(&self, which: Which) -> impl ExactSizeIterator<Item = &LoggedCall> {
        self.calls.log.list(which).iter()
    }

    /// Writes a call down, where user and administrator let it be.
    pub(crate) fn log_call(&mut self, which: Which, name: String, number: String) {
        if self.administered().shows_call_log() && self.effect(effects::CALL_LOG) != Some("0") {
            self.calls.log.add(which, LoggedCall { name, number, at: self.now });
        }
    }
}
