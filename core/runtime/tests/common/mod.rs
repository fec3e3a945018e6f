//! A site on loopback as most tests want it: all servers on one folder, their records, phones that know them.
#![allow(dead_code, missing_docs, clippy::unwrap_used)]

#[path = "../../../../xtask/src/passwords.rs"]
pub mod passwords;
pub mod work;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
    time::Duration,
};

use deskset_files::{
    application::Fingerprint,
    backup::SpeedDial,
    site::{application_name, newest_release},
};
use deskset_host::Catalog;
use deskset_models::{Extension, Model, Release, Signaling};
use deskset_phone::{Checked, Command, EventKind, Login, Memory, Protocol, State, StoredApplication};
use deskset_profiles::{Choice, Environment, Profile};
use deskset_runtime::{Carrier, Desk, PhoneChoice, StateFolder, lab, lab::Servers};
use deskset_server::{Protocol::Ftp, RecordOutcome, Recorder, ServerRecord};
use tempfile::TempDir;
use tokio::sync::watch;

pub const SIX: [&str; 6] = ["4610SW", "4620", "4620SW", "4621SW", "4622SW", "4625SW"];

/// Far more than any test takes; without it a phone that never rests would hold up all tests.
const PATIENCE: Duration = Duration::from_secs(60);

pub fn catalog() -> &'static Catalog {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    CATALOG.get_or_init(|| deskset_host::from_environment().unwrap_or_else(|why| panic!("{why}")))
}

pub fn model(name: &str) -> Model {
    catalog().model(name).unwrap().clone()
}

/// The lab profile, whatever the machine's environment says.
pub fn profile() -> Profile {
    profile_from("lab")
}

/// A profile by name or path. Messages stay only for a moment: nobody reads them.
pub fn profile_from(profile: &str) -> Profile {
    let environment = Environment::Given(Vec::new());
    let overrides = vec![("phones.error_shown_seconds".to_owned(), "0".to_owned())];
    Profile::load(&Choice { environment, overrides, search: Vec::new(), ..Choice::new(profile) }).unwrap()
}

/// What `peers up` says of a foreign server or program.
pub fn peer(variable: &str) -> String {
    std::env::var(variable)
        .unwrap_or_else(|_| panic!("{variable} is not set: run `cargo xtask test --peers`, which sees to it"))
}

/// A folder of this test's own below a server's, open to the server whoever it runs as.
#[cfg(unix)]
pub fn own_folder(below: impl AsRef<Path>) -> TempDir {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::Builder::new().prefix("phones-").tempdir_in(below).unwrap();
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o777)).unwrap();
    folder
}

/// Its name.
pub fn name(folder: &TempDir) -> String {
    folder.path().file_name().unwrap().to_str().unwrap().to_owned()
}

pub struct Bench {
    pub folder: TempDir,
    pub profile: Profile,
    pub servers: Servers,
    records: watch::Sender<Vec<ServerRecord>>,
}

impl Bench {
    /// All servers, with files for the six models.
    pub async fn new() -> Bench {
        Bench::with(profile(), catalog()).await
    }

    pub async fn with(profile: Profile, catalog: &Catalog) -> Bench {
        let folder = TempDir::new().unwrap();
        let root = folder.path().join("files");
        std::fs::create_dir(&root).unwrap();
        let records = watch::Sender::new(Vec::new());
        let taken = records.clone();
        let recorder = Recorder::calling(move |record| taken.send_modify(|records| records.push(record)));
        let servers = Servers::start(&profile, catalog, &root, None, None, recorder).await.unwrap();
        servers.write_site(catalog.models()).unwrap();
        Bench { folder, profile, servers, records }
    }

    /// Where a served file is on disk.
    pub fn served(&self, name: &str) -> PathBuf {
        self.folder.path().join("files").join(name)
    }

    /// What the FTP server holds under this name.
    pub fn backup(&self, name: &str) -> Option<String> {
        std::fs::read_to_string(self.served("backups").join(name)).ok()
    }

    /// What was asked of the file servers, backups apart: protocol, file, how it ended; as soon as there are `count`.
    /// A server's record may come a moment after the phone has the file.
    pub async fn files_asked(&self, count: usize) -> Vec<String> {
        let mut watched = self.records.subscribe();
        let enough = watched.wait_for(|records| asked(records).len() >= count);
        match tokio::time::timeout(PATIENCE, enough).await {
            Ok(records) => asked(&records.unwrap()),
            Err(_) => panic!("not {count} records: {:#?}", asked(&self.records.borrow())),
        }
    }

    /// What the servers call the first `count` transfers, backups apart, each with its file; as soon as there are so
    /// many.
    pub async fn transfers_named(&self, count: usize) -> Vec<(String, Option<String>)> {
        self.files_asked(count).await;
        let mut records = self.records.borrow().clone();
        records.retain(|record| record.protocol != Ftp);
        records.sort_by_key(|record| record.id);
        let named = |record: &ServerRecord| (record.asked.trim_start_matches('/').to_owned(), record.transfer.clone());
        records.iter().map(named).collect()
    }

    /// Forgets what the servers saw.
    pub fn forget(&self) {
        self.records.send_modify(Vec::clear);
    }

    /// Carries phones that trust the lab's CA and forget everything.
    pub fn carrier(&self) -> Carrier {
        self.carrier_with(self.servers.ca_certificate(), StateFolder::Nowhere)
    }

    pub fn carrier_with(&self, vendor_ca: &str, state: StateFolder) -> Carrier {
        let ca = Some(("the CA", vendor_ca.as_bytes().to_vec()));
        lab::carrier(&self.profile, ca, lab::registrar(&self.profile), state).unwrap()
    }

    pub fn state(&self) -> StateFolder {
        StateFolder::In(self.folder.path().join("state"))
    }

    pub fn login(&self, extension: &str) -> Login {
        let extension: Extension = extension.parse().unwrap();
        let password = self.profile.extensions[&extension].clone();
        Login { extension, password }
    }

    /// An H.323 phone that finds servers of these protocols and logs `extension` in.
    pub fn phone(&self, model: &str, extension: &str, protocols: &[Protocol]) -> PhoneChoice {
        let mut choice = PhoneChoice::new("phone", model, Signaling::H323);
        choice.login = Some(self.login(extension));
        choice.site = protocols.iter().flat_map(|protocol| self.servers.site_for(Some(*protocol))).collect();
        choice
    }

    /// The phone at work: booted, and what it had to begin with.
    pub async fn boot(&self, carrier: &Carrier, choice: &PhoneChoice, memory: Memory) -> Desk {
        let setup = choice.setup(&self.profile, model(&choice.model)).unwrap();
        let mut desk = carrier.desk_with(setup, memory).unwrap();
        desk.power_on();
        rest(&mut desk).await;
        desk
    }
}

/// No file that the test leaves holds a password: what phones keep, what servers serve and were given.
impl Drop for Bench {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert_eq!(passwords::in_folder(self.folder.path(), &[]).unwrap(), []);
        }
    }
}

fn asked(records: &[ServerRecord]) -> Vec<String> {
    let mut files: Vec<_> = records.iter().filter(|record| record.protocol != Ftp).collect();
    files.sort_by_key(|record| record.id);
    let word = |outcome: &RecordOutcome| match outcome {
        RecordOutcome::Complete => "complete",
        RecordOutcome::Aborted(_) => "aborted",
        RecordOutcome::Refused(_) => "refused",
    };
    let line = |record: &&ServerRecord| {
        let file = record.asked.trim_start_matches('/');
        format!("{} {file} {}", record.protocol, word(&record.outcome))
    };
    files.iter().map(line).collect()
}

/// Lets the phone run until it rests.
pub async fn rest(desk: &mut Desk) -> State {
    let rested = tokio::time::timeout(PATIENCE, desk.rest()).await;
    let state = rested.unwrap_or_else(|_| panic!("never at rest: {:#?}", told(desk)));
    // Events, reports and screens hold no password, whatever the test is about.
    let seen = format!("{} {:?} {}", serde_json::to_string(&desk.report()).unwrap(), desk.events(), desk.screen());
    assert_eq!(passwords::in_bytes(seen.as_bytes(), Path::new("the phone's report")), []);
    state
}

/// Everything that happened, a line each.
pub fn told(desk: &Desk) -> Vec<String> {
    desk.events().iter().map(|event| format!("{} {}", event.kind.step(), event.kind)).collect()
}

/// What happened in one step of life.
pub fn tale(desk: &Desk, step: &str) -> Vec<String> {
    let events = desk.events().iter().filter(|event| event.kind.step().key() == step);
    let messages = |kind: &EventKind| matches!(kind, EventKind::Message { .. });
    events.filter(|event| !messages(&event.kind)).map(|event| event.kind.to_string()).collect()
}

pub fn ready(extension: &str) -> State {
    State::Ready { extension: Some(extension.parse().unwrap()), settled: true }
}

/// Does this at the phone and waits until it rests.
pub async fn use_it(desk: &mut Desk, commands: impl IntoIterator<Item = Command>) -> State {
    for command in commands {
        desk.command(command);
        rest(desk).await;
    }
    desk.phone().state()
}

pub fn dial(position: u16, label: &str, number: &str) -> Command {
    let dial = SpeedDial { label: label.to_owned(), number: number.to_owned() };
    Command::EditSpeedDial { position, dial: Some(dial) }
}

pub fn option(name: &str, value: &str) -> Command {
    Command::SetOption { name: name.to_owned(), value: value.to_owned() }
}

/// Position, label and number of every speed dial of the user.
pub fn dials(desk: &Desk, extension: &str) -> Vec<(u16, String, String)> {
    let user = desk.phone().memory().users.get(&extension.parse().unwrap());
    let dials = user.into_iter().flat_map(|user| &user.data.speed_dials);
    dials.map(|(position, dial)| (*position, dial.label.clone(), dial.number.clone())).collect()
}

pub fn option_of(desk: &Desk, extension: &str, name: &str) -> Option<String> {
    let user = desk.phone().memory().users.get(&extension.parse().unwrap())?;
    user.data.options.get(name).cloned()
}

/// A flash with an application of this name in it.
pub fn flash(name: &str, release: &str) -> Memory {
    let application = Some(Arc::new(StoredApplication {
        name: name.to_owned(),
        release: release.parse().unwrap(),
        signaling: Signaling::H323,
        sha256: Fingerprint::of(name.as_bytes()),
        bytes: 1,
        checked: Checked::Container,
    }));
    Memory { application, ..Memory::default() }
}

/// The application that the lab's script names, already in flash.
pub fn up_to_date(model: &Model) -> Memory {
    let release: Release = newest_release(model, Signaling::H323).unwrap();
    flash(application_name(model, Signaling::H323, release).unwrap().as_str(), &release.to_string())
}
