//! The XML of the push feature: the message that an initiator posts, and the content that the phone fetches then.
//!
//! Source: API Guide 16-300256, push chapters. Nothing here knows the state of a phone; the typed errors are those that
//! the guide gives numbers to.

mod content;
mod message;
mod trust;

pub use content::{Audio, Codec, Content, ContentError, PacketTime, Subscribe};
pub use message::{Alert, MessageError, Mode, PushMessage, PushType};
pub use trust::TrustedServers;
