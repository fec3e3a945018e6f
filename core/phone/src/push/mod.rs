//! The push agent: what initiators post, and what becomes of it.
//!
//! Source: API Guide 16-300256, push chapters; LAN Administrator Guide 555-233-507, Appendix E.

mod request;
mod status;

pub use request::{PushId, PushRequest};
pub use status::PushStatus;
