//! Who may speak to the control interface.

use std::{net::IpAddr, sync::Arc};

use axum::{
    body::to_bytes,
    extract::{Request, State},
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{
            AUTHORIZATION, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, ORIGIN, REFERRER_POLICY,
            X_CONTENT_TYPE_OPTIONS,
        },
    },
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use subtle::ConstantTimeEq as _;

use crate::{error::Refusal, limits::BODY_BYTES_MAX, server::Token};

/// What a page from here may do: nothing that leaves this server.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

#[derive(Clone)]
pub(crate) struct Guard {
    pub(crate) token: Option<Arc<Token>>,
}

/// Lets a request through, or says why not, and puts the safety headers on every answer.
pub(crate) async fn watch(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    let mut answer = match guard.check(request.headers(), request.uri().path()) {
        Ok(()) => in_our_form(next.run(request).await).await,
        Err(refusal) => refusal.into_response(),
    };
    let headers = answer.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    answer
}

/// A refusal that the framework wrote by itself, in the form of all others.
async fn in_our_form(answer: Response) -> Response {
    let is_json = answer.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == "application/json");
    if is_json || !answer.status().is_client_error() {
        return answer;
    }
    let status = answer.status();
    let words = to_bytes(answer.into_body(), BODY_BYTES_MAX).await.unwrap_or_default();
    Refusal::new(status, String::from_utf8_lossy(&words)).into_response()
}

impl Guard {
    fn check(&self, headers: &HeaderMap, path: &str) -> Result<(), Refusal> {
        let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        match &self.token {
            // The page itself tells nothing; it asks for the token and sends it with its requests.
            Some(_) if !path.starts_with("/api/") => {}
            Some(token) if !token.is_in(headers) => {
                let why = "a token is needed: send Authorization: Bearer TOKEN";
                return Err(Refusal::new(StatusCode::UNAUTHORIZED, why));
            }
            Some(_) => {}
            // A foreign name that leads to loopback is a trick on a browser (DNS rebinding).
            None if !is_local(host) => {
                let why = format!("\"{}\" is not this machine: use a loopback address or localhost", shown(host));
                return Err(Refusal::new(StatusCode::FORBIDDEN, why));
            }
            None => {}
        }
        let origin = headers.get(ORIGIN).map(|origin| origin.to_str().unwrap_or_default());
        match origin {
            Some(origin) if origin.strip_prefix("http://") != Some(host) => {
                Err(Refusal::new(StatusCode::FORBIDDEN, "a page from another place may not use the control interface"))
            }
            _ => Ok(()),
        }
    }
}

impl Token {
    fn is_in(&self, headers: &HeaderMap) -> bool {
        let given = headers.get(AUTHORIZATION).and_then(|given| given.as_bytes().strip_prefix(b"Bearer "));
        given.is_some_and(|given| given.ct_eq(self.bytes()).into())
    }
}

/// Whether a Host header names this machine from itself.
fn is_local(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.rsplit_once(':').map_or(host, |(name, _)| name),
    };
    name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn shown(host: &str) -> String {
    host.chars().filter(|c| !c.is_control()).take(60).collect()
}
