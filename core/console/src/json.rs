//! Bodies in and out.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{StatusCode, header::CONTENT_TYPE},
};
use serde::de::DeserializeOwned;

use crate::error::Refusal;

/// A request's JSON body. What is wrong with it is answered in a sentence that names the place.
pub(crate) struct Body<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        // A form in a foreign page cannot send this type without asking first.
        let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if !kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json") {
            let why = "the body must be JSON: send Content-Type: application/json";
            return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, why));
        }
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|why| Refusal::new(why.status(), format!("the body cannot be read: {}", why.body_text())))?;
        serde_json::from_slice(&bytes)
            .map(Body)
            .map_err(|why| Refusal::bad(format!("the body is not as expected: {why}")))
    }
}
