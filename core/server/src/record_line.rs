//! A record for programs: one JSON object in one line, as `docs/schema/transfer-1.json` describes it.

use std::net::SocketAddr;

use serde::Serialize;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::{Action, Protocol, RecordOutcome, ServerRecord};

/// What the object calls itself.
const SCHEMA: &str = "deskset-transfer-1";

#[derive(Serialize)]
struct Line<'r> {
    schema: &'static str,
    id: u64,
    time: String,
    protocol: &'static str,
    action: &'static str,
    peer: SocketAddr,
    asked: &'r str,
    served: Option<&'r str>,
    outcome: &'static str,
    why: Option<&'r str>,
    bytes: u64,
    micros: u64,
    transfer: Option<&'r str>,
}

impl ServerRecord {
    /// The record as one line of JSON, without a line end.
    pub fn json_line(&self) -> String {
        let why = match &self.outcome {
            RecordOutcome::Complete => None,
            RecordOutcome::Aborted(why) | RecordOutcome::Refused(why) => Some(why.as_str()),
        };
        let line = Line {
            schema: SCHEMA,
            id: self.id,
            // A clock set beyond the year 9999 has no such form.
            time: OffsetDateTime::from(self.began).format(&Rfc3339).unwrap_or_default(),
            protocol: self.protocol.name(),
            action: self.action.name(),
            peer: self.peer,
            asked: &self.asked,
            served: self.served.as_deref(),
            outcome: self.outcome.name(),
            why,
            bytes: self.bytes,
            micros: self.micros,
            transfer: self.transfer.as_deref(),
        };
        // Strings and numbers can always be written.
        serde_json::to_string(&line).unwrap_or_default()
    }
}

impl Protocol {
    /// Its name in small letters, for programs.
    pub fn name(self) -> &'static str {
        match self {
            Protocol::Tftp => "tftp",
            Protocol::Http => "http",
            Protocol::Https => "https",
            Protocol::Ftp => "ftp",
        }
    }
}

impl Action {
    /// Its name in small letters, for programs.
    pub fn name(self) -> &'static str {
        match self {
            Action::Fetch => "fetch",
            Action::Store => "store",
        }
    }
}

impl RecordOutcome {
    /// Its name in small letters, for programs.
    pub fn name(&self) -> &'static str {
        match self {
            RecordOutcome::Complete => "complete",
            RecordOutcome::Aborted(_) => "aborted",
            RecordOutcome::Refused(_) => "refused",
        }
    }
}
