//! A phone in a terminal: its screen as text cells or as pixels, its keys on the computer's keyboard, what happens to
//! it beside it.
//!
//! ```text
//!  keyboard ──► keyboard.rs: which key of the phone ──► Seat
//!  terminal ◄── view.rs: legend, buttons, events ◄───── glances, news
//!               paint.rs: cells or pixels of the screen
//! ```
//!
//! Start reading at [`Sitting`].

mod error;
mod keyboard;
pub mod limits;
mod paint;
mod sitting;
mod tty;
mod view;

pub use error::TerminalError;
pub use sitting::Sitting;
pub use tty::{Tty, is_terminal};
