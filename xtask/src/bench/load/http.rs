//! `wrk`, the load generator that nginx's own figures are made with.

use std::{net::SocketAddr, time::Duration};

use tokio::process::Command;

use super::Heard;

#[derive(Clone)]
pub(in crate::bench) struct HttpLoad {
    pub(in crate::bench) server: SocketAddr,
    pub(in crate::bench) file: &'static str,
    pub(in crate::bench) clients: usize,
    /// Whether a connection serves one request only.
    pub(in crate::bench) closes: bool,
    pub(in crate::bench) wrk: String,
}

impl HttpLoad {
    pub(super) async fn run(&self, turn: Duration) -> Result<Heard, String> {
        // It knows whole seconds only.
        let seconds = turn.as_secs_f64().ceil();
        let mut command = Command::new(&self.wrk);
        command.args(["--threads=1", &format!("--connections={}", self.clients), &format!("--duration={seconds}s")]);
        if self.closes {
            command.args(["--header", "Connection: close"]);
        }
        let ran = command.arg(format!("http://{}/{}", self.server, self.file)).output().await;
        let ran = ran.map_err(|why| format!("{}: {why}", self.wrk))?;
        let said = String::from_utf8_lossy(&ran.stdout);
        heard(&said).filter(|_| ran.status.success()).ok_or_else(|| format!("wrk said: {said}"))
    }
}

/// `  123 requests in 1.00s, 456.00MB read`; anything that went wrong is named in lines of its own.
fn heard(said: &str) -> Option<Heard> {
    let wrong = ["Non-2xx", "Socket errors"];
    let line = said.lines().find(|line| line.contains(" requests in "))?;
    if said.lines().any(|line| wrong.iter().any(|wrong| line.trim_start().starts_with(wrong))) {
        return None;
    }
    let done = line.split_whitespace().next()?.parse().ok()?;
    Some(Heard { done, ..Heard::default() })
}
