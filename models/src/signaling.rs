use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// How a phone talks to its call server.
///
/// Source: LAN Administrator Guide 555-233-507, "Scripts and Application Files" (SIG).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Signaling {
    /// H.323, registering with a gatekeeper.
    #[serde(rename = "h323")]
    H323,
    /// SIP, registering with a registrar.
    #[serde(rename = "sip")]
    Sip,
}

impl Signaling {
    /// Both, in the guides' order.
    pub const ALL: [Signaling; 2] = [Signaling::H323, Signaling::Sip];

    /// The word used in documents, JSON and on the command line: `h323` or `sip`.
    pub fn key(self) -> &'static str {
        match self {
            Signaling::H323 => "h323",
            Signaling::Sip => "sip",
        }
    }
}

impl fmt::Display for Signaling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Signaling::H323 => "H.323",
            Signaling::Sip => "SIP",
        })
    }
}

/// A text that names no signaling.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("\"{0}\" is no signaling: write h323 or sip")]
pub struct SignalingError(String);

impl FromStr for Signaling {
    type Err = SignalingError;

    fn from_str(text: &str) -> Result<Self, SignalingError> {
        match text.to_ascii_lowercase().as_str() {
            "h323" | "h.323" => Ok(Signaling::H323),
            "sip" => Ok(Signaling::Sip),
            _ => Err(SignalingError(text.to_owned())),
        }
    }
}
