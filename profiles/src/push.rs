//! Where phones take pushes.

use std::{net::SocketAddrV4, str::FromStr};

/// Where phones take pushes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PushListen {
    /// Nowhere.
    Nowhere,
    /// Each at a loopback address of its own, all on this port.
    Own {
        /// 0: any free one.
        port: u16,
    },
    /// The first at this address, further ones at those that follow; on port 0 all at the same, each on any free port.
    From(SocketAddrV4),
}

impl PushListen {
    /// The port of all phones, if they have one.
    pub fn port(self) -> Option<u16> {
        match self {
            PushListen::Nowhere => None,
            PushListen::Own { port } => Some(port),
            PushListen::From(first) => Some(first.port()),
        }
        .filter(|port| *port != 0)
    }
}

impl FromStr for PushListen {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "\"{text}\" is no place to listen: write own:5080, an address and port such as 10.0.0.50:80, or none"
            )
        };
        if text == "none" {
            return Ok(PushListen::Nowhere);
        }
        if let Some(port) = text.strip_prefix("own:") {
            return port.parse().map(|port| PushListen::Own { port }).map_err(|_| wrong());
        }
        let first: SocketAddrV4 = text.parse().map_err(|_| wrong())?;
        if first.ip().is_unspecified() || first.ip().is_multicast() || first.ip().is_broadcast() {
            return Err(format!("{} is no address of one phone: name this machine's own", first.ip()));
        }
        Ok(PushListen::From(first))
    }
}
