//! Calls as states: call appearances, feature buttons, and the way of the voice. No sound is in here.
//!
//! ```text
//!            ┌──────────── ended ◄─────────────┐
//!            ▼                                 │
//!          idle ─► dialing ─► active ⇄ held, soft hold
//!            └───► alerting ──►┘
//! ```
//!
//! Source: user guides, "Call Appearances", "Handling Calls".

mod dialing;
mod features;
mod handling;
mod log;
mod news;
mod voice;

use std::collections::{BTreeMap, VecDeque};

pub use features::{Feature, FeatureState};
pub use log::{LoggedCall, Which};
pub use voice::Lamps;

pub(crate) use log::CallLog;

use crate::{
    CallState, Hook, Time,
    rare::{Rare, rarely},
};
use dialing::Dialing;
use voice::Voice;

/// Call appearances a phone has while the call server has not said otherwise; one without a name.
const CALL_APPEARANCES: usize = 3;

/// All calls of one phone.
#[derive(Debug, Default)]
pub(crate) struct Calls {
    pub(crate) appearances: Vec<Rare<Appearance>>,
    pub(crate) features: BTreeMap<u16, Feature>,
    pub(crate) voice: Voice,
    dialing: Option<Box<Dialing>>,
    pub(crate) log: Rare<CallLog>,
    /// Numbers that were dialled, the last one first.
    pub(crate) redial: Rare<VecDeque<String>>,
}

rarely!(Appearance, CallLog, VecDeque<String>);

/// One call appearance.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Appearance {
    pub(crate) state: CallState,
    pub(crate) name: String,
    pub(crate) number: String,
    /// Since when the two sides can talk.
    pub(crate) talking_since: Option<Time>,
}

impl Appearance {
    /// Name and number of the other side, as far as they are known.
    pub(crate) fn caller(&self) -> String {
        match (self.name.as_str(), self.number.as_str()) {
            ("", one) | (one, "") => one.to_owned(),
            (name, number) => format!("{name} {number}"),
        }
    }
}

impl Calls {
    /// Of a phone that has just been taken in. The handset stays where it is.
    pub(crate) fn begun(named: bool, hook: Hook) -> Self {
        let appearances = vec![Rare::default(); if named { CALL_APPEARANCES } else { 1 }];
        Calls { appearances, voice: Voice { hook, ..Voice::default() }, ..Calls::default() }
    }

    /// Nothing rings, nobody talks, the handset lies in its cradle.
    pub(crate) fn are_idle(&self) -> bool {
        self.voice.hook == Hook::On && self.appearances.iter().all(|one| one.state == CallState::Idle)
    }

    pub(crate) fn first(&self, state: CallState) -> Option<usize> {
        self.appearances.iter().position(|one| one.state == state)
    }

    pub(crate) fn active(&self) -> Option<&Appearance> {
        self.first(CallState::Active).and_then(|at| self.appearances.get(at)).map(|one| &**one)
    }
}
