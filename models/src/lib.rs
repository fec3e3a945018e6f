//! The vocabulary: what a phone model is, in plain, documented types.
//!
//! A plugin fills a [`Description`]; the host checks it and makes a [`Model`] of it. Everything the core knows of a
//! model comes through here: names of files, option rows, parameter rows, the display, the keys, the words on the
//! screen while it boots. Nothing in this crate does IO, and no type in it belongs to one model.

mod abilities;
mod boot_text;
mod description;
mod display;
mod extension;
mod file_name;
mod filename_rules;
mod flaw;
mod keys;
mod model;
mod option_table;
mod parameter_table;
mod release;
mod secret;
mod signaling;
mod values;

pub use abilities::{AudioAbility, BrowserAbility, PushAbility};
pub use boot_text::{BootText, BootTexts};
pub use description::{DESCRIPTION_SCHEMA, Description, SignalingRules, since};
pub use display::{CharacterSet, Colours, Display, Palette, Repertoire, Zones};
pub use extension::{Extension, ExtensionError};
pub use file_name::{FileName, FilePath, NameError};
pub use filename_rules::{EXTENSION_MARK, FilenameRules};
pub use flaw::Flaw;
pub use keys::{KeyTable, SpeedDialRules};
pub use model::{FileAsk, FileKind, HookError, Hooks, Model, TableHooks, ValueFault};
pub use option_table::{Guards, OptionRow, OptionTable, RowKind, Unless, effects};
pub use parameter_table::{ParameterRow, ParameterSource, ParameterTable};
pub use release::{Release, ReleaseError};
pub use secret::Secret;
pub use signaling::{Signaling, SignalingError};
pub use values::{Choice, Values};
