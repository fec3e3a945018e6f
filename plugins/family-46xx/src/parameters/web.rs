use deskset_models::{ParameterRow, Values};

use super::{Words, digits, number, port, row, text};
use crate::sources::{API, ISSUE_4, RULE};

/// The Web application and push.
#[rustfmt::skip] // one row, one line
pub(super) fn rows() -> Vec<ParameterRow> {
    vec![
        row("WMLHOME", text(255), "", "Home page; empty: no Web application").source(ISSUE_4),
        row("WMLPROXY", Values::Address, "", "HTTP proxy of the Web application").mib(),
        row("WMLPORT", port(), "8000", "Port of the proxy").later(),
        row("WMLEXCEPT", text(127), "", "Domains that are asked without the proxy").mib(),
        row("WMLIDLEURI", text(255), "", "Page shown when idle").mib(),
        row("WMLIDLETIME", number(1, 60), "10", "Idle minutes until that page").mib(),
        row("WMLCODING", text(32), "", "Character set of forms, ASCII or Latin-1; obsolete").mib(),
        row("TPSLIST", text(255), "", "Trusted push servers; empty: no push; `/`: all").h323().source(API),
        row("SUBSCRIBELIST", text(255), "", "Where the phone subscribes after registration").h323().source(API),
        row("PUSHPORT", number(80, 65_535), "80", "Port that listens for push").h323().source(RULE),
        row("PUSHCAP", digits(3, 5), "222", "Modes per push type, from the right: top line, display, audio; 0 none, 1 barge, 2 all").h323().source(RULE),
    ]
}
