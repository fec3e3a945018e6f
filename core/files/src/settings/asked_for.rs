//! Why a phone asks for a file, by the rules it follows.

use deskset_models::Extension;

use super::{Evaluation, Incident, Origin, Target, names};

/// A rule that leads a phone to a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AskedFor {
    /// Every boot begins with it.
    Begins,
    /// APPNAME holds its name.
    Application {
        /// The line that set it.
        at: Origin,
    },
    /// APPNAME had its name, and then another.
    NotApplication {
        /// The line that set it.
        at: Origin,
        /// The name that holds.
        holds: String,
    },
    /// A GET names it.
    Get {
        /// The line.
        at: Origin,
        /// Whether it was there.
        found: bool,
    },
    /// It is somebody's backup file.
    Backup {
        /// Whose.
        extension: Extension,
    },
}

impl Evaluation {
    /// Why a phone of this kind asks for `file`, in the order of a boot; nothing if it never does. Names match in any
    /// case, as they do on servers.
    pub fn asks_for(&self, file: &str, target: &Target<'_>) -> Vec<AskedFor> {
        let tables = target.model.tables();
        let mut rules = Vec::new();
        if tables.files.upgrade_script.eq_ignore_ascii_case(file) {
            rules.push(AskedFor::Begins);
        }
        let application = self.parameters.get(names::APPNAME);
        for incident in &self.path {
            match incident {
                Incident::Set { at, name, value, ignored: None }
                    if name.eq_ignore_ascii_case(names::APPNAME) && value.eq_ignore_ascii_case(file) =>
                {
                    rules.push(match application {
                        Some(holds) if !holds.value.eq_ignore_ascii_case(file) => {
                            AskedFor::NotApplication { at: at.clone(), holds: holds.value.clone() }
                        }
                        _ => AskedFor::Application { at: at.clone() },
                    });
                }
                Incident::Get { at, file: asked, found } if asked.eq_ignore_ascii_case(file) => {
                    rules.push(AskedFor::Get { at: at.clone(), found: *found });
                }
                _ => {}
            }
        }
        if let Some(extension) = tables.files.owner(file, target.signaling) {
            rules.push(AskedFor::Backup { extension });
        }
        rules
    }
}
