//! When a body is really sent: once the bytes behind its end have left for the network.

use std::{
    io,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll, ready},
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
    time::{Sleep, sleep},
};

use crate::{
    limits::{HTTP_ANSWER_TIME, HTTP_STALL},
    record::Transfer,
};

/// Transfers whose last bytes were handed to the connection. What is still here when it ends was aborted.
#[derive(Clone, Default)]
pub(super) struct Pending(Arc<Mutex<Vec<Transfer>>>);

impl Pending {
    pub(super) fn push(&self, transfer: Transfer) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(transfer);
    }

    fn all_sent(&self) {
        let sent = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        sent.into_iter().for_each(Transfer::complete);
    }
}

/// A stream that completes the pending transfers when all has been written: HTTP flushes it only after its own
/// buffer is empty.
pub(super) struct Sent<S> {
    stream: S,
    /// Whether its end is nothing that has to be said.
    ends_silently: bool,
    pending: Pending,
    /// Runs while the client takes nothing.
    stall: Option<Pin<Box<Sleep>>>,
    /// Runs from the first byte of an answer that the client did not take at once to its last.
    whole: Option<Pin<Box<Sleep>>>,
}

impl Sent<TcpStream> {
    /// Closed as soon as it is dropped, which says the same as a shutdown before.
    pub(super) fn plain(stream: TcpStream) -> Self {
        Sent { ends_silently: true, ..Sent::new(stream) }
    }
}

impl<S> Sent<S> {
    pub(super) fn new(stream: S) -> Self {
        Sent { stream, ends_silently: false, pending: Pending::default(), stall: None, whole: None }
    }

    /// Those of this connection.
    pub(super) fn pending(&self) -> Pending {
        self.pending.clone()
    }

    /// Gives up a client that has taken nothing for [`HTTP_STALL`], or not all in [`HTTP_ANSWER_TIME`].
    fn patiently<T>(&mut self, cx: &mut Context<'_>, moved: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if moved.is_ready() {
            self.stall = None;
            return moved;
        }
        let stall = self.stall.get_or_insert_with(|| Box::pin(sleep(HTTP_STALL)));
        let whole = self.whole.get_or_insert_with(|| Box::pin(sleep(HTTP_ANSWER_TIME)));
        if stall.as_mut().poll(cx).is_pending() {
            ready!(whole.as_mut().poll(cx));
        }
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Sent<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let moved = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.patiently(cx, moved)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let moved = Pin::new(&mut self.stream).poll_write_vectored(cx, slices);
        self.patiently(cx, moved)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(cx);
        if matches!(flushed, Poll::Ready(Ok(()))) {
            self.whole = None;
            self.pending.all_sent();
        }
        self.patiently(cx, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.ends_silently {
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Sent<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, into)
    }
}
