//! Many files to or from one FTP server.

use std::{collections::BTreeMap, sync::Arc};

use deskset_files::limits::BACKUP_BYTES_MAX;
use deskset_models::{Extension, FileName};
use deskset_transport::{Endpoint, FtpAsk, FtpKind, FtpMode, Login, Transport, TransportSettings};
use tokio::task::JoinSet;

use crate::CommandError;

/// Transfers at once: a small server has few sessions.
const AT_ONCE: usize = 4;

/// What a server's administrator is told of a visitor without a name.
const VISITOR: &str = "deskset@";

/// The server, and who asks.
#[derive(Clone)]
pub(super) struct Account {
    pub(super) server: Endpoint,
    pub(super) directory: Option<String>,
    pub(super) login: Option<Login>,
}

/// One file to transfer.
#[derive(Clone)]
pub(super) struct Job {
    pub(super) extension: Extension,
    pub(super) file: FileName,
    /// What to store; `None` to retrieve.
    pub(super) bytes: Option<Vec<u8>>,
}

/// What became of one.
pub(super) enum Outcome {
    /// The retrieved bytes; none of a file that was stored.
    Done(Vec<u8>),
    Failed(String),
    /// There was no session with the server.
    NoSession(String),
}

/// Transfers every file, at most a few at once. If the first one gets no session with the server, the others are not
/// tried.
pub(super) async fn transfer_all(
    account: Account,
    jobs: Vec<Job>,
) -> Result<BTreeMap<Extension, Outcome>, CommandError> {
    let settings = TransportSettings { slots: Some(AT_ONCE), ..TransportSettings::default() };
    let transport = Transport::new(settings).map_err(|why| CommandError::Environment(why.to_string()))?;
    let account = Arc::new(account);
    let mut outcomes = BTreeMap::new();
    let mut jobs = jobs.into_iter();
    let Some(first) = jobs.next() else { return Ok(outcomes) };
    let extension = first.extension.clone();
    let outcome = transfer(&transport, &account, first).await;
    let no_session = matches!(outcome, Outcome::NoSession(_));
    outcomes.insert(extension, outcome);
    if no_session {
        let why = "not tried: there is no session with the server";
        outcomes.extend(jobs.map(|job| (job.extension, Outcome::NoSession(why.to_owned()))));
        return Ok(outcomes);
    }
    let mut running = JoinSet::new();
    for job in jobs {
        let (transport, account) = (transport.clone(), account.clone());
        running.spawn(async move { (job.extension.clone(), transfer(&transport, &account, job).await) });
    }
    while let Some(done) = running.join_next().await {
        let (extension, outcome) = done.map_err(|why| CommandError::Environment(why.to_string()))?;
        outcomes.insert(extension, outcome);
    }
    Ok(outcomes)
}

async fn transfer(transport: &Transport, account: &Account, job: Job) -> Outcome {
    let ask = FtpAsk {
        server: account.server.clone(),
        directory: account.directory.clone(),
        file: job.file.to_string(),
        login: account.login.clone(),
        anonymous_password: VISITOR.to_owned(),
        mode: FtpMode::default(),
        size_limit: BACKUP_BYTES_MAX as u64,
        id: job.extension.to_string(),
    };
    let done = match &job.bytes {
        Some(bytes) => transport.store(&ask, bytes).await.map(|()| Vec::new()),
        None => transport.retrieve(&ask).await,
    };
    match done {
        Ok(bytes) => Outcome::Done(bytes),
        Err(why) => match why.kind() {
            FtpKind::NoServer | FtpKind::Connect | FtpKind::Login | FtpKind::Protocol => {
                Outcome::NoSession(why.to_string())
            }
            _ => Outcome::Failed(why.to_string()),
        },
    }
}
