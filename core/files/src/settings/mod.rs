//! Parameters: which values hold, where they came from, and why others do not.
//!
//! Rising precedence: entered at the phone, DHCP, files, call server, backup; the last to deliver a value wins.
//!
//! Source: LAN Administrator Guide 555-233-507, "Administering Options", and the project rules where it is silent.

mod asked_for;
mod difference;
mod evaluate;
mod explain;
mod files;
pub(crate) mod judge;
mod layer;
mod library;
mod parameters;
mod shared;
mod target;
mod way;

pub use asked_for::AskedFor;
pub use difference::{Change, difference};
pub use evaluate::{Evaluation, Incident, evaluate};
pub use explain::{Attempt, Explanation, Fate, WithoutEffect};
pub use files::Files;
pub use judge::{Ignored, judge};
pub use layer::{Layer, Origin, Parameter};
pub use library::{Library, Outcome};
pub use parameters::{Parameters, names};
pub use shared::Shared;
pub use target::Target;
pub use way::Turn;
