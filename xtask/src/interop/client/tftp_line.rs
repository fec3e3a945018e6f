//! The TFTP machine of our transport on a socket, asking what no phone asks: to see each option by itself.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use deskset_tftp::{Mode, Offer, Outcome, Patience, Receiver, Rules, Sender, Terms, Transmit};
use tokio::{
    net::UdpSocket,
    time::{Instant, timeout_at},
};

/// One of the two ends; the file goes in or out.
pub(super) enum End {
    In(Box<Receiver>),
    Out(Box<Sender<Arc<[u8]>>>),
}

macro_rules! either {
    ($end:expr, $name:ident $arguments:tt) => {
        match $end {
            End::In(end) => end.$name $arguments,
            End::Out(end) => end.$name $arguments,
        }
    };
}

/// What came of it.
pub(super) struct Done {
    pub(super) terms: Terms,
    /// How often it asked: a second time without options, if a server says no to them.
    pub(super) requests: u32,
    /// Of a file that came.
    pub(super) bytes: Vec<u8>,
}

fn rules() -> Rules {
    // So long that a busy machine is no reason to ask again.
    let patience = Patience { first: Duration::from_secs(8), longest: Duration::from_secs(8), tries: 4 };
    Rules { patience, ..Rules::with_size_limit(super::files::LARGE as u64) }
}

impl End {
    pub(super) fn read(server: SocketAddr, file: &str, mode: Mode, offer: Offer) -> Result<Self, String> {
        let end = Receiver::read(Duration::ZERO, server, file, mode, offer, rules());
        end.map(|end| End::In(Box::new(end))).map_err(|why| why.to_string())
    }

    pub(super) fn write(server: SocketAddr, file: &str, offer: Offer, bytes: &[u8]) -> Result<Self, String> {
        let end = Sender::write(Duration::ZERO, server, file, Mode::Octet, offer, rules(), Arc::from(bytes));
        end.map(|end| End::Out(Box::new(end))).map_err(|why| why.to_string())
    }

    /// To its end.
    pub(super) async fn run(mut self) -> Result<Done, String> {
        let socket = UdpSocket::bind("0.0.0.0:0").await.map_err(|why| why.to_string())?;
        let (begin, mut datagram) = (Instant::now(), vec![0; 65_536]);
        loop {
            while let Some(Transmit { to, datagram }) = either!(&mut self, poll_transmit()) {
                socket.send_to(&datagram, to).await.map_err(|why| why.to_string())?;
            }
            match either!(&self, outcome()) {
                Some(Outcome::Done { .. }) => break,
                Some(Outcome::Failed(why)) => return Err(why.to_string()),
                None => {}
            }
            let Some(deadline) = either!(&self, deadline()) else { return Err("nothing to wait for".to_owned()) };
            match timeout_at(begin + deadline, socket.recv_from(&mut datagram)).await {
                Ok(Ok((size, from))) => either!(&mut self, handle(begin.elapsed(), from, &datagram[..size])),
                Ok(Err(why)) => return Err(why.to_string()),
                Err(_) => either!(&mut self, handle_timeout(begin.elapsed())),
            }
        }
        let (terms, requests) = (either!(&self, terms()), either!(&self, requests()));
        let bytes = match self {
            End::In(mut end) => end.take_bytes(),
            End::Out(_) => Vec::new(),
        };
        Ok(Done { terms, requests, bytes })
    }
}
