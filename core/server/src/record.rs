use std::{
    fmt,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Instant, SystemTime},
};

use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::limits::{ASKED_MAX, TRANSFER_ID_MAX};

/// What a server did for one request, known when it is over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ServerRecord {
    /// Counts the transfers of one recorder, from 1, in the order they began.
    pub id: u64,
    /// What the client calls the transfer, if it says so: the same stands in the client's own report.
    pub transfer: Option<String>,
    /// Over which protocol.
    pub protocol: Protocol,
    /// Which way the file went.
    pub action: Action,
    /// Who asked.
    pub peer: SocketAddr,
    /// The path as asked for, without control characters.
    pub asked: String,
    /// The path in the tree that served it, in its true spelling.
    pub served: Option<String>,
    /// How it ended.
    pub outcome: RecordOutcome,
    /// Bytes of the file that moved.
    pub bytes: u64,
    /// How long it took, in microseconds.
    pub micros: u64,
    /// When it began.
    pub began: SystemTime,
}

/// The protocols of the file server.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Protocol {
    /// RFC 1350.
    Tftp,
    /// HTTP/1.1 in the clear.
    Http,
    /// HTTP/1.1 over TLS.
    Https,
    /// RFC 959.
    Ftp,
}

/// Which way a file goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Action {
    /// To the client.
    Fetch,
    /// To the server.
    Store,
}

/// How a transfer ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RecordOutcome {
    /// Sent: last block acknowledged, whole body sent. Stored: complete and safe on disk.
    Complete,
    /// It began and did not reach its end, because …
    Aborted(String),
    /// Nothing was sent or stored, because …
    Refused(String),
}

/// Where the records go.
#[derive(Clone)]
pub struct Recorder {
    take: Arc<dyn Fn(ServerRecord) + Send + Sync>,
    last: Arc<AtomicU64>,
}

/// One transfer under way. Dropped before its end, it was aborted.
pub(crate) struct Transfer {
    record: Option<ServerRecord>,
    began: Instant,
    recorder: Recorder,
}

impl Recorder {
    /// Records go to the log only.
    pub fn log_only() -> Self {
        Self::calling(|_| ())
    }

    /// `take` is called with each record, in whatever task the transfer ended: it must not block.
    pub fn calling(take: impl Fn(ServerRecord) + Send + Sync + 'static) -> Self {
        Recorder { take: Arc::new(take), last: Arc::new(AtomicU64::new(0)) }
    }

    /// Records are to be received from the other end of a channel.
    pub fn channel() -> (Self, UnboundedReceiver<ServerRecord>) {
        let (sender, receiver) = unbounded_channel();
        // Whoever dropped the receiver no longer wants records.
        (Self::calling(move |record| drop(sender.send(record))), receiver)
    }

    pub(crate) fn begin(&self, protocol: Protocol, action: Action, peer: SocketAddr, asked: &str) -> Transfer {
        let record = ServerRecord {
            id: self.last.fetch_add(1, Ordering::Relaxed) + 1,
            transfer: None,
            protocol,
            action,
            peer,
            asked: asked.chars().filter(|c| !c.is_control()).take(ASKED_MAX).collect(),
            served: None,
            outcome: RecordOutcome::Complete,
            bytes: 0,
            micros: 0,
            began: SystemTime::now(),
        };
        Transfer { record: Some(record), began: Instant::now(), recorder: self.clone() }
    }
}

impl Transfer {
    /// Takes the client's own name for it over, if it is one that any log can hold.
    pub(crate) fn called(&mut self, name: &[u8]) {
        let fits = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
        if let Some(record) = &mut self.record
            && (1..=TRANSFER_ID_MAX).contains(&name.len())
            && name.iter().all(fits)
        {
            record.transfer = str::from_utf8(name).ok().map(str::to_owned);
        }
    }

    pub(crate) fn serving(&mut self, path: &str) {
        if let Some(record) = &mut self.record {
            record.served = Some(path.to_owned());
        }
    }

    pub(crate) fn moved(&mut self, bytes: u64) {
        if let Some(record) = &mut self.record {
            record.bytes += bytes;
        }
    }

    pub(crate) fn complete(mut self) {
        self.end(RecordOutcome::Complete);
    }

    pub(crate) fn aborted(mut self, why: impl fmt::Display) {
        self.end(RecordOutcome::Aborted(why.to_string()));
    }

    pub(crate) fn refused(mut self, why: impl fmt::Display) {
        self.end(RecordOutcome::Refused(why.to_string()));
    }

    fn end(&mut self, outcome: RecordOutcome) {
        let Some(mut record) = self.record.take() else { return };
        record.micros = u64::try_from(self.began.elapsed().as_micros()).unwrap_or(u64::MAX);
        record.outcome = outcome;
        record.log();
        (self.recorder.take)(record);
    }
}

impl Drop for Transfer {
    fn drop(&mut self) {
        self.end(RecordOutcome::Aborted("the connection ended".to_owned()));
    }
}

impl ServerRecord {
    fn log(&self) {
        let ServerRecord { id, transfer, protocol, action, peer, asked, served, outcome, bytes, micros, .. } = self;
        let (served, transfer) = (served.as_deref().unwrap_or_default(), transfer.as_deref());
        match outcome {
            RecordOutcome::Complete => {
                tracing::info!(id, transfer, %protocol, %action, %peer, asked, served, bytes, micros, "complete");
            }
            RecordOutcome::Aborted(why) => {
                tracing::warn!(id, transfer, %protocol, %action, %peer, asked, served, bytes, micros, why, "aborted");
            }
            RecordOutcome::Refused(why) => {
                tracing::info!(id, transfer, %protocol, %action, %peer, asked, why, "refused");
            }
        }
    }
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Protocol::Tftp => "TFTP",
            Protocol::Http => "HTTP",
            Protocol::Https => "HTTPS",
            Protocol::Ftp => "FTP",
        })
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder").field("last", &self.last).finish_non_exhaustive()
    }
}

impl ServerRecord {
    /// What was moved and how it ended, in one line: without what differs from run to run.
    #[must_use]
    pub fn story(&self) -> String {
        let ServerRecord { protocol, action, asked, served, outcome, bytes, .. } = self;
        let served = served.as_deref().map(|path| format!(" -> {path}")).unwrap_or_default();
        match outcome {
            RecordOutcome::Complete => format!("{protocol} {action} {asked}{served}: complete, {bytes} bytes"),
            RecordOutcome::Aborted(_) => format!("{protocol} {action} {asked}{served}: aborted"),
            RecordOutcome::Refused(why) => format!("{protocol} {action} {asked}{served}: refused, {why}"),
        }
    }
}

/// One line of an access log.
impl fmt::Display for ServerRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ServerRecord { id, protocol, action, peer, asked, outcome, bytes, micros, .. } = self;
        write!(f, "{id} {protocol} {action} {peer} {asked:?} {bytes} bytes {micros} µs ")?;
        match outcome {
            RecordOutcome::Complete => f.write_str("complete"),
            RecordOutcome::Aborted(why) => write!(f, "aborted: {why}"),
            RecordOutcome::Refused(why) => write!(f, "refused: {why}"),
        }
    }
}
