//! The memory file's form: JSON, so that a person can look into it. It holds a password; it is nobody else's business.

use std::{collections::BTreeMap, sync::Arc};

use deskset_files::{
    application::Fingerprint,
    backup::{SpeedDial, UserData},
};
use deskset_models::{Extension, Release, Secret, Signaling};
use deskset_phone::{Checked, Login, Memory, StoredApplication, StoredUser};
use serde::{Deserialize, Serialize};

/// The form's version.
const SCHEMA: u32 = 1;

#[derive(Serialize, Deserialize)]
struct RawMemory {
    schema: u32,
    #[serde(default)]
    application: Option<RawApplication>,
    #[serde(default)]
    login: Option<RawLogin>,
    #[serde(default)]
    users: BTreeMap<Extension, RawUser>,
    #[serde(default)]
    entered: BTreeMap<String, String>,
    #[serde(default)]
    cleared: bool,
}

#[derive(Serialize, Deserialize)]
struct RawApplication {
    name: String,
    release: Release,
    signaling: Signaling,
    sha256: String,
    bytes: u64,
    checked: RawChecked,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RawChecked {
    Container,
    Digest,
    Unchecked,
}

#[derive(Serialize, Deserialize)]
struct RawLogin {
    extension: Extension,
    password: Secret,
}

#[derive(Serialize, Deserialize)]
#[serde(default)]
#[derive(Default)]
struct RawUser {
    dirty: bool,
    options: BTreeMap<String, String>,
    carried: BTreeMap<String, String>,
    speed_dials: BTreeMap<u16, RawDial>,
    feature_labels: BTreeMap<u16, String>,
    unit_labels: BTreeMap<u16, String>,
}

#[derive(Serialize, Deserialize)]
struct RawDial {
    label: String,
    number: String,
}

/// Why a memory file cannot be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum MemoryFault {
    #[error("{}", where_and_what(.0))]
    Json(#[from] serde_json::Error),
    #[error("its form is version {0}, this program knows {SCHEMA}")]
    Schema(u32),
    #[error("{0}")]
    Fingerprint(#[from] deskset_files::application::FingerprintError),
}

/// Where a file is not as it should be. What stands there is not repeated: it may be a password.
fn where_and_what(error: &serde_json::Error) -> String {
    if error.is_data() {
        let (line, column) = (error.line(), error.column());
        format!("a value of another kind than this program writes at line {line} column {column}")
    } else {
        error.to_string()
    }
}

pub(super) fn read(bytes: &[u8]) -> Result<Memory, MemoryFault> {
    let raw: RawMemory = serde_json::from_slice(bytes)?;
    if raw.schema != SCHEMA {
        return Err(MemoryFault::Schema(raw.schema));
    }
    let application = raw.application.map(application).transpose()?.map(Arc::new);
    let login = raw.login.map(|login| Login { extension: login.extension, password: login.password });
    let users = raw.users.into_iter().map(|(extension, user)| (extension, stored_user(user))).collect();
    Ok(Memory { application, login, users, entered: raw.entered, cleared: raw.cleared })
}

fn application(raw: RawApplication) -> Result<StoredApplication, MemoryFault> {
    Ok(StoredApplication {
        name: raw.name,
        release: raw.release,
        signaling: raw.signaling,
        sha256: raw.sha256.parse::<Fingerprint>()?,
        bytes: raw.bytes,
        checked: match raw.checked {
            RawChecked::Container => Checked::Container,
            RawChecked::Digest => Checked::Digest,
            RawChecked::Unchecked => Checked::Unchecked,
        },
    })
}

fn stored_user(raw: RawUser) -> StoredUser {
    let dial = |dial: RawDial| SpeedDial { label: dial.label, number: dial.number };
    StoredUser {
        dirty: raw.dirty,
        data: Arc::new(UserData {
            options: raw.options,
            carried: raw.carried,
            speed_dials: raw.speed_dials.into_iter().map(|(at, raw)| (at, dial(raw))).collect(),
            feature_labels: raw.feature_labels,
            unit_labels: raw.unit_labels,
        }),
    }
}

pub(super) fn write(memory: &Memory) -> Vec<u8> {
    let raw = RawMemory {
        schema: SCHEMA,
        application: memory.application.as_ref().map(|stored| RawApplication {
            name: stored.name.clone(),
            release: stored.release,
            signaling: stored.signaling,
            sha256: stored.sha256.to_string(),
            bytes: stored.bytes,
            checked: match stored.checked {
                Checked::Container => RawChecked::Container,
                Checked::Digest => RawChecked::Digest,
                Checked::Unchecked => RawChecked::Unchecked,
            },
        }),
        login: memory
            .login
            .as_ref()
            .map(|login| RawLogin { extension: login.extension.clone(), password: login.password.clone() }),
        users: memory.users.iter().map(|(extension, user)| (extension.clone(), raw_user(user))).collect(),
        entered: memory.entered.clone(),
        cleared: memory.cleared,
    };
    // Plain texts and numbers with string keys: this serialization has no way to fail.
    serde_json::to_vec_pretty(&raw).unwrap_or_default()
}

fn raw_user(user: &StoredUser) -> RawUser {
    let UserData { options, carried, speed_dials, feature_labels, unit_labels } = UserData::clone(&user.data);
    let dial = |dial: SpeedDial| RawDial { label: dial.label, number: dial.number };
    RawUser {
        dirty: user.dirty,
        options,
        carried,
        speed_dials: speed_dials.into_iter().map(|(at, one)| (at, dial(one))).collect(),
        feature_labels,
        unit_labels,
    }
}
