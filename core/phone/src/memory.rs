use std::{collections::BTreeMap, sync::Arc};

use deskset_files::{application::Fingerprint, backup::UserData};
use deskset_models::{Extension, Release, Secret, Signaling};

use crate::limits::USERS_KEPT_MAX;

/// What SIG may stand at besides 0, the usual signaling (LAN Administrator Guide 555-233-507, SIG).
pub(crate) const SIG_VALUES: [(&str, Signaling); 2] = [("1", Signaling::H323), ("2", Signaling::Sip)];

/// What a phone remembers without power. It changes only by [`Record`]s that the carrier has kept.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Memory {
    /// The stored application file: of many phones the same.
    pub application: Option<Arc<StoredApplication>>,
    /// Who was logged in.
    pub login: Option<Login>,
    /// What users own, as far as it is kept here.
    pub users: BTreeMap<Extension, StoredUser>,
    /// What was entered at the phone by its local procedures: parameters and their values. They go before
    /// [`crate::Setup::manual`].
    pub entered: BTreeMap<String, String>,
    /// All values have been cleared: what was entered at the phone before, [`crate::Setup::manual`],
    /// [`crate::Setup::group`] and [`crate::Setup::login`], is gone.
    pub cleared: bool,
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
    /// Options, Speed Dial, labels: the same ones that hold while the user is at the phone.
    pub data: Arc<UserData>,
    /// Saved here, but not yet on the server.
    pub dirty: bool,
}

/// One change of the memory.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Record {
    /// A new application file, with its bytes.
    Application {
        /// What it is.
        stored: Arc<StoredApplication>,
        /// The whole file.
        file: Arc<[u8]>,
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
    /// Parameters entered at the phone, and their values.
    Entered(BTreeMap<String, String>),
    /// Everything but the application file is wiped: logins, all users' data, what was entered at the phone.
    Cleared,
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
                if let Some(victim) = self.given_up_for(extension).cloned() {
                    self.users.remove(&victim);
                }
                self.users.insert(extension.clone(), user.clone());
            }
            Record::Entered(values) => self.entered.extend(values.clone()),
            Record::Cleared => {
                *self = Memory { application: self.application.take(), cleared: true, ..Memory::default() };
            }
        }
    }

    /// Whose data are given up where there is no room for those of `extension`: somebody's whose data are on a server
    /// as well, if there is such a user.
    pub fn given_up_for(&self, extension: &Extension) -> Option<&Extension> {
        if self.users.len() < USERS_KEPT_MAX || self.users.contains_key(extension) {
            return None;
        }
        let clean = self.users.iter().find(|(_, user)| !user.dirty);
        clean.or_else(|| self.users.first_key_value()).map(|(extension, _)| extension)
    }
}
