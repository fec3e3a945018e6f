//! A backup file comes in by `PUT`: whole, or not at all.

use std::{io, sync::Arc};

use bytes::Bytes;
use deskset_files::tree::{TreeError, Visitor, may_store, requested_path};
use deskset_models::FilePath;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::{
    HeaderMap, Request, Response, StatusCode,
    body::{Body, Incoming},
    header::{CONTENT_LENGTH, CONTENT_RANGE, EXPECT, TRANSFER_ENCODING},
};
use tokio::time::timeout;

use super::{answer::refusal, body::FileBody};
use crate::{
    BackupNames, DiskError, DiskTree, Names,
    limits::{HTTP_STORE_MAX, HTTP_STORE_TIME, HTTP_UNWANTED_MAX, HTTP_UNWANTED_TIME},
    record::Transfer,
};

/// Where backup files may be put: the folder that FTP stores into, as far as it lies in the one that HTTP serves.
#[derive(Clone)]
pub(crate) struct Backups {
    tree: Arc<DiskTree>,
    /// The folder's path in the served one; empty if it is the same.
    folder: String,
    names: Names,
    allowed: BackupNames,
}

/// Why a file was not stored.
enum Failure {
    /// For what it is, or because the disk did not take it.
    Refused(StatusCode, String),
    /// It did not come to its end.
    Aborted(String),
}

impl Backups {
    /// None if the folder for backups lies elsewhere: what is put could not be fetched again.
    pub(crate) fn new(served: &DiskTree, tree: Arc<DiskTree>, names: Names, allowed: BackupNames) -> Option<Self> {
        let folder = tree.root().strip_prefix(served.root()).ok()?.to_str()?.to_owned();
        Some(Backups { tree, folder, names, allowed })
    }

    pub(super) async fn store(
        &self,
        request: Request<Incoming>,
        asked: &str,
        mut transfer: Transfer,
    ) -> Response<FileBody> {
        let (head, mut body) = request.into_parts();
        match self.receive(&head.headers, &mut body, asked, &mut transfer).await {
            Ok(replaced) => {
                transfer.complete();
                let mut response = Response::new(FileBody::Text(Bytes::new()));
                *response.status_mut() = if replaced { StatusCode::NO_CONTENT } else { StatusCode::CREATED };
                response
            }
            Err(Failure::Refused(status, why)) => {
                if status.is_server_error() {
                    tracing::error!(why, "a file could not be stored: check the backup folder's rights and free space");
                }
                transfer.refused(why);
                // A client that asks first has sent nothing yet. Another one may still be sending: closed on the spot,
                // the connection would take the answer with it.
                if !head.headers.contains_key(EXPECT) {
                    let rest = Limited::new(body, HTTP_UNWANTED_MAX);
                    let _ = timeout(HTTP_UNWANTED_TIME, forget(rest)).await;
                }
                refusal(status, status.canonical_reason().unwrap_or_default())
            }
            Err(Failure::Aborted(why)) => {
                transfer.aborted(why);
                refusal(StatusCode::REQUEST_TIMEOUT, "the file did not come to its end\n")
            }
        }
    }

    /// Whether it took the place of an older file.
    async fn receive(
        &self,
        headers: &HeaderMap,
        body: &mut Incoming,
        asked: &str,
        transfer: &mut Transfer,
    ) -> Result<bool, Failure> {
        let path = self.admit(asked)?;
        check(headers)?;
        if body.size_hint().lower() > HTTP_STORE_MAX as u64 {
            return Err(too_large());
        }
        // A client that asks whether it may send (RFC 9110, section 10.1.1) is told so now, when its file is first
        // waited for.
        let bytes = match timeout(HTTP_STORE_TIME, Limited::new(body, HTTP_STORE_MAX).collect()).await {
            Ok(Ok(file)) => file.to_bytes(),
            Ok(Err(error)) if error.is::<LengthLimitError>() => return Err(too_large()),
            Ok(Err(error)) => return Err(Failure::Aborted(format!("the connection ended: {error}"))),
            Err(_) => return Err(Failure::Aborted(format!("not whole after {} s", HTTP_STORE_TIME.as_secs()))),
        };
        transfer.moved(bytes.len() as u64);
        let tree = self.tree.clone();
        let (served, replaced) = match tokio::task::spawn_blocking(move || keep(&tree, &path, &bytes)).await {
            Ok(kept) => kept.map_err(not_kept)?,
            Err(_) => return Err(Failure::Aborted("the server is stopping".to_owned())),
        };
        transfer.serving(&if self.folder.is_empty() { served } else { format!("{}/{served}", self.folder) });
        Ok(replaced)
    }

    /// The place in the backup folder, if a visitor without a name may store there.
    fn admit(&self, asked: &str) -> Result<FilePath, Failure> {
        let forbidden = |error: TreeError| Failure::Refused(StatusCode::FORBIDDEN, error.to_string());
        let path = requested_path(asked).map_err(forbidden)?;
        let path = self.inside(path.as_str()).ok_or_else(|| {
            Failure::Refused(StatusCode::FORBIDDEN, format!("files are put into {}/ only", self.folder))
        })?;
        let path = requested_path(path).map_err(forbidden)?;
        may_store(&Visitor::Anonymous, &path, |name| self.allowed.hold(name)).map_err(forbidden)?;
        Ok(path)
    }

    /// What `path` is in the backup folder.
    fn inside<'p>(&self, path: &'p str) -> Option<&'p str> {
        if self.folder.is_empty() {
            return Some(path);
        }
        let (before, rest) = path.split_at_checked(self.folder.len())?;
        let same = match self.names {
            Names::AnyCase => before.eq_ignore_ascii_case(&self.folder),
            Names::Exact => before == self.folder,
        };
        same.then(|| rest.strip_prefix('/'))?
    }
}

async fn forget<B: Body + Unpin>(mut body: B) {
    while let Some(Ok(_)) = body.frame().await {}
}

/// A part of a file cannot be put (RFC 9110, section 14.5), nor one of which nobody says where it ends.
fn check(headers: &HeaderMap) -> Result<(), Failure> {
    if headers.contains_key(CONTENT_RANGE) {
        return Err(Failure::Refused(StatusCode::BAD_REQUEST, "files are stored whole, not in parts".to_owned()));
    }
    if !headers.contains_key(CONTENT_LENGTH) && !headers.contains_key(TRANSFER_ENCODING) {
        return Err(Failure::Refused(StatusCode::LENGTH_REQUIRED, "the client does not say how long it is".to_owned()));
    }
    Ok(())
}

fn too_large() -> Failure {
    Failure::Refused(StatusCode::PAYLOAD_TOO_LARGE, format!("larger than {HTTP_STORE_MAX} bytes"))
}

/// The name it got, and whether there was a file of this name. Blocks.
fn keep(tree: &DiskTree, path: &FilePath, bytes: &[u8]) -> Result<(String, bool), DiskError> {
    let mut incoming = tree.begin(path)?;
    incoming.write(bytes)?;
    let served = incoming.served().to_owned();
    let replaced = tree.open_file(path).is_ok();
    incoming.commit()?;
    Ok((served, replaced))
}

fn not_kept(error: DiskError) -> Failure {
    use io::ErrorKind as K;
    let status = match &error {
        DiskError::Tree(TreeError::NotFound(_)) => StatusCode::CONFLICT,
        DiskError::Tree(_) => StatusCode::FORBIDDEN,
        DiskError::Io { source, .. } => match source.kind() {
            K::StorageFull | K::QuotaExceeded | K::FileTooLarge => StatusCode::INSUFFICIENT_STORAGE,
            K::NotADirectory | K::IsADirectory | K::NotFound | K::AlreadyExists => StatusCode::CONFLICT,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        },
    };
    Failure::Refused(status, error.to_string())
}
