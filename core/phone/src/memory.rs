use std::collections::BTreeMap;

use deskset_files::{application::Fingerprint, backup::UserData};
use deskset_models::{Extension, Release, Secret, Signaling};

use crate::limits::USERS_KEPT_MAX;

/// What a phone remembers without power. It changes only by [`Record`]s that the carrier has kept.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Memory {
    /// The stored application file.
    pub application: Option<StoredApplication>,
    /// Who was logged in.
    pub login: Option<Login>,
    /// What users own, as far as it is kept here.
    pub users: BTreeMap<Extension, StoredUser>,
}

/// The application file in flash.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoredApplication {
    /// Its name; APPNAME is compared with it.
    pub name: String,
    /// Its release: the phone's own.
    pub release: Release,
    /// The signaling it speaks.
    pub signaling: Signaling,
    /// Of the whole file.
    pub sha256: Fingerprint,
    /// Its size in bytes.
    pub bytes: u64,
    /// How it was checked.
    pub checked: Checked,
}

/// How an application file was found to be sound.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Checked {
    /// By its container's own digest.
    Container,
    /// By the digest the profile gives.
    Digest,
    /// Not at all: nobody knows its digest.
    Unchecked,
}

/// Extension and password.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Login {
    /// Who.
    pub extension: Extension,
    /// Never shown.
    pub password: Secret,
}

/// One user's data on this phone.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct StoredUser {
    /// Options, Speed Dial, labels.
    pub data: UserData,
    /// Saved here, but not yet on the server.
    pub dirty: bool,
}

/// One change of the memory.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Record {
    /// A new application file, with its bytes.
    Application {
        /// What it is.
        stored: StoredApplication,
        /// The whole file.
        file: std::sync::Arc<[u8]>,
    },
    /// Who is logged in; `None` after a logoff.
    Login(Option<Login>),
    /// What a user owns; `None` wipes it.
    User {
        /// Whose.
        extension: Extension,
        /// What.
        stored: Option<StoredUser>,
    },
}

impl Memory {
    /// Takes a record over. Carriers call it, too, to keep their own copy.
    pub fn apply(&mut self, record: &Record) {
        match record {
            Record::Application { stored, .. } => self.application = Some(stored.clone()),
            Record::Login(login) => self.login.clone_from(login),
            Record::User { extension, stored: None } => {
                self.users.remove(extension);
            }
            Record::User { extension, stored: Some(user) } => {
                if self.users.len() >= USERS_KEPT_MAX && !self.users.contains_key(extension) {
                    self.users.pop_first();
                }
                self.users.insert(extension.clone(), user.clone());
            }
        }
    }
}
