//! What is wrong, risky or useless in scripts and settings files: found before a phone does.
//!
//! An *error* is only what the phone would really ignore. Rules stand in one table, [`RULES`].

mod diagnostic;
mod rules;

pub use diagnostic::{Diagnostic, Rule, Severity};
pub use rules::RULES;
