//! Which application file the script wants, whether the phone has it, and what a file that came is worth.

use std::sync::Arc;

use deskset_files::{
    application::{Application, ApplicationFile, Fingerprint},
    script::Stop,
};
use deskset_models::{BootText, FilePath, Release};

use super::{Boot, Phase, Phone};
use crate::{
    Checked, EventKind, FetchReason, Output, Purpose, Record, Step, StoredApplication, limits::CODE_DOWNLOADS_MAX,
    names, phone::Stage,
};

/// Why a file that came is not kept.
enum Unfit {
    /// Another copy may be better.
    Damaged(String),
    /// It is whole, but not for this phone.
    NotOurs(String),
}

impl Phone {
    /// Compares APPNAME with the stored name, ignoring case, and nothing else.
    ///
    /// Source: Installation Guide 555-233-128, Appendix A.
    pub(super) fn decide_application(&mut self, mut boot: Boot, then: Stop) {
        let wanted = self.parameters.value(names::APPNAME).to_owned();
        let have = self.memory.application.as_ref().map(|stored| stored.name.clone());
        let Some(reading) = &mut boot.reading else { return self.files_done() };
        if reading.decided.as_ref() == Some(&wanted) {
            return self.after_application(boot, then);
        }
        // Without an application a script may still GET the file that names one; otherwise this is the decision.
        if have.is_some() || !wanted.is_empty() {
            reading.decided = Some(wanted.clone());
        }
        match &have {
            Some(name) if wanted.is_empty() => {
                self.event(EventKind::NoApplicationNamed { have: Some(name.clone()) });
                self.after_application(boot, then);
            }
            Some(name) if name.eq_ignore_ascii_case(&wanted) => {
                self.event(EventKind::SameApplication { name: name.clone() });
                self.after_application(boot, then);
            }
            None if wanted.is_empty() => self.after_application(boot, then),
            _ => {
                self.event(EventKind::OtherApplication { wanted: wanted.clone(), have });
                self.download(boot, wanted, then);
            }
        }
    }

    fn download(&mut self, mut boot: Boot, wanted: String, then: Stop) {
        let asked = wanted.parse::<FilePath>().ok().and_then(|file| {
            let wish = self.ask(&mut boot, &file, Purpose::Application)?;
            Some((wish, file))
        });
        match asked {
            Some((wish, file)) => {
                boot.phase = Phase::Application { wish, file, wanted, then };
                self.stage = Stage::Boot(Box::new(boot));
            }
            None => self.without_application(boot, wanted, then, "it cannot be asked for under that name"),
        }
    }

    pub(super) fn application_failed(
        &mut self,
        mut boot: Boot,
        file: FilePath,
        wanted: String,
        then: Stop,
        reason: FetchReason,
        words: &str,
    ) {
        match self.ask_elsewhere(&mut boot, &file, Purpose::Application, reason, words) {
            Some(wish) => {
                boot.phase = Phase::Application { wish, file, wanted, then };
                self.stage = Stage::Boot(Box::new(boot));
            }
            None => self.without_application(boot, wanted, then, words),
        }
    }

    /// The file did not come: the one in flash stays in use; without one there is nothing to run.
    fn without_application(&mut self, boot: Boot, wanted: String, then: Stop, words: &str) {
        match self.memory.application.as_ref().map(|stored| stored.name.clone()) {
            Some(have) => {
                self.event(EventKind::ApplicationStays { wanted, have });
                self.after_application(boot, then);
            }
            None => self.fail(Step::Application, format!("{wanted} did not come: {words}")),
        }
    }

    pub(super) fn application_arrived(
        &mut self,
        mut boot: Boot,
        file: FilePath,
        wanted: String,
        then: Stop,
        bytes: Arc<[u8]>,
    ) {
        self.tell_arrival(&boot, &file, Purpose::Application, bytes.len());
        match self.examine(&wanted, &bytes) {
            Ok(stored) => {
                let stored = Arc::new(stored);
                self.say(Step::Application, BootText::SavingToFlash, &[], String::new());
                let wish = self.new_wish();
                self.out(Output::Keep(wish, Record::Application { stored: stored.clone(), file: bytes }));
                boot.phase = Phase::Keeping { wish, stored };
                self.stage = Stage::Boot(Box::new(boot));
            }
            Err(Unfit::NotOurs(why)) => {
                self.event(EventKind::ApplicationDamaged { name: wanted.clone(), why: why.clone() });
                self.without_application(boot, wanted, then, &why);
            }
            Err(Unfit::Damaged(why)) => {
                self.event(EventKind::ApplicationDamaged { name: wanted.clone(), why: why.clone() });
                self.say(Step::Application, BootText::ChecksumError, &[], String::new());
                let (round, downloads) = (boot.round, boot.downloads + 1);
                if downloads >= CODE_DOWNLOADS_MAX && self.memory.application.is_some() {
                    self.without_application(boot, wanted, then, &why);
                } else if downloads >= CODE_DOWNLOADS_MAX {
                    self.too_many_downloads(&format!("{wanted}: {why}"));
                } else {
                    self.pause(boot, round, downloads);
                }
            }
        }
    }

    /// What is to be kept of a file that came, or why it must not be.
    fn examine(&self, wanted: &str, bytes: &[u8]) -> Result<StoredApplication, Unfit> {
        let (signaling, release, checked) =
            match ApplicationFile::read(bytes).map_err(|why| Unfit::Damaged(why.to_string()))? {
                ApplicationFile::Lab(lab) => {
                    self.is_for_us(&lab, wanted).map_err(Unfit::NotOurs)?;
                    (lab.signaling, lab.release, Checked::Container)
                }
                ApplicationFile::Foreign { sha256 } => {
                    let (release, checked) = self.known(wanted, sha256)?;
                    (self.setup.signaling, release, checked)
                }
            };
        let (name, sha256, bytes) = (wanted.to_owned(), Fingerprint::of(bytes), bytes.len() as u64);
        Ok(StoredApplication { name, release, signaling, sha256, bytes, checked })
    }

    fn is_for_us(&self, lab: &Application, wanted: &str) -> Result<(), String> {
        let (model, signaling) = (&self.setup.model, self.setup.signaling);
        let ours = [model.name(), &model.tables().model_id];
        if !ours.iter().any(|ours| ours.eq_ignore_ascii_case(&lab.model)) {
            return Err(format!("it is for the {}, this phone is a {}", lab.model, model.name()));
        }
        if lab.signaling != signaling {
            return Err(format!("it speaks {}, this phone {signaling}", lab.signaling));
        }
        if !lab.name.eq_ignore_ascii_case(wanted.rsplit('/').next().unwrap_or(wanted)) {
            return Err(format!("its header calls it {}", lab.name));
        }
        Ok(())
    }

    /// What the profile knows of a foreign file.
    fn known(&self, wanted: &str, sha256: Fingerprint) -> Result<(Release, Checked), Unfit> {
        let known = self.setup.applications.iter().find(|known| known.name.eq_ignore_ascii_case(wanted));
        let Some(known) = known else {
            return Err(Unfit::NotOurs(format!(
                "it is no lab container, and the profile does not say its release; add [applications.\"{wanted}\"]"
            )));
        };
        match known.sha256 {
            Some(stated) if stated == sha256 => Ok((known.release, Checked::Digest)),
            Some(stated) => Err(Unfit::Damaged(format!("its SHA-256 is {sha256}, not {stated} as the profile says"))),
            None => Ok((known.release, Checked::Unchecked)),
        }
    }

    pub(super) fn application_kept(&mut self, boot: Boot, stored: Arc<StoredApplication>) {
        let (name, release, checked) = (stored.name.clone(), stored.release, stored.checked);
        self.event(EventKind::ApplicationKept { name: name.clone(), release, checked });
        self.memory.application = Some(stored);
        let downloads = boot.downloads + 1;
        if downloads >= CODE_DOWNLOADS_MAX {
            self.too_many_downloads(&name);
        } else {
            self.start(boot.round, downloads);
        }
    }

    fn too_many_downloads(&mut self, last: &str) {
        let reason = format!("{CODE_DOWNLOADS_MAX} code downloads in a row; correct APPNAME or the file. Last: {last}");
        self.fail(Step::Application, reason);
    }
}
