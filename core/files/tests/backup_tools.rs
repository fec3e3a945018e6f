//! What is found in backup files, and how they are mended, compared, converted and made.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "backup_tools/checking.rs"]
mod checking;
mod common;
#[path = "backup_tools/documents.rs"]
mod documents;
#[path = "backup_tools/lab.rs"]
mod lab;
#[path = "backup_tools/mending.rs"]
mod mending;
#[path = "backup_tools/moving.rs"]
mod moving;
#[path = "backup_tools/tables.rs"]
mod tables;
