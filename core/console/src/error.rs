use std::{io, net::SocketAddr};

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use deskset_runtime::{RuntimeError, floor::Gone};
use serde::Serialize;
use utoipa::ToSchema;

/// Why the control interface does not start.
#[derive(Debug, thiserror::Error)]
pub enum ConsoleError {
    /// The port cannot be opened.
    #[error("{address}: {source}; choose another port, or 0 for any free one")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// The system's words.
        source: io::Error,
    },
    /// Everybody on the network could press keys.
    #[error("{0} can be reached from other machines: give a token, or listen on a loopback address")]
    TokenNeeded(SocketAddr),
    /// A token that would be guessed, or cannot stand in a header.
    #[error("the token must have 16 to 200 printable ASCII characters without blanks")]
    WeakToken,
}

/// What a request gets that cannot be fulfilled.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    pub(crate) body: Problem,
}

/// Why a request was not fulfilled, and what to do about it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// `deskset-problem-1`.
    pub(crate) schema: &'static str,
    /// In a sentence, with what to do next.
    pub(crate) error: String,
    /// For a wait that was in vain: what the phone shows instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) screen: Option<Vec<String>>,
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, error: impl Into<String>) -> Self {
        Refusal { status, body: Problem { schema: "deskset-problem-1", error: error.into(), screen: None } }
    }

    pub(crate) fn bad(error: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, error)
    }

    pub(crate) fn not_found(error: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, error)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status, Json(self.body)).into_response()
    }
}

impl From<Gone> for Refusal {
    fn from(gone: Gone) -> Self {
        Self::not_found(gone.to_string())
    }
}

impl From<RuntimeError> for Refusal {
    fn from(why: RuntimeError) -> Self {
        let status = match &why {
            RuntimeError::NameTaken { .. } | RuntimeError::InUse { .. } => StatusCode::CONFLICT,
            RuntimeError::FloorFull => StatusCode::INSUFFICIENT_STORAGE,
            why if why.is_environment() => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        };
        Self::new(status, why.to_string())
    }
}
