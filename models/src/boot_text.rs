use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The messages of start-up. They are always English.
///
/// Source: Installation Guide 555-233-128, "Error and Status Messages" and Appendix A.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[expect(missing_docs, reason = "each is named after the text beside it in the table below")]
pub enum BootText {
    Restarting,
    Initializing,
    Loading,
    Starting,
    NoEthernet,
    Ethernet,
    Dhcp,
    BadRouter,
    TftpRequest,
    HttpRequest,
    Receiving,
    SavingToFlash,
    ChecksumError,
    FileServerTimeout,
    Discover,
    ExtensionPrompt,
    ExtensionKeys,
    PasswordPrompt,
    PasswordKeys,
    ExtensionError,
    ExtensionInUse,
    TakeoverKeys,
    PasswordError,
    SystemBusy,
    LoggedOff,
    BackupRunning,
    BackupDone,
    BackupFailed,
    RetrievalRunning,
    RetrievalDone,
    RetrievalFailed,
    NoFtpServer,
    Clearing,
}

/// Key in a description, the text itself. `{name}` parts are filled in by the phone.
const TABLE: &[(BootText, &str, &str)] = &[
    (BootText::Restarting, "restarting", "Restarting..."),
    (BootText::Initializing, "initializing", "Initializing"),
    (BootText::Loading, "loading", "Loading: {seconds} secs"),
    (BootText::Starting, "starting", "Starting..."),
    (BootText::NoEthernet, "no_ethernet", "No Ethernet"),
    (BootText::Ethernet, "ethernet", "{mbps} Mbps Ethernet"),
    (BootText::Dhcp, "dhcp", "DHCP: {seconds} secs"),
    (BootText::BadRouter, "bad_router", "Bad Router"),
    (BootText::TftpRequest, "tftp_request", "TFTP: {number}"),
    (BootText::HttpRequest, "http_request", "HTTP: {number} {uri}"),
    (BootText::Receiving, "receiving", "{kilobytes} KB received"),
    (BootText::SavingToFlash, "saving_to_flash", "Saving to flash"),
    (BootText::ChecksumError, "checksum_error", "Checksum error"),
    (BootText::FileServerTimeout, "file_server_timeout", "TFTP Error: Timed Out"),
    (BootText::Discover, "discover", "Discover {address}"),
    (BootText::ExtensionPrompt, "extension_prompt", "Extension={extension}"),
    (BootText::ExtensionKeys, "extension_keys", "#=OK NEW=_"),
    (BootText::PasswordPrompt, "password_prompt", "Password=_"),
    (BootText::PasswordKeys, "password_keys", "#=OK"),
    (BootText::ExtensionError, "extension_error", "Extension Error"),
    (BootText::ExtensionInUse, "extension_in_use", "Extension in Use"),
    (BootText::TakeoverKeys, "takeover_keys", "#=continue *=reset"),
    (BootText::PasswordError, "password_error", "Password Error"),
    (BootText::SystemBusy, "system_busy", "System busy"),
    (BootText::LoggedOff, "logged_off", "Ext ="),
    (BootText::BackupRunning, "backup_running", "Backup in progress"),
    (BootText::BackupDone, "backup_done", "Backup successful"),
    (BootText::BackupFailed, "backup_failed", "Backup failed"),
    (BootText::RetrievalRunning, "retrieval_running", "Retrieving data"),
    (BootText::RetrievalDone, "retrieval_done", "Retrieval successful"),
    (BootText::RetrievalFailed, "retrieval_failed", "Retrieval failed"),
    (BootText::NoFtpServer, "no_ftp_server", "No FTP server"),
    (BootText::Clearing, "clearing", "Clearing values."),
];

/// The texts of one model: what it says differently from the usual words.
///
/// A text that a description leaves out has the usual words, so a plugin made before a text existed keeps working.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BootTexts {
    /// Key to text; keys this version does not know are kept.
    pub by_key: BTreeMap<String, String>,
}

impl BootTexts {
    /// The words for `text`, with `{name}` parts still in them.
    pub fn template(&self, text: BootText) -> &str {
        let (key, usual) =
            TABLE.iter().find(|(row, _, _)| *row == text).map_or(("", ""), |(_, key, usual)| (key, usual));
        self.by_key.get(key).map_or(usual, String::as_str)
    }

    /// The words for `text`, every `{name}` part replaced by its value.
    pub fn say(&self, text: BootText, values: &[(&str, &str)]) -> String {
        values
            .iter()
            .fold(self.template(text).to_owned(), |said, (name, value)| said.replace(&format!("{{{name}}}"), value))
    }
}
