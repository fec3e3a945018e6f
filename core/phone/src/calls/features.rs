use std::{fmt, str::FromStr};

use crate::{EventKind, Phone, limits::CALLER_CHARS_MAX, phone::Stage};

/// What an administered feature button is doing.
///
/// Source: user guides, "Line/Feature Buttons".
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub enum FeatureState {
    /// Not in use.
    #[default]
    Off,
    /// In use.
    On,
    /// Asked for and not given: an error beep, then off.
    Denied,
    /// Flashing, fluttering or winking.
    Flashing,
}

impl FeatureState {
    const ALL: [(FeatureState, &str); 4] = [
        (FeatureState::Off, "off"),
        (FeatureState::On, "on"),
        (FeatureState::Denied, "denied"),
        (FeatureState::Flashing, "flashing"),
    ];

    /// As scripts write it.
    pub fn key(self) -> &'static str {
        Self::ALL.iter().find(|(state, _)| *state == self).map_or("", |(_, key)| key)
    }
}

impl fmt::Display for FeatureState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.key())
    }
}

/// A text that names no state of a feature button.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("no such state; there are off, on, denied and flashing")]
pub struct NoSuchFeatureState;

impl FromStr for FeatureState {
    type Err = NoSuchFeatureState;

    fn from_str(text: &str) -> Result<Self, NoSuchFeatureState> {
        Self::ALL.iter().find(|(_, key)| *key == text).map(|(state, _)| *state).ok_or(NoSuchFeatureState)
    }
}

/// A feature button as the call server administers it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Feature {
    /// The call server's words; a button without any does nothing.
    pub label: String,
    /// What it is doing.
    pub state: FeatureState,
}

impl Phone {
    /// The call server administers a feature button, or changes it.
    pub(crate) fn feature(&mut self, number: u16, label: &str, state: FeatureState) {
        let count = self.setup.model.tables().speed_dial.feature_labels;
        if !matches!(self.stage, Stage::Ready) {
            return self.refuse("feature button", "nobody is at the phone");
        }
        if !(1..=count).contains(&number) {
            return self.refuse("feature button", format!("this phone has {count} of them"));
        }
        let denied = state == FeatureState::Denied;
        let state = if denied { FeatureState::Off } else { state };
        let label = label.chars().filter(|c| !c.is_control()).take(CALLER_CHARS_MAX).collect();
        self.calls.features.insert(number, Feature { label, state });
        if denied {
            self.error_beep();
        }
    }

    /// The user's own name of a feature button, else the call server's.
    pub(crate) fn feature_label(&self, number: u16) -> &str {
        let own = self.user.as_ref().and_then(|user| user.data().feature_labels.get(&number));
        let given = self.calls.features.get(&number).map(|feature| &feature.label);
        own.or(given).map_or("", String::as_str)
    }

    /// A feature button is pressed: the call server decides what comes of it.
    pub(crate) fn press_feature(&mut self, number: u16) {
        match self.calls.features.get(&number) {
            Some(feature) if !feature.label.is_empty() => self.event(EventKind::FeaturePressed { number }),
            _ => self.error_beep(),
        }
    }
}
