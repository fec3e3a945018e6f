//! The language of upgrade scripts and settings files.
//!
//! Line oriented: `SET name value`, `IF $name SEQ text GOTO tag`, `GOTO tag`, `GET file`, `# tag`; every other line is a
//! comment. Jumps go forward only, so every run ends. What each odd line means is told in `docs/settings.md`.
//!
//! ```text
//! bytes ─► Script::parse ─► Script ─► run(variables) ─► SETs … ─► Stop::Get ─► (another script) │ Stop::End
//!            once a file                once for all phones with equal variables
//! ```
//!
//! Source: LAN Administrator Guide 555-233-507, "Administering Options", and the project rules where it is silent.

mod parse;
mod run;
mod statement;

pub(crate) use parse::reads_as;
pub use parse::{Script, ScriptError};
pub use run::{Assignment, Branch, Position, Step, Stop, Variables};
pub use statement::{Line, Place, Statement};
