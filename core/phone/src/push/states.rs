//! What a phone's state lets a push do: one table, read by the phone and by its tests.
//!
//! Source: API Guide 16-300256, pp. 26-32, 39, 47-48, 54-55, 65; what it leaves open is inferred, or a project rule.

use std::fmt;

use deskset_browser::push::{Mode, PushType};

use super::PushStatus;

/// What a phone is doing, as far as a push is concerned. Several can hold at once: the strictest answer counts.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum PushState {
    /// The call server has not taken it in.
    NotRegistered,
    /// The Phone application is in front.
    Idle,
    /// The Web application is in front, and nothing is typed.
    Web,
    /// Text is typed on a page.
    WebEntry,
    /// Text is typed in another application.
    Entry,
    /// Another application is in front, and nothing is typed.
    Application,
    /// A call rings.
    Alerting,
    /// Somebody talks or dials.
    ActiveCall,
    /// A call waits to be transferred or joined.
    SoftHold,
    /// A call is on hold.
    HeldCall,
    /// Pushed text is on the top line.
    ToplineShown,
    /// A pushed page is in front.
    PageShown,
    /// A pushed stream plays.
    AudioPlaying,
    /// A backup file is being retrieved.
    Restoring,
    /// One of the procedures of the dial pad runs.
    LocalProcedure,
}

/// What a push does then.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum PushEffect {
    /// Nothing: it is refused, and no tone is heard.
    Nothing,
    /// Nobody listens.
    PortClosed,
    /// The page waits for the Web application.
    Background,
    /// The page is shown, whatever was in front.
    Show,
    /// The page takes the place of the one that is shown.
    Replace,
    /// The text is on the top line, or waits for it.
    Text,
    /// The text takes the place of the one that was there.
    ReplaceText,
    /// The stream plays.
    Play,
    /// The active call goes on hold, then the stream plays.
    HoldAndPlay,
    /// The stream takes the place of the one that plays.
    ReplaceStream,
    /// The phone subscribes anew.
    Subscribe,
}

/// An answer and what follows it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct PushCell {
    /// What is answered; without meaning where nobody listens.
    pub status: PushStatus,
    /// What the push does.
    pub effect: PushEffect,
}

impl PushState {
    /// All states, as the table has them.
    pub const ALL: [PushState; 15] = [
        PushState::NotRegistered,
        PushState::Idle,
        PushState::Web,
        PushState::WebEntry,
        PushState::Entry,
        PushState::Application,
        PushState::Alerting,
        PushState::ActiveCall,
        PushState::SoftHold,
        PushState::HeldCall,
        PushState::ToplineShown,
        PushState::PageShown,
        PushState::AudioPlaying,
        PushState::Restoring,
        PushState::LocalProcedure,
    ];

    /// What a push of this type and mode does in this state. A subscribe push has no mode.
    pub fn cell(self, kind: PushType, mode: Mode) -> PushCell {
        let row = TABLE[self as usize];
        row[match (kind, mode) {
            (PushType::Display, Mode::Normal) => 0,
            (PushType::Display, Mode::Barge) => 1,
            (PushType::Topline, Mode::Normal) => 2,
            (PushType::Topline, Mode::Barge) => 3,
            (PushType::Audio, Mode::Normal) => 4,
            (PushType::Audio, Mode::Barge) => 5,
            (PushType::Subscribe, _) => 6,
        }]
    }
}

/// What a push does where all these states hold: the strictest answer, else the effect that reaches furthest.
pub(super) fn decide(states: &[PushState], kind: PushType, mode: Mode) -> PushCell {
    let cells = states.iter().map(|state| state.cell(kind, mode));
    let strictness = |cell: &PushCell| match cell.status {
        PushStatus::Accepted => 0,
        PushStatus::AcceptedInBackground => 1,
        _ => 2,
    };
    cells.max_by_key(|cell| (strictness(cell), cell.effect)).unwrap_or(REFUSED)
}

type Cell = PushCell;

const fn cell(status: PushStatus, effect: PushEffect) -> Cell {
    PushCell { status, effect }
}

const ACCEPTED: PushStatus = PushStatus::Accepted;
const CLOSED: Cell = cell(PushStatus::InternalError, PushEffect::PortClosed);
const REFUSED: Cell = cell(PushStatus::NotInPushState, PushEffect::Nothing);
const MUTED: Cell = cell(PushStatus::NotInAudioPushState, PushEffect::Nothing);
const BEHIND: Cell = cell(ACCEPTED, PushEffect::Background);
const KEPT: Cell = cell(PushStatus::AcceptedInBackground, PushEffect::Background);
const SHOWN: Cell = cell(ACCEPTED, PushEffect::Show);
const REPLACED: Cell = cell(ACCEPTED, PushEffect::Replace);
const TEXT: Cell = cell(ACCEPTED, PushEffect::Text);
const NEW_TEXT: Cell = cell(ACCEPTED, PushEffect::ReplaceText);
const PLAYED: Cell = cell(ACCEPTED, PushEffect::Play);
const HELD: Cell = cell(ACCEPTED, PushEffect::HoldAndPlay);
const NEW_STREAM: Cell = cell(ACCEPTED, PushEffect::ReplaceStream);
const SIGNED: Cell = cell(ACCEPTED, PushEffect::Subscribe);

/// Display normal and barge, topline normal and barge, audio normal and barge, subscribe.
#[rustfmt::skip]
const TABLE: [[Cell; 7]; PushState::ALL.len()] = [
    /* not registered   */ [CLOSED,   CLOSED,   CLOSED,   CLOSED,   CLOSED, CLOSED,     CLOSED],
    /* idle             */ [BEHIND,   SHOWN,    TEXT,     TEXT,     PLAYED, PLAYED,     SIGNED],
    /* web              */ [REPLACED, REPLACED, TEXT,     TEXT,     PLAYED, PLAYED,     SIGNED],
    /* web entry        */ [REFUSED,  REPLACED, REFUSED,  TEXT,     PLAYED, PLAYED,     SIGNED],
    /* entry            */ [KEPT,     SHOWN,    REFUSED,  TEXT,     PLAYED, PLAYED,     SIGNED],
    /* application      */ [BEHIND,   SHOWN,    TEXT,     TEXT,     PLAYED, PLAYED,     SIGNED],
    /* alerting         */ [BEHIND,   SHOWN,    REFUSED,  TEXT,     MUTED,  PLAYED,     SIGNED],
    /* active call      */ [BEHIND,   SHOWN,    TEXT,     TEXT,     MUTED,  HELD,       SIGNED],
    /* soft hold        */ [BEHIND,   SHOWN,    REFUSED,  TEXT,     MUTED,  PLAYED,     SIGNED],
    /* held call        */ [BEHIND,   SHOWN,    TEXT,     TEXT,     PLAYED, PLAYED,     SIGNED],
    /* topline shown    */ [BEHIND,   SHOWN,    NEW_TEXT, NEW_TEXT, PLAYED, PLAYED,     SIGNED],
    /* page shown       */ [REPLACED, REPLACED, TEXT,     TEXT,     PLAYED, PLAYED,     SIGNED],
    /* audio playing    */ [BEHIND,   SHOWN,    TEXT,     TEXT,     MUTED,  NEW_STREAM, SIGNED],
    /* restoring        */ [REFUSED,  REFUSED,  REFUSED,  REFUSED,  MUTED,  MUTED,      SIGNED],
    /* local procedure  */ [REFUSED,  REFUSED,  REFUSED,  REFUSED,  MUTED,  MUTED,      SIGNED],
];

impl fmt::Display for PushState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            PushState::NotRegistered => "not registered",
            PushState::Idle => "idle",
            PushState::Web => "web",
            PushState::WebEntry => "web entry",
            PushState::Entry => "entry",
            PushState::Application => "application",
            PushState::Alerting => "alerting",
            PushState::ActiveCall => "active call",
            PushState::SoftHold => "soft hold",
            PushState::HeldCall => "held call",
            PushState::ToplineShown => "topline shown",
            PushState::PageShown => "page shown",
            PushState::AudioPlaying => "audio playing",
            PushState::Restoring => "restoring",
            PushState::LocalProcedure => "local procedure",
        })
    }
}

impl fmt::Display for PushEffect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            PushEffect::Nothing => "nothing",
            PushEffect::PortClosed => "port closed",
            PushEffect::Background => "background",
            PushEffect::Show => "shown",
            PushEffect::Replace => "replaces page",
            PushEffect::Text => "text",
            PushEffect::ReplaceText => "replaces text",
            PushEffect::Play => "plays",
            PushEffect::HoldAndPlay => "hold, plays",
            PushEffect::ReplaceStream => "replaces stream",
            PushEffect::Subscribe => "subscribes",
        })
    }
}
