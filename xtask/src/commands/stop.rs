use std::time::Duration;

use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::CommandError;

/// The wish that a command that runs on and on comes to its end.
pub(super) struct Stop {
    terminated: Signal,
    interrupted: Signal,
}

impl Stop {
    /// From now on the wish is heard. Whoever has read an announcement made after that may stop the program at once.
    pub(super) fn listen() -> Result<Stop, CommandError> {
        let deaf = |source| CommandError::Folder { what: "waiting for the stop signal".to_owned(), source };
        let terminated = signal(SignalKind::terminate()).map_err(deaf)?;
        let interrupted = signal(SignalKind::interrupt()).map_err(deaf)?;
        Ok(Stop { terminated, interrupted })
    }

    /// Returns once the program is asked to stop, or its time is over.
    pub(super) async fn wished(mut self, limit: Option<Duration>) {
        let over = async {
            match limit {
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
