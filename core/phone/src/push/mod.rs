//! The push agent: what initiators post, and what becomes of it.
//!
//! Source: API Guide 16-300256, push chapters; LAN Administrator Guide 555-233-507, Appendix E. Start at `agent`.

mod agent;
mod audio;
mod fetch;
pub(crate) mod page;
mod request;
mod states;
mod status;
mod subscribe;
mod topline;

pub(crate) use agent::PushAgent;
pub(crate) use audio::StreamNews;
pub use request::{PushId, PushRequest};
pub use states::{PushCell, PushEffect, PushState};
pub use status::PushStatus;
