//! The port of one transfer.

use std::{
    future::poll_fn,
    io::{self, ErrorKind},
    net::{SocketAddr, UdpSocket},
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use socket2::{Domain, Protocol, Socket, Type};
use tokio::{
    io::{Interest, unix::AsyncFd},
    time::{Instant, Sleep, sleep, sleep_until},
};

/// How long a datagram that the system has no room for waits before it is tried again.
const ROOM_PAUSE: Duration = Duration::from_millis(1);

/// A socket that tells only of what comes in. One that also told when it can send would do so after each datagram that
/// left, and it nearly always can.
pub(super) struct Line(AsyncFd<UdpSocket>);

impl Line {
    /// Any free port of this address.
    pub(super) fn open(local: SocketAddr) -> io::Result<Self> {
        let kind = Type::DGRAM.nonblocking();
        let socket = Socket::new(Domain::for_address(local), kind, Some(Protocol::UDP))?;
        socket.bind(&local.into())?;
        #[expect(
            deprecated,
            reason = "what replaces it is unsafe; a UdpSocket has its descriptor for as long as it lives"
        )]
        let fd = AsyncFd::with_interest(socket.into(), Interest::READABLE)?;
        Ok(Line(fd))
    }

    /// A port behind which nobody listens any more is no error here: to the other end it is a lost datagram.
    pub(super) async fn send(&self, datagram: &[u8], to: SocketAddr) -> io::Result<()> {
        loop {
            match self.0.get_ref().send_to(datagram, to) {
                Err(error) if error.kind() == ErrorKind::WouldBlock => sleep(ROOM_PAUSE).await,
                Err(error) if matches!(error.kind(), ErrorKind::ConnectionRefused | ErrorKind::Interrupted) => {}
                sent => return sent.map(drop),
            }
        }
    }

    /// The next datagram. An error may be about one that was sent before (ICMP).
    pub(super) async fn receive(&self, datagram: &mut [u8]) -> io::Result<(usize, SocketAddr)> {
        poll_fn(|cx| self.poll_receive(cx, datagram)).await
    }

    fn poll_receive(&self, cx: &mut Context<'_>, datagram: &mut [u8]) -> Poll<io::Result<(usize, SocketAddr)>> {
        loop {
            let mut ready = ready!(self.0.poll_read_ready(cx))?;
            if let Ok(received) = ready.try_io(|socket| socket.get_ref().recv_from(datagram)) {
                return Poll::Ready(received);
            }
        }
    }
}

/// Ends a wait at a deadline that is put off again and again. It is woken at the first one, and looks then.
pub(super) struct Alarm {
    began: Instant,
    set: Duration,
    sleep: Pin<Box<Sleep>>,
}

impl Alarm {
    /// Times count from `began`.
    pub(super) fn new(began: Instant, first: Duration) -> Self {
        Alarm { began, set: first, sleep: Box::pin(sleep_until(began + first)) }
    }

    /// Returns at `deadline`, or earlier: then nothing is to be done yet.
    pub(super) async fn rings(&mut self, deadline: Duration) {
        if deadline < self.set || self.sleep.is_elapsed() {
            self.set = deadline;
            self.sleep.as_mut().reset(self.began + deadline);
        }
        self.sleep.as_mut().await;
    }
}
