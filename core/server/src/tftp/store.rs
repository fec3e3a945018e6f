//! A file comes in: whole, or not at all.

use std::{io, sync::Arc};

use deskset_files::tree::requested_path;
use deskset_tftp::{ErrorCode, Mode, Outcome, Receiver, Request, netascii};
use tokio::time::{Instant, timeout_at};

use super::{
    Desk,
    line::Line,
    transfer::{Refusal, refuse},
};
use crate::{DiskError, limits::DATAGRAM_MAX, record::Transfer, running::StopSign};

/// The last block is acknowledged only after the file is safe on the disk, so that a client that hears of it can
/// rely on it.
pub(super) async fn receive(
    desk: &Arc<Desk>,
    mut receiver: Receiver,
    request: &Request<'_>,
    line: &Line,
    mut stop: StopSign,
    mut record: Transfer,
) {
    let Ok(_place) = desk.stores.try_acquire() else {
        return refuse(Refusal::new(ErrorCode::NotDefined, "too many files at once"), line, receiver.peer(), record)
            .await;
    };
    let begin = Instant::now();
    let mut datagram = vec![0; DATAGRAM_MAX];
    while receiver.outcome().is_none() && flush(&mut receiver, line).await.is_ok() {
        let Some(deadline) = receiver.deadline() else { break };
        tokio::select! {
            () = stop.shown() => receiver.abort("the server is stopping"),
            received = timeout_at(begin + deadline, line.receive(&mut datagram)) => match received {
                Ok(Ok((size, from))) => receiver.handle(begin.elapsed(), from, &datagram[..size]),
                Ok(Err(error)) => tracing::debug!(%error, "a TFTP block was not received"),
                Err(_) => receiver.handle_timeout(begin.elapsed()),
            }
        }
    }
    record.moved(receiver.received());
    match receiver.outcome() {
        Some(Outcome::Done { .. }) => {}
        Some(Outcome::Failed(error)) => {
            record.aborted(error);
            drop(flush(&mut receiver, line).await);
            return;
        }
        None => return record.aborted("the network did not take a datagram"),
    }
    let bytes = receiver.take_bytes();
    let bytes = if request.mode == Mode::Netascii { netascii::decode(&bytes) } else { bytes };
    match keep(desk.clone(), request.file.to_string(), bytes).await {
        Ok(served) => {
            record.serving(&served);
            record.complete();
        }
        Err(refusal) => return refuse(refusal, line, receiver.peer(), record).await,
    }
    // Repeats of the last block are answered for a while: the acknowledgement may have been lost.
    while flush(&mut receiver, line).await.is_ok() && !receiver.is_closed() {
        let Some(deadline) = receiver.deadline() else { break };
        tokio::select! {
            () = stop.shown() => break,
            received = timeout_at(begin + deadline, line.receive(&mut datagram)) => match received {
                Ok(Ok((size, from))) => receiver.handle(begin.elapsed(), from, &datagram[..size]),
                Ok(Err(_)) => {}
                Err(_) => receiver.handle_timeout(begin.elapsed()),
            }
        }
    }
}

async fn keep(desk: Arc<Desk>, asked: String, bytes: Vec<u8>) -> Result<String, Refusal> {
    let keep = move || {
        let path = requested_path(&asked).map_err(DiskError::from)?;
        let mut incoming = desk.tree.begin(&path)?;
        let served = incoming.served().to_owned();
        incoming.write(&bytes)?;
        incoming.commit()?;
        Ok(served)
    };
    match tokio::task::spawn_blocking(keep).await {
        Ok(kept) => kept.map_err(|error: DiskError| match error {
            DiskError::Io { .. } => {
                tracing::error!(%error, "a file could not be stored: check the folder's rights and free space");
                Refusal::new(ErrorCode::DiskFull, error)
            }
            DiskError::Tree(_) => Refusal::from(error),
        }),
        Err(_) => Err(Refusal::new(ErrorCode::NotDefined, "the server is stopping")),
    }
}

async fn flush(receiver: &mut Receiver, line: &Line) -> io::Result<()> {
    while let Some(transmit) = receiver.poll_transmit() {
        line.send(&transmit.datagram, transmit.to).await?;
    }
    Ok(())
}
