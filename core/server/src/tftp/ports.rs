//! Ports of transfers that are over, for those to come: to open and close one takes a fifth of what a short file costs.
//!
//! A datagram that is late, of the transfer that had the port before, comes from another address or port than the next
//! client's and is told so (RFC 1350, section 4). That the same client comes back to the same port at once would be the
//! exception: a port rests until many others have been used, and is closed after some transfers.

use std::{
    collections::VecDeque,
    io,
    net::SocketAddr,
    sync::{Mutex, PoisonError},
};

use super::line::Line;
use crate::limits::{TFTP_PORT_TRANSFERS_MAX, TFTP_PORTS_KEPT_MAX, TFTP_PORTS_RESTING};

/// Open ports that no transfer has.
#[derive(Default)]
pub(super) struct Ports(Mutex<VecDeque<Port>>);

/// The port of one transfer.
pub(super) struct Port {
    pub(super) line: Line,
    local: SocketAddr,
    transfers: u32,
}

impl Ports {
    /// One that has rested, or a new one. `local`: of this address, port 0.
    pub(super) fn take(&self, local: SocketAddr) -> io::Result<Port> {
        let rested = {
            let mut ports = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if ports.len() > TFTP_PORTS_RESTING { ports.pop_front() } else { None }
        };
        match rested {
            Some(port) if port.local == local => Ok(port),
            // On another address of this machine; it is closed.
            _ => Ok(Port { line: Line::open(local)?, local, transfers: 0 }),
        }
    }

    /// The transfer came to its end.
    pub(super) fn give_back(&self, mut port: Port) {
        port.transfers += 1;
        let mut ports = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if port.transfers < TFTP_PORT_TRANSFERS_MAX && ports.len() < TFTP_PORTS_KEPT_MAX {
            ports.push_back(port);
        }
    }
}
