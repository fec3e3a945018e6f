//! What the 4600 series shares: option rows, parameter rows, names, displays, releases.
//!
//! A model is a [`Member`]: what is special about it. [`Member::describe`] adds what all have. Facts carry their
//! source; what no document states is marked "project rule" or stands as a question in the model's `LIMITATIONS.md`.

mod colours;
mod files;
mod keys;
mod languages;
mod later;
mod member;
mod options;
mod panel;
mod parameters;
mod repertoire;
mod software;
mod sources;

pub use member::{Capability, Member};
pub use panel::Panel;
pub use repertoire::Script;
pub use software::{H323, Sip};
