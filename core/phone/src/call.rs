use std::{fmt, str::FromStr};

/// The handset in its cradle or out of it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Hook {
    /// In its cradle.
    On,
    /// Lifted.
    Off,
}

/// What a call appearance is doing.
///
/// Source: user guides, "Call Appearances".
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub enum CallState {
    /// No call.
    #[default]
    Idle,
    /// Ringing.
    Alerting,
    /// Talking.
    Active,
    /// On hold.
    Held,
    /// On soft hold: about to be transferred or joined.
    SoftHold,
}

impl CallState {
    const ALL: [(CallState, &str); 5] = [
        (CallState::Idle, "idle"),
        (CallState::Alerting, "alerting"),
        (CallState::Active, "active"),
        (CallState::Held, "held"),
        (CallState::SoftHold, "soft-hold"),
    ];

    /// As scripts write it.
    pub fn key(self) -> &'static str {
        Self::ALL.iter().find(|(state, _)| *state == self).map_or("", |(_, key)| key)
    }
}

impl fmt::Display for CallState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

/// A text that names no call state.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("no such call state; there are idle, alerting, active, held and soft-hold")]
pub struct NoSuchCallState;

impl FromStr for CallState {
    type Err = NoSuchCallState;

    fn from_str(text: &str) -> Result<Self, NoSuchCallState> {
        Self::ALL.iter().find(|(_, key)| *key == text).map(|(state, _)| *state).ok_or(NoSuchCallState)
    }
}

/// What the call server does to one call appearance. Until call servers are spoken to, a control command says it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CallNews {
    /// Which appearance, counted from 1.
    pub appearance: u16,
    /// What it does from now on.
    pub state: CallState,
    /// Name of the other side, as the server sends it; may be empty.
    pub name: String,
    /// Number of the other side; may be empty.
    pub number: String,
}
