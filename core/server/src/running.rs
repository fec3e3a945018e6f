use std::{net::SocketAddr, time::Duration};

use tokio::{
    sync::watch,
    task::{JoinHandle, JoinSet},
};

use crate::limits::STOP_GRACE;

/// One protocol being served. Dropped, it stops as well, unwatched.
#[derive(Debug)]
pub(crate) struct Running {
    pub(crate) address: SocketAddr,
    stop: watch::Sender<()>,
    task: JoinHandle<()>,
}

/// Tells the tasks of a server that it is to stop.
#[derive(Clone, Debug)]
pub(crate) struct StopSign(watch::Receiver<()>);

impl Running {
    /// Serves in a task of its own until told to stop.
    pub(crate) fn spawn<F>(address: SocketAddr, serve: impl FnOnce(StopSign) -> F) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let (stop, sign) = watch::channel(());
        Running { address, stop, task: tokio::spawn(serve(StopSign(sign))) }
    }

    /// Closes the port and waits for the transfers under way, up to [`STOP_GRACE`].
    pub(crate) async fn stop(self) {
        drop(self.stop);
        if let Err(error) = self.task.await
            && error.is_panic()
        {
            tracing::error!(address = %self.address, %error, "a server ended by a defect");
        }
    }
}

impl StopSign {
    /// Returns once the server is to stop.
    pub(crate) async fn shown(&mut self) {
        // Nothing is ever sent: only the sender's end is waited for.
        while self.0.changed().await.is_ok() {}
    }
}

/// Waits for `tasks`, then ends those that take too long.
pub(crate) async fn wind_up(mut tasks: JoinSet<()>) {
    let all = async { while tasks.join_next().await.is_some() {} };
    if tokio::time::timeout(STOP_GRACE + Duration::from_millis(500), all).await.is_err() {
        tasks.shutdown().await;
    }
}
