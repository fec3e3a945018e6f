//! The languages of files: scripts, backup files, application files, and the rules every file tree follows. No IO.
//!
//! Start at [`script::Script`] for what administrators write and [`settings`] for what comes of it, at [`backup::BackupFile`] for what users own, at
//! [`application::Application`] for the software a phone runs. Every reader here takes bytes from outside: each has a
//! size limit in [`limits`] and a fuzz target.

pub mod application;
pub mod backup;
pub mod dhcp;
pub mod format;
pub mod limits;
mod lines;
pub mod lint;
pub mod script;
pub mod settings;
pub mod site;
pub mod tree;
