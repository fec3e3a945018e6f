//! The upgrade script and the files it GETs.

use std::sync::Arc;

use deskset_files::{
    limits::{GET_DEPTH_MAX, GETS_MAX},
    script::{Position, Script, Stop, Variables},
    settings::Target,
};
use deskset_models::{BootText, FilePath, since};

use super::{Boot, Phase, Phone};
use crate::{EventKind, FetchReason, Purpose, Setup, Step, phone::Stage};

/// The script that is run, how far it got, and what it took to get here.
#[derive(Debug)]
pub(crate) struct Reading {
    script: Arc<Script>,
    /// Where it goes on when a GET fails.
    next: Position,
    /// How many scripts have been entered by GET.
    depth: u8,
    /// How many GETs there were.
    gets: u16,
    /// The APPNAME that was last looked at.
    pub(super) decided: Option<String>,
}

impl Phone {
    pub(super) fn ask_for_script(&mut self, mut boot: Boot) {
        let file: FilePath = match self.setup.model.upgrade_script(self.setup.signaling, self.release()) {
            Ok(name) => name.into(),
            Err(why) => return self.fail_by_hook(Step::Script, why),
        };
        match self.ask(&mut boot, &file, Purpose::UpgradeScript) {
            Some(wish) => {
                boot.phase = Phase::Script { wish, file };
                self.stage = Stage::Boot(Box::new(boot));
            }
            None => self.no_script(boot),
        }
    }

    pub(super) fn script_failed(&mut self, mut boot: Boot, file: FilePath, reason: FetchReason, words: &str) {
        match self.ask_elsewhere(&mut boot, &file, Purpose::UpgradeScript, reason, words) {
            Some(wish) => {
                boot.phase = Phase::Script { wish, file };
                self.stage = Stage::Boot(Box::new(boot));
            }
            None => self.no_script(boot),
        }
    }

    /// A phone that was installed before goes on with what it has in memory; another one cannot leave the boot code.
    fn no_script(&mut self, boot: Boot) {
        let tried = boot.servers.len();
        self.event(EventKind::NoFileServer { tried });
        self.say(Step::Script, BootText::FileServerTimeout, &[], String::new());
        if self.memory.application.is_some() {
            self.go_to_login();
        } else if boot.round < self.setup.policy.boot_rounds {
            let (round, downloads) = (boot.round + 1, boot.downloads);
            self.pause(boot, round, downloads);
        } else {
            let reason = match tried {
                0 => "no file server is administered that this release can use; set TFTPSRVR, HTTPSRVR or TLSSRVR",
                _ => "no file server gave the upgrade script, and the phone has no application file",
            };
            self.fail(Step::Script, reason);
        }
    }

    pub(super) fn script_arrived(&mut self, boot: Boot, file: FilePath, bytes: &Arc<[u8]>) {
        self.tell_arrival(&boot, &file, Purpose::UpgradeScript, bytes.len());
        match self.setup.library.script(file.as_str(), bytes) {
            Ok(script) => self.enter(boot, script),
            Err(why) => self.script_failed(boot, file, FetchReason::TooLarge, &why.to_string()),
        }
    }

    /// Runs a script from its first line.
    fn enter(&mut self, mut boot: Boot, script: Arc<Script>) {
        let (depth, gets, decided) =
            boot.reading.take().map_or((0, 0, None), |before| (before.depth + 1, before.gets, before.decided));
        let reading = Reading { script, next: Position::default(), depth, gets, decided };
        self.go_on(boot, reading);
    }

    /// Runs a script on from where it stands.
    fn go_on(&mut self, mut boot: Boot, reading: Reading) {
        let outcome = self.setup.library.run(&reading.script, reading.next, &self.setup.model, &self.variables());
        let file = reading.script.name();
        self.parameters.push(outcome.layer.clone());
        for (line, name, why) in &outcome.ignored {
            let (file, name, why) = (file.to_owned(), name.clone(), why.to_string());
            self.event(EventKind::SettingIgnored { file, line: *line, name, why });
        }
        if outcome.taken > 0 {
            self.event(EventKind::SettingsTaken { file: file.to_owned(), count: outcome.taken });
        }
        let stop = outcome.stop.clone();
        boot.reading = Some(reading);
        self.decide_application(boot, stop);
    }

    fn variables(&self) -> Variables {
        let Setup { model, signaling, group, mac, .. } = &*self.setup;
        let kind = Target { model, signaling: *signaling, release: self.release(), group: *group };
        kind.variables().with("MACADDR", mac.clone())
    }

    /// Where a script stopped: at a GET or at its end.
    pub(super) fn after_application(&mut self, boot: Boot, stop: Stop) {
        match stop {
            Stop::End => self.files_done(),
            Stop::Get { file, next, .. } => self.get(boot, &file, next),
        }
    }

    fn get(&mut self, mut boot: Boot, name: &str, next: Position) {
        let Some(reading) = &mut boot.reading else { return self.files_done() };
        reading.next = next;
        reading.gets += 1;
        let too_many = reading.gets > GETS_MAX;
        let (caller, too_deep) = (reading.script.name().to_owned(), reading.depth >= GET_DEPTH_MAX);
        if too_many || too_deep {
            let why = format!("GET {name}: more than {GET_DEPTH_MAX} scripts deep, or more than {GETS_MAX} GETs");
            self.event(EventKind::ScriptIgnored { file: caller, why });
            return self.files_done();
        }
        let asked = name.parse::<FilePath>().ok().and_then(|file| {
            let wish = self.ask(&mut boot, &file, Purpose::Settings)?;
            Some((wish, file))
        });
        match asked {
            Some((wish, file)) => {
                boot.phase = Phase::Get { wish, file };
                self.stage = Stage::Boot(Box::new(boot));
            }
            None => self.without_file(boot),
        }
    }

    pub(super) fn settings_arrived(&mut self, boot: Boot, file: FilePath, bytes: &Arc<[u8]>) {
        self.tell_arrival(&boot, &file, Purpose::Settings, bytes.len());
        match self.setup.library.script(file.as_str(), bytes) {
            // A tail call: the calling script is never resumed.
            Ok(script) => self.enter(boot, script),
            Err(why) => self.settings_failed(boot, file, FetchReason::TooLarge, &why.to_string()),
        }
    }

    pub(super) fn settings_failed(&mut self, mut boot: Boot, file: FilePath, reason: FetchReason, words: &str) {
        match self.ask_elsewhere(&mut boot, &file, Purpose::Settings, reason, words) {
            Some(wish) => {
                boot.phase = Phase::Get { wish, file };
                self.stage = Stage::Boot(Box::new(boot));
            }
            None => self.without_file(boot),
        }
    }

    /// A GET came to nothing: newer software goes on with the next line, older stops here.
    fn without_file(&mut self, mut boot: Boot) {
        let rules = self.setup.model.under(self.setup.signaling);
        let goes_on = rules.is_some_and(|rules| rules.has(since::GET_CONTINUES, self.release()));
        match boot.reading.take() {
            Some(reading) if goes_on => self.go_on(boot, reading),
            _ => self.files_done(),
        }
    }

    /// No file is to come any more. Without an application file the phone cannot leave the boot code.
    pub(super) fn files_done(&mut self) {
        if self.memory.application.is_some() {
            return self.go_to_login();
        }
        self.event(EventKind::NoApplicationNamed { have: None });
        let reason = "the script names no application file (SET APPNAME), and the phone has none";
        self.fail(Step::Application, reason);
    }
}
