//! A backup file out or in, over FTP.

use std::fmt;

use tracing::Instrument;

use crate::endpoint::{Budget, Endpoint};
use crate::ftp_data::{Failed, Job, Way};
use crate::ftp_error::{FtpError, FtpFault};
use crate::ftp_session::Session;
use crate::limits::DATA_TRIES_MAX;
use crate::settings::Transport;

/// One file on one FTP server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FtpAsk {
    /// The server.
    pub server: Endpoint,
    /// The directory to change to; none: the one after login.
    pub directory: Option<String>,
    /// The file's name.
    pub file: String,
    /// User and password; none: `anonymous`.
    pub login: Option<Login>,
    /// What is given as password without a login: the extension and `@`.
    pub anonymous_password: String,
    /// Who opens the data connection.
    pub mode: FtpMode,
    /// Largest file that is retrieved, in bytes.
    pub size_limit: u64,
    /// The phone or transfer, for the log.
    pub id: String,
}

/// A user's login.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login {
    /// User name.
    pub user: String,
    /// Password.
    pub password: Password,
}

/// A password; nothing prints it.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

/// Who opens the data connection.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FtpMode {
    /// The server; if that fails, the client.
    #[default]
    ActiveThenPassive,
    /// The server.
    Active,
    /// The client.
    Passive,
}

impl Transport {
    /// Stores a file: one attempt at one server. Success means that the server confirmed it.
    ///
    /// # Errors
    /// [`FtpError`]; its [`kind`](FtpError::kind) is what a phone decides on.
    pub async fn store(&self, ask: &FtpAsk, bytes: &[u8]) -> Result<(), FtpError> {
        let span = tracing::info_span!("store", phone = %ask.id, server = %ask.server, file = ask.file);
        self.session(ask, Job::Store { file: &ask.file, bytes }).instrument(span).await.map(|_| ())
    }

    /// Retrieves a file: one attempt at one server. Success means that the server confirmed its end.
    ///
    /// # Errors
    /// [`FtpError`]; its [`kind`](FtpError::kind) is what a phone decides on.
    pub async fn retrieve(&self, ask: &FtpAsk) -> Result<Vec<u8>, FtpError> {
        let span = tracing::info_span!("retrieve", phone = %ask.id, server = %ask.server, file = ask.file);
        self.session(ask, Job::Retrieve { file: &ask.file, limit: ask.size_limit }).instrument(span).await
    }

    async fn session(&self, ask: &FtpAsk, job: Job<'_>) -> Result<Vec<u8>, FtpError> {
        let _slot = self.inner.slots.take().await;
        let result = Box::pin(self.ways(ask, job)).await;
        match &result {
            Ok(bytes) => tracing::debug!(retrieved = bytes.len(), "done"),
            Err(fault) => tracing::debug!(kind = ?fault.kind(), %fault, "failed"),
        }
        result.map_err(|fault| FtpError { file: ask.file.clone(), server: ask.server.to_string(), fault })
    }

    /// The ways to a data connection, one after the other. The same way again only after 425, which says that a
    /// port was taken.
    async fn ways(&self, ask: &FtpAsk, job: Job<'_>) -> Result<Vec<u8>, FtpFault> {
        let limits = self.inner.limits;
        let budget = Budget::new(limits.ftp);
        let mut ways = ask.mode.ways().iter().take(DATA_TRIES_MAX).peekable();
        let mut open = Some(Session::open(ask, limits, budget).await?);
        while let Some(way) = ways.next() {
            let mut session = match open.take() {
                Some(session) => session,
                None => Session::open(ask, limits, budget).await?,
            };
            let (code, session_usable, source) = match session.transfer(*way, job).await {
                Ok(bytes) => {
                    session.quit().await;
                    return Ok(bytes);
                }
                Err(Failed::Finally(fault)) => {
                    session.quit().await;
                    return Err(fault);
                }
                Err(Failed::NoConnection { code, session_usable, source }) => (code, session_usable, source),
            };
            if !ways.peek().is_some_and(|next| *next != way || code == Some(425)) {
                session.quit().await;
                return Err(FtpFault::Data(source));
            }
            tracing::debug!(?way, %source, "no data connection, trying again");
            open = session_usable.then_some(session);
        }
        Err(FtpFault::Data(std::io::Error::other("no way to a data connection is left")))
    }
}

impl FtpMode {
    const fn ways(self) -> &'static [Way] {
        match self {
            Self::ActiveThenPassive => &[Way::Active, Way::Passive, Way::Passive],
            Self::Active => &[Way::Active, Way::Active],
            Self::Passive => &[Way::Passive, Way::Passive],
        }
    }
}

impl FtpAsk {
    pub(crate) fn credentials(&self) -> (&str, &str) {
        match &self.login {
            Some(login) => (&login.user, &login.password.0),
            None => ("anonymous", &self.anonymous_password),
        }
    }
}

impl Password {
    /// Takes a password in.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(...)")
    }
}
