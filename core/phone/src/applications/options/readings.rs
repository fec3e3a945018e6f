//! What can only be looked at.

use deskset_models::Signaling;

use super::super::{list::Row, top_line::date_and_time};
use crate::{LastTransfer, Phone, names};

impl Phone {
    /// The last backup and the last retrieval, and why one of them failed.
    pub(super) fn status_rows(&self) -> Vec<Row> {
        let status = self.backup_status();
        let row = |title: &str, last: Option<LastTransfer>| -> Row {
            let Some(last) = last else { return (title.to_owned(), "none".to_owned()) };
            let result = if last.result.is_ok() { "ok" } else { "failed" };
            // Date and time without the year, which does not fit.
            let at: String = date_and_time(last.at).chars().take(11).collect();
            (format!("{title} {result}"), at)
        };
        let mut rows = vec![row("Backup", status.backup), row("Retrieval", status.retrieval)];
        let failed = [status.backup, status.retrieval].into_iter().flatten().filter(|last| last.result.is_err());
        if let Some(Err(reason)) = failed.max_by_key(|last| last.at).map(|last| last.result) {
            rows.push(("Reason".to_owned(), reason.code().to_owned()));
        }
        rows
    }

    /// What the phone was told of its surroundings.
    pub(super) fn address_rows(&self) -> Vec<Row> {
        let value = |name| self.parameters.value(name).to_owned();
        let call_server = match self.setup.signaling {
            Signaling::H323 => names::MCIPADD,
            Signaling::Sip => names::SIPREGISTRAR,
        };
        let rows = [
            ("MAC", self.setup.mac.clone()),
            ("Call Server", value(call_server)),
            ("HTTP Server", value(names::HTTPSRVR)),
            ("TFTP Server", value(names::TFTPSRVR)),
            ("FTP Server", value(names::FTPSRVR)),
            ("Group", self.setup.group.to_string()),
            ("Release", self.release().to_string()),
        ];
        rows.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// The names: user guides, "Network Audio Quality". There is never a voice to judge in here.
    pub(super) fn quality_rows(&self) -> Vec<Row> {
        let first = if self.calls.active().is_some() { "No voice is received" } else { "Not in a call" };
        let names = ["Received Coding", "Packet Loss", "Packetization Delay", "Network Delay", "Jitter Buffer Delay"];
        let none = names.map(|name| (name.to_owned(), "--".to_owned()));
        [(first.to_owned(), String::new())].into_iter().chain(none).collect()
    }
}
