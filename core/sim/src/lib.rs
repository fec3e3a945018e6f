//! Phones in virtual time.
//!
//! A [`Lab`] carries the wishes of its phones to servers made of memory. Everything that happens is drawn from one seed
//! and told in one order, so the same seed gives the same story and the same digest.
//!
//! ```text
//! 00:00.000  4711   power        "Restarting..."
//! 00:00.012  4711   script       upgrade.scr: 412 bytes from http://files.lab:80
//! ```

mod far_side;
mod lab;
mod memory_tree;
mod push;
mod story;
mod web;

pub use far_side::Behaviour;
pub use lab::{Lab, PhoneId};
pub use memory_tree::MemoryTree;
pub use story::Story;
pub use web::WebReply;
