//! The plugin boundary: frozen roots, the export macro, the panic guard.
//!
//! A plugin is a `cdylib` that implements [`v1::PluginModel`] for each of its models and names them once:
//!
//! ```
//! use deskset_abi::{export_plugin, v1::PluginModel};
//! use deskset_models::Description;
//!
//! struct X100;
//!
//! impl PluginModel for X100 {
//!     fn describe(&self) -> Description {
//!         Description { name: "X100".to_owned(), ..Description::default() }
//!     }
//! }
//!
//! export_plugin! {
//!     id: "example-x100",
//!     version: env!("CARGO_PKG_VERSION"),
//!     vendor: "Example",
//!     models: [X100],
//! }
//! ```
//!
//! Each version of the interface is a module of its own. What was released stays as it is for ever; a new need gets
//! a `v2` beside [`v1`], and the host tries the newest first. abi_stable compares this crate's version too, so it
//! is 1.x as long as `v1` is served. What a model *says* grows without any of this: it is a document, and both sides
//! skip what they do not know.
//!
//! The crate is no place for logic: the host understands documents, the core acts on them.

mod export;
mod guard;
mod identity;
pub mod v1;

pub use guard::{PANIC_MARK, guard};
pub use identity::Identity;
