//! Sound over RTP: received, measured, recorded, sent.
//!
//! The machines take datagrams and time and give samples, events and datagrams; the carriers own the sockets.
//!
//! ```text
//!  machine            carrier on tokio
//!  Receiver           Line::listen      datagrams ─► samples ─► Recorder (WAV), events (level, quiet, ended)
//!  Sender             Outlet::send      Sound (WAV) ─► datagrams, one every packet time
//! ```
//!
//! G.711 only, 8,000 samples a second, one channel. `now` is the time since any moment that the caller chose and keeps.
//! Sources: RFC 3550 (RTP; appendix A.1, A.3, A.8), RFC 3551 (payload types 0 and 8), RFC 6464 (levels in dBov), Avaya
//! Application Programming Interface Guide for the telephones of the series (codecs, packet times, the audio timer).

mod arrival;
mod arrivals;
mod codec;
mod error;
mod event;
mod expected;
mod level;
pub mod limits;
mod line;
mod order;
mod outlet;
mod receiver;
mod recorder;
mod sender;
mod sound;
mod statistics;

pub use arrival::{Arrival, Refusal};
pub use codec::{Codec, PacketTime, SAMPLE_RATE};
pub use error::MediaError;
pub use event::{AudioEvent, Ending};
pub use expected::{Expected, Patience, Source};
pub use level::{Dbov, Level};
pub use line::{Heard, Line};
pub use outlet::{Multicast, Outlet, Sent};
pub use receiver::Receiver;
pub use recorder::Recorder;
pub use sender::Sender;
pub use sound::Sound;
pub use statistics::{Refusals, Statistics};
