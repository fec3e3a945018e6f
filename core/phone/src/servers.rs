use std::fmt;

use deskset_models::{Model, Release, Signaling, since};

use crate::{Parameters, limits::SERVERS_MAX, names};

/// How a file server is spoken to, in the order phones try them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Protocol {
    /// Over TLS.
    Https,
    /// In clear.
    Http,
    /// TFTP.
    Tftp,
}

impl Protocol {
    /// The word in reports: `https`, `http`, `tftp`.
    pub fn key(self) -> &'static str {
        match self {
            Protocol::Https => "https",
            Protocol::Http => "http",
            Protocol::Tftp => "tftp",
        }
    }

    /// The port without further administration (LAN Administrator Guide 555-233-507, Figure 2).
    pub fn usual_port(self) -> u16 {
        match self {
            Protocol::Https => 411,
            Protocol::Http => 80,
            Protocol::Tftp => 69,
        }
    }
}

/// A file server as it is administered.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Server {
    /// How it is spoken to.
    pub protocol: Protocol,
    /// Address, or name with the domain appended.
    pub host: String,
    /// Port.
    pub port: u16,
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}:{}", self.protocol.key(), self.host, self.port)
    }
}

/// All servers a phone may ask for its upgrade script: TLS, then HTTP, then TFTP, list order inside each.
///
/// Software before HTTP came knows only TFTP; with AUTH 1 scripts are taken only over TLS.
///
/// Source: LAN Administrator Guide 555-233-507, "Telephone and File Server".
pub(crate) fn candidates(
    parameters: &Parameters,
    model: &Model,
    signaling: Signaling,
    release: Release,
) -> Vec<Server> {
    let has = |key| model.under(signaling).is_some_and(|rules| rules.has(key, release));
    let authenticated_only = parameters.value(names::AUTH) == "1";
    let lists = [
        (Protocol::Https, names::TLSSRVR, has(since::HTTPS)),
        (Protocol::Http, names::HTTPSRVR, has(since::HTTP) && !authenticated_only),
        (Protocol::Tftp, names::TFTPSRVR, !authenticated_only),
    ];
    let mut servers = Vec::new();
    for (protocol, list, spoken) in lists {
        if spoken {
            let members = parameters.value(list).split(',').map(str::trim).filter(|member| !member.is_empty());
            servers.extend(members.map(|member| server(protocol, member, parameters)));
        }
    }
    servers.truncate(SERVERS_MAX);
    servers
}

fn server(protocol: Protocol, address: &str, parameters: &Parameters) -> Server {
    let usual = match protocol {
        Protocol::Http => parameters.value(names::HTTPPORT).parse().unwrap_or(protocol.usual_port()),
        Protocol::Https | Protocol::Tftp => protocol.usual_port(),
    };
    let (host, port) = host_and_port(address, usual, parameters.value(names::DOMAIN));
    Server { protocol, host, port }
}

/// Takes `host:port` apart (project rule: a lab's servers may stand on any port) and appends the domain to a name that
/// has no dot.
pub(crate) fn host_and_port(address: &str, usual: u16, domain: &str) -> (String, u16) {
    let (host, port) = match address.rsplit_once(':') {
        Some((host, port)) => (host, port.parse().unwrap_or(usual)),
        None => (address, usual),
    };
    let qualified = if host.contains('.') || domain.is_empty() { host.to_owned() } else { format!("{host}.{domain}") };
    (qualified, port)
}

/// The directory put in front of file names for this protocol.
pub(crate) fn directory(protocol: Protocol, parameters: &Parameters) -> &str {
    match protocol {
        Protocol::Https | Protocol::Http => parameters.value(names::HTTPDIR),
        Protocol::Tftp => parameters.value(names::TFTPDIR),
    }
}
