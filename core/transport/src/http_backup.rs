//! A backup file out or in, over HTTP or HTTPS.

use std::sync::Arc;

use bytes::Bytes;
use http_body_util::Full;
use hyper::{Method, StatusCode};
use tracing::Instrument;

use crate::endpoint::{Budget, Endpoint};
use crate::fetch::{FetchAsk, Protocol};
use crate::fetch_error::{FetchFault, TlsFault};
use crate::http::{self, broken, elsewhere};
use crate::http_backup_error::{HttpBackupError, HttpBackupFault};
use crate::http_line::{Head, Line, unwritable};
use crate::settings::{TransferLimits, Transport};
use crate::transfer_id::TransferId;

/// One backup file on one HTTP server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpBackupAsk {
    /// Whether over TLS, to a server that the vendor's CA vouches for.
    pub secure: bool,
    /// The server.
    pub server: Endpoint,
    /// The file's path there, not percent-encoded.
    pub path: String,
    /// Largest file that is retrieved, in bytes.
    pub size_limit: u64,
    /// User-Agent.
    pub user_agent: Option<String>,
    /// The phone or transfer, for the log.
    pub id: String,
    /// What the server is told as this transfer's id.
    pub transfer: Option<TransferId>,
}

impl Transport {
    /// Stores a backup file with PUT: one attempt at one server. Success means that the server answered 200, 201 or 204.
    /// The limits in time are those of an FTP store.
    ///
    /// # Errors
    /// [`HttpBackupError`]; its [`kind`](HttpBackupError::kind) is what a phone decides on.
    pub async fn put(&self, ask: &HttpBackupAsk, bytes: Bytes) -> Result<(), HttpBackupError> {
        let span = tracing::info_span!("put", phone = %ask.id, server = %ask.server, path = ask.path);
        let put = async {
            let _slot = self.inner.slots.take().await;
            let result = Box::pin(self.put_on(ask, bytes)).await;
            tell(result.as_ref().map(|()| 0));
            result
        };
        put.instrument(span).await.map_err(|fault| ask.error(fault))
    }

    /// Retrieves a backup file with GET: one attempt at one server. The limits in time are those of an FTP retrieval.
    ///
    /// # Errors
    /// [`HttpBackupError`]; its [`kind`](HttpBackupError::kind) is what a phone decides on.
    pub async fn get(&self, ask: &HttpBackupAsk) -> Result<Bytes, HttpBackupError> {
        let span = tracing::info_span!("get", phone = %ask.id, server = %ask.server, path = ask.path);
        let get = async {
            let _slot = self.inner.slots.take().await;
            let result = Box::pin(self.get_from(ask)).await;
            tell(result.as_ref().map(Bytes::len));
            result
        };
        get.instrument(span).await.map_err(|fault| ask.error(fault))
    }

    async fn put_on(&self, ask: &HttpBackupAsk, bytes: Bytes) -> Result<(), HttpBackupFault> {
        let limits = self.inner.limits;
        let budget = Budget::new(limits.ftp);
        let request = Head {
            method: Method::PUT,
            secure: ask.secure,
            server: &ask.server,
            path: &ask.path,
            user_agent: ask.user_agent.as_deref(),
            transfer: ask.transfer.as_ref(),
            keeps: false,
        };
        let request = request.begin().body(Full::new(bytes)).map_err(unwritable)?;
        let mut line = Line::open(&ask.server, None, self.tls_for(ask)?, limits, budget, || {}).await?;
        let answer =
            line.exchange(async |sender, _| budget.step(limits.reply, sender.send_request(request)).await).await;
        let response = answer.map_err(FetchFault::Silent)?.map_err(|error| broken(0, error))?;
        let status = response.status();
        Err(match status {
            StatusCode::OK | StatusCode::CREATED | StatusCode::NO_CONTENT => return Ok(()),
            StatusCode::NOT_FOUND | StatusCode::CONFLICT => HttpBackupFault::Directory { status: status.as_u16() },
            StatusCode::UNAUTHORIZED
            | StatusCode::FORBIDDEN
            | StatusCode::METHOD_NOT_ALLOWED
            | StatusCode::PAYLOAD_TOO_LARGE
            | StatusCode::INSUFFICIENT_STORAGE => HttpBackupFault::Denied { status: status.as_u16() },
            _ => elsewhere(&response).into(),
        })
    }

    async fn get_from(&self, ask: &HttpBackupAsk) -> Result<Bytes, HttpBackupFault> {
        let limits = TransferLimits { file: self.inner.limits.ftp, ..self.inner.limits };
        let fetch = FetchAsk {
            protocol: if ask.secure { Protocol::Https } else { Protocol::Http },
            server: ask.server.clone(),
            path: ask.path.clone(),
            size_limit: ask.size_limit,
            user_agent: ask.user_agent.clone(),
            id: ask.id.clone(),
            transfer: ask.transfer.clone(),
        };
        let ended = http::fetch(&fetch, self.tls_for(ask)?, limits, None, false, &mut |_| ()).await;
        Ok(ended.result?.bytes)
    }

    fn tls_for(&self, ask: &HttpBackupAsk) -> Result<Option<Arc<rustls::ClientConfig>>, FetchFault> {
        match (ask.secure, &self.inner.tls) {
            (false, _) => Ok(None),
            (true, Some(tls)) => Ok(Some(tls.clone())),
            (true, None) => Err(FetchFault::Tls(TlsFault::NoVendorCa)),
        }
    }
}

impl HttpBackupAsk {
    fn error(&self, fault: HttpBackupFault) -> HttpBackupError {
        HttpBackupError { path: self.path.clone(), server: self.server.to_string(), fault }
    }
}

fn tell(result: Result<usize, &HttpBackupFault>) {
    match result {
        Ok(retrieved) => tracing::debug!(retrieved, "done"),
        Err(fault) => tracing::debug!(kind = ?fault.kind(), %fault, "failed"),
    }
}
