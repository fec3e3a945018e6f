use std::net::SocketAddr;

use super::{PushSite, Shelf};
use crate::{Protocol, Recorder, ServerError, crowd::Crowd, http, limits::CONNECTIONS_MAX, listen, running::Running};

/// An HTTP server that has push content and nothing else; an initiator's own. Dropped, it stops as well.
#[derive(Debug)]
pub struct ContentServer(Running);

impl ContentServer {
    /// Opens the port; 0 takes any free one. Must be called on a tokio runtime.
    ///
    /// # Errors
    /// A port that cannot be used, with a remedy.
    pub fn start(address: SocketAddr, shelf: Shelf, recorder: Recorder) -> Result<Self, ServerError> {
        let (listener, bound) = listen::tcp(Protocol::Http, address.ip(), address.port())?;
        let push = PushSite { shelf: Some(shelf), directory: None };
        let site = http::Site {
            tree: None,
            recorder,
            tls: None,
            crowd: Crowd::new(CONNECTIONS_MAX),
            backups: None,
            push: Some(push),
        };
        Ok(ContentServer(http::start(listener, bound, site)))
    }

    /// Where it is.
    pub fn address(&self) -> SocketAddr {
        self.0.address
    }

    /// Closes the port, lets transfers end for a moment, ends the rest.
    pub async fn stop(self) {
        self.0.stop().await;
    }
}
