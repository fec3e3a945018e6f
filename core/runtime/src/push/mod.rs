//! The sockets under a phone's push feature: its open port, its ears.

mod address;
mod audio;
mod door;
mod sockets;

pub(crate) use address::address;
pub(crate) use audio::Ear;
pub(crate) use door::Door;
pub use sockets::PushSettings;
pub(crate) use sockets::Sockets;
