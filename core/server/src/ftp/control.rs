//! A session's control connection: commands are looked at before the library reads them.
//!
//! libunftp reads a line to its end however long it gets, and connects to whatever address `PORT` names. It takes a
//! connection, not a stream of ours, so it gets one end of a connection inside this process, and the lines it is to
//! see come through here. A line that it must not see is replaced by one that it refuses by itself: so its replies
//! stay in order, also for clients that say several commands at once.
//!
//! In FTP the end of the data connection is the end of the file (RFC 959, section 3.4.1, stream mode). A client that
//! gives up closes it as well: only its control connection tells the difference, because there it is gone, or has
//! sent `ABOR`. libunftp takes no notice of either while a file comes in, so lines wait here for that time: from the
//! command that stores to the reply that ends it.

use std::{
    io::{self, ErrorKind},
    net::{IpAddr, Shutdown, SocketAddr, SocketAddrV4},
    os::fd::AsRawFd,
    sync::atomic::{AtomicBool, Ordering},
};

use nix::{
    errno::Errno,
    sys::socket::{MsgFlags, recv},
};
use socket2::SockRef;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::watch,
};

use super::{
    data,
    guests::Entry,
    inside::INSIDE,
    line::{self, Judged, Line, Lines},
};
use crate::limits::{FTP_COMMAND_CHUNK, FTP_COMMANDS_MAX, FTP_LINE_MAX};

/// Where the library finds nobody (it answers 425): the port of a service that is long gone (RFC 1078).
const NOWHERE: SocketAddrV4 = SocketAddrV4::new(INSIDE, 1);

/// Why a file is not stored.
const ABORTED: &str = "the client sent ABOR";
const LEFT: Option<&str> = Some("the client closed its session before it heard that the file was stored");

/// The control connection of one session.
#[derive(Debug)]
pub(super) struct Control {
    client: TcpStream,
    /// Canonical: an IPv4 client has an IPv4 address, also on a socket of both kinds.
    peer: IpAddr,
    local: IpAddr,
    waits: watch::Sender<Waits>,
    /// The client sent `ABOR` since its last transfer began.
    aborted: AtomicBool,
    /// The client closed its end.
    left: AtomicBool,
    /// We closed ours.
    ended: AtomicBool,
}

/// What the client's next command waits for.
#[derive(Clone, Copy, Debug, Default)]
struct Waits {
    /// The library has heard a command that stores, and has not said how it ended.
    reply: bool,
    /// A file is being stored.
    store: bool,
}

/// While it lives, commands wait.
pub(super) struct Hold<'a>(&'a Control);

impl Control {
    pub(super) fn new(client: TcpStream, peer: SocketAddr) -> io::Result<Self> {
        Ok(Control {
            peer: peer.ip().to_canonical(),
            local: client.local_addr()?.ip().to_canonical(),
            client,
            waits: watch::Sender::default(),
            aborted: AtomicBool::new(false),
            left: AtomicBool::new(false),
            ended: AtomicBool::new(false),
        })
    }

    /// The address that the client knows this server by.
    pub(super) fn local(&self) -> IpAddr {
        self.local
    }

    /// The address of the client.
    pub(super) fn peer(&self) -> IpAddr {
        self.peer
    }

    pub(super) fn hold(&self) -> Hold<'_> {
        self.waits.send_modify(|waits| waits.store = true);
        Hold(self)
    }

    /// Passes the client's commands on to the library until one of both is gone.
    ///
    /// # Errors
    /// Why the session is to be closed.
    pub(super) async fn commands(&self, mut library: OwnedWriteHalf, entry: &Entry) -> Result<(), &'static str> {
        let mut lines = Lines::default();
        let mut waits = self.waits.subscribe();
        let mut received = 0;
        let mut chunk = [0; FTP_COMMAND_CHUNK];
        loop {
            while waits.borrow_and_update().nothing()
                && let Some(line) = lines.next()
            {
                let begins_store = line.begins_store();
                let passed = self.judged(line, entry).await;
                if begins_store {
                    self.aborted.store(lines.hold_abort(), Ordering::Relaxed);
                    self.waits.send_modify(|waits| waits.reply = true);
                }
                if library.write_all(&passed).await.is_err() {
                    return Ok(());
                }
            }
            let left = self.left.load(Ordering::Relaxed);
            if left && waits.borrow().nothing() {
                // Its end is the library's sign that the client is gone.
                return Ok(());
            }
            tokio::select! {
                _ = waits.changed() => continue,
                ready = self.client.readable(), if !left && lines.waiting() < FTP_LINE_MAX => drop(ready),
            }
            match self.client.try_read(&mut chunk) {
                Ok(size @ 1..) => {
                    received += size as u64;
                    if received > FTP_COMMANDS_MAX {
                        return Err("its commands are too long");
                    }
                    if lines.add(&chunk[..size]) && !waits.borrow().nothing() {
                        self.aborted.store(true, Ordering::Relaxed);
                    }
                }
                Err(error) if is_nothing_yet(&error) => {}
                Ok(0) | Err(_) => self.left.store(true, Ordering::Relaxed),
            }
        }
    }

    /// Passes the library's replies on to the client until one of both is gone.
    pub(super) async fn replies(&self, mut library: OwnedReadHalf) {
        let mut chunk = [0; FTP_LINE_MAX];
        while let Ok(size @ 1..) = library.read(&mut chunk).await {
            let ends_store = ends_command(&chunk[..size]);
            let mut rest = &chunk[..size];
            while !rest.is_empty() {
                match self.client.try_write(rest) {
                    Ok(sent) => rest = &rest[sent..],
                    Err(error) if is_nothing_yet(&error) => drop(self.client.writable().await),
                    Err(_) => return,
                }
            }
            if ends_store {
                self.waits.send_modify(|waits| waits.reply = false);
            }
        }
    }

    /// Whether the client, or the server, gave the session up, or the client gave up its transfer.
    pub(super) fn gave_up(&self) -> Option<&'static str> {
        if self.ended.load(Ordering::Relaxed) {
            return Some("the session ended before the file");
        }
        if self.aborted.load(Ordering::Relaxed) {
            return Some(ABORTED);
        }
        if self.left.load(Ordering::Relaxed) {
            return LEFT;
        }
        // On a busy machine this comes before `commands` has seen it.
        let mut waiting = [0; FTP_COMMAND_CHUNK];
        match recv(self.client.as_raw_fd(), &mut waiting, MsgFlags::MSG_PEEK | MsgFlags::MSG_DONTWAIT) {
            Ok(0) => LEFT,
            Ok(size) => Lines::default().add(&waiting[..size]).then_some(ABORTED),
            Err(Errno::EAGAIN | Errno::EINTR) => None,
            Err(_) => Some("the client's session broke"),
        }
    }

    /// Says a last word and ends the session. The library has no such word, so it is said past it.
    pub(super) fn dismiss(&self, reply: &[u8]) {
        if let Err(error) = self.client.try_write(reply) {
            tracing::debug!(%error, "a client did not hear why its session ends");
        }
        self.end();
    }

    /// The session is over, also for transfers still under way.
    pub(super) fn end(&self) {
        if self.ended.swap(true, Ordering::Relaxed) {
            return;
        }
        if let Err(error) = SockRef::from(&self.client).shutdown(Shutdown::Both) {
            tracing::trace!(%error, "the client had left already");
        }
    }

    /// What the library hears in place of this line.
    async fn judged(&self, line: Line, entry: &Entry) -> Vec<u8> {
        if line.begins_transfer() || line.is_abort() {
            self.aborted.store(line.is_abort(), Ordering::Relaxed);
        }
        match line.judged(self.peer, self.local) {
            Judged::Passed(bytes) => bytes,
            Judged::Refused(bytes, why) => {
                tracing::warn!(peer = %self.peer, why, "an FTP command is refused");
                bytes.to_vec()
            }
            // Nobody is called before a login.
            Judged::Call(_) if !entry.logged_in() => line::BAD_PARAMETER.to_vec(),
            Judged::Call(port) => match data::active(port).await {
                Ok(inside) => line::spelled(inside),
                Err(error) => {
                    tracing::info!(%port, %error, "an FTP client cannot be called");
                    line::spelled(NOWHERE)
                }
            },
        }
    }
}

impl Waits {
    fn nothing(self) -> bool {
        !self.reply && !self.store
    }
}

impl Drop for Hold<'_> {
    fn drop(&mut self) {
        self.0.waits.send_modify(|waits| waits.store = false);
    }
}

/// Whether one of these replies is more than a preliminary one (RFC 959, section 4.2). Where it belongs to an earlier
/// command, the next one waits less long than it should: never for ever.
fn ends_command(replies: &[u8]) -> bool {
    replies.split(|byte| *byte == b'\n').any(|line| matches!(line.first(), Some(b'2'..=b'5')))
}

fn is_nothing_yet(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::Interrupted)
}
