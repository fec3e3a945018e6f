use std::fmt;

use crate::limits::{TRANSFER_ID_MAX, TRANSFER_ID_NAME_MAX};

/// The field of an HTTP request that carries a [`TransferId`]. No standard defines it; many servers and proxies write
/// it into their logs, the others ignore it (RFC 9110, section 5.1).
pub const TRANSFER_ID_FIELD: &str = "x-request-id";

/// What a phone calls one of its transfers, so that a server's record of it can be told from all others.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct TransferId(String);

impl TransferId {
    /// `PHONE-BOOT-WISH`. What may not stand in an id becomes `_`, a long name is cut.
    pub fn new(phone: &str, boot: u32, wish: u32) -> Self {
        let name = phone.chars().take(TRANSFER_ID_NAME_MAX);
        let name: String = name.map(|c| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '_' }).collect();
        let id = format!("{name}-{boot}-{wish}");
        debug_assert!(id.len() <= TRANSFER_ID_MAX, "{id}");
        Self(id)
    }

    /// As it stands in requests, records and reports.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TransferId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
