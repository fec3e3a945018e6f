//! What files say. Every key is explained in `default.toml`; the types here are only what TOML can tell.

use std::collections::BTreeMap;

use deskset_models::Secret;
use serde::Deserialize;

/// A whole profile as written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the keys are explained once, in default.toml")]
pub struct RawProfile {
    pub plugins: RawPlugins,
    pub servers: RawServers,
    pub phones: RawPhones,
    pub site: BTreeMap<String, Secret>,
    pub manual: BTreeMap<String, Secret>,
    pub extensions: BTreeMap<String, Secret>,
    pub applications: BTreeMap<String, RawApplication>,
    pub limits: RawLimits,
    pub state: RawState,
}

/// Section `plugins`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the keys are explained once, in default.toml")]
pub struct RawPlugins {
    pub folders: Vec<String>,
}

/// Section `servers`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the keys are explained once, in default.toml")]
pub struct RawServers {
    pub bind: String,
    pub root: String,
    pub tftp: bool,
    pub connections_per_address: u32,
    pub tftp_port: u16,
    pub tftp_writable: bool,
    pub tftp_rollover: String,
    pub http: bool,
    pub http_port: u16,
    pub https: bool,
    pub https_port: u16,
    pub ftp: bool,
    pub ftp_port: u16,
    pub ftp_passive_ports: String,
    pub ftp_versions: u32,
    pub ftp_sync: bool,
    pub anonymous_ftp: bool,
    pub vendor_ca: String,
    pub ftp_users: BTreeMap<String, Secret>,
}

/// Section `phones`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the keys are explained once, in default.toml")]
pub struct RawPhones {
    pub model: String,
    pub signaling: String,
    pub mac: String,
    pub group: u16,
    pub boot_release: String,
    pub boot_rounds: u8,
    pub error_shown_seconds: u32,
    pub prompt_seconds: u32,
    pub push_listen: String,
    pub strict_tps: bool,
    pub subscribe_separator: String,
    pub page_kilobytes: u16,
    pub picture_kilobytes: u16,
    pub record_audio: bool,
}

/// One row of section `applications`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the keys are explained once, in default.toml")]
pub struct RawApplication {
    pub release: String,
    #[serde(default)]
    pub sha256: String,
}

/// Section `limits`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the keys are explained once, in default.toml")]
pub struct RawLimits {
    pub connect_seconds: u32,
    pub reply_seconds: u32,
    pub file_seconds: u32,
    pub backup_seconds: u32,
    pub whole_command_seconds: u32,
    pub transfers_at_once: u32,
}

/// Section `state`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the keys are explained once, in default.toml")]
pub struct RawState {
    pub folder: String,
}
