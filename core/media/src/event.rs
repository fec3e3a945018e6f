//! What a receiver tells while it listens.

use std::net::SocketAddr;

use crate::Level;

/// What happened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AudioEvent {
    /// Packets come: the first one, or the first after a pause.
    Sounding {
        /// From here.
        from: SocketAddr,
    },
    /// How loud a tenth of a second was.
    Level(Level),
    /// No packet came for [`Patience::quiet`](crate::Patience::quiet).
    Quiet,
    /// Nothing more will be heard.
    Ended(Ending),
}

/// Why nothing more will be heard.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ending {
    /// No packet came for [`Patience::ended`](crate::Patience::ended).
    Silence,
    /// The source said BYE.
    Goodbye,
    /// The one who listened stopped.
    Stopped,
}
