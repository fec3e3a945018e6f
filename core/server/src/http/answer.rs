use std::{
    convert::Infallible,
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    ops::Range,
    sync::Arc,
};

use bytes::Bytes;
use deskset_files::tree::{TreeError, requested_path};
use deskset_models::FilePath;
use headers::{AcceptRanges, ContentRange, HeaderMapExt};
use hyper::{
    HeaderMap, Method, Request, Response, StatusCode,
    body::Incoming,
    header::{ALLOW, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue},
};
use percent_encoding::percent_decode_str;

use super::{
    Site, Visitor,
    body::{FileBody, FileStream},
    sent::Pending,
    version::{Part, Version},
};
use crate::{
    Action, DiskError, DiskTree, OpenedFile,
    disk::{About, KeptFile},
    limits::CHUNK,
    record::Transfer,
};

/// By which clients and proxies tell their requests apart, and logs of both sides are matched. No standard has it.
const TRANSFER_FIELD: &str = "x-request-id";

/// A file, its answer's head and body.
struct Ready {
    served: String,
    head: Response<()>,
    body: Body,
}

/// Which bytes are sent.
enum Body {
    /// Of a file that is in memory.
    Here(Bytes),
    /// The next so many of this one.
    There(File, u64),
}

pub(super) async fn answer(
    request: Request<Incoming>,
    visitor: Visitor,
    site: Arc<Site>,
    pending: Pending,
) -> Result<Response<FileBody>, Infallible> {
    let asked = percent_decode_str(request.uri().path()).decode_utf8_lossy().into_owned();
    let (method, headers) = (request.method().clone(), request.headers().clone());
    let backups = site.backups.as_ref().filter(|_| method == Method::PUT);
    let action = if backups.is_some() { Action::Store } else { Action::Fetch };
    let mut transfer = site.recorder.begin(site.protocol(), action, visitor.address, &asked);
    if let Some(name) = headers.get(TRANSFER_FIELD) {
        transfer.called(name.as_bytes());
    }
    if let Some(push) = site.push.as_ref().filter(|push| push.has(request.uri().path())) {
        return Ok(push.answer(&method, request.uri(), visitor, transfer, pending));
    }
    if let Some(backups) = backups {
        return Ok(backups.store(request, &asked, transfer).await);
    }
    if ![Method::GET, Method::HEAD].contains(&method) {
        transfer.refused(format_args!("{method} is not served: files can be fetched only"));
        let mut response = refusal(StatusCode::METHOD_NOT_ALLOWED, "GET and HEAD only\n");
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return Ok(response);
    }
    // Opening a file can take as long as the disk likes.
    let Some(tree) = site.tree.clone() else {
        transfer.refused("there are no files here");
        return Ok(refusal(StatusCode::NOT_FOUND, "there are no files here\n"));
    };
    let is_get = method == Method::GET;
    let ready = match requested_path(&asked) {
        Err(error) => Ok(Err(error.into())),
        Ok(path) => match tree.kept(&path) {
            Some(file) => Ok(Ok(kept(&file, &headers, is_get))),
            None => tokio::task::spawn_blocking(move || open(&tree, &path, &headers, is_get)).await,
        },
    };
    Ok(match ready {
        Ok(Ok(ready)) => file(ready, transfer, pending),
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

fn kept(file: &KeptFile, headers: &HeaderMap, is_get: bool) -> Ready {
    let about = file.about();
    let (head, Range { start, end }) = head(about, headers, is_get);
    // The file is in memory: all its bytes can be counted.
    let bytes = file.bytes.slice(start as usize..end as usize);
    Ready { served: about.served.to_owned(), head, body: Body::Here(bytes) }
}

fn open(tree: &DiskTree, path: &FilePath, headers: &HeaderMap, is_get: bool) -> Result<Ready, DiskError> {
    let mut opened = tree.open_file(path)?;
    let io = |source| DiskError::Io { path: path.to_string(), source };
    if let Some(file) = tree.keep(path, &mut opened).map_err(io)? {
        return Ok(kept(&file, headers, is_get));
    }
    let (head, bytes) = head(opened.about(), headers, is_get);
    let OpenedFile { served, mut file, .. } = opened;
    let size = bytes.end - bytes.start;
    file.seek(SeekFrom::Start(bytes.start)).map_err(io)?;
    if size > CHUNK as u64 {
        return Ok(Ready { served, head, body: Body::There(file, size) });
    }
    let mut read = Vec::new();
    file.take(size).read_to_end(&mut read).map_err(io)?;
    if (read.len() as u64) < size {
        return Err(io(io::Error::new(io::ErrorKind::UnexpectedEof, "the file became shorter")));
    }
    Ok(Ready { served, head, body: Body::Here(read.into()) })
}

/// The head of the answer, and the bytes that follow it.
fn head(about: About<'_>, asked: &HeaderMap, is_get: bool) -> (Response<()>, Range<u64>) {
    let version = Version::of(about);
    let size = about.size;
    let mut head = Response::new(());
    let headers = head.headers_mut();
    headers.typed_insert(AcceptRanges::bytes());
    version.tell(headers);
    let (status, bytes) = match version.part(asked, size, is_get) {
        Part::Whole => (StatusCode::OK, 0..size),
        Part::Bytes(bytes) => {
            if let Ok(range) = ContentRange::bytes(bytes.clone(), size) {
                headers.typed_insert(range);
            }
            (StatusCode::PARTIAL_CONTENT, bytes)
        }
        Part::Outside => {
            headers.typed_insert(ContentRange::unsatisfied_bytes(size));
            (StatusCode::RANGE_NOT_SATISFIABLE, 0..0)
        }
        Part::Unchanged => (StatusCode::NOT_MODIFIED, 0..0),
        Part::Another => (StatusCode::PRECONDITION_FAILED, 0..0),
    };
    // What is said of the length of a 304 would be that of the file (RFC 9110, section 8.6): nothing need be said.
    if status != StatusCode::NOT_MODIFIED {
        headers.insert(CONTENT_LENGTH, (bytes.end - bytes.start).into());
    }
    if status.is_success() {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type(about.served)));
    }
    *head.status_mut() = status;
    (head, if is_get { bytes } else { 0..0 })
}

fn file(ready: Ready, mut transfer: Transfer, pending: Pending) -> Response<FileBody> {
    let Ready { served, head, body } = ready;
    transfer.serving(&served);
    let words = match head.status() {
        StatusCode::RANGE_NOT_SATISFIABLE => Some("it ends before the bytes that were asked for"),
        StatusCode::PRECONDITION_FAILED => Some("it is not the version that was asked for"),
        _ => None,
    };
    if let Some(words) = words {
        transfer.refused(words);
        return head.map(|()| FileBody::Text(Bytes::new()));
    }
    let body = match body {
        Body::Here(bytes) => FileStream::whole(bytes, transfer, pending),
        Body::There(file, size) => FileStream::disk(file, size, transfer, pending),
    };
    head.map(|()| FileBody::File(body.into()))
}

pub(super) fn refusal(status: StatusCode, words: &'static str) -> Response<FileBody> {
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
