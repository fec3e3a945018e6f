//! The files of a lab's file server: upgrade scripts that find the right software for every model, a settings file, and
//! application containers to download.

use std::{collections::BTreeMap, fmt::Write as _};

use deskset_models::{FileName, FilePath, Model, NameError, Release, Signaling};
use sha2::{Digest as _, Sha256};

use crate::application::Application;

/// What a lab serves.
#[derive(Clone, Debug)]
pub struct Site {
    /// The parameters of the settings file, in this order.
    pub settings: Vec<(String, String)>,
    /// Bytes of software in each application file.
    pub payload_bytes: usize,
}

/// Named when no model says how its series calls the settings file.
const USUAL_SETTINGS_FILE: &str = "settings.txt";

/// The name a lab gives the application file of a release.
pub fn application_name(model: &Model, signaling: Signaling, release: Release) -> Result<FileName, NameError> {
    let id = model.tables().model_id.to_ascii_lowercase();
    let release = release.to_string().replace('.', "_");
    format!("lab-{id}-{}-{release}.bin", signaling.key()).parse()
}

/// The newest release of a model's software.
pub fn newest_release(model: &Model, signaling: Signaling) -> Option<Release> {
    model.under(signaling)?.releases.iter().max().copied()
}

impl Site {
    /// All files for phones of `models`, by path.
    pub fn files<'m>(
        &self,
        models: impl IntoIterator<Item = &'m Model>,
    ) -> Result<BTreeMap<FilePath, Vec<u8>>, NameError> {
        let mut files = BTreeMap::new();
        let mut scripts: BTreeMap<&str, Vec<(&Model, Signaling, FileName)>> = BTreeMap::new();
        for model in models {
            for signaling in Signaling::ALL {
                let Some(release) = newest_release(model, signaling) else { continue };
                let name = application_name(model, signaling, release)?;
                let payload = payload(name.as_str(), self.payload_bytes);
                let container = Application::pack(name.as_str(), model.name(), signaling, release, &payload);
                files.insert(name.clone().into(), container);
                scripts.entry(&model.tables().files.upgrade_script).or_default().push((model, signaling, name));
            }
        }
        for (script, choices) in scripts {
            let settings = settings_names(&choices);
            // The last name is the one that exists: scripts of the series try the others first.
            let last = settings.last().copied().unwrap_or(USUAL_SETTINGS_FILE);
            files.insert(last.parse()?, self.settings_file().into_bytes());
            files.insert(script.parse()?, upgrade_script(&choices, &settings).into_bytes());
        }
        Ok(files)
    }

    fn settings_file(&self) -> String {
        let mut text = "## settings of the lab\r\n".to_owned();
        for (name, value) in &self.settings {
            // Writing to a String does not fail.
            let _ = write!(text, "SET {name} \"{value}\"\r\n");
        }
        text
    }
}

fn settings_names<'m>(choices: &[(&'m Model, Signaling, FileName)]) -> Vec<&'m str> {
    let named = choices.first().map_or(&[][..], |(model, ..)| model.tables().files.settings.as_slice());
    if named.is_empty() { vec![USUAL_SETTINGS_FILE] } else { named.iter().map(String::as_str).collect() }
}

fn upgrade_script(choices: &[(&Model, Signaling, FileName)], settings: &[&str]) -> String {
    let mut text = "## upgrade script of the lab\r\n".to_owned();
    let mut line = |words: String| {
        text.push_str(&words);
        text.push_str("\r\n");
    };
    // Where a model has more than one signaling, all but the first are asked for by SIG.
    for (model, signaling, _) in choices.iter().filter(|(_, signaling, _)| *signaling != Signaling::H323) {
        let Some(rules) = model.under(*signaling) else { continue };
        line(format!("IF $SIG SEQ {} GOTO {}", rules.sig, signaling.key()));
        break;
    }
    for signaling in Signaling::ALL {
        let of_this = || choices.iter().filter(|(_, other, _)| *other == signaling);
        if of_this().next().is_none() {
            continue;
        }
        line(format!("# {}", signaling.key()));
        for (model, ..) in of_this() {
            let id = &model.tables().model_id;
            line(format!("IF $MODEL SEQ {id} GOTO {}-{id}", signaling.key()));
        }
        line("GOTO settings".to_owned());
        for (model, _, name) in of_this() {
            line(format!("# {}-{}", signaling.key(), model.tables().model_id));
            line(format!("SET APPNAME {name}"));
            line("GOTO settings".to_owned());
        }
    }
    line("# settings".to_owned());
    settings.iter().for_each(|name| line(format!("GET {name}")));
    text
}

/// Bytes that look like software: not to be compressed, and the same for the same name.
fn payload(name: &str, bytes: usize) -> Vec<u8> {
    let mut block = Sha256::digest(name.as_bytes());
    let mut payload = Vec::with_capacity(bytes + block.len());
    while payload.len() < bytes {
        payload.extend_from_slice(&block);
        block = Sha256::digest(block);
    }
    payload.truncate(bytes);
    payload
}
