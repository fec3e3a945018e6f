//! The language of upgrade scripts and settings files.
//!
//! Line oriented: `SET name value`, `IF $name SEQ text GOTO tag`, `GOTO tag`, `GET file`, `# tag`; every other line is a
//! comment. Jumps go forward only, so every run ends.
//!
//! Source: LAN Administrator Guide 555-233-507, "Administering Options", and the project rules where it is silent.

mod parse;
mod run;

pub use parse::{Script, ScriptError, Statement};
pub use run::{Assignment, Position, Stop, Variables};
