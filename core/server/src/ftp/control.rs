//! A second look at a session's control connection while a file comes in.
//!
//! In FTP the end of the data connection is the end of the file (RFC 959, section 3.4.1, stream mode). A client that
//! gives up closes it as well: only its control connection tells the difference, because there it is gone, or has
//! sent `ABOR`. libunftp takes no notice of either, so we look ourselves: for the time of a transfer the system keeps
//! short commands back in its buffer, where we can see them and libunftp finds them afterwards.

use std::{
    io::{self, Write},
    net::{Shutdown, TcpStream},
    os::fd::AsRawFd,
    sync::{Mutex, MutexGuard, PoisonError},
};

use crate::limits::FTP_COMMAND_PEEK;

/// The control connection of one session. None once the session is over.
#[derive(Debug)]
pub(super) struct Control(Mutex<Option<TcpStream>>);

/// While it lives, short commands wait in the system's buffer.
pub(super) struct Hold<'a>(&'a Control);

impl Control {
    /// The connection, and a second handle on it.
    pub(super) fn share(stream: tokio::net::TcpStream) -> io::Result<(tokio::net::TcpStream, Self)> {
        let stream = stream.into_std()?;
        let second = stream.try_clone()?;
        Ok((tokio::net::TcpStream::from_std(stream)?, Control(Mutex::new(Some(second)))))
    }

    pub(super) fn hold(&self) -> Hold<'_> {
        self.wake_at(FTP_COMMAND_PEEK);
        Hold(self)
    }

    /// Whether the client, or the server, gave the session up, or the client gave up its transfer.
    pub(super) fn gave_up(&self) -> Option<&'static str> {
        let control = self.lock();
        let Some(stream) = &*control else { return Some("the session ended before the file") };
        let mut command = [0; FTP_COMMAND_PEEK];
        match stream.peek(&mut command) {
            Ok(0) => Some("the client closed its session before it heard that the file was stored"),
            Ok(size) => {
                let abort = command[..size].windows(4).any(|word| word.eq_ignore_ascii_case(b"ABOR"));
                abort.then_some("the client sent ABOR")
            }
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted) => None,
            Err(_) => Some("the client's session broke"),
        }
    }

    /// Bytes that the client has sent so far; 0 where the system does not say.
    pub(super) fn received(&self) -> u64 {
        let control = self.lock();
        let Some(stream) = &*control else { return 0 };
        // SAFETY: numbers only, for which all zeros are valid.
        let mut info: libc::tcp_info = unsafe { std::mem::zeroed() };
        let mut size = size_of_val(&info) as libc::socklen_t;
        // SAFETY: the descriptor is open as long as `stream` is borrowed; the pointers are to values that live until
        // the call returns, and the system writes no more than `size` bytes.
        let failed = unsafe {
            libc::getsockopt(
                stream.as_raw_fd(),
                libc::IPPROTO_TCP,
                libc::TCP_INFO,
                std::ptr::from_mut(&mut info).cast(),
                &raw mut size,
            )
        } != 0;
        if failed { 0 } else { info.tcpi_bytes_received }
    }

    /// Says a last word and ends the session. The library has no such word, so it is said past it.
    pub(super) fn dismiss(&self, reply: &[u8]) {
        if let Some(mut stream) = self.lock().as_ref()
            && let Err(error) = stream.write_all(reply)
        {
            tracing::debug!(%error, "a client did not hear why its session ends");
        }
        self.end();
    }

    /// The session is over, also for transfers still under way.
    pub(super) fn end(&self) {
        if let Some(stream) = self.lock().take()
            && let Err(error) = stream.shutdown(Shutdown::Both)
        {
            tracing::trace!(%error, "the client had left already");
        }
    }

    /// Lets reading begin only when `bytes` are there, or the connection has ended.
    fn wake_at(&self, bytes: usize) {
        let control = self.lock();
        let Some(stream) = &*control else { return };
        let value = libc::c_int::try_from(bytes).unwrap_or(1);
        // SAFETY: the descriptor is open as long as `stream` is borrowed; the pointer and the size are those of
        // `value`, which lives until the call returns.
        let failed = unsafe {
            libc::setsockopt(
                stream.as_raw_fd(),
                libc::SOL_SOCKET,
                libc::SO_RCVLOWAT,
                std::ptr::from_ref(&value).cast(),
                size_of_val(&value) as libc::socklen_t,
            )
        } != 0;
        if failed {
            tracing::debug!(error = %io::Error::last_os_error(), "an ABOR may go unnoticed");
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<TcpStream>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Hold<'_> {
    fn drop(&mut self) {
        self.0.wake_at(1);
    }
}
