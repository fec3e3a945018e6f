//! The listening port: requests, and which of this machine's addresses each was sent to.

use std::{
    io::{self, IoSliceMut},
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV6},
    os::fd::AsRawFd,
};

use nix::{
    cmsg_space,
    libc::{in_pktinfo, in6_pktinfo},
    sys::socket::{ControlMessageOwned, MsgFlags, SockaddrStorage, recvmsg, setsockopt, sockopt},
};
use tokio::{io::Interest, net::UdpSocket};

/// A port that is open on one address, or on all.
pub(super) struct Letterbox {
    socket: UdpSocket,
    /// The address it is open on.
    ip: IpAddr,
}

/// A request that came in.
pub(super) struct Letter {
    /// Its length in bytes.
    pub(super) size: usize,
    /// Who sent it.
    pub(super) client: SocketAddr,
    /// The address it was sent to, port 0: the client awaits its answer from there.
    pub(super) local: SocketAddr,
}

impl Letterbox {
    pub(super) fn new(socket: UdpSocket, ip: IpAddr) -> Self {
        if ip.is_unspecified() {
            let told = if ip.is_ipv4() {
                setsockopt(&socket, sockopt::Ipv4PacketInfo, &true)
            } else {
                setsockopt(&socket, sockopt::Ipv6RecvPacketInfo, &true)
            };
            if let Err(error) = told {
                tracing::warn!(%error, "TFTP answers may come from another address than was asked");
            }
        }
        Letterbox { socket, ip }
    }

    /// The next request. None for one that was sent to a whole network (RFC 1123, section 4.2.3.5).
    pub(super) async fn next(&self, datagram: &mut [u8]) -> io::Result<Option<Letter>> {
        if !self.ip.is_unspecified() {
            let (size, client) = self.socket.recv_from(datagram).await?;
            return Ok(Some(Letter { size, client, local: SocketAddr::new(self.ip, 0) }));
        }
        self.socket.async_io(Interest::READABLE, || self.take(datagram)).await
    }

    fn take(&self, datagram: &mut [u8]) -> io::Result<Option<Letter>> {
        let mut space = cmsg_space!(in_pktinfo, in6_pktinfo);
        let mut parts = [IoSliceMut::new(datagram)];
        let flags = MsgFlags::MSG_DONTWAIT;
        let taken = recvmsg::<SockaddrStorage>(self.socket.as_raw_fd(), &mut parts, Some(&mut space), flags)?;
        let mut local = Some(SocketAddr::new(self.ip, 0));
        for message in taken.cmsgs()? {
            match message {
                ControlMessageOwned::Ipv4PacketInfo(info) => local = asked_v4(&info),
                ControlMessageOwned::Ipv6PacketInfo(info) => local = asked_v6(&info),
                _ => {}
            }
        }
        let client = taken.address.as_ref().and_then(client);
        Ok(client.zip(local).map(|(client, local)| Letter { size: taken.bytes, client, local }))
    }
}

/// The address in the packet differs from the one that an answer comes from if it is none of this machine's own.
fn asked_v4(info: &in_pktinfo) -> Option<SocketAddr> {
    let own = (info.ipi_addr.s_addr == info.ipi_spec_dst.s_addr).then_some(info.ipi_addr.s_addr);
    own.map(|address| SocketAddr::new(Ipv4Addr::from(u32::from_be(address)).into(), 0))
}

fn asked_v6(info: &in6_pktinfo) -> Option<SocketAddr> {
    let address = Ipv6Addr::from(info.ipi6_addr.s6_addr);
    // The same link-local address may be on several networks.
    let scope = if address.is_unicast_link_local() { info.ipi6_ifindex } else { 0 };
    (!address.is_multicast()).then(|| SocketAddrV6::new(address, 0, 0, scope).into())
}

fn client(address: &SockaddrStorage) -> Option<SocketAddr> {
    let v4 = address.as_sockaddr_in().map(|address| SocketAddr::V4((*address).into()));
    v4.or_else(|| address.as_sockaddr_in6().map(|address| SocketAddr::V6((*address).into())))
}
