use deskset_models::{ParameterRow, Release, Values};

use super::{R2_2, Words, digits, flag, number, one_of, row, text};
use crate::sources::{CUSTOMIZING, INSTALLATION, ISSUE_6, ISSUE_7, MIB};

/// The three digits of OPSTAT, and the one-digit forms: `0` is named by the guide, `1` and `2` by younger series.
const OPSTAT: [(&str, &str); 11] = [
    ("000", "nothing"),
    ("001", "log off"),
    ("010", "view"),
    ("011", "view, log off"),
    ("100", "change options"),
    ("101", "change options, log off"),
    ("110", "change options, view"),
    ("111", "everything"),
    ("0", "nothing"),
    ("1", "everything"),
    ("2", "view"),
];

/// What users may see and change, and how the phone looks and sounds.
#[rustfmt::skip] // one row, one line
pub(super) fn rows() -> Vec<ParameterRow> {
    let appstat = [("0", "no Redial, no Call Log, fixed Speed Dial"), ("1", "everything"), ("2", "one Redial number, no Call Log, fixed Speed Dial"), ("3", "fixed Speed Dial")];
    let audasys = [("0", "visual only"), ("1", "audible only"), ("2", "visual, may change"), ("3", "audible, may change")];
    vec![
        row("OPSTAT", one_of(&OPSTAT), "111", "What of the Options application users reach").source(ISSUE_6),
        row("APPSTAT", one_of(&appstat), "1", "Which applications users have").source(CUSTOMIZING),
        row("PROCSTAT", flag(), "0", "1: no local procedures").mib(),
        row("PROCPSWD", digits(0, 7), "", "Asked before a local procedure").secret().since(Release::new(1, 8)).source(CUSTOMIZING),
        row("SYSLANG", text(32), "", "Language of a new phone, by its English name").source(ISSUE_7),
        row("IRSTAT", flag(), "1", "1: the infrared port is on").needs("infrared").by_hand_too().source(CUSTOMIZING),
        row("BAKLIGHTOFF", number(0, 999), "120", "Idle minutes until the light goes out; 0: never").needs("backlight").mib(),
        row("AGCHAND", flag(), "1", "1: gain control of the handset").by_hand_too().mib(),
        row("AGCHEAD", flag(), "1", "1: gain control of the headset").by_hand_too().mib(),
        row("AGCSPKR", flag(), "1", "1: gain control of the speaker").by_hand_too().mib(),
        row("AUDIOENV", number(0, 107), "0", "Audio environment").mib(),
        row("AUDIOSTHS", number(0, 2), "0", "Sidetone of the handset").mib(),
        row("AUDIOSTHD", number(0, 2), "0", "Sidetone of the headset").mib(),
        row("AUDASYS", one_of(&audasys), "", "Which alerting users may choose").since(Release::new(2, 8)).source(INSTALLATION),
        row("NVCONTRAST", number(0, 15), "8", "Contrast of a new phone").by_hand_too().mib(),
        row("NVALERT", flag(), "0", "Alerting: 0 audible, 1 audible and visual").since(R2_2).by_hand_too().source(MIB),
        row("RINGTONESTYLE", Values::choice(&[("0", "North America"), ("1", "Europe")]), "0", "Ring patterns").later(),
        row("SCREENSAVERON", number(0, 999), "240", "Idle minutes until the screen saver").later(),
    ]
}
