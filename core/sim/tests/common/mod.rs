//! A lab as most stories want it: file servers of every kind on one tree, an FTP server, two users.
#![allow(dead_code, missing_docs, clippy::unwrap_used)]

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use deskset_files::{
    application::Fingerprint,
    backup::{SpeedDial, UserData},
    site::{Site, newest_release},
    tree::{FileTree, requested_path},
};
use deskset_host::Catalog;
use deskset_models::{Model, Secret, Signaling};
use deskset_phone::{
    Checked, Command, Input, Login, Memory, Policy, Protocol, Setup, State, Step, StoredApplication, View,
};
use deskset_sim::{Behaviour, Lab, MemoryTree, PhoneId};

pub mod push;

pub const FILES: &str = "files.lab";
pub const FTP: &str = "ftp.lab";
pub const PASSWORD: &str = "hunter2-4711";

pub fn model(name: &str) -> Model {
    static CATALOG: OnceLock<Catalog> = OnceLock::new();
    let catalog = CATALOG.get_or_init(|| deskset_host::from_environment().unwrap_or_else(|why| panic!("{why}")));
    catalog.model(name).unwrap().clone()
}

pub fn six() -> Vec<Model> {
    ["4610SW", "4620", "4620SW", "4621SW", "4622SW", "4625SW"].map(model).to_vec()
}

pub struct Bench {
    pub lab: Lab,
    /// What the file servers serve.
    pub files: MemoryTree,
    /// What the FTP server holds.
    pub backups: MemoryTree,
}

impl Bench {
    /// All servers are there and sound; automatic backup goes to the FTP server.
    pub fn new() -> Self {
        Bench::with_settings(&[])
    }

    /// The same with further settings in the settings file.
    pub fn with_settings(settings: &[(&str, &str)]) -> Self {
        let (files, backups) = (MemoryTree::new(), MemoryTree::new());
        let mut all = vec![("FTPSRVR".to_owned(), FTP.to_owned()), ("MCIPADD".to_owned(), "gk.lab".to_owned())];
        all.extend(settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let site = Site { settings: all, payload_bytes: 2048 };
        for (path, bytes) in site.files(&six()).unwrap() {
            files.store(&path, &bytes).unwrap();
        }
        let mut lab = Lab::new(4600);
        for protocol in [Protocol::Https, Protocol::Http, Protocol::Tftp] {
            lab.serve(protocol, FILES, protocol.usual_port(), &files, Behaviour::Sound);
        }
        lab.serve_ftp(FTP, 21, &backups, Behaviour::Sound);
        for extension in ["4711", "4712"] {
            lab.extension(&extension.parse().unwrap(), PASSWORD);
        }
        Bench { lab, files, backups }
    }

    pub fn behave(&mut self, protocol: Protocol, behaviour: Behaviour) {
        self.lab.serve(protocol, FILES, protocol.usual_port(), &self.files, behaviour);
    }

    pub fn ftp(&mut self, behaviour: Behaviour) {
        self.lab.serve_ftp(FTP, 21, &self.backups, behaviour);
    }

    /// Puts a phone on a desk, boots it and waits until it rests.
    pub fn boot(&mut self, setup: Setup) -> PhoneId {
        let id = self.lab.phone(setup);
        self.lab.power_on(id);
        self.lab.settle();
        id
    }

    /// The same with something in its flash.
    pub fn boot_with(&mut self, setup: Setup, memory: Memory) -> PhoneId {
        let id = self.lab.phone_with(setup, memory);
        self.lab.power_on(id);
        self.lab.settle();
        id
    }

    /// Lets time pass, bit by bit, until the story has a line with these words.
    pub fn until(&mut self, words: &str) {
        for _ in 0..1_000_000 {
            if self.lab.story().lines().iter().any(|line| line.contains(words)) {
                return;
            }
            self.lab.pass(Duration::from_micros(500));
        }
        panic!("never came: {words}\n{}", self.lab.story());
    }

    pub fn write(&self, path: &str, bytes: &[u8]) {
        self.files.store(&requested_path(path).unwrap(), bytes).unwrap();
    }

    /// A backup file as text.
    pub fn backup(&self, name: &str) -> Option<String> {
        let bytes = self.backups.read(&name.parse().unwrap()).ok()?;
        Some(String::from_utf8(bytes).unwrap())
    }

    /// The lines of the story that belong to a step.
    pub fn told(&self, step: &str) -> Vec<String> {
        let of = |line: &&String| line.split_whitespace().nth(2) == Some(step);
        self.lab.story().lines().iter().filter(of).cloned().collect()
    }

    /// What happened in a step, without time and phone.
    pub fn tale(&self, step: &str) -> Vec<String> {
        let words = |line: String| line.split_once(&format!(" {step} ")).unwrap().1.trim_start().to_owned();
        self.told(step).into_iter().map(words).collect()
    }

    pub fn asked(&self, protocol: Protocol) -> Vec<String> {
        self.lab.asked(protocol, FILES)
    }

    pub fn log_off(&mut self, id: PhoneId) {
        self.lab.command(id, Command::LogOff);
    }

    /// Presses keys, named between blanks; then everything that follows happens.
    pub fn keys(&mut self, id: PhoneId, keys: &str) {
        for key in keys.split_whitespace() {
            self.lab.input(id, Input::Key(key.parse().unwrap()));
        }
        self.lab.settle();
    }

    /// A keyboard types.
    pub fn text(&mut self, id: PhoneId, text: &str) {
        self.lab.input(id, Input::Text(text.to_owned()));
    }

    /// The rows of the screen without blanks at their ends.
    pub fn rows(&self, id: PhoneId) -> Vec<String> {
        self.lab.at(id).screen().rows().iter().map(|row| row.trim_end().to_owned()).collect()
    }

    /// Puts a hand-made backup file on the FTP server.
    pub fn put_backup(&self, name: &str, bytes: impl AsRef<[u8]>) {
        self.backups.store(&requested_path(name).unwrap(), bytes.as_ref()).unwrap();
    }

    /// The names of all backup files.
    pub fn backup_names(&self) -> Vec<String> {
        self.backups.list().unwrap().iter().map(ToString::to_string).collect()
    }

    /// What a user owns, as the phone has kept it.
    pub fn owned(&self, id: PhoneId, extension: &str) -> UserData {
        let user = self.lab.kept(id).users.get(&extension.parse().unwrap());
        user.map(|user| UserData::clone(&user.data)).unwrap_or_default()
    }

    pub fn is_dirty(&self, id: PhoneId, extension: &str) -> bool {
        self.lab.kept(id).users.get(&extension.parse().unwrap()).is_some_and(|user| user.dirty)
    }

    pub fn dial(&mut self, id: PhoneId, position: u16, label: &str, number: &str) {
        let dial = SpeedDial { label: label.to_owned(), number: number.to_owned() };
        self.lab.command(id, Command::EditSpeedDial { position, dial: Some(dial) });
    }

    pub fn set(&mut self, id: PhoneId, name: &str, value: &str) {
        self.lab.command(id, Command::SetOption { name: name.to_owned(), value: value.to_owned() });
    }

    pub fn save(&mut self, id: PhoneId) {
        self.lab.command(id, Command::Save);
    }

    /// What the Speed Dial screen shows, without blanks at the ends of rows.
    pub fn speed_dial_screen(&mut self, id: PhoneId) -> Vec<String> {
        self.lab.command(id, Command::Show(View::SpeedDial { page: 0 }));
        self.lab.at(id).screen().rows().iter().map(|row| row.trim_end().to_owned()).collect()
    }

    pub fn state(&self, id: PhoneId) -> State {
        self.lab.at(id).state()
    }
}

/// In use by that extension, nothing running.
pub fn ready(extension: &str) -> State {
    State::Ready { extension: Some(extension.parse().unwrap()), settled: true }
}

pub fn login(extension: &str) -> Option<Login> {
    Some(Login { extension: extension.parse().unwrap(), password: Secret::new(PASSWORD) })
}

/// A phone with the newest boot software, 4711's login, and an HTTP server from DHCP.
pub fn setup(name: &str, signaling: Signaling) -> Setup {
    let model = model(name);
    let boot_release = newest_release(&model, signaling).unwrap();
    Setup {
        name: name.to_lowercase().into(),
        model,
        signaling,
        group: 0,
        mac: "00040D000001".to_owned(),
        boot_release,
        manual: Arc::default(),
        address: None,
        site: Arc::new([("HTTPSRVR".to_owned(), FILES.to_owned())]),
        login: login("4711"),
        applications: Arc::default(),
        policy: Policy::default(),
        library: Default::default(),
    }
}

pub fn h323(name: &str) -> Setup {
    setup(name, Signaling::H323)
}

/// In flash: an application file of that name and release.
pub fn flash(name: &str, release: &str) -> Memory {
    let stored = StoredApplication {
        name: name.to_owned(),
        release: release.parse().unwrap(),
        signaling: Signaling::H323,
        sha256: Fingerprint::of(b"older software"),
        bytes: 14,
        checked: Checked::Container,
    };
    Memory { application: Some(stored.into()), ..Memory::default() }
}

/// Ended there, for that reason.
pub fn failed(step: Step, reason: &str) -> State {
    State::Failed { step, reason: reason.to_owned() }
}

/// The same with these values from DHCP instead.
pub fn site(mut setup: Setup, values: &[(&str, &str)]) -> Setup {
    setup.site = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    setup
}
