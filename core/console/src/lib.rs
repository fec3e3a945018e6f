//! The control interface: what lab scripts in any language use, and the page for people.
//!
//! ```text
//!  script, browser ── HTTP + JSON ──► routes ──► Control ──► Floor ──► phones
//!                  ◄── events, screens as streams ────────────┘
//! ```
//!
//! It listens on loopback unless told otherwise; anywhere else a token is needed. Start reading at [`Console`] and
//! `routes`; the paths are described by `/api/v1/openapi.json`.

mod control;
mod door;
mod error;
mod frame;
mod guard;
mod json;
pub mod limits;
mod routes;
mod server;
mod shape;

pub use control::{Backups, Control, Served};
pub use error::ConsoleError;
pub use routes::openapi;
pub use server::{Console, Token};
