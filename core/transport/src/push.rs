//! One push to one phone: the initiator's side of the POST.

use std::io;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::Full;
use hyper::header::{CONNECTION, CONTENT_TYPE, HOST, HeaderName};
use hyper::{HeaderMap, Method, Request};

use crate::endpoint::{Budget, Endpoint};
use crate::fetch_error::{FetchFault, FetchKind};
use crate::http::broken;
use crate::http_line::{Line, unwritable};
use crate::settings::{TransferLimits, Transport};

/// Where every phone takes pushes (API Guide 16-300256, p. 27).
pub const PUSH_PATH: &str = "/forms/push";

/// The header with the phone's word (API Guide 16-300256, p. 67).
pub(crate) const STATUS_FIELD: HeaderName = HeaderName::from_static("x-push-status");

/// The same, as other pages of the guide spell it.
const OTHER_STATUS_FIELDS: [&str; 2] = ["x-avaya-push-status", "x-avaya-push-code"];

/// One message for one phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushAsk {
    /// The phone, and the port it listens on.
    pub phone: Endpoint,
    /// The form with the message.
    pub form: Bytes,
    /// Time for all of it.
    pub patience: Duration,
}

/// What a phone said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PushAnswer {
    /// The HTTP status.
    pub http: u16,
    /// The number in `x-Push-Status`; whatever answers without one is no phone.
    pub status: Option<u16>,
}

/// A phone that said nothing.
#[derive(Debug, thiserror::Error)]
#[error("{phone}: {}", hint(.fault))]
pub struct PushError {
    /// Which, as address and port.
    pub phone: String,
    /// Why.
    #[source]
    pub fault: FetchFault,
}

impl PushError {
    /// Nobody listens: the phone is not registered, or push is off.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.fault.kind() == FetchKind::Refused
    }
}

impl Transport {
    /// Posts one message to one phone and reads its answer. A phone takes one connection at a time: do not call this
    /// twice for one phone at the same moment.
    ///
    /// # Errors
    /// [`PushError`] if no answer came.
    pub async fn push(&self, ask: &PushAsk) -> Result<PushAnswer, PushError> {
        let _slot = self.inner.slots.take().await;
        let result = Box::pin(post(ask, self.inner.limits)).await;
        match &result {
            Ok(PushAnswer { http, status }) => tracing::debug!(phone = %ask.phone, http, status, "pushed"),
            Err(fault) => tracing::debug!(phone = %ask.phone, kind = ?fault.kind(), %fault, "not pushed"),
        }
        result.map_err(|fault| PushError { phone: ask.phone.to_string(), fault })
    }
}

async fn post(ask: &PushAsk, limits: TransferLimits) -> Result<PushAnswer, FetchFault> {
    let budget = Budget::new(ask.patience);
    let request = Request::builder()
        .method(Method::POST)
        .uri(PUSH_PATH)
        .header(HOST, ask.phone.to_string())
        .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(CONNECTION, "close")
        .body(Full::new(ask.form.clone()))
        .map_err(unwritable)?;
    let limits = TransferLimits { connect: limits.connect.min(ask.patience), ..limits };
    let mut line = Line::open(&ask.phone, None, None, limits, budget, || {}).await?;
    let answer = line.exchange(async |sender, _| budget.step(ask.patience, sender.send_request(request)).await).await;
    let response = answer.map_err(FetchFault::Silent)?.map_err(|error| broken(0, error))?;
    Ok(PushAnswer { http: response.status().as_u16(), status: status(response.headers()) })
}

/// The leading number: whether words follow it, no source says.
fn status(headers: &HeaderMap) -> Option<u16> {
    let field = headers.get(STATUS_FIELD).or_else(|| OTHER_STATUS_FIELDS.iter().find_map(|name| headers.get(*name)))?;
    let text = field.to_str().ok()?.trim_start();
    text[..text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len())].parse().ok()
}

fn hint(fault: &FetchFault) -> String {
    match fault {
        FetchFault::Refused(_) => "takes no push: the phone is not registered, or its TPSLIST is empty".to_owned(),
        FetchFault::Silent(error) if error.kind() == io::ErrorKind::TimedOut => {
            "did not answer in time; check the address, and that nobody else keeps it busy".to_owned()
        }
        other => other.to_string(),
    }
}
