//! From power-up to the login prompt.
//!
//! ```text
//! power ─► script ──────────────► settings ─► (login)
//!            │  ▲                    ▲
//!            ▼  └─ restart ◄─ keep   │
//!        application ── stays ───────┘      none of the servers, nothing in flash ─► pause ─► power
//! ```
//!
//! Source: LAN Administrator Guide 555-233-507, "Telephone and File Server"; Installation Guide 555-233-128,
//! Appendix A.

mod application;
mod fetching;
mod script;

use std::sync::Arc;

use deskset_files::{script::Stop, settings::Layer};
use deskset_models::{BootText, FilePath};

use self::script::Reading;
use crate::{
    EventKind, Input, Memory, Origin, Parameters, Phone, Protocol, Server, Setup, Step, StoredApplication, Time,
    WishId, names, phone::Stage, servers::candidates,
};

/// One boot.
#[derive(Debug)]
pub(crate) struct Boot {
    /// Which round of going through all servers, from 1.
    round: u8,
    /// Code downloads in a row so far.
    downloads: u8,
    /// All servers, in the order they are asked.
    servers: Vec<Server>,
    /// The one that is asked, later the one that serves this boot.
    at: usize,
    /// The script being run and how far it got.
    reading: Option<Reading>,
    phase: Phase,
}

/// What a boot waits for.
#[derive(Debug)]
enum Phase {
    /// The upgrade script, from the server in turn.
    Script { wish: WishId, file: FilePath },
    /// An application file; `then` is where the script goes on if it does not come.
    Application { wish: WishId, file: FilePath, wanted: String, then: Stop },
    /// The application file to be in flash.
    Keeping { wish: WishId, stored: Arc<StoredApplication> },
    /// A file named by GET.
    Get { wish: WishId, file: FilePath },
    /// A person to read an error message.
    Pause { until: Time },
    /// Nothing: between two phases of one call.
    Between,
}

impl Boot {
    pub(crate) fn deadline(&self) -> Option<Time> {
        match self.phase {
            Phase::Pause { until } => Some(until),
            _ => None,
        }
    }

    fn wish(&self) -> Option<WishId> {
        match &self.phase {
            Phase::Script { wish, .. }
            | Phase::Application { wish, .. }
            | Phase::Keeping { wish, .. }
            | Phase::Get { wish, .. } => Some(*wish),
            Phase::Pause { .. } | Phase::Between => None,
        }
    }
}

/// Values that were entered at the phone: what it was set up with, then what its local procedures were told. Whatever
/// does not fit the model's table is not taken.
/// After a CLEAR nothing is left of what it was set up with.
fn entered(setup: &Setup, memory: &Memory) -> Layer {
    let before: &[_] = if memory.cleared { &[] } else { &setup.manual };
    let before = before.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let kept = memory.entered.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    Layer::of(&setup.model, before.chain(kept), &Origin::Manual)
}

/// A phone with an address of its own never looks for a DHCP server (LAN Administrator Guide 555-233-507, "DHCP").
fn is_static(entered: &Layer) -> bool {
    let address = entered.get(names::IPADD).map_or("", |address| &address.value);
    !matches!(address, "" | "0.0.0.0")
}

impl Phone {
    pub(crate) fn power_on(&mut self) {
        self.user = None;
        self.pipeline = Default::default();
        self.statuses.clear();
        self.notice = None;
        self.nobody_uses_it();
        self.take_entered();
        self.start(1, 0);
    }

    /// The start-up messages, then the first server.
    fn start(&mut self, round: u8, downloads: u8) {
        self.say(Step::Power, BootText::Restarting, &[], String::new());
        self.say(Step::Power, BootText::Initializing, &[], String::new());
        let stored = self.memory.application.as_ref();
        let running = stored.map(|stored| (stored.name.clone(), stored.release));
        let below = stored.map(|stored| format!("{}   {} KB", stored.name, stored.bytes.div_ceil(1024)));
        self.event(EventKind::Started { application: running });
        self.say(Step::Power, BootText::Loading, &[("seconds", "0")], below.unwrap_or_default());
        self.say(Step::Power, BootText::Starting, &[], String::new());
        self.say(Step::Power, BootText::Ethernet, &[("mbps", "100")], String::new());
        let entered = entered(&self.setup, &self.memory);
        let is_static = is_static(&entered);
        let mut parameters = Parameters::new(&self.setup.model);
        parameters.push(self.setup.library.shared(entered));
        if !is_static {
            self.say(Step::Power, BootText::Dhcp, &[("seconds", "0")], String::new());
            if let Some(address) = self.setup.address {
                // No other phone has the same: nothing to be shared.
                let own = [(names::IPADD, &*address.to_string())];
                parameters.push(Arc::new(Layer::of(&self.setup.model, own, &Origin::Dhcp)));
            }
            let site = self.setup.site.iter().map(|(name, value)| (name.as_str(), value.as_str()));
            parameters.push(self.setup.library.shared(Layer::of(&self.setup.model, site, &Origin::Dhcp)));
        }
        let servers = candidates(&parameters, &self.setup.model, self.setup.signaling, self.release());
        self.parameters = parameters;
        let boot = Boot { round, downloads, servers, at: 0, reading: None, phase: Phase::Between };
        self.ask_for_script(boot);
    }

    pub(crate) fn boot_input(&mut self, input: Input) {
        let Stage::Boot(boot) = &mut self.stage else { return };
        match input {
            Input::Attempt { wish, number } if boot.wish() == Some(wish) => self.show_attempt(number),
            Input::Received { wish, bytes } if boot.wish() == Some(wish) => self.show_received(bytes),
            Input::Tick if boot.deadline().is_some_and(|until| self.now >= until) => {
                let (round, downloads) = (boot.round, boot.downloads);
                self.start(round, downloads);
            }
            Input::FileArrived { wish, .. }
            | Input::FileFailed { wish, .. }
            | Input::Kept { wish }
            | Input::KeepFailed { wish, .. }
                if boot.wish() == Some(wish) =>
            {
                // The phase waited for just this; it is taken out, and the next one put in by whoever follows.
                let Stage::Boot(mut boot) = std::mem::replace(&mut self.stage, Stage::Off) else { return };
                let phase = std::mem::replace(&mut boot.phase, Phase::Between);
                self.boot_answer(*boot, phase, input);
            }
            _ => {}
        }
    }

    fn boot_answer(&mut self, boot: Boot, phase: Phase, answer: Input) {
        match (phase, answer) {
            (Phase::Script { file, .. }, Input::FileArrived { bytes, .. }) => self.script_arrived(boot, file, &bytes),
            (Phase::Script { file, .. }, Input::FileFailed { reason, words, .. }) => {
                self.script_failed(boot, file, reason, &words);
            }
            (Phase::Application { file, wanted, then, .. }, Input::FileArrived { bytes, .. }) => {
                self.application_arrived(boot, file, wanted, then, bytes);
            }
            (Phase::Application { file, wanted, then, .. }, Input::FileFailed { reason, words, .. }) => {
                self.application_failed(boot, file, wanted, then, reason, &words);
            }
            (Phase::Keeping { stored, .. }, Input::Kept { .. }) => self.application_kept(boot, stored),
            (Phase::Keeping { stored, .. }, Input::KeepFailed { words, .. }) => {
                self.fail(Step::Application, format!("{} could not be kept: {words}", stored.name));
            }
            (Phase::Get { file, .. }, Input::FileArrived { bytes, .. }) => self.settings_arrived(boot, file, &bytes),
            (Phase::Get { file, .. }, Input::FileFailed { reason, words, .. }) => {
                self.settings_failed(boot, file, reason, &words);
            }
            // An answer of another kind than was asked for: the wish's owner is wrong, the phone goes on waiting.
            (phase, _) => self.stage = Stage::Boot(Box::new(Boot { phase, ..boot })),
        }
    }

    fn show_attempt(&mut self, number: u32) {
        let Stage::Boot(boot) = &self.stage else { return };
        let Some(server) = boot.servers.get(boot.at) else { return };
        let (protocol, host, number) = (server.protocol, server.host.clone(), number.to_string());
        let texts = &self.setup.model.tables().boot_texts;
        self.message = match protocol {
            Protocol::Tftp => [texts.say(BootText::TftpRequest, &[("number", &number)]), host],
            Protocol::Http | Protocol::Https => {
                [texts.say(BootText::HttpRequest, &[("number", &number), ("uri", &host)]), String::new()]
            }
        }
        .into();
    }

    fn show_received(&mut self, bytes: u64) {
        let Stage::Boot(boot) = &self.stage else { return };
        let (Phase::Script { file, .. } | Phase::Application { file, .. } | Phase::Get { file, .. }) = &boot.phase
        else {
            return;
        };
        // The guide shows names of scripts in capitals.
        let name = file.name().to_uppercase();
        let kilobytes = bytes.div_ceil(1024).to_string();
        let received = self.setup.model.tables().boot_texts.say(BootText::Receiving, &[("kilobytes", &kilobytes)]);
        self.message = [name, received].into();
    }

    /// An error message for a person, then everything again.
    fn pause(&mut self, boot: Boot, round: u8, downloads: u8) {
        let until = self.now.after(self.setup.policy.error_shown);
        let phase = Phase::Pause { until };
        self.stage = Stage::Boot(Box::new(Boot { round, downloads, phase, ..boot }));
    }
}
