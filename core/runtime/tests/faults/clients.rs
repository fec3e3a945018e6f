//! The faults that our clients meet.

use deskset_server::Protocol::{self, Ftp, Http, Https, Tftp};
use deskset_tftp::{ErrorCode, Packet};
use deskset_transport::{FetchKind, FtpKind};

use crate::{
    certificates::Identity::{self, Expired, OtherAuthority, OtherName, Sound},
    peers::Act::{self, Close, Drip, Endless, Many, Read, Reset, Say, Stay},
    relay::{
        Cut,
        Deed::{self, Also, Drop, FromAnotherPort, Instead, Pass, StrayAlso, Twice},
        Leg::{self, ToClient, ToServer},
    },
    table::{Expected, FILE_BYTES, Fault, How, Job, data, error, oack, request},
};

const WHOLE: Expected = Expected::Fetch(Ok(FILE_BYTES));

const fn fetch(name: &'static str, protocol: Protocol, how: How, expected: Expected) -> Fault {
    Fault { name, protocol, how, expected }
}

const fn relayed(name: &'static str, deed: fn(Leg, usize, &[u8]) -> Deed, expected: Expected) -> Fault {
    fetch(name, Tftp, How::TftpRelay { window: None, deed }, expected)
}

const fn windowed(name: &'static str, deed: fn(Leg, usize, &[u8]) -> Deed, expected: Expected) -> Fault {
    fetch(name, Tftp, How::TftpRelay { window: Some(4), deed }, expected)
}

const fn tftp(name: &'static str, answer: fn(&Packet<'_>) -> Vec<Vec<u8>>, expected: Expected) -> Fault {
    fetch(name, Tftp, How::TftpPeer(answer), expected)
}

const fn http(name: &'static str, acts: &'static [Act], expected: Expected) -> Fault {
    fetch(name, Http, How::HttpPeer(acts), expected)
}

const fn https(name: &'static str, identity: Identity, acts: &'static [Act], expected: Expected) -> Fault {
    fetch(name, Https, How::HttpsPeer(identity, acts), expected)
}

const fn stored(name: &'static str, way: &'static [(&str, &str)], expected: Result<usize, FtpKind>) -> Fault {
    Fault { name, protocol: Ftp, how: How::FtpPeer(Job::Store, way), expected: Expected::Ftp(expected) }
}

const fn retrieved(name: &'static str, way: &'static [(&str, &str)], expected: Result<usize, FtpKind>) -> Fault {
    Fault { name, protocol: Ftp, how: How::FtpPeer(Job::Retrieve, way), expected: Expected::Ftp(expected) }
}

const fn failed(kind: FetchKind) -> Expected {
    Expected::Fetch(Err(kind))
}

/// Not an OACK, nor an ERROR.
fn is_data(datagram: &[u8]) -> bool {
    matches!(Packet::parse(datagram), Ok(Packet::Data { .. }))
}

const OK_100: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc";

/// The clients under test.
pub const CLIENTS: &[Fault] = &[
    // TFTP, between a sound client and a sound server.
    relayed("the OACK is lost", |leg, nth, _| if (leg, nth) == (ToClient, 1) { Drop } else { Pass }, WHOLE),
    relayed("the third ACK is lost", |leg, nth, _| if (leg, nth) == (ToServer, 4) { Drop } else { Pass }, WHOLE),
    relayed("every third datagram is lost", |_, nth, _| if nth % 3 == 0 { Drop } else { Pass }, WHOLE),
    relayed("every DATA comes twice", |leg, _, _| if leg == ToClient { Twice } else { Pass }, WHOLE),
    relayed("every ACK comes twice", |leg, _, _| if leg == ToServer { Twice } else { Pass }, WHOLE),
    relayed(
        "an old DATA comes late",
        |leg, nth, _| if (leg, nth) == (ToClient, 8) { Also(data(2, &[0; 1428])) } else { Pass },
        WHOLE,
    ),
    relayed(
        "a DATA far ahead",
        |leg, nth, _| if (leg, nth) == (ToClient, 4) { Also(data(40_000, &[0; 1428])) } else { Pass },
        WHOLE,
    ),
    relayed(
        "a stray's DATA from another port",
        |leg, nth, _| if (leg, nth) == (ToClient, 4) { StrayAlso(data(4, b"stray")) } else { Pass },
        WHOLE,
    ),
    relayed(
        "a stray's ERROR from another port",
        |leg, nth, _| if (leg, nth) == (ToClient, 4) { StrayAlso(error(ErrorCode::NotFound)) } else { Pass },
        WHOLE,
    ),
    relayed(
        "no packet before every DATA",
        |leg, _, _| if leg == ToClient { Also(b"\0\x09junk".to_vec()) } else { Pass },
        WHOLE,
    ),
    relayed(
        "the server's port changes in mid-file",
        |leg, nth, _| if leg == ToClient && nth > 4 { FromAnotherPort } else { Pass },
        failed(FetchKind::Lost),
    ),
    relayed(
        "nothing comes after half",
        |leg, nth, _| if leg == ToClient && nth > 7 { Drop } else { Pass },
        failed(FetchKind::Lost),
    ),
    relayed(
        "an ERROR in mid-file",
        |leg, nth, _| if (leg, nth) == (ToClient, 5) { Instead(error(ErrorCode::NotDefined)) } else { Pass },
        failed(FetchKind::Lost),
    ),
    relayed(
        "a short DATA in mid-file",
        |leg, nth, datagram| {
            if leg == ToClient && nth > 5 && is_data(datagram) { Instead(datagram[..500].to_vec()) } else { Pass }
        },
        failed(FetchKind::Lost),
    ),
    relayed(
        "a DATA grows on its way",
        |leg, nth, datagram| if (leg, nth) == (ToClient, 5) { Instead([datagram, b"x"].concat()) } else { Pass },
        failed(FetchKind::Protocol),
    ),
    windowed("every fifth datagram of windows is lost", |_, nth, _| if nth % 5 == 0 { Drop } else { Pass }, WHOLE),
    windowed("every datagram of windows comes twice", |_, _, _| Twice, WHOLE),
    windowed(
        "a window ends after half",
        |leg, nth, _| if leg == ToClient && nth > 7 { Drop } else { Pass },
        failed(FetchKind::Lost),
    ),
    // TFTP, the other end is not sound.
    tftp("a server that says nothing", |_| vec![], failed(FetchKind::Silent)),
    tftp("a server that says nonsense", |_| vec![b"\xff\xffnonsense".to_vec(), vec![]], failed(FetchKind::Silent)),
    tftp("the second block comes first", |_| vec![data(2, b"second")], failed(FetchKind::Silent)),
    tftp(
        "requests as answers",
        |_| vec![request(1, &["a", "octet"]), request(2, &["a", "octet"])],
        failed(FetchKind::Silent),
    ),
    tftp(
        "an option that nobody asked for",
        |asked| match asked {
            Packet::Ack { block: 0 } => vec![data(1, b"all")],
            _ => oack(asked, b"utimeout\x009\0"),
        },
        Expected::Fetch(Ok(3)),
    ),
    tftp("a window that nobody asked for", |asked| oack(asked, b"windowsize\x008\0"), failed(FetchKind::Protocol)),
    tftp("a larger block than asked", |asked| oack(asked, b"blksize\x009000\0"), failed(FetchKind::Protocol)),
    tftp("a block of zero bytes", |asked| oack(asked, b"blksize\x000\0"), failed(FetchKind::Protocol)),
    tftp("an announced size of 10 GB", |asked| oack(asked, b"tsize\x0010000000000\0"), failed(FetchKind::TooLarge)),
    tftp(
        "a file without end",
        |asked| match asked {
            Packet::Rrq(_) => vec![data(1, &[7; 512])],
            Packet::Ack { block } => vec![data(block.wrapping_add(1), &[7; 512])],
            _ => vec![],
        },
        failed(FetchKind::TooLarge),
    ),
    tftp("a block above the agreed size", |_| vec![data(1, &[7; 513])], failed(FetchKind::Protocol)),
    tftp(
        "options are refused",
        |asked| match asked {
            Packet::Rrq(asked) if asked.options.is_empty() => vec![data(1, b"plain")],
            Packet::Rrq(_) => vec![error(ErrorCode::BadOption)],
            _ => vec![],
        },
        Expected::Fetch(Ok(5)),
    ),
    tftp(
        "every request is refused",
        |asked| if matches!(asked, Packet::Rrq(_)) { vec![error(ErrorCode::Illegal)] } else { vec![] },
        failed(FetchKind::Protocol),
    ),
    tftp("file not found", |_| vec![error(ErrorCode::NotFound)], failed(FetchKind::NotFound)),
    tftp("access violation", |_| vec![error(ErrorCode::Denied)], failed(FetchKind::Denied)),
    // HTTP and HTTPS, between a sound client and a sound server.
    fetch("the way breaks in mid-body", Http, How::TcpRelay(Cut::EndAfter(9_000)), failed(FetchKind::Lost)),
    fetch("the way stalls in mid-body", Http, How::TcpRelay(Cut::StallAfter(9_000)), failed(FetchKind::Lost)),
    fetch("the way is reset in mid-body", Http, How::TcpRelay(Cut::ResetAfter(9_000)), failed(FetchKind::Lost)),
    fetch("the way breaks in mid-file under TLS", Https, How::TcpRelay(Cut::EndAfter(9_000)), failed(FetchKind::Lost)),
    fetch("a byte is damaged in mid-file under TLS", Https, How::TcpRelay(Cut::FlipAt(9_000)), failed(FetchKind::Lost)),
    fetch("a byte is damaged in the TLS handshake", Https, How::TcpRelay(Cut::FlipAt(20)), failed(FetchKind::Tls)),
    // HTTP, the other end is not sound.
    http("closed before the answer", &[Read, Close], failed(FetchKind::Lost)),
    http("reset before the answer", &[Read, Reset], failed(FetchKind::Lost)),
    http("closed before the request", &[Close], failed(FetchKind::Lost)),
    http("no answer", &[Read, Stay], failed(FetchKind::Silent)),
    http("half a head", &[Read, Say(b"HTTP/1.1 200 OK\r\nContent-"), Stay], failed(FetchKind::Silent)),
    http("another protocol's greeting", &[Say(b"220 FTP ready\r\n"), Read, Stay], failed(FetchKind::Protocol)),
    http("another protocol's answer", &[Read, Say(b"500 what is GET?\r\n"), Stay], failed(FetchKind::Protocol)),
    http("a status line of nonsense", &[Read, Say(b"HTTP/9.9 OK 200\r\n\r\n"), Close], failed(FetchKind::Protocol)),
    http(
        "a redirection",
        &[Read, Say(b"HTTP/1.1 302 Found\r\nLocation: http://192.0.2.1/a\r\nContent-Length: 0\r\n\r\n"), Close],
        failed(FetchKind::Status(302)),
    ),
    http(
        "a redirection to itself",
        &[Read, Say(b"HTTP/1.1 301 Moved\r\nLocation: /a.scr\r\nContent-Length: 0\r\n\r\n"), Close],
        failed(FetchKind::Status(301)),
    ),
    http(
        "not found",
        &[Read, Say(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"), Close],
        failed(FetchKind::NotFound),
    ),
    http(
        "forbidden",
        &[Read, Say(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"), Close],
        failed(FetchKind::Denied),
    ),
    http(
        "service unavailable",
        &[Read, Say(b"HTTP/1.1 503 Busy\r\nRetry-After: 120\r\nContent-Length: 0\r\n\r\n"), Close],
        failed(FetchKind::Status(503)),
    ),
    http(
        "a part that nobody asked for",
        &[Read, Say(b"HTTP/1.1 206 Partial\r\nContent-Range: bytes 0-2/9\r\nContent-Length: 3\r\n\r\nabc"), Close],
        failed(FetchKind::Status(206)),
    ),
    http(
        "a declared length of 10 GB",
        &[Read, Say(b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\nabc"), Stay],
        failed(FetchKind::TooLarge),
    ),
    http("a declared length above the body", &[Read, Say(OK_100), Close], failed(FetchKind::Lost)),
    http("a declared length above the body, and silence", &[Read, Say(OK_100), Stay], failed(FetchKind::Lost)),
    // HTTP knows no better: the body is as long as its head says.
    http(
        "a declared length below the body",
        &[Read, Say(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcdef"), Close],
        Expected::Fetch(Ok(3)),
    ),
    http(
        "two declared lengths",
        &[Read, Say(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 6\r\n\r\nabcdef"), Close],
        failed(FetchKind::Protocol),
    ),
    http(
        "a declared length of nonsense",
        &[Read, Say(b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nabc"), Close],
        failed(FetchKind::Protocol),
    ),
    http(
        "chunks of nonsense",
        &[Read, Say(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc"), Close],
        failed(FetchKind::Lost),
    ),
    http(
        "a chunk of 16 exabytes",
        &[Read, Say(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nabc"), Close],
        failed(FetchKind::Lost),
    ),
    http(
        "chunks without an end",
        &[Read, Say(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"), Close],
        failed(FetchKind::Lost),
    ),
    http(
        "headers without end",
        &[Read, Say(b"HTTP/1.1 200 OK\r\n"), Endless(b"A: b\r\n")],
        failed(FetchKind::Protocol),
    ),
    http(
        "a header line of 1 MB",
        &[Read, Say(b"HTTP/1.1 200 OK\r\nA: "), Many(1_000_000, b'x'), Stay],
        failed(FetchKind::Protocol),
    ),
    http(
        "a body without end",
        &[Read, Say(b"HTTP/1.1 200 OK\r\n\r\n"), Endless(&[7; 1024])],
        failed(FetchKind::TooLarge),
    ),
    http(
        "a body that drips",
        &[Read, Say(b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n"), Drip(b"x")],
        failed(FetchKind::Lost),
    ),
    // HTTPS, the other end is not sound.
    https("an expired certificate", Expired, &[Read, Close], failed(FetchKind::Tls)),
    https("a certificate for another name", OtherName, &[Read, Close], failed(FetchKind::Tls)),
    https("a certificate of another authority", OtherAuthority, &[Read, Close], failed(FetchKind::Tls)),
    https("closed in mid-file under TLS", Sound, &[Read, Say(OK_100), Close], failed(FetchKind::Lost)),
    https("silence in mid-file under TLS", Sound, &[Read, Say(OK_100), Stay], failed(FetchKind::Lost)),
    fetch(
        "plain HTTP on the TLS port",
        Https,
        How::HttpPeer(&[Say(b"HTTP/1.1 400 Bad Request\r\n\r\n"), Stay]),
        failed(FetchKind::Tls),
    ),
    fetch("closed in the TLS handshake", Https, How::HttpPeer(&[Close]), failed(FetchKind::Tls)),
    fetch("no answer in the TLS handshake", Https, How::HttpPeer(&[Stay]), failed(FetchKind::Tls)),
    fetch("a fatal TLS alert", Https, How::HttpPeer(&[Say(&[0x15, 3, 3, 0, 2, 2, 80]), Stay]), failed(FetchKind::Tls)),
    // FTP, the other end is not sound.
    stored("the greeting never comes", &[("HELLO", "silence")], Err(FtpKind::Connect)),
    stored("the greeting is 421", &[("HELLO", "421 too many")], Err(FtpKind::Connect)),
    stored("the greeting is nonsense", &[("HELLO", "SSH-2.0-x")], Err(FtpKind::Connect)),
    stored("closed instead of a greeting", &[("HELLO", "close")], Err(FtpKind::Connect)),
    stored("a login with a reply of many lines", &[("PASS", "230-Welcome\r\n 230 not yet\r\n230 in")], Ok(3)),
    stored("USER is refused", &[("USER", "530 no")], Err(FtpKind::Login)),
    stored("PASS is refused", &[("PASS", "530 Login incorrect")], Err(FtpKind::Login)),
    stored("an account is asked for", &[("PASS", "332 account?")], Err(FtpKind::Login)),
    stored("the directory is refused", &[("CWD", "550 no such directory")], Err(FtpKind::Directory)),
    stored("binary transfer is refused", &[("TYPE", "504 no")], Err(FtpKind::Protocol)),
    stored("a reply without end", &[("TYPE", "endless")], Err(FtpKind::Protocol)),
    stored("PORT is refused", &[("PORT", "500 no")], Ok(3)),
    stored(
        "PASV answers nonsense",
        &[("PORT", "500 no"), ("PASV", "227 entering"), ("PASV", "227 entering")],
        Err(FtpKind::Data),
    ),
    // The usual server of these rows names 192.0.2.1, which nobody has.
    retrieved("PASV names a third machine", &[("PORT", "500 no")], Ok(1)),
    stored(
        "the data port is closed",
        &[("PORT", "500 no"), ("PASV", "227 (127,0,0,1,0,1)"), ("PASV", "227 (127,0,0,1,0,1)")],
        Err(FtpKind::Data),
    ),
    stored("the disk is full at the end", &[("END", "552 full")], Err(FtpKind::Denied)),
    stored(
        "the transfer is 451 after 150",
        &[("OPEN", "451 local error"), ("OPEN", "451 local error"), ("OPEN", "451 local error")],
        Err(FtpKind::Data),
    ),
    stored("226 never comes", &[("END", "silence")], Err(FtpKind::Data)),
    stored("closed instead of 226", &[("END", "close")], Err(FtpKind::Data)),
    stored("421 in mid-session", &[("STOR", "421 closing")], Err(FtpKind::Data)),
    stored("the data connection is reset in mid-STOR", &[("DATA", "reset"), ("END", "426 broken")], Err(FtpKind::Data)),
    retrieved("no such file", &[("RETR", "550 no such file")], Err(FtpKind::NoFile)),
    retrieved("nothing comes on the data connection", &[("DATA", "silence")], Err(FtpKind::Data)),
    retrieved("a backup without end", &[("DATA", "endless")], Err(FtpKind::TooLarge)),
    retrieved(
        "the data connection is reset in mid-RETR",
        &[("DATA", "reset"), ("END", "426 broken")],
        Err(FtpKind::Data),
    ),
];
