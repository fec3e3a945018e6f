use deskset_models::{ParameterRow, ParameterSource, Values::AddressList};

use super::{Words, flag, number, port, row, text};
use crate::sources::{CUSTOMIZING, ISSUE_4, RULE};

/// The call server under H.323.
#[rustfmt::skip] // one row, one line
pub(super) fn rows() -> Vec<ParameterRow> {
    vec![
        row("MCIPADD", AddressList, "", "Gatekeepers").h323().by_hand_too().mib(),
        row("MCPORT", port(), "1719", "Port for registration with the gatekeeper").h323().source(CUSTOMIZING),
        row("UNNAMEDSTAT", flag(), "1", "1: register without an extension when none is entered").h323().later(),
        row("REREGISTER", number(1, 120), "20", "Minutes between attempts to register").h323().later(),
        row("CTISTAT", flag(), "", "1: computer telephony is on").h323().mib(),
        row("CTIUDPPORT", number(49_714, 49_721), "49721", "Port of computer telephony's discovery").h323().source(ISSUE_4),
        row("RTCPMON", text(255), "", "Where RTCP reports go").h323().from(&[ParameterSource::CallServer]).source("LAN Administrator Guide 555-233-507 Issue 1.7"),
        row("PHNEMERGNUM", text(30), "", "Emergency number").h323().mib(),
        row("MSGNUM", text(30), "", "Number behind the message button").h323().source(RULE),
    ]
}
