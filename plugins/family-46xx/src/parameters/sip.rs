use deskset_models::{ParameterRow, Values::AddressList};

use super::{Words, number, port, row, text};
use crate::sources::{ISSUE_6, MIB};

/// SIP.
#[rustfmt::skip] // one row, one line
pub(super) fn rows() -> Vec<ParameterRow> {
    let rows = vec![
        row("SIPPROXYSRVR", AddressList, "", "Proxies").mib(),
        row("SIPREGISTRAR", AddressList, "", "Registrars").mib(),
        row("SIPDOMAIN", text(255), "", "Domain of the registration").mib(),
        row("SIPPORT", port(), "5060", "Port of SIP").mib(),
        row("REGISTERWAIT", number(0, 65_535), "3600", "Seconds between registrations").mib(),
        row("MWISRVR", AddressList, "", "Servers that tell of waiting messages").source(ISSUE_6),
        row("MUSICSRVR", AddressList, "", "Servers of music on hold").mib(),
        row("DIALPLAN", text(1000), "", "Patterns of complete numbers, separated by |").mib(),
        row("DIALWAIT", number(0, 10), "", "Seconds after the last digit until dialling; 0: wait for Send").mib(),
        row("PHNNUMOFSA", number(1, 10), "3", "Session appearances").later(),
        row("CALLFWDSTAT", number(0, 7), "0", "Call forwarding allowed: 1 unconditional, 2 busy, 4 no answer, added up").mib(),
        row("CALLFWDADDR", text(255), "", "Where calls are forwarded").mib(),
        row("CALLFWDDELAY", number(0, 20), "1", "Rings until a call is forwarded").later(),
        row("COVERAGEADDR", text(255), "", "Where calls are covered").mib(),
        row("SPEAKERSTAT", number(0, 2), "2", "What the speaker may do: 0 nothing, 1 listen, 2 talk").mib(),
        row("DATETIMEFORMAT", number(0, 3), "0", "Form of date and time").mib(),
        row("DATESEPARATOR", text(1), "", "Between day, month and year").source(MIB),
        row("GMTOFFSET", text(6), "0:00", "Time zone as hours and minutes from Greenwich").later(),
        row("DSTOFFSET", number(0, 2), "1", "Hours of daylight saving").later(),
        row("DSTSTART", text(16), "", "First day of daylight saving").later(),
        row("DSTSTOP", text(16), "", "Last day of daylight saving").later(),
    ];
    rows.into_iter().map(Words::sip).collect()
}
