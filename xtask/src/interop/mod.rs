//! Which programs of other makers Deskset works with, cell by cell: protocol, direction, program, case.
//!
//! ```text
//!  client/: our transport  ──► foreign servers, which the peers script has started
//!  server/: foreign clients ──► our server, one of its own for each client
//!            each column: cases from a table ──► Cell: pass, declared or fail ──► page
//! ```
//!
//! A case says what is to be seen. What a program cannot do, or we refuse by rule, is declared beside it: with what is
//! to be seen instead, and why. That is looked for just as well.

mod cell;
mod client;
mod column;
mod page;
mod peers;
mod server;

pub use cell::{Cell, Direction, Table, Verdict};
pub use column::{Choice, Column, columns, run};
pub use page::page;
pub use peers::Peers;
