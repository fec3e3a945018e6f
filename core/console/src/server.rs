use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, extract::DefaultBodyLimit, middleware};
use deskset_models::Secret;
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

use crate::{
    Control,
    door::Door,
    error::ConsoleError,
    guard::{self, Guard},
    limits::BODY_BYTES_MAX,
    routes,
};

/// How long open streams may hold up the end.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// What a client outside of this machine must know.
#[derive(Debug)]
pub struct Token(Secret);

impl Token {
    /// A token of somebody's choice.
    ///
    /// # Errors
    /// [`ConsoleError::WeakToken`].
    pub fn new(token: Secret) -> Result<Token, ConsoleError> {
        let text = token.reveal();
        let sound = (16..=200).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        if sound { Ok(Token(token)) } else { Err(ConsoleError::WeakToken) }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.reveal().as_bytes()
    }
}

/// The running control interface.
#[derive(Debug)]
pub struct Console {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
}

impl Console {
    /// Opens the port.
    ///
    /// # Errors
    /// The port is taken, or everybody could reach it and no token is set.
    pub async fn start(address: SocketAddr, token: Option<Token>, control: Control) -> Result<Console, ConsoleError> {
        if token.is_none() && !address.ip().is_loopback() {
            return Err(ConsoleError::TokenNeeded(address));
        }
        let listen = |source| ConsoleError::Listen { address, source };
        let listener = TcpListener::bind(address).await.map_err(listen)?;
        let address = listener.local_addr().map_err(listen)?;
        let listener = Door::new(listener);
        let guard = Guard { token: token.map(Arc::new) };
        let app: Router = routes::router(control)
            .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
            .layer(middleware::from_fn_with_state(guard, guard::watch));
        let (stop, stopped) = oneshot::channel();
        let running = tokio::spawn(async move {
            let served = axum::serve(listener, app).with_graceful_shutdown(async {
                // Dropping the other end stops it, too.
                let _ = stopped.await;
            });
            if let Err(error) = served.await {
                tracing::error!(%error, "the control interface ended");
            }
        });
        Ok(Console { address, stop, running })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Ends it; streams that are still open are cut after a moment.
    pub async fn stop(self) {
        let _ = self.stop.send(());
        let end = self.running.abort_handle();
        if tokio::time::timeout(LAST_WORDS, self.running).await.is_err() {
            end.abort();
        }
    }
}
