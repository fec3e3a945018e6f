//! Drives phones over real sockets.
//!
//! A [`Carrier`] holds what phones share: the transport, the registrar, the state on disk. A [`Desk`] is one phone at
//! work: it hands the phone's wishes to the carrier and the answers back. A [`floor`] is many desks that work by
//! themselves. [`lab`] puts servers and phones together, [`demo`] tells the project's main story with them.

mod carrier;
pub mod demo;
mod desk;
mod error;
pub mod floor;
mod history;
pub mod initiator;
pub mod lab;
pub mod limits;
mod mailbox;
mod memory;
mod push;
mod report;
mod setups;
mod shelf;
mod translate;
mod words;

pub use carrier::{Carrier, Watcher};
pub use desk::Desk;
pub use error::RuntimeError;
pub use memory::StateFolder;
pub use push::PushSettings;
pub use report::{FileReport, HeardReport, Moment, PhoneReport, PushedReport, Report, StatusReport, StepReport};
pub use setups::PhoneChoice;
