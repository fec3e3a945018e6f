use super::Calls;
use crate::{CallState, Hook, Phone, effects, names};

/// Where voice goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Voice {
    pub(crate) hook: Hook,
    pub(crate) speaker: bool,
    pub(crate) headset: bool,
    pub(crate) muted: bool,
    /// Loudness of whatever is heard, from 1 to [`LOUDEST`].
    pub(crate) volume: u8,
}

/// Steps of loudness (project rule).
pub(crate) const LOUDEST: u8 = 8;

impl Default for Voice {
    fn default() -> Self {
        Voice { hook: Hook::On, speaker: false, headset: false, muted: false, volume: LOUDEST / 2 }
    }
}

impl Voice {
    /// Something to talk into is in use.
    pub(crate) fn is_open(self) -> bool {
        self.hook == Hook::Off || self.speaker || self.headset
    }
}

/// The lamps of a phone that are lit.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Lamps {
    /// The message lamp flashes: a call rings, and the user wants to see it.
    pub alerting: bool,
    /// Beside the Speaker key.
    pub speaker: bool,
    /// Beside the Headset key.
    pub headset: bool,
    /// Beside the Mute key.
    pub mute: bool,
}

impl Calls {
    pub(crate) fn ring(&self) -> bool {
        self.first(CallState::Alerting).is_some()
    }
}

impl Phone {
    /// The lamps that are lit now.
    pub fn lamps(&self) -> Lamps {
        let Calls { voice, .. } = self.calls;
        Lamps {
            alerting: self.calls.ring() && self.alerts_visually(),
            speaker: voice.speaker,
            headset: voice.headset,
            mute: voice.muted,
        }
    }

    /// Where the handset is.
    pub fn handset(&self) -> Hook {
        self.calls.voice.hook
    }

    /// The ringing pattern that sounds now, if a call rings and the administrator lets it be heard.
    pub fn ringing(&self) -> Option<u8> {
        let audible = self.parameters.value_under(names::AUDASYS, self.release()) != "0";
        let pattern = self.effect(effects::RING).and_then(|pattern| pattern.parse().ok()).unwrap_or(1);
        (self.calls.ring() && audible).then_some(pattern)
    }

    /// Loudness of whatever is heard, from 1 to 8.
    pub fn volume(&self) -> u8 {
        self.calls.voice.volume
    }

    /// Source: Installation Guide 555-233-128 Issue 6, AUDASYS: 0 is visual alerting only, 1 audible only.
    fn alerts_visually(&self) -> bool {
        match self.parameters.value_under(names::AUDASYS, self.release()) {
            "0" => true,
            "1" => false,
            _ => self.effect(effects::VISUAL_ALERTING) == Some("1"),
        }
    }
}
