use std::{
    io,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::{
    fs::File,
    io::{AsyncRead, ReadBuf},
};

use super::sent::Pending;
use crate::{
    limits::{CHUNK, KEPT_CHUNK},
    record::Transfer,
};

/// What follows the head of an answer.
pub(super) enum FileBody {
    /// Nothing, or a sentence.
    Text(Bytes),
    /// A file, read as fast as the client takes it.
    File(Box<FileStream>),
}

/// A file on its way out.
pub(super) struct FileStream {
    source: Source,
    remaining: u64,
    chunk: Box<[u8]>,
    pending: Pending,
    /// None once all has been handed on.
    transfer: Option<Transfer>,
}

enum Source {
    /// In memory already.
    Whole(Bytes),
    Disk(File),
}

impl FileStream {
    /// A file that was read already.
    pub(super) fn whole(bytes: Bytes, transfer: Transfer, pending: Pending) -> Self {
        Self::new(bytes.len() as u64, Source::Whole(bytes), Box::default(), transfer, pending)
    }

    /// A file of `size` bytes, to be read bit by bit.
    pub(super) fn disk(file: std::fs::File, size: u64, transfer: Transfer, pending: Pending) -> Self {
        let chunk = vec![0; CHUNK].into_boxed_slice();
        Self::new(size, Source::Disk(File::from_std(file)), chunk, transfer, pending)
    }

    fn new(remaining: u64, source: Source, chunk: Box<[u8]>, transfer: Transfer, pending: Pending) -> Self {
        let mut stream = FileStream { source, remaining, chunk, pending, transfer: Some(transfer) };
        stream.count(0);
        stream
    }

    fn count(&mut self, bytes: usize) {
        self.remaining = self.remaining.saturating_sub(bytes as u64);
        if let Some(transfer) = &mut self.transfer {
            transfer.moved(bytes as u64);
        }
        if self.remaining == 0
            && let Some(transfer) = self.transfer.take()
        {
            self.pending.push(transfer);
        }
    }

    fn poll_bytes(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<Bytes>> {
        let bytes = match &mut self.source {
            Source::Whole(bytes) => bytes.split_to(bytes.len().min(KEPT_CHUNK)),
            Source::Disk(file) => {
                let most = usize::try_from(self.remaining).unwrap_or(CHUNK).min(CHUNK);
                let mut into = ReadBuf::new(&mut self.chunk[..most]);
                ready!(Pin::new(file).poll_read(cx, &mut into))?;
                Bytes::copy_from_slice(into.filled())
            }
        };
        if bytes.is_empty() {
            return Poll::Ready(Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the file became shorter")));
        }
        self.count(bytes.len());
        Poll::Ready(Ok(bytes))
    }
}

impl Body for FileBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if self.is_end_stream() {
            return Poll::Ready(None);
        }
        let bytes = match &mut *self {
            FileBody::Text(bytes) => Ok(std::mem::take(bytes)),
            FileBody::File(stream) => ready!(stream.poll_bytes(cx)),
        };
        Poll::Ready(Some(bytes.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        match self {
            FileBody::Text(bytes) => bytes.is_empty(),
            FileBody::File(stream) => stream.remaining == 0,
        }
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(match self {
            FileBody::Text(bytes) => bytes.len() as u64,
            FileBody::File(stream) => stream.remaining,
        })
    }
}
