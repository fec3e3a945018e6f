//! What is asked for below `/push/`.

use std::time::SystemTime;

use bytes::Bytes;
use hyper::{
    Method, Response, StatusCode, Uri,
    header::{ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue},
};
use serde_json::json;

use super::{Visitor, answer::refusal, body::FileBody, body::FileStream, sent::Pending};
use crate::{
    push::{Fetch, PREFIX, PushSite},
    record::Transfer,
};

impl PushSite {
    /// Whether a path is a matter of push.
    pub(super) fn has(&self, path: &str) -> bool {
        path.starts_with(PREFIX)
    }

    pub(super) fn answer(
        &self,
        method: &Method,
        uri: &Uri,
        visitor: Visitor,
        transfer: Transfer,
        pending: Pending,
    ) -> Response<FileBody> {
        let peer = visitor.address;
        let rest = uri.path().strip_prefix(PREFIX).unwrap_or_default();
        let given = |kind, bytes, mut transfer: Transfer| {
            transfer.serving(uri.path().trim_start_matches('/'));
            given(kind, bytes, transfer, pending)
        };
        let query = uri.query().unwrap_or_default();
        if let (Some(shelf), Some(name)) = (&self.shelf, rest.strip_prefix("content/")) {
            // A phone posts where the message says so; what it posts makes no difference here.
            if ![Method::GET, Method::POST].contains(method) {
                return not_allowed(transfer, "GET, POST");
            }
            let fetch = Fetch { from: peer.ip().to_canonical(), rtp_port: rtp_port(query) };
            return match shelf.fetch(name, fetch) {
                Some((kind, bytes)) => given(kind, bytes, transfer),
                None => nothing(transfer),
            };
        }
        let Some(directory) = &self.directory else { return nothing(transfer) };
        if ["subscribe", "subscriptions"].contains(&rest) && method != Method::GET {
            return not_allowed(transfer, "GET");
        }
        match rest {
            "subscribe" => match directory.subscribe(query, peer.ip(), SystemTime::now()) {
                Ok(mac) => {
                    tracing::info!(mac, %peer, "subscribed");
                    given("text/plain", Bytes::from_static(b"subscribed\n"), transfer)
                }
                Err(why) => {
                    transfer.refused(why);
                    refusal(StatusCode::BAD_REQUEST, "no subscription: MAC, Extn, ip and SetID are needed\n")
                }
            },
            // Who sits where is not for everybody.
            "subscriptions" if !visitor.is_here => {
                transfer.refused("the subscriptions are told to this machine only");
                refusal(StatusCode::FORBIDDEN, "the subscriptions are told to this machine only\n")
            }
            "subscriptions" => {
                let phones = directory.list(SystemTime::now());
                let text = json!({ "schema": "deskset-subscriptions-1", "phones": phones }).to_string();
                given("application/json", text.into(), transfer)
            }
            _ => nothing(transfer),
        }
    }
}

fn rtp_port(query: &str) -> Option<u16> {
    query.split('&').find_map(|item| item.strip_prefix("rtpLPort=")?.parse().ok())
}

fn given(kind: &'static str, bytes: Bytes, transfer: Transfer, pending: Pending) -> Response<FileBody> {
    let length = bytes.len();
    let body = FileStream::whole(bytes, transfer, pending);
    let mut response = Response::new(FileBody::File(body.into()));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CONTENT_LENGTH, length.into());
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn nothing(transfer: Transfer) -> Response<FileBody> {
    transfer.refused("there is no such push content");
    refusal(StatusCode::NOT_FOUND, "there is no such push content\n")
}

fn not_allowed(transfer: Transfer, allowed: &'static str) -> Response<FileBody> {
    transfer.refused(format_args!("{allowed} only"));
    let mut response = refusal(StatusCode::METHOD_NOT_ALLOWED, "this is not how it is asked for\n");
    response.headers_mut().insert(ALLOW, HeaderValue::from_static(allowed));
    response
}
