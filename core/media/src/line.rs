//! Listens on real sockets.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    ops::RangeInclusive,
    time::Duration,
};

use tokio::{
    net::UdpSocket,
    time::{Instant, sleep_until},
};

use crate::{AudioEvent, Ending, Expected, MediaError, Receiver, Recorder, Statistics, limits::DATAGRAM_MAX};

/// How far ahead a deadline may lie; further ones are looked at again then.
const SLEEP_MAX: Duration = Duration::from_secs(3_600);

/// An even port for sound, and the one above it for control. RFC 3550 section 11.
#[derive(Debug)]
pub struct Line {
    address: SocketAddr,
    sound: UdpSocket,
    control: UdpSocket,
}

/// What was heard on a line.
#[derive(Debug)]
pub struct Heard {
    /// What was counted.
    pub statistics: Statistics,
    /// Why it ended.
    pub ending: Ending,
    /// How long the recording is, if one was asked for.
    pub recorded: Option<Duration>,
}

impl Line {
    /// Opens the first free pair of the range, beginning with its `turn`th pair and going round, so that each sound
    /// can have a new port.
    ///
    /// # Errors
    /// [`MediaError::Ports`] if no pair is free, [`MediaError::Socket`] if the address is not this machine's.
    pub async fn open(address: IpAddr, ports: RangeInclusive<u16>, turn: usize) -> Result<Self, MediaError> {
        let (first, last) = (*ports.start(), *ports.end());
        let pairs: Vec<u16> = ports.filter(|port| port % 2 == 0 && *port != 0).collect();
        let (tried_later, tried_first) = pairs.split_at(turn.checked_rem(pairs.len()).unwrap_or(0));
        for port in tried_first.iter().chain(tried_later) {
            let address = SocketAddr::new(address, *port);
            match bind_pair(address).await {
                Ok((sound, control)) => return Ok(Self { address, sound, control }),
                Err(source) if source.kind() == io::ErrorKind::AddrInUse => {}
                // Ports below 1024, for one who may not use them.
                Err(source) if source.kind() == io::ErrorKind::PermissionDenied => {}
                Err(source) => return Err(MediaError::Socket { address, what: "opening the port", source }),
            }
        }
        Err(MediaError::Ports { address, first, last })
    }

    /// The port of the sound.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Hears what is sent to a multicast group too; the line must be open on the unspecified address. An unspecified
    /// interface is the system's choice.
    ///
    /// # Errors
    /// [`MediaError::Socket`] if the system refuses.
    pub fn join(&self, group: Ipv4Addr, interface: Ipv4Addr) -> Result<(), MediaError> {
        for socket in [&self.sound, &self.control] {
            socket.join_multicast_v4(group, interface).map_err(|source| MediaError::Socket {
                address: self.address,
                what: "joining the multicast group",
                source,
            })?;
        }
        Ok(())
    }

    /// Listens until the sound ends or `stop` is ready; tells each event as it happens, the end included.
    ///
    /// # Errors
    /// [`MediaError::Socket`] if the socket fails, [`MediaError::Wav`] if the recording cannot be written.
    pub async fn listen(
        self,
        expected: Expected,
        mut recorder: Option<Recorder>,
        stop: impl Future<Output = ()>,
        mut tell: impl FnMut(AudioEvent),
    ) -> Result<Heard, MediaError> {
        let began = Instant::now();
        let mut receiver = Receiver::new(Duration::ZERO, expected);
        let (mut datagram, mut control) = ([0; DATAGRAM_MAX], [0; DATAGRAM_MAX]);
        let mut stop = std::pin::pin!(stop);
        let ending = loop {
            let deadline = receiver.deadline().unwrap_or(SLEEP_MAX).min(began.elapsed() + SLEEP_MAX);
            // In this order: neither a flood of packets nor an early BYE comes before what was sent ahead of it.
            tokio::select! {
                biased;
                () = &mut stop => receiver.stop(),
                got = self.sound.recv_from(&mut datagram) => {
                    let (length, from) = self.working(got)?;
                    receiver.handle(began.elapsed(), from, &datagram[..length]);
                }
                got = self.control.recv_from(&mut control) => {
                    let (length, from) = self.working(got)?;
                    receiver.handle_control(from, &control[..length]);
                }
                () = sleep_until(began + deadline) => {}
            }
            receiver.handle_timeout(began.elapsed());
            let heard = receiver.take_samples();
            if let Some(recorder) = &mut recorder {
                recorder.write(&heard)?;
            }
            let mut ended = None;
            while let Some(event) = receiver.poll_event() {
                if let AudioEvent::Ended(ending) = event {
                    ended = Some(ending);
                }
                tell(event);
            }
            if let Some(ending) = ended {
                break ending;
            }
        };
        let recorded = recorder.map(Recorder::finish).transpose()?;
        Ok(Heard { statistics: receiver.statistics(), ending, recorded })
    }

    fn working<T>(&self, result: io::Result<T>) -> Result<T, MediaError> {
        result.map_err(|source| MediaError::Socket { address: self.address, what: "receiving", source })
    }
}

async fn bind_pair(address: SocketAddr) -> io::Result<(UdpSocket, UdpSocket)> {
    let above = SocketAddr::new(address.ip(), address.port() + 1);
    Ok((UdpSocket::bind(address).await?, UdpSocket::bind(above).await?))
}
