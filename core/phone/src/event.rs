use std::{collections::BTreeMap, fmt, net::IpAddr};

use deskset_models::{Extension, FileName, FilePath, HookError, Release};

use crate::{BackupReason, CallState, Checked, FetchReason, Key, PushDoor, PushStatus, RefusedWhy, Server, Time, Tone};

/// Something that happened to a phone. `Display` of its kind is the line a person reads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Event {
    /// When.
    pub at: Time,
    /// What.
    pub kind: EventKind,
}

/// The stages of a phone's life, as reports name them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
#[expect(missing_docs, reason = "the words beside them in `key` say it")]
pub enum Step {
    Power,
    Script,
    Application,
    Settings,
    Login,
    Retrieve,
    Save,
    Use,
    Push,
    Ready,
    Logoff,
    Failed,
}

impl Step {
    /// The word in reports.
    pub fn key(self) -> &'static str {
        match self {
            Step::Power => "power",
            Step::Script => "script",
            Step::Application => "application",
            Step::Settings => "settings",
            Step::Login => "login",
            Step::Retrieve => "retrieve",
            Step::Save => "save",
            Step::Use => "use",
            Step::Push => "push",
            Step::Ready => "ready",
            Step::Logoff => "logoff",
            Step::Failed => "failed",
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.key())
    }
}

/// What happened.
#[derive(Clone, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the sentence `Display` makes of each says it")]
pub enum EventKind {
    Message { step: Step, text: String },
    Started { application: Option<(String, Release)> },
    Asking { step: Step, file: FilePath, server: Server },
    Arrived { step: Step, file: FilePath, server: Server, bytes: u64 },
    NotArrived { step: Step, file: FilePath, server: Server, reason: FetchReason, words: String },
    NoFileServer { tried: usize },
    SameApplication { name: String },
    NoApplicationNamed { have: Option<String> },
    OtherApplication { wanted: String, have: Option<String> },
    ApplicationStays { wanted: String, have: String },
    ApplicationDamaged { name: String, why: String },
    ApplicationKept { name: String, release: Release, checked: Checked },
    SettingsTaken { file: String, count: usize },
    SettingIgnored { file: String, line: u32, name: String, why: String },
    ScriptIgnored { file: String, why: String },
    Discovering { servers: String },
    Registered { extension: Option<Extension> },
    Refused { extension: Option<Extension>, why: RefusedWhy },
    Retrieving { file: FileName, protocol: &'static str, server: String },
    Retrieved { file: FileName, bytes: usize, rows: usize, dials: usize, dropped: usize },
    NothingToRetrieve { file: FileName },
    NotRetrieved { file: Option<FileName>, reason: BackupReason, words: String },
    Saving { file: FileName, protocol: &'static str, server: String },
    Saved { file: FileName, bytes: usize },
    NotSaved { file: Option<FileName>, reason: BackupReason, words: String },
    NoBackup { why: &'static str },
    GivenUp { extension: Extension },
    Cleared,
    Entered { values: BTreeMap<String, String> },
    PushListening { door: PushDoor },
    NotListening { words: String },
    PushAnswered { from: IpAddr, what: String, status: PushStatus, why: String },
    ToplinePushed { chars: usize },
    PagePushed { url: String, waits: bool },
    AudioPushed { source: String },
    AudioOver { why: &'static str },
    PushDropped { what: &'static str, why: String },
    Subscribed { server: String },
    NotSubscribed { server: String, why: String },
    Tone { tone: Tone },
    PageShown { url: String },
    PageFailed { why: String },
    SignInAsked { server: String, proxy: bool },
    EditRefused { what: String, why: String },
    Key { key: Option<Key> },
    Typed { chars: usize },
    ErrorBeep,
    Call { appearance: usize, state: CallState, with: String },
    Dialed { appearance: usize, number: String },
    FeaturePressed { number: u16 },
    RingPlayed { pattern: u8 },
    HookFailed(HookError),
    Ready { extension: Option<Extension>, release: Release },
    PutOut { extension: Option<Extension> },
    LoggedOff { extension: Option<Extension> },
    Failed { step: Step, reason: String },
}

impl EventKind {
    /// The stage of life it belongs to.
    pub fn step(&self) -> Step {
        match self {
            EventKind::Message { step, .. }
            | EventKind::Asking { step, .. }
            | EventKind::Arrived { step, .. }
            | EventKind::NotArrived { step, .. } => *step,
            EventKind::Started { .. } => Step::Power,
            EventKind::NoFileServer { .. } | EventKind::ScriptIgnored { .. } => Step::Script,
            EventKind::SameApplication { .. }
            | EventKind::NoApplicationNamed { .. }
            | EventKind::OtherApplication { .. }
            | EventKind::ApplicationStays { .. }
            | EventKind::ApplicationDamaged { .. }
            | EventKind::ApplicationKept { .. } => Step::Application,
            EventKind::SettingsTaken { .. } | EventKind::SettingIgnored { .. } => Step::Settings,
            EventKind::Discovering { .. } | EventKind::Registered { .. } | EventKind::Refused { .. } => Step::Login,
            EventKind::Retrieving { .. }
            | EventKind::Retrieved { .. }
            | EventKind::NothingToRetrieve { .. }
            | EventKind::NotRetrieved { .. } => Step::Retrieve,
            EventKind::Saving { .. }
            | EventKind::Saved { .. }
            | EventKind::NotSaved { .. }
            | EventKind::NoBackup { .. }
            | EventKind::GivenUp { .. } => Step::Save,
            EventKind::PushListening { .. }
            | EventKind::NotListening { .. }
            | EventKind::PushAnswered { .. }
            | EventKind::ToplinePushed { .. }
            | EventKind::PagePushed { .. }
            | EventKind::AudioPushed { .. }
            | EventKind::AudioOver { .. }
            | EventKind::PushDropped { .. }
            | EventKind::Subscribed { .. }
            | EventKind::NotSubscribed { .. }
            | EventKind::Tone { .. } => Step::Push,
            EventKind::PageShown { .. }
            | EventKind::PageFailed { .. }
            | EventKind::SignInAsked { .. }
            | EventKind::EditRefused { .. }
            | EventKind::HookFailed(_)
            | EventKind::Cleared
            | EventKind::Entered { .. }
            | EventKind::Key { .. }
            | EventKind::Typed { .. }
            | EventKind::ErrorBeep
            | EventKind::Call { .. }
            | EventKind::Dialed { .. }
            | EventKind::FeaturePressed { .. }
            | EventKind::RingPlayed { .. } => Step::Use,
            EventKind::Ready { .. } => Step::Ready,
            EventKind::PutOut { .. } | EventKind::LoggedOff { .. } => Step::Logoff,
            EventKind::Failed { .. } => Step::Failed,
        }
    }
}

fn counted(count: u8, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

fn or_none<T: fmt::Display>(thing: Option<&T>) -> String {
    thing.map_or_else(|| "none".to_owned(), T::to_string)
}

/// What stands before a server; FTP is the usual way and goes without saying.
fn scheme(protocol: &str) -> String {
    if protocol == "ftp" { String::new() } else { format!("{protocol}://") }
}

fn who(extension: Option<&Extension>) -> String {
    extension.map_or_else(|| "without a name".to_owned(), Extension::to_string)
}

impl fmt::Display for EventKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            EventKind::Message { text, .. } => write!(f, "\"{text}\""),
            EventKind::Started { application: Some((name, release)) } => write!(f, "runs {name}, release {release}"),
            EventKind::Started { application: None } => f.write_str("has no application file"),
            EventKind::Asking { file, server, .. } => write!(f, "asks {server} for {file}"),
            EventKind::Arrived { file, server, bytes, .. } => write!(f, "{file}: {bytes} bytes from {server}"),
            EventKind::NotArrived { file, server, words, .. } => write!(f, "{file}: not from {server}: {words}"),
            EventKind::NoFileServer { tried: 0 } => f.write_str("no file server is administered"),
            EventKind::NoFileServer { tried: 1 } => f.write_str("the file server did not give the upgrade script"),
            EventKind::NoFileServer { tried } => write!(f, "none of {tried} file servers gave the upgrade script"),
            EventKind::SameApplication { name } => write!(f, "{name} is the one it runs"),
            EventKind::NoApplicationNamed { have } => {
                write!(f, "the script names none; the phone has {}", or_none(have.as_ref()))
            }
            EventKind::OtherApplication { wanted, have } => {
                write!(f, "wanted {wanted}, has {}", or_none(have.as_ref()))
            }
            EventKind::ApplicationStays { wanted, have } => write!(f, "{wanted} did not come; {have} stays in use"),
            EventKind::ApplicationDamaged { name, why } => write!(f, "{name} is not kept: {why}"),
            EventKind::ApplicationKept { name, release, checked } => {
                let checked = match checked {
                    Checked::Container => "checked",
                    Checked::Digest => "checked against the profile's digest",
                    Checked::Unchecked => "unchecked: the profile gives no digest",
                };
                write!(f, "{name} kept, release {release}, {checked}")
            }
            EventKind::SettingsTaken { file, count } => write!(f, "{file}: {count} values taken"),
            EventKind::SettingIgnored { file, line, name, why } => write!(f, "{file}:{line}: {name} ignored: {why}"),
            EventKind::ScriptIgnored { file, why } => write!(f, "{file}: the rest is ignored: {why}"),
            EventKind::Discovering { servers } if servers.is_empty() => f.write_str("looks for a call server"),
            EventKind::Discovering { servers } => write!(f, "looks for a call server: {servers}"),
            EventKind::Registered { extension } => write!(f, "registered {}", who(extension.as_ref())),
            EventKind::Refused { extension, why } => write!(f, "{} refused: {why}", who(extension.as_ref())),
            EventKind::Retrieving { file, protocol, server } => write!(f, "{file} from {}{server}", scheme(protocol)),
            EventKind::Retrieved { file, rows, dials, dropped, .. } => {
                write!(f, "{file}: {rows} rows, {dials} speed dials taken, {dropped} lines dropped")
            }
            EventKind::NothingToRetrieve { file } => write!(f, "{file}: no such file yet"),
            EventKind::NotRetrieved { reason, words, .. } => write!(f, "{reason}: {words}"),
            EventKind::Saving { file, protocol, server } => write!(f, "{file} to {}{server}", scheme(protocol)),
            EventKind::Saved { file, bytes } => write!(f, "{file}: {bytes} bytes stored"),
            EventKind::NotSaved { reason, words, .. } => write!(f, "{reason}: {words}"),
            EventKind::NoBackup { why } => write!(f, "kept on the phone only: {why}"),
            EventKind::GivenUp { extension } => {
                write!(f, "no room: what {extension} kept here and on no server is lost")
            }
            EventKind::Cleared => f.write_str("all values are cleared"),
            EventKind::Entered { values } => {
                let values: Vec<String> = values.iter().map(|(name, value)| format!("{name}={value}")).collect();
                write!(f, "entered at the phone: {}", values.join(" "))
            }
            EventKind::PushListening { door: PushDoor::Open { port } } => write!(f, "listens on port {port}"),
            EventKind::PushListening { door: PushDoor::Closed } => f.write_str("listens no more"),
            EventKind::NotListening { words } => write!(f, "cannot listen: {words}"),
            EventKind::PushAnswered { from, what, status, why } if why.is_empty() => {
                write!(f, "{what} from {from}: {status}")
            }
            EventKind::PushAnswered { from, what, status, why } => write!(f, "{what} from {from}: {status} ({why})"),
            EventKind::ToplinePushed { chars } => write!(f, "{chars} characters on the top line"),
            EventKind::PagePushed { url, waits: true } => write!(f, "{url} waits in the Web application"),
            EventKind::PagePushed { url, waits: false } => write!(f, "{url} is shown"),
            EventKind::AudioPushed { source } => write!(f, "plays a stream from {source}"),
            EventKind::AudioOver { why } => write!(f, "the stream is over: {why}"),
            EventKind::PushDropped { what, why } => write!(f, "{what} dropped: {why}"),
            EventKind::Subscribed { server } => write!(f, "subscribed with {server}"),
            EventKind::NotSubscribed { server, why } => write!(f, "not subscribed with {server}: {why}"),
            EventKind::Tone { tone: Tone::Pings { count, pattern } } => {
                write!(f, "{} in ringing pattern {pattern}", counted(*count, "ping"))
            }
            EventKind::Tone { tone: Tone::Beeps { count } } => {
                write!(f, "{} in the voice path", counted(*count, "beep"))
            }
            EventKind::PageShown { url } => write!(f, "page {url}"),
            EventKind::PageFailed { why } => write!(f, "no page: {why}"),
            EventKind::SignInAsked { server, proxy: false } => write!(f, "{server} asks for name and password"),
            EventKind::SignInAsked { proxy: true, .. } => f.write_str("the proxy asks for name and password"),
            EventKind::EditRefused { what, why } => write!(f, "{what} refused: {why}"),
            EventKind::HookFailed(why) => write!(f, "{why}"),
            EventKind::Key { key: Some(key) } => write!(f, "key {key}"),
            EventKind::Key { key: None } => f.write_str("a key into a password field"),
            EventKind::Typed { chars } => write!(f, "{chars} characters typed"),
            EventKind::ErrorBeep => f.write_str("error beep"),
            EventKind::Call { appearance, state, with } if with.is_empty() => {
                write!(f, "call appearance {appearance}: {state}")
            }
            EventKind::Call { appearance, state, with } => write!(f, "call appearance {appearance}: {state}, {with}"),
            EventKind::Dialed { appearance, number } => write!(f, "call appearance {appearance} dials {number}"),
            EventKind::FeaturePressed { number } => write!(f, "feature button {number}"),
            EventKind::RingPlayed { pattern } => write!(f, "ringing pattern {pattern} is played"),
            EventKind::Ready { extension, release } => {
                write!(f, "{}, release {release}", who(extension.as_ref()))
            }
            EventKind::PutOut { extension } => write!(f, "another phone has taken {} over", who(extension.as_ref())),
            EventKind::LoggedOff { extension } => write!(f, "{} logged off", who(extension.as_ref())),
            EventKind::Failed { step, reason } => write!(f, "{step}: {reason}"),
        }
    }
}
