use std::time::Duration;

use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::CommandError;

/// Shown when the program is asked to stop, or its time is over.
pub(super) struct StopSign {
    terminated: Signal,
    interrupted: Signal,
    limit: Option<Duration>,
}

impl StopSign {
    /// Watches from now on: whoever is told after this that the program runs may stop it at once. Must be called on a
    /// tokio runtime.
    pub(super) fn new(limit: Option<Duration>) -> Result<Self, CommandError> {
        let deaf = |source| CommandError::Folder { what: "waiting for the stop signal".to_owned(), source };
        let terminated = signal(SignalKind::terminate()).map_err(deaf)?;
        let interrupted = signal(SignalKind::interrupt()).map_err(deaf)?;
        Ok(StopSign { terminated, interrupted, limit })
    }

    /// Returns when it is shown.
    pub(super) async fn shown(mut self) {
        let over = async {
            match self.limit {
                Some(limit) => tokio::time::sleep(limit).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = self.interrupted.recv() => {}
            _ = self.terminated.recv() => {}
            () = over => {}
        }
    }
}
