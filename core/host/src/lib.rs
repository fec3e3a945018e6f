//! Finds, checks and loads model plugins.
//!
//! A [`Catalog`] is what came of some folders: models by name, the plugins they came from, and a [`Refusal`] for each
//! library that could not be used. One bad library never keeps the others from loading. Libraries are checked before
//! they are opened, because opening a damaged one ends the process; they are never unloaded, because models live in
//! them. Nothing outside of this crate sees a type of the plugin boundary.
//!
//! What is not covered: a plugin whose function never returns, and one that corrupts memory. A plugin runs with the
//! rights of the program that loads it.

mod candidate;
mod catalog;
mod elf;
mod environment;
mod hooks;
mod library;
mod limits;
mod refusal;
mod services;
mod unknown_model;

pub use catalog::{Catalog, LoadedPlugin, SetAside};
pub use environment::{NoPlugins, PLUGINS_VARIABLE, from_environment};
pub use refusal::{Refusal, RefusalKind};
pub use unknown_model::UnknownModel;
