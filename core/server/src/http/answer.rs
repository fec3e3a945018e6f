use std::{convert::Infallible, io::Read, net::SocketAddr, sync::Arc};

use bytes::Bytes;
use deskset_files::tree::{TreeError, requested_path};
use hyper::{
    Method, Request, Response, StatusCode,
    body::Incoming,
    header::{ALLOW, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue},
};
use percent_encoding::percent_decode_str;

use super::{
    Site,
    body::{FileBody, FileStream},
    sent::Pending,
};
use crate::{Action, DiskError, DiskTree, OpenedFile, limits::CHUNK, record::Transfer};

/// A file that is open, and read already if it is small.
struct Ready {
    opened: OpenedFile,
    whole: Option<Bytes>,
}

pub(super) async fn answer(
    request: Request<Incoming>,
    peer: SocketAddr,
    site: Arc<Site>,
    pending: Pending,
) -> Result<Response<FileBody>, Infallible> {
    let asked = percent_decode_str(request.uri().path()).decode_utf8_lossy().into_owned();
    let transfer = site.recorder.begin(site.protocol(), Action::Fetch, peer, &asked);
    if ![Method::GET, Method::HEAD].contains(request.method()) {
        transfer.refused(format_args!("{} is not served: files can be fetched only", request.method()));
        let mut response = refusal(StatusCode::METHOD_NOT_ALLOWED, "GET and HEAD only\n");
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return Ok(response);
    }
    // Opening a file can take as long as the disk likes.
    let with_body = request.method() == Method::GET;
    let tree = site.tree.clone();
    let ready = tokio::task::spawn_blocking(move || open(&tree, &asked, with_body)).await;
    Ok(match ready {
        Ok(Ok(ready)) => file(ready, with_body, transfer, pending),
        Ok(Err(error)) => {
            let status = match &error {
                DiskError::Tree(TreeError::NotFound(_)) => StatusCode::NOT_FOUND,
                DiskError::Tree(_) => StatusCode::FORBIDDEN,
                DiskError::Io { .. } => StatusCode::INTERNAL_SERVER_ERROR,
            };
            transfer.refused(error);
            refusal(status, status.canonical_reason().unwrap_or_default())
        }
        Err(_) => refusal(StatusCode::INTERNAL_SERVER_ERROR, "the server is stopping\n"),
    })
}

fn open(tree: &DiskTree, asked: &str, with_body: bool) -> Result<Ready, DiskError> {
    let path = requested_path(asked)?;
    let opened = tree.open_file(&path)?;
    if !with_body || opened.size > CHUNK as u64 {
        return Ok(Ready { opened, whole: None });
    }
    let mut whole = Vec::new();
    let io = |source| DiskError::Io { path: path.to_string(), source };
    (&opened.file).take(CHUNK as u64).read_to_end(&mut whole).map_err(io)?;
    Ok(Ready { opened, whole: Some(whole.into()) })
}

fn file(ready: Ready, with_body: bool, mut transfer: Transfer, pending: Pending) -> Response<FileBody> {
    let Ready { opened, whole } = ready;
    transfer.serving(&opened.served);
    let size = whole.as_ref().map_or(opened.size, |bytes| bytes.len() as u64);
    let kind = content_type(&opened.served);
    let body = match whole {
        _ if !with_body => {
            pending.push(transfer);
            FileBody::Text(Bytes::new())
        }
        Some(bytes) => FileBody::File(FileStream::whole(bytes, transfer, pending).into()),
        None => FileBody::File(FileStream::disk(opened.file, size, transfer, pending).into()),
    };
    let mut response = Response::new(body);
    response.headers_mut().insert(CONTENT_LENGTH, size.into());
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

fn refusal(status: StatusCode, words: &'static str) -> Response<FileBody> {
    let mut response = Response::new(FileBody::Text(Bytes::from_static(words.as_bytes())));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain"));
    response
}

/// By the end of the name; WML and WBMP as registered for WAP.
fn content_type(name: &str) -> &'static str {
    let end = name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase());
    match end.as_deref() {
        Some("scr" | "txt") => "text/plain",
        Some("wml") => "text/vnd.wap.wml",
        Some("wbmp") => "image/vnd.wap.wbmp",
        _ => "application/octet-stream",
    }
}
