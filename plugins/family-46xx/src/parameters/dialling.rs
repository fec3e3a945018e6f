use deskset_models::ParameterRow;

use super::{Words, digits, flag, number, row};
use crate::sources::ISSUE_6;

/// How numbers from the call log and from web pages are dialled.
#[rustfmt::skip] // one row, one line
pub(super) fn rows() -> Vec<ParameterRow> {
    vec![
        row("ENHDIALSTAT", flag(), "1", "1: apply the rules of this chapter").mib(),
        row("PHNCC", number(1, 999), "1", "Country code").source(ISSUE_6),
        row("PHNDPLENGTH", number(3, 13), "5", "Digits of an extension").source(ISSUE_6),
        row("PHNIC", digits(1, 4), "011", "Prefix of international calls").source(ISSUE_6),
        row("PHNLD", digits(0, 1), "1", "Prefix of long-distance calls").source(ISSUE_6),
        row("PHNLDLENGTH", number(5, 15), "10", "Digits of a national number").mib(),
        row("PHNOL", digits(0, 2), "9", "Prefix of outside calls").mib(),
    ]
}
