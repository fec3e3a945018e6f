//! What goes over the wire.

use deskset_phone::{Event, Hook, Lamps, Marks, Screen, Shade, State};
use deskset_runtime::{Desk, floor::Glance};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// All phones.
#[derive(Serialize, ToSchema)]
pub(crate) struct PhoneList {
    /// `deskset-phones-1`.
    pub(crate) schema: &'static str,
    /// By name.
    pub(crate) phones: Vec<PhoneShape>,
}

/// One phone as it is now.
#[derive(Serialize, ToSchema)]
pub(crate) struct PhoneShape {
    /// `deskset-phone-1`.
    pub(crate) schema: &'static str,
    /// Unique on the floor.
    pub(crate) name: String,
    /// Its model.
    pub(crate) model: String,
    /// `h323` or `sip`.
    pub(crate) signaling: String,
    /// Release of the running software.
    pub(crate) release: String,
    /// Its hardware address.
    pub(crate) mac: String,
    /// What it is doing.
    pub(crate) state: StateShape,
    /// Every key it has, as `keys` takes them.
    pub(crate) keys: Vec<String>,
    /// How many things have happened to it.
    pub(crate) events: u64,
    /// The lamps that are lit: `alerting`, `speaker`, `headset`, `mute`.
    pub(crate) lamps: Vec<&'static str>,
    /// It is heard ringing.
    pub(crate) rings: bool,
    /// Where the handset is: `on` its cradle or `off` it.
    pub(crate) hook: &'static str,
}

/// What a phone is doing.
#[derive(Clone, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct StateShape {
    /// `off`, `starting`, `awaits_login`, `ready`, `logged_off` or `failed`.
    pub(crate) kind: &'static str,
    /// Who is logged in, while it is ready.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) extension: Option<String>,
    /// While it is ready: no save or retrieval is running.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) settled: Option<bool>,
    /// If it failed: where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) step: Option<&'static str>,
    /// If it failed: why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) reason: Option<String>,
}

/// What a person sees of a phone.
#[derive(Serialize, ToSchema)]
pub(crate) struct ScreenShape {
    /// `deskset-screen-1`.
    pub(crate) schema: &'static str,
    /// Counts what was seen: equal numbers, equal screens.
    pub(crate) number: u64,
    /// What the phone is doing.
    pub(crate) state: StateShape,
    /// Text columns.
    pub(crate) columns: u16,
    /// The text of each row from the top.
    pub(crate) rows: Vec<String>,
    /// The shade behind each column of each row: `.` paper, `l` light, `d` dark.
    pub(crate) shades: Vec<String>,
    /// Where the next key goes: row and column from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) cursor: Option<[usize; 2]>,
    /// Step of contrast.
    pub(crate) contrast: u8,
    /// The backlight is on.
    pub(crate) lit: bool,
}

/// A phone to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPhone {
    /// Unique on the floor; letters, digits, `-`, `_`, `.`.
    pub(crate) name: String,
    /// Default: the profile's.
    pub(crate) model: Option<String>,
    /// `h323` or `sip`; default: the profile's.
    pub(crate) signaling: Option<String>,
    /// Who logs in by itself as soon as the phone asks.
    pub(crate) extension: Option<String>,
    /// Default: the profile knows it.
    pub(crate) password: Option<String>,
    /// Gives it power at once; default: true.
    #[serde(default = "yes")]
    pub(crate) boot: bool,
}

fn yes() -> bool {
    true
}

/// Keys to be pressed, one after the other.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Keys {
    /// Such as `options`, `line1-left`, `soft1`, `5`, `#`.
    pub(crate) keys: Vec<String>,
}

/// Text for the open field.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Typed {
    /// Any characters but control characters.
    pub(crate) text: String,
}

/// The handset.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HookShape {
    /// `on`: in its cradle; `off`: lifted.
    pub(crate) hook: String,
}

/// What the call server does to a call appearance.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CallShape {
    /// Counted from 1.
    pub(crate) appearance: u16,
    /// `idle`, `alerting`, `active`, `held` or `soft-hold`.
    pub(crate) state: String,
    /// The other side's name.
    #[serde(default)]
    pub(crate) name: String,
    /// The other side's number.
    #[serde(default)]
    pub(crate) number: String,
}

/// Conditions that are waited for; all that are given must hold at once.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wait {
    /// A row of the screen holds this text.
    pub(crate) screen: Option<String>,
    /// No row of the screen holds this text.
    pub(crate) screen_without: Option<String>,
    /// The kind of state: `ready`, `failed` …
    pub(crate) state: Option<String>,
    /// No save or retrieval is running.
    pub(crate) settled: Option<bool>,
    /// A parameter has this value.
    pub(crate) parameter: Option<ParameterIs>,
    /// How long to wait at most, in milliseconds; default 10000.
    pub(crate) deadline_ms: Option<u64>,
}

/// A parameter and its value.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ParameterIs {
    /// As the guides spell it.
    pub(crate) name: String,
    /// In full.
    pub(crate) value: String,
}

/// Something that happened to a phone.
#[derive(Serialize, ToSchema)]
pub(crate) struct EventShape {
    /// Which phone.
    pub(crate) phone: String,
    /// Counts the phone's events from 1.
    pub(crate) number: u64,
    /// Milliseconds since the program started.
    pub(crate) t_ms: u64,
    /// The stage of life.
    pub(crate) step: &'static str,
    /// In a sentence.
    pub(crate) detail: String,
}

/// Some of a phone's events.
#[derive(Serialize, ToSchema)]
pub(crate) struct EventList {
    /// `deskset-events-1`.
    pub(crate) schema: &'static str,
    /// Oldest first.
    pub(crate) events: Vec<EventShape>,
}

/// A phone's parameters.
#[derive(Serialize, ToSchema)]
pub(crate) struct ParameterList {
    /// `deskset-parameters-1`.
    pub(crate) schema: &'static str,
    /// By name.
    pub(crate) parameters: Vec<ParameterShape>,
}

/// One parameter in force.
#[derive(Serialize, ToSchema)]
pub(crate) struct ParameterShape {
    /// As the guides spell it.
    pub(crate) name: String,
    /// In full; `********` for passwords.
    pub(crate) value: String,
    /// Who set it: file and line, DHCP, the default.
    pub(crate) origin: String,
}

impl StateShape {
    pub(crate) fn of(state: &State) -> StateShape {
        let plain = |kind| StateShape { kind, extension: None, settled: None, step: None, reason: None };
        match state {
            State::Off => plain("off"),
            State::Starting => plain("starting"),
            State::AwaitsLogin => plain("awaits_login"),
            State::LoggedOff => plain("logged_off"),
            State::Ready { extension, settled } => StateShape {
                extension: extension.as_ref().map(ToString::to_string),
                settled: Some(*settled),
                ..plain("ready")
            },
            State::Failed { step, reason } => {
                StateShape { step: Some(step.key()), reason: Some(reason.clone()), ..plain("failed") }
            }
        }
    }
}

impl PhoneShape {
    pub(crate) fn of(desk: &Desk) -> PhoneShape {
        let phone = desk.phone();
        let setup = phone.setup();
        PhoneShape {
            schema: "deskset-phone-1",
            name: setup.name.to_string(),
            model: setup.model.name().to_owned(),
            signaling: setup.signaling.key().to_owned(),
            release: phone.release().to_string(),
            mac: setup.mac.clone(),
            state: StateShape::of(&phone.state()),
            keys: phone.keys().map(|key| key.to_string()).collect(),
            events: desk.event_count(),
            lamps: lamps(phone.lamps()),
            rings: phone.ringing().is_some(),
            hook: match phone.handset() {
                Hook::On => "on",
                Hook::Off => "off",
            },
        }
    }
}

fn lamps(lamps: Lamps) -> Vec<&'static str> {
    let Lamps { alerting, speaker, headset, mute } = lamps;
    let all = [(alerting, "alerting"), (speaker, "speaker"), (headset, "headset"), (mute, "mute")];
    all.into_iter().filter_map(|(is_lit, name)| is_lit.then_some(name)).collect()
}

impl ScreenShape {
    pub(crate) fn of(glance: &Glance) -> ScreenShape {
        let screen = &glance.screen;
        ScreenShape {
            schema: "deskset-screen-1",
            number: glance.number,
            state: StateShape::of(&glance.state),
            columns: screen.columns(),
            rows: screen.rows(),
            shades: shades(screen),
            cursor: cursor(screen),
            contrast: screen.contrast,
            lit: screen.lit,
        }
    }
}

fn shades(screen: &Screen) -> Vec<String> {
    let sign = |shade| match shade {
        Shade::Paper => '.',
        Shade::Light => 'l',
        Shade::Dark => 'd',
    };
    screen.cells().map(|row| row.iter().map(|cell| sign(cell.shade)).collect()).collect()
}

fn cursor(screen: &Screen) -> Option<[usize; 2]> {
    screen.cells().enumerate().find_map(|(row, cells)| {
        cells.iter().position(|cell| cell.marks.contains(Marks::CURSOR)).map(|column| [row, column])
    })
}

impl EventShape {
    pub(crate) fn of(phone: &str, number: u64, event: &Event) -> EventShape {
        EventShape {
            phone: phone.to_owned(),
            number,
            t_ms: event.at.millis(),
            step: event.kind.step().key(),
            detail: event.kind.to_string(),
        }
    }
}
