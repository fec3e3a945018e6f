//! What is found in scripts and settings files.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "lint/cases.rs"]
mod cases;
#[path = "lint/documents.rs"]
mod documents;
#[path = "lint/jumps.rs"]
mod jumps;
#[path = "lint/lab.rs"]
mod lab;
#[path = "lint/lines.rs"]
mod lines;
#[path = "lint/properties.rs"]
mod properties;
#[path = "lint/stories.rs"]
mod stories;
#[path = "lint/values.rs"]
mod values;
