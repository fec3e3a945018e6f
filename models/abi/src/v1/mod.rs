//! The first interface. **Draft: may still change until release 1.0 of Deskset**; from then on it never changes.
//!
//! Four functions and a document: [`PluginRoot`] hands out the models, [`Model`] answers for one of them. Everything
//! that crosses is text or JSON text, fetched once per plugin; nothing is called per packet.

mod boundary;
mod log;
mod plugin;

pub use boundary::{HostBox, HostServices, HostServices_TO, Model, Model_TO, ModelBox, PluginRoot, PluginRootRef};
pub use log::{Level, log};
pub use plugin::{Plugin, PluginModel, root};
