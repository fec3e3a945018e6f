//! Profiles: what the owner wants, in layers.
//!
//! Embedded defaults, then one profile file, then `DESKSET_*` variables, then the command line: later ones win key by
//! key. Files say a [`RawProfile`]; what holds is a [`Profile`]. Nothing that is written is ignored: a missing file, an
//! unknown profile, key or variable and an impossible value are errors that name where it was written.

mod choice;
mod error;
mod layers;
mod limits;
mod profile;
mod push;
mod raw;
mod source;
mod values;

pub use choice::{Choice, Environment};
pub use error::{BadValue, Origin, ProfileError};
pub use profile::{Application, Limits, Phones, Plugins, Profile, Servers, TftpRollover};
pub use push::PushListen;
pub use raw::{RawApplication, RawLimits, RawPhones, RawPlugins, RawProfile, RawServers, RawState};
pub use source::{DEFAULT, LAB, known};
pub use values::Administered;
