//! A file comes in: whole, or not at all.

use std::path::Path;

use tokio::{
    io::{AsyncRead, AsyncReadExt},
    time::{Instant, timeout},
};
use unftp_core::storage::{Error, ErrorKind};

use super::{
    guests::Guest,
    paths::file_in_tree,
    storage::{Storage, reply},
};
use crate::{
    DiskError, DiskTree, Incoming,
    limits::{CHUNK, FTP_ABORT_LOOK, FTP_DATA_IDLE, FTP_LAST_LOOK, FTP_STORE_MAX, FTP_TRANSFER_TIME},
    record::Transfer,
};

/// Why a file was not stored.
pub(super) enum Failure {
    /// By name or by visitor.
    Refused(DiskError),
    /// The disk did not take it.
    Disk(DiskError),
    /// Larger than allowed.
    TooLarge,
    /// The client did not finish.
    Aborted(String),
}

impl Failure {
    /// The record's last word, and the client's.
    pub(super) fn tell(self, transfer: Transfer) -> Error {
        match self {
            Failure::Refused(error) => {
                transfer.refused(&error);
                reply(error)
            }
            Failure::Disk(error) => {
                tracing::error!(%error, "a file could not be stored: check the FTP folder's rights and free space");
                transfer.refused(&error);
                // To a phone only a permanent error says clearly that its file was not stored.
                match reply(error) {
                    other if other.kind() == ErrorKind::LocalError => Error::new(ErrorKind::PermissionDenied, other),
                    clear => clear,
                }
            }
            Failure::TooLarge => {
                transfer.refused(format_args!("larger than {FTP_STORE_MAX} bytes"));
                ErrorKind::ExceededStorageAllocationError.into()
            }
            Failure::Aborted(why) => {
                let error = Error::new(ErrorKind::ConnectionClosed, why.clone());
                transfer.aborted(why);
                error
            }
        }
    }
}

pub(super) async fn receive<R>(
    storage: &Storage,
    guest: &Guest,
    input: &mut R,
    path: &Path,
    transfer: &mut Transfer,
) -> Result<u64, Failure>
where
    R: AsyncRead + Unpin + Send,
{
    let path = file_in_tree(path).map_err(|error| Failure::Refused(error.into()))?;
    storage.may_store(guest, &path).map_err(|error| Failure::Refused(error.into()))?;
    let held = storage.control.hold();
    // Begun before anything is read: a folder that cannot be written is told at once.
    let begun = path.clone();
    let mut incoming = storage.on_disk(move |tree| tree.begin(&begun)).await.map_err(by_kind)?;
    let mut buffer = Vec::with_capacity(CHUNK / 8);
    let mut received = 0_u64;
    let began = Instant::now();
    while let Some(size) = next(storage, input, &mut buffer).await? {
        received += size;
        transfer.moved(size);
        if received > FTP_STORE_MAX {
            return Err(Failure::TooLarge);
        }
        if began.elapsed() > FTP_TRANSFER_TIME {
            return Err(Failure::Aborted(format!("not whole after {} seconds", FTP_TRANSFER_TIME.as_secs())));
        }
        if buffer.len() >= CHUNK {
            incoming = add(storage, incoming, std::mem::take(&mut buffer)).await?;
        }
    }
    if incoming.takes_time() {
        let work = move |_: &DiskTree| {
            incoming.write(&buffer)?;
            incoming.make_safe()?;
            Ok((incoming, Vec::new()))
        };
        (incoming, buffer) = storage.on_disk(work).await.map_err(Failure::Disk)?;
    }
    // The last moment at which the client can take it back. One that was killed closes its data connection first.
    tokio::time::sleep(FTP_LAST_LOOK).await;
    if let Some(why) = storage.control.gave_up() {
        return Err(Failure::Aborted(why.to_owned()));
    }
    transfer.serving(incoming.served());
    let work = move |_: &DiskTree| {
        incoming.write(&buffer)?;
        incoming.commit()
    };
    storage.on_disk(work).await.map_err(Failure::Disk)?;
    drop(held);
    Ok(received)
}

/// Takes what a client still sends of a file that is not stored. A data connection that is closed before all of it was
/// read breaks, and a client whose data connection breaks may never look at the reply that says why.
pub(super) async fn hear_out<R>(storage: &Storage, input: &mut R)
where
    R: AsyncRead + Unpin + Send,
{
    let _held = storage.control.hold();
    let mut buffer = Vec::with_capacity(CHUNK / 8);
    let (mut heard, began) = (0, Instant::now());
    while let Ok(Some(size)) = next(storage, input, &mut buffer).await {
        buffer.clear();
        heard += size;
        if heard > FTP_STORE_MAX || began.elapsed() > FTP_TRANSFER_TIME {
            break;
        }
    }
}

/// Waits for more bytes: how many were put behind `buffer`, none at the end of the file.
async fn next<R>(storage: &Storage, input: &mut R, buffer: &mut Vec<u8>) -> Result<Option<u64>, Failure>
where
    R: AsyncRead + Unpin + Send,
{
    let waits_since = Instant::now();
    while waits_since.elapsed() < FTP_DATA_IDLE {
        match timeout(FTP_ABORT_LOOK, input.read_buf(buffer)).await {
            Ok(Ok(0)) => return Ok(None),
            Ok(Ok(size)) => return Ok(Some(size as u64)),
            Ok(Err(error)) => return Err(Failure::Aborted(format!("the data connection broke: {error}"))),
            Err(_) => {
                if let Some(why) = storage.control.gave_up() {
                    return Err(Failure::Aborted(why.to_owned()));
                }
            }
        }
    }
    Err(Failure::Aborted(format!("nothing came for {} seconds", FTP_DATA_IDLE.as_secs())))
}

/// Puts bytes behind those already on disk.
async fn add(storage: &Storage, mut incoming: Incoming, bytes: Vec<u8>) -> Result<Incoming, Failure> {
    let work = move |_: &DiskTree| {
        incoming.write(&bytes)?;
        Ok(incoming)
    };
    storage.on_disk(work).await.map_err(by_kind)
}

fn by_kind(error: DiskError) -> Failure {
    match error {
        DiskError::Io { .. } => Failure::Disk(error),
        DiskError::Tree(_) => Failure::Refused(error),
    }
}
