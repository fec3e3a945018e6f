//! Our TFTP client and foreign servers.

use std::{
    fs,
    net::SocketAddr,
    path::PathBuf,
    time::{Duration, Instant},
};

use deskset_tftp::{Mode, Offer, netascii};
use deskset_transport::{Endpoint, FetchAsk, Protocol, TftpSettings, TransferLimits, Transport, TransportSettings};

use super::{
    super::Peers,
    Quirk, cases_of, compare,
    files::{LARGE, contents},
    tftp_line::{Done, End},
};

/// A foreign TFTP server.
#[derive(Debug)]
pub(in super::super) struct Server {
    pub(in super::super) peer: &'static str,
    pub(in super::super) version: &'static str,
    variable: &'static str,
    quirks: &'static [Quirk],
}

/// How long a server may take to close a file.
const SAFE_ON_DISK: Duration = Duration::from_secs(5);

/// How a case asks.
#[derive(Clone, Copy, Debug)]
enum Way {
    /// The machine by itself, with these options.
    Options(Offer),
    Netascii,
    /// The transport, with these block and window sizes, for this file.
    Transport(Option<u16>, Option<u16>, &'static str),
    Put(Offer),
}

const ONE: Offer = Offer::NONE;
const ALL: Offer = Offer { block_size: Some(1428), size: Some(0), timeout: Some(3), window: Some(16) };

const fn blocks(size: u16) -> Way {
    Way::Options(Offer { block_size: Some(size), ..ONE })
}

const fn window(size: u16) -> Way {
    Way::Options(Offer { window: Some(size), ..ONE })
}

const NONE_AGREED: &str = "whole, blksize 512, windowsize 1";
const AGAIN: &str = "whole, blksize 512, windowsize 1, asked again";

/// Case, way, what is seen.
const CASES: &[(&str, Way, &str)] = &[
    ("no option", Way::Options(ONE), NONE_AGREED),
    ("blksize 8", blocks(8), "whole, blksize 8, windowsize 1"),
    ("blksize 512", blocks(512), NONE_AGREED),
    ("blksize 1428", blocks(1428), "whole, blksize 1428, windowsize 1"),
    ("blksize 65464", blocks(65464), "whole, blksize 65464, windowsize 1"),
    ("tsize", Way::Options(Offer { size: Some(0), ..ONE }), "whole, blksize 512, windowsize 1, tsize"),
    ("timeout", Way::Options(Offer { timeout: Some(3), ..ONE }), "whole, blksize 512, windowsize 1, timeout"),
    ("windowsize 1", window(1), NONE_AGREED),
    ("windowsize 4", window(4), "whole, blksize 512, windowsize 4"),
    ("windowsize 16", window(16), "whole, blksize 512, windowsize 16"),
    ("all options", Way::Options(ALL), "whole, blksize 1428, windowsize 16, tsize, timeout"),
    ("netascii", Way::Netascii, "whole"),
    ("as a phone asks: blksize 1428, tsize", Way::Transport(Some(1428), None, "phone.bin"), "whole"),
    ("the same, windowsize 16", Way::Transport(Some(1428), Some(16), "phone.bin"), "whole"),
    ("the same, no option", Way::Transport(None, None, "phone.bin"), "whole"),
    ("empty file", Way::Transport(Some(1428), None, "empty.bin"), "whole"),
    ("whole blocks only", Way::Transport(None, None, "blocks.bin"), "whole"),
    ("40 MB of 512: numbers roll over", Way::Transport(None, None, "rolls.bin"), "whole"),
    ("64 MB of blksize 65464", Way::Transport(Some(65464), None, "large.bin"), "whole"),
    ("missing file", Way::Transport(Some(1428), None, "none.bin"), "NotFound"),
    ("put", Way::Put(ONE), "stored, blksize 512, windowsize 1"),
    (
        "put, blksize 1428, tsize",
        Way::Put(Offer { size: Some(0), block_size: Some(1428), ..ONE }),
        "stored, blksize 1428, windowsize 1, tsize",
    ),
];

const NO_WINDOW: &str = "the server does not know windowsize (RFC 7440) and leaves it out";
const NO_TIMEOUT: &str = "the server does not know timeout (RFC 2349) and leaves it out";
const NEITHER: &str = "the server knows neither timeout nor windowsize and leaves them out";
const READ_ONLY: &str = "the server has no write requests and refuses them";
const NO_INTEGER: &str =
    "the server answers timeout with 3.0, which is no number of RFC 2349; our client waits as it does without";
const NO_OPTIONS: &str = "the server ends the transfer at any option; our client asks again without";
const NO_ROLLOVER: &str = "the server ends after block 65535; our client throws the part away";
const ONLY_WITH_OPTIONS: &str = "the server takes write requests with options only";
const NO_NETASCII: &str = "the server fails in mode netascii";

const PLAIN: Quirk = Quirk::new("windowsize 4", NONE_AGREED, NO_WINDOW);
const PLAIN_16: Quirk = Quirk::new("windowsize 16", NONE_AGREED, NO_WINDOW);

const HPA: &[Quirk] =
    &[PLAIN, PLAIN_16, Quirk::new("all options", "whole, blksize 1428, windowsize 1, tsize, timeout", NO_WINDOW)];

const DNSMASQ: &[Quirk] = &[
    PLAIN,
    PLAIN_16,
    Quirk::new("timeout", NONE_AGREED, NO_TIMEOUT),
    Quirk::new("all options", "whole, blksize 1428, windowsize 1, tsize", NEITHER),
    Quirk::new("put", "the other end ended the transfer with ERROR 4 ...", READ_ONLY),
    Quirk::new("put, blksize 1428, tsize", "the other end ended the transfer with ERROR 4 ...", READ_ONLY),
];

const TFTPY: &[Quirk] = &[
    PLAIN,
    PLAIN_16,
    Quirk::new("timeout", NONE_AGREED, NO_TIMEOUT),
    Quirk::new("all options", "whole, blksize 1428, windowsize 1, tsize", NEITHER),
];

const PY3TFTP: &[Quirk] = &[
    Quirk::new("timeout", NONE_AGREED, NO_INTEGER),
    Quirk::new("all options", "whole, blksize 1428, windowsize 16, tsize", NO_INTEGER),
];

const PTFTPD: &[Quirk] = &[
    Quirk::new("blksize 8", AGAIN, NO_OPTIONS),
    Quirk::new("blksize 512", AGAIN, NO_OPTIONS),
    Quirk::new("blksize 1428", AGAIN, NO_OPTIONS),
    Quirk::new("blksize 65464", AGAIN, NO_OPTIONS),
    Quirk::new("tsize", AGAIN, NO_OPTIONS),
    Quirk::new("timeout", AGAIN, NO_OPTIONS),
    Quirk::new("windowsize 1", AGAIN, NO_OPTIONS),
    Quirk::new("windowsize 4", AGAIN, NO_OPTIONS),
    Quirk::new("windowsize 16", AGAIN, NO_OPTIONS),
    Quirk::new("all options", AGAIN, NO_OPTIONS),
    Quirk::new("netascii", "the other end ended the transfer with ERROR 0 ...", NO_NETASCII),
    Quirk::new("40 MB of 512: numbers roll over", "Lost", NO_ROLLOVER),
    // Asked without options it is more blocks of 512, too.
    Quirk::new("64 MB of blksize 65464", "Lost", NO_ROLLOVER),
    Quirk::new("put", "the other end ended the transfer with ERROR 4 ...", ONLY_WITH_OPTIONS),
];

const fn server(peer: &'static str, version: &'static str, variable: &'static str, quirks: &'static [Quirk]) -> Server {
    Server { peer, version, variable, quirks }
}

/// Foreign servers and what they do otherwise.
pub(in super::super) const SERVERS: &[Server] = &[
    server("tftpd-hpa", "TFTPD_HPA", "PEER_TFTP_HPA", HPA),
    server("atftpd", "ATFTPD", "PEER_TFTP_ATFTPD", &[]),
    server("dnsmasq", "DNSMASQ", "PEER_TFTP_DNSMASQ", DNSMASQ),
    server("tftpy", "TFTPY", "PEER_TFTP_TFTPY", TFTPY),
    server("py3tftp", "PY3TFTP", "PEER_TFTP_PY3TFTP", PY3TFTP),
    server("ptftpd", "PTFTPD", "PEER_TFTP_PTFTPD", PTFTPD),
    server("tftpd (crate)", "TFTPD_RS", "PEER_TFTP_TFTPD_RS", &[]),
];

pub(in super::super) fn cases(server: &Server) -> Vec<(&'static str, Option<&'static str>)> {
    cases_of(CASES.iter().map(|(case, ..)| (*case, None)), server.quirks)
}

pub(in super::super) async fn attempt(server: &Server, case: &'static str, peers: &Peers) -> Result<(), String> {
    let Some((_, way, expected)) = CASES.iter().find(|row| row.0 == case) else {
        return Err("no such case".to_owned());
    };
    let address = peers.value(server.variable)?;
    let address: SocketAddr = address.parse().map_err(|_| format!("{}={address} is no address", server.variable))?;
    let folder = PathBuf::from(peers.value("PEER_FILES")?);
    let seen = match *way {
        Way::Options(offer) => options(address, offer).await,
        Way::Netascii => netascii_file(address).await,
        Way::Transport(block_size, window, file) => transport(address, block_size, window, file).await,
        Way::Put(offer) => put(address, offer, &folder, server.version).await,
    };
    compare(case, expected, server.quirks, &seen)
}

async fn options(server: SocketAddr, offer: Offer) -> String {
    let name = if offer.block_size == Some(8) { "small.bin" } else { "phone.bin" };
    match fetch(server, name, Mode::Octet, offer).await {
        Ok(done) if done.bytes != contents(name) => "another file".to_owned(),
        Ok(done) => format!("whole, {}", agreed(&done)),
        Err(why) => why,
    }
}

async fn netascii_file(server: SocketAddr) -> String {
    match fetch(server, "lines.txt", Mode::Netascii, ONE).await {
        Ok(done) if netascii::decode(&done.bytes) == contents("lines.txt") => "whole".to_owned(),
        Ok(_) => "another file".to_owned(),
        Err(why) => why,
    }
}

async fn fetch(server: SocketAddr, file: &str, mode: Mode, offer: Offer) -> Result<Done, String> {
    End::read(server, file, mode, offer)?.run().await
}

fn agreed(Done { terms, requests, .. }: &Done) -> String {
    let mut agreed = format!("blksize {}, windowsize {}", terms.block_size, terms.window);
    if terms.size.is_some() {
        agreed += ", tsize";
    }
    if terms.timeout.is_some() {
        agreed += ", timeout";
    }
    if *requests > 1 {
        agreed += ", asked again";
    }
    agreed
}

async fn transport(server: SocketAddr, block_size: Option<u16>, window: Option<u16>, file: &str) -> String {
    let settings = TransportSettings {
        limits: TransferLimits { file: Duration::from_secs(280), ..TransferLimits::default() },
        tftp: TftpSettings { block_size, window, ..TftpSettings::default() },
        ..TransportSettings::default()
    };
    let ask = FetchAsk {
        protocol: Protocol::Tftp,
        server: Endpoint::new(server.ip().to_string(), server.port()),
        path: file.to_owned(),
        size_limit: LARGE as u64,
        user_agent: None,
        id: "interop".to_owned(),
        transfer: None,
    };
    let transport = match Transport::new(settings) {
        Ok(transport) => transport,
        Err(why) => return why.to_string(),
    };
    match transport.fetch(&ask, |_| ()).await {
        Ok(fetched) if fetched.bytes == contents(file) => "whole".to_owned(),
        Ok(_) => "another file".to_owned(),
        Err(why) => format!("{:?}", why.kind()),
    }
}

async fn put(server: SocketAddr, offer: Offer, folder: &std::path::Path, name: &str) -> String {
    let name = format!("put-{name}-{}.bin", offer.block_size.unwrap_or(512));
    let file = folder.join(&name);
    let sent = contents("blocks.bin");
    // What an earlier run left may belong to the server.
    drop(fs::remove_file(&file));
    let went = match End::write(server, &name, offer, &sent) {
        Ok(end) => end.run().await,
        Err(why) => Err(why),
    };
    // Some acknowledge the last block before it is in the file.
    let mut stored = fs::read(&file).ok();
    let begin = Instant::now();
    while went.is_ok() && stored.as_ref() != Some(&sent) && begin.elapsed() < SAFE_ON_DISK {
        tokio::time::sleep(Duration::from_millis(10)).await;
        stored = fs::read(&file).ok();
    }
    drop(fs::remove_file(&file));
    match (went, stored) {
        (Ok(done), Some(stored)) if stored == sent => format!("stored, {}", agreed(&done)),
        (Ok(_), stored) => format!("another file of {:?} bytes", stored.map(|bytes| bytes.len())),
        (Err(why), _) => why,
    }
}
