//! Sends in real time.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    time::SystemTime,
};

use socket2::SockRef;
use tokio::{
    net::UdpSocket,
    time::{MissedTickBehavior, interval},
};

use crate::{MediaError, Sender, limits::DESTINATIONS_MAX};

/// How packets to a multicast group leave. Packets to one address are not concerned.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Multicast {
    /// How many networks they may cross, 1 to 255; 1 is the own one.
    pub ttl: u8,
    /// The address of the interface they leave by; unspecified is the system's choice.
    pub interface: Ipv4Addr,
}

impl Default for Multicast {
    /// The own network, by the system's choice.
    fn default() -> Self {
        Self { ttl: 1, interface: Ipv4Addr::UNSPECIFIED }
    }
}

/// A socket and whom it sends to.
#[derive(Debug)]
pub struct Outlet {
    socket: UdpSocket,
    to: Vec<SocketAddr>,
}

/// What was sent.
#[derive(Debug, Default)]
pub struct Sent {
    /// Packets, each counted once however many addresses it went to.
    pub packets: u64,
    /// Datagrams the system took.
    pub datagrams: u64,
    /// Datagrams the system refused; the others were sent nevertheless.
    pub refused: u64,
    /// What the system said last when it refused one.
    pub last_refusal: Option<io::Error>,
}

impl Outlet {
    /// Opens a socket on `local`, whose port may be 0, for sound to all of these addresses.
    ///
    /// # Errors
    /// [`MediaError::Destinations`] if there are none or too many, [`MediaError::Socket`] if the socket cannot be had.
    pub async fn open(local: SocketAddr, to: &[SocketAddr], multicast: Multicast) -> Result<Self, MediaError> {
        if !(1..=DESTINATIONS_MAX).contains(&to.len()) {
            return Err(MediaError::Destinations { count: to.len(), max: DESTINATIONS_MAX });
        }
        let failed = |what| move |source| MediaError::Socket { address: local, what, source };
        let socket = UdpSocket::bind(local).await.map_err(failed("opening the port"))?;
        if local.is_ipv4() {
            let options = SockRef::from(&socket);
            options.set_multicast_ttl_v4(u32::from(multicast.ttl)).map_err(failed("setting the multicast TTL"))?;
            options.set_multicast_if_v4(&multicast.interface).map_err(failed("choosing the multicast interface"))?;
        }
        Ok(Self { socket, to: to.to_vec() })
    }

    /// Sends all packets, one every packet time, and BYE when the last one's time is over. A late packet does not
    /// delay those after it.
    ///
    /// Dropping the future stops the sound; [`goodbye`](Self::goodbye) then ends it for those who listen.
    pub async fn send(&self, sender: &mut Sender) -> Sent {
        let mut sent = Sent::default();
        let mut ticks = interval(sender.packet_time().duration());
        ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
        ticks.tick().await;
        while let Some(packet) = sender.poll_packet() {
            sent.packets += 1;
            for to in &self.to {
                match self.socket.send_to(&packet, to).await {
                    Ok(_) => sent.datagrams += 1,
                    Err(source) => {
                        sent.refused += 1;
                        sent.last_refusal = Some(source);
                    }
                }
            }
            ticks.tick().await;
        }
        self.goodbye(sender).await;
        sent
    }

    /// Says BYE on the control port of each address, the one above the sound's.
    pub async fn goodbye(&self, sender: &Sender) {
        let datagram = sender.goodbye(SystemTime::now());
        for to in &self.to {
            if let Some(port) = to.port().checked_add(1) {
                // Whoever misses it hears the silence instead.
                let _ = self.socket.send_to(&datagram, (to.ip(), port)).await;
            }
        }
    }
}
