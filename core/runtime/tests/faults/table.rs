//! Every fault that is put in the way of a transfer, and what must come of it. One row, one fault: those for our
//! clients are in [`clients`](crate::clients), those for our servers in [`servers`](crate::servers).

use deskset_server::Protocol;
use deskset_tftp::{ErrorCode, Packet};
use deskset_transport::{FetchKind, FtpKind};

use crate::{
    certificates::Identity,
    peers::Act,
    relay::{Cut, Deed, Leg},
    visitors::Visit,
};

/// One fault.
pub struct Fault {
    pub name: &'static str,
    pub protocol: Protocol,
    pub how: How,
    pub expected: Expected,
}

/// What is in the way.
#[derive(Clone, Copy)]
pub enum How {
    /// Client and server are ours; a relay between them does this with the nth datagram of a way, from 1.
    TftpRelay { window: Option<u16>, deed: fn(Leg, usize, &[u8]) -> Deed },
    /// The client is ours; the other end answers each datagram so.
    TftpPeer(fn(&Packet<'_>) -> Vec<Vec<u8>>),
    /// Client and server are ours; a relay between them does this to the server's bytes.
    TcpRelay(Cut),
    /// The client is ours; the other end does this on each connection.
    HttpPeer(&'static [Act]),
    /// The same behind TLS with this certificate.
    HttpsPeer(Identity, &'static [Act]),
    /// The client is ours; the other end does this instead of the usual. See `far_side/ftp.rs` of the transport.
    FtpPeer(Job, &'static [(&'static str, &'static str)]),
    /// The server is ours; the client sends these datagrams to its port.
    Datagrams(fn() -> Vec<Vec<u8>>),
    /// The server is ours; the client sends these bytes and reads one line.
    Bytes(fn() -> Vec<u8>),
    /// The server is ours; the client says these lines and reads a reply to each.
    Dialogue(&'static [&'static str]),
    /// The server is ours; the client does this.
    Visit(Visit),
}

/// What our FTP client does.
#[derive(Clone, Copy)]
pub enum Job {
    Store,
    Retrieve,
}

/// What must come of it. For a server: what the client heard, and what was recorded.
#[derive(Clone, Copy)]
pub enum Expected {
    Fetch(Result<usize, FetchKind>),
    Ftp(Result<usize, FtpKind>),
    Server(&'static str),
}

/// Bytes in the file that sound servers have. Fifteen blocks of 1428.
pub const FILE_BYTES: usize = 20_000;

pub fn data(block: u16, payload: &[u8]) -> Vec<u8> {
    Packet::Data { block, payload }.encode()
}

pub fn error(code: ErrorCode) -> Vec<u8> {
    Packet::Error { code, message: "as it is".into() }.encode()
}

/// An OACK to the request, and nothing to anything else.
pub fn oack(asked: &Packet<'_>, options: &[u8]) -> Vec<Vec<u8>> {
    if matches!(asked, Packet::Rrq(_)) { vec![[b"\0\x06", options].concat()] } else { vec![] }
}

/// Fields of a request, each with its zero byte.
pub fn request(operation: u8, fields: &[&str]) -> Vec<u8> {
    let fields = fields.iter().flat_map(|field| [field.as_bytes(), b"\0"]);
    [vec![0, operation], fields.flatten().copied().collect()].concat()
}
