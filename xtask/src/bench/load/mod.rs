//! The load generators. They run on one thread; what they take of the processor is shown with every figure.

mod delay;
mod ftp;
mod http;
mod tftp;

use std::{net::SocketAddr, time::Duration};

use tokio::task::JoinSet;

pub(super) use delay::Delay;
pub(super) use ftp::FtpLoad;
pub(super) use http::HttpLoad;
pub(super) use tftp::TftpLoad;

/// What a server is asked for, again and again, until the turn is over.
pub(super) enum Load {
    Tftp(TftpLoad),
    Http(HttpLoad),
    Ftp(FtpLoad),
}

/// What came of it.
#[derive(Default)]
pub(super) struct Heard {
    pub(super) done: u64,
    pub(super) bytes: u64,
    /// Of each one, where it was measured.
    pub(super) micros: Vec<u32>,
}

impl Load {
    pub(super) async fn run(&self, turn: Duration) -> Result<Heard, String> {
        match self {
            Load::Tftp(load) => load.run(turn).await,
            Load::Http(load) => load.run(turn).await,
            Load::Ftp(load) => load.run(turn).await,
        }
    }
}

/// Adds up what all clients heard.
async fn together(mut clients: JoinSet<Result<Heard, String>>) -> Result<Heard, String> {
    let mut all = Heard::default();
    while let Some(client) = clients.join_next().await {
        let heard = client.map_err(|why| why.to_string())??;
        all.done += heard.done;
        all.bytes += heard.bytes;
        all.micros.extend(heard.micros);
    }
    if all.done == 0 {
        return Err("nothing was done in the whole turn".to_owned());
    }
    Ok(all)
}

/// Parses what a server said of its address.
pub(super) fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| format!("{text} is no address"))
}
