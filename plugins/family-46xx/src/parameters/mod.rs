//! Parameter rows, in the order of the guide's chapters.
//!
//! One row is one line: name, values, default, meaning, then what limits it, then the source. A parameter without a
//! signaling is for both (LAN Administrator Guide 555-233-507 R2.7).

mod call_server;
mod dialling;
mod identity;
mod interface;
mod network;
mod sip;
mod user_data;
mod web;

use deskset_models::{ParameterRow, ParameterSource, ParameterTable, Release, Signaling, Values};

use crate::sources::{MIB, TEMPLATE};

/// All rows; a model without the ability that a row needs has it without effect.
pub(crate) fn parameter_table() -> ParameterTable {
    let chapters = [
        network::rows(),
        call_server::rows(),
        dialling::rows(),
        interface::rows(),
        user_data::rows(),
        web::rows(),
        sip::rows(),
        identity::rows(),
    ];
    ParameterTable { rows: chapters.into_iter().flatten().collect() }
}

/// The limits that rows share, and words for what rows say often.
trait Words: Sized {
    fn mib(self) -> Self;
    fn later(self) -> Self;
    fn h323(self) -> Self;
    fn sip(self) -> Self;
    fn by_hand_too(self) -> Self;
}

impl Words for ParameterRow {
    /// Stated by the MIB.
    fn mib(self) -> Self {
        self.source(MIB)
    }

    /// Stated for younger series that share the settings file.
    fn later(self) -> Self {
        self.source(TEMPLATE)
    }

    fn h323(self) -> Self {
        self.only(Signaling::H323)
    }

    fn sip(self) -> Self {
        self.only(Signaling::Sip)
    }

    /// A local procedure sets it too.
    fn by_hand_too(self) -> Self {
        use ParameterSource::{CallServer, Dhcp, Files, Manual};
        self.from(&[Manual, Dhcp, Files, CallServer])
    }
}

/// One row.
fn row(name: &str, values: Values, default: &str, meaning: &str) -> ParameterRow {
    ParameterRow::new(name, values, default, meaning)
}

fn number(min: i64, max: i64) -> Values {
    Values::Number { min, max }
}

fn text(max_chars: usize) -> Values {
    Values::Text { max_chars }
}

fn digits(min_chars: usize, max_chars: usize) -> Values {
    Values::Digits { min_chars, max_chars }
}

/// 0 or 1.
fn flag() -> Values {
    number(0, 1)
}

fn port() -> Values {
    number(0, 65_535)
}

/// `(value, meaning)` pairs.
fn one_of(choices: &[(&str, &str)]) -> Values {
    Values::choice(choices)
}

/// The first release with HTTP.
const R2_2: Release = Release::new(2, 2);
