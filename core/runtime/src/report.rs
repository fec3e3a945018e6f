use std::collections::BTreeMap;

use deskset_phone::{BackupReason, Event, EventKind, LastTransfer, Phone, Screen, State};
use deskset_transport::TransferId;
use serde::Serialize;

use crate::initiator::PushLine;

/// What a run did, for scripts.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Report {
    /// Name and version of this form.
    pub schema: &'static str,
    /// How many phones did not do as asked.
    pub failed: usize,
    /// One each.
    pub phones: Vec<PhoneReport>,
    /// What was pushed to them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pushes: Vec<PushedReport>,
    /// What passes and is worth a picture.
    #[serde(skip)]
    pub moments: Vec<Moment>,
}

/// A phone's screen at one moment of a run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Moment {
    /// The phone's name.
    pub phone: String,
    /// What has just happened: `saved`, or the kind of a push.
    pub what: &'static str,
    /// What it shows.
    pub cells: Screen,
}

/// A push to one phone, and what it did there.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PushedReport {
    /// What the initiator knows; `to` is the phone's name.
    #[serde(flatten)]
    pub line: PushLine,
    /// `normal` or `barge`.
    pub mode: &'static str,
    /// How many pings.
    pub alert: u8,
    /// The rows of the screen as soon as it was there; with a sound, when that was loudest.
    pub screen: Vec<String>,
    /// What was recorded of a sound.
    pub heard: Option<HeardReport>,
}

/// What a phone heard of a pushed sound.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct HeardReport {
    /// The recording, a WAV file.
    pub file: String,
    /// How long it is, in milliseconds.
    pub ms: u64,
    /// The highest level, 0 to 100.
    pub loudest: u8,
}

/// What one phone did.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PhoneReport {
    /// What the run calls it.
    pub name: String,
    /// Its model.
    pub model: String,
    /// `h323` or `sip`.
    pub signaling: String,
    /// Who is, or last was, logged in.
    pub extension: Option<String>,
    /// `ready`, or `failed: step: reason`.
    pub outcome: String,
    /// Everything that happened.
    pub steps: Vec<StepReport>,
    /// Files that came or went whole.
    pub files: Vec<FileReport>,
    /// The user's backup file, if one was saved or retrieved.
    pub backup_file: Option<String>,
    /// Where push initiators post to, while the phone listens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub push: Option<String>,
    /// The last backup of who is logged in, as the status screen of Backup/Restore tells of it.
    pub last_backup: Option<StatusReport>,
    /// The last retrieval.
    pub last_retrieval: Option<StatusReport>,
    /// The rows of the screen at the end.
    pub screen: Vec<String>,
    /// With all its cells, for pictures. In the demo, the screen before the pushes.
    #[serde(skip)]
    pub cells: Screen,
}

/// One thing that happened.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct StepReport {
    /// Milliseconds since the run began.
    pub t_ms: u64,
    /// The stage of life.
    pub step: &'static str,
    /// In words.
    pub detail: String,
    /// What the server was told as the transfer's id, where a file came or did not come over HTTP or HTTPS. The
    /// server's record has the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transfer: Option<String>,
}

/// One file that came or went whole.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct FileReport {
    /// Its name.
    pub name: String,
    /// `https`, `http`, `tftp` or `ftp`.
    pub protocol: &'static str,
    /// The server's address as the phone used it.
    pub server: String,
    /// Its size.
    pub bytes: u64,
    /// What the server was told as the transfer's id; `None` over TFTP and FTP, which have no place for it.
    pub transfer: Option<String>,
}

/// How a backup or retrieval ended.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct StatusReport {
    /// `successful`, `failed`, or `no file`: a user who has saved nothing yet.
    pub result: &'static str,
    /// Why not, as [`BackupReason::code`] says it.
    pub reason: Option<&'static str>,
    /// Milliseconds since the run began.
    pub t_ms: u64,
    /// Seconds since 1970, UTC, by this machine's clock.
    pub at: i64,
}

/// The schema of [`Report`].
pub const REPORT_SCHEMA: &str = "deskset-report-1";

impl Report {
    /// A report of these phones.
    pub fn of(phones: Vec<PhoneReport>) -> Self {
        let failed = phones.iter().filter(|phone| phone.has_failed()).count();
        Report { schema: REPORT_SCHEMA, failed, phones, pushes: Vec::new(), moments: Vec::new() }
    }
}

impl PhoneReport {
    pub(crate) fn of(phone: &Phone, events: &[Event], transfers: &BTreeMap<usize, TransferId>) -> Self {
        let transfer = |number: usize| transfers.get(&number).map(ToString::to_string);
        let (setup, status) = (phone.setup(), phone.backup_status());
        PhoneReport {
            name: setup.name.to_string(),
            model: setup.model.name().to_owned(),
            signaling: setup.signaling.key().to_owned(),
            extension: last_extension(events),
            outcome: outcome(phone, events),
            steps: events.iter().enumerate().map(|(number, event)| StepReport::of(event, transfer(number))).collect(),
            files: files(events, transfer),
            backup_file: backup_file(events),
            push: None,
            last_backup: status.backup.map(StatusReport::of),
            last_retrieval: status.retrieval.map(StatusReport::of),
            screen: phone.screen().rows(),
            cells: phone.screen(),
        }
    }

    /// Whether it did not do as asked.
    pub fn has_failed(&self) -> bool {
        self.outcome.starts_with(FAILED)
    }

    /// Makes a failure of what a story expected and did not find.
    pub fn expect(&mut self, met: bool, step: &str, reason: &str) {
        if !met && !self.has_failed() {
            self.outcome = format!("{FAILED}{step}: {reason}");
        }
    }
}

const FAILED: &str = "failed: ";

/// A phone that can be used has still failed if its user's data did not come or go, or if it refused what somebody
/// wanted to do at it: nobody would notice otherwise. Data may come or go at a second try.
fn outcome(phone: &Phone, events: &[Event]) -> String {
    let refused = events.iter().find(|event| matches!(event.kind, EventKind::EditRefused { .. }));
    let refused = refused.map(|event| format!("{FAILED}{}: {}", event.kind.step(), event.kind));
    let transfer = events.iter().rev().find_map(|event| match &event.kind {
        EventKind::NotSaved { .. } | EventKind::NotRetrieved { .. } | EventKind::HookFailed(_) => {
            Some(Some(format!("{FAILED}{}: {}", event.kind.step(), event.kind)))
        }
        EventKind::Saved { .. } | EventKind::Retrieved { .. } | EventKind::NothingToRetrieve { .. } => Some(None),
        _ => None,
    });
    match (phone.state(), transfer.flatten().or(refused)) {
        (State::Failed { step, reason }, _) => format!("{FAILED}{step}: {reason}"),
        (_, Some(failure)) => failure,
        (State::Ready { settled: true, .. }, None) => "ready".to_owned(),
        (State::Ready { settled: false, .. }, None) => {
            format!("{FAILED}timeout: the user's data were still on their way")
        }
        (State::LoggedOff, None) => "logged off".to_owned(),
        (State::AwaitsLogin, None) => format!("{FAILED}login: nobody has logged in"),
        (State::Off | State::Starting, None) => format!("{FAILED}timeout: the phone did not become ready in time"),
    }
}

fn last_extension(events: &[Event]) -> Option<String> {
    events.iter().rev().find_map(|event| match &event.kind {
        EventKind::Registered { extension } | EventKind::Refused { extension, .. } => {
            extension.as_ref().map(ToString::to_string)
        }
        _ => None,
    })
}

/// That of who is, or last was, logged in.
fn backup_file(events: &[Event]) -> Option<String> {
    let (mut user, mut found) = (None, None);
    for event in events {
        match &event.kind {
            EventKind::Registered { extension } if user != Some(extension) => (user, found) = (Some(extension), None),
            EventKind::Saved { file, .. } | EventKind::Retrieved { file, .. } => found = Some(file.to_string()),
            _ => {}
        }
    }
    found
}

fn files(events: &[Event], transfer: impl Fn(usize) -> Option<String>) -> Vec<FileReport> {
    let mut backups = ("ftp", String::new());
    let mut files = Vec::new();
    for (number, event) in events.iter().enumerate() {
        let (name, protocol, server, bytes) = match &event.kind {
            EventKind::Arrived { file, server, bytes, .. } => {
                (file.to_string(), server.protocol.key(), format!("{}:{}", server.host, server.port), *bytes)
            }
            EventKind::Saving { protocol, server, .. } | EventKind::Retrieving { protocol, server, .. } => {
                backups = (*protocol, server.clone());
                continue;
            }
            EventKind::Saved { file, bytes } | EventKind::Retrieved { file, bytes, .. } => {
                (file.to_string(), backups.0, backups.1.clone(), *bytes as u64)
            }
            _ => continue,
        };
        files.push(FileReport { name, protocol, server, bytes, transfer: transfer(number) });
    }
    files
}

impl StepReport {
    fn of(event: &Event, transfer: Option<String>) -> Self {
        let (t_ms, step) = (event.at.millis(), event.kind.step().key());
        StepReport { t_ms, step, detail: event.kind.to_string(), transfer }
    }
}

impl StatusReport {
    fn of(last: LastTransfer) -> Self {
        let (result, reason) = match last.result {
            Ok(()) => ("successful", None),
            Err(reason @ BackupReason::NoFile) => ("no file", Some(reason.code())),
            Err(reason) => ("failed", Some(reason.code())),
        };
        StatusReport { result, reason, t_ms: last.at.millis(), at: last.at.wall }
    }
}
