//! Carries out one row of the table.

use std::{net::SocketAddr, time::Duration};

use deskset_server::Protocol;
use deskset_transport::{
    Endpoint, FetchAsk, FtpAsk, FtpMode, Login, Password, Patience, TftpSettings, TransferLimits, Transport,
    TransportSettings,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpStream, UdpSocket},
    task::JoinSet,
    time::timeout,
};

use crate::{
    certificates::{tls, vendor_pem},
    ftpd::Ftpd,
    peers, relay,
    site::{NEXT, Site, file},
    table::{Expected, FILE_BYTES, Fault, How, Job},
    visitors::{Session, summary},
};

/// No row takes longer, whatever happens.
const CAP: Duration = Duration::from_secs(30);

/// For rows that run into a limit.
const BRIEF: Duration = Duration::from_millis(500);

/// For rows that must not, on a busy machine either.
const AMPLE: Duration = Duration::from_secs(20);

/// Largest file accepted.
const SIZE_LIMIT: u64 = 100_000;

/// Runs a row; nothing if all is as expected, else what was expected and what came.
pub async fn run(fault: &Fault) -> Option<String> {
    let expected = match &fault.expected {
        Expected::Fetch(expected) => format!("{expected:?}"),
        Expected::Ftp(expected) => format!("{expected:?}"),
        Expected::Server(expected) => (*expected).to_owned(),
    };
    let came = timeout(CAP, outcome(fault)).await.unwrap_or_else(|_| "HANGS".to_owned());
    (came != expected).then(|| format!("{}\n    expected {expected}\n    came     {came}", fault.name))
}

async fn outcome(fault: &Fault) -> String {
    // All that is in the way ends with this.
    let mut tasks = JoinSet::new();
    let tasks = &mut tasks;
    let protocol = fault.protocol;
    match fault.how {
        How::TftpRelay { window, deed } => {
            let site = Site::start().await;
            let at = relay::tftp(site.at(protocol), deed, tasks).await;
            let came = fetch(&transport(fault, window), protocol, at, "a.scr").await;
            site.end().await;
            came
        }
        How::TcpRelay(cut) => {
            let site = Site::start().await;
            let at = relay::tcp(site.at(protocol), cut, tasks).await;
            let came = fetch(&transport(fault, None), protocol, at, "a.scr").await;
            site.end().await;
            came
        }
        How::TftpPeer(answer) => {
            fetch(&transport(fault, None), protocol, peers::tftp(answer, tasks).await, "a.scr").await
        }
        How::HttpPeer(acts) => {
            fetch(&transport(fault, None), protocol, peers::tcp(acts, None, tasks).await, "a.scr").await
        }
        How::HttpsPeer(identity, acts) => {
            let at = peers::tcp(acts, Some(tls(identity)), tasks).await;
            fetch(&transport(fault, None), protocol, at, "a.scr").await
        }
        How::FtpPeer(job, instead) => {
            let server = Ftpd::start(b"x", instead).await;
            let (transport, ask) = (transport(fault, None), ftp_ask(server.at, "4711_data.txt"));
            let came = match job {
                Job::Store => transport.store(&ask, b"abc").await.map(|()| server.stored().len()),
                Job::Retrieve => transport.retrieve(&ask).await.map(|bytes| bytes.len()),
            };
            format!("{:?}", came.map_err(|error| error.kind()))
        }
        How::Datagrams(datagrams) => at_server(fault, async |at| say_datagrams(at, datagrams()).await).await,
        How::Bytes(bytes) => at_server(fault, async |at| say_bytes(at, &bytes()).await).await,
        How::Dialogue(lines) => at_server(fault, async |at| say_lines(at, lines).await).await,
        How::Visit(visit) => {
            let site = Site::start().await;
            let heard = visit(site.at(protocol)).await;
            next_client(fault, &site).await;
            let heard = heard.end();
            format!("{heard}; {}", site.end().await)
        }
    }
}

/// What was heard and recorded at a sound server, which then serves the next client.
async fn at_server(fault: &Fault, visit: impl AsyncFnOnce(SocketAddr) -> String) -> String {
    let site = Site::start().await;
    let heard = visit(site.at(fault.protocol)).await;
    next_client(fault, &site).await;
    format!("{heard}; {}", site.end().await)
}

async fn next_client(fault: &Fault, site: &Site) {
    let (transport, at) = (transport(fault, None), site.at(fault.protocol));
    let next = match fault.protocol {
        Protocol::Ftp => {
            let retrieved = transport.retrieve(&ftp_ask(at, NEXT)).await;
            format!("{:?}", retrieved.map(|bytes| bytes.len()).map_err(|error| error.kind()))
        }
        protocol => fetch(&transport, protocol, at, NEXT).await,
    };
    assert_eq!(next, format!("Ok({FILE_BYTES})"), "{}: the next client", fault.name);
}

fn transport(fault: &Fault, window: Option<u16>) -> Transport {
    // Where a whole transfer, or a plain answer, is expected, no limit may be met.
    let runs_into_limits = match &fault.expected {
        Expected::Fetch(outcome) => outcome.is_err(),
        Expected::Ftp(outcome) => outcome.is_err(),
        Expected::Server(_) => false,
    };
    let (limit, tries) = if runs_into_limits { (BRIEF, 10) } else { (AMPLE, 400) };
    let beat = Duration::from_millis(50);
    let tftp = TftpSettings {
        window,
        patience: Patience { first: beat, longest: beat, tries },
        linger: beat,
        ..TftpSettings::default()
    };
    let limits =
        TransferLimits { connect: limit, reply: limit, file: limit * 4, ftp: limit * 4, quit: limit, idle: limit };
    let settings = TransportSettings { vendor_ca_pem: Some(vendor_pem()), slots: Some(4), limits, tftp };
    Transport::new(settings).unwrap()
}

async fn fetch(transport: &Transport, protocol: Protocol, at: SocketAddr, path: &str) -> String {
    use deskset_transport::Protocol as P;
    let ask = FetchAsk {
        protocol: match protocol {
            Protocol::Tftp => P::Tftp,
            Protocol::Http => P::Http,
            _ => P::Https,
        },
        server: Endpoint::new(at.ip().to_string(), at.port()),
        path: path.to_owned(),
        size_limit: SIZE_LIMIT,
        user_agent: None,
        id: "4711".to_owned(),
        transfer: None,
    };
    // As a phone does.
    let fetched = transport.connections().fetch(&ask, |_| ()).await.map_err(|error| error.kind());
    if let Ok(fetched) = &fetched
        && fetched.bytes.len() == FILE_BYTES
    {
        assert!(fetched.bytes == file(), "other bytes than the server's");
    }
    format!("{:?}", fetched.map(|fetched| fetched.bytes.len()))
}

fn ftp_ask(at: SocketAddr, file: &str) -> FtpAsk {
    FtpAsk {
        server: Endpoint::new(at.ip().to_string(), at.port()),
        directory: Some("/".to_owned()),
        file: file.to_owned(),
        login: Some(Login { user: "phones".to_owned(), password: Password::new("secret") }),
        anonymous_password: String::new(),
        mode: FtpMode::ActiveThenPassive,
        size_limit: SIZE_LIMIT,
        id: "4711".to_owned(),
    }
}

/// Sends them, then a sound request from the same port until something comes: what comes first answers the fault, or
/// shows that nothing did.
async fn say_datagrams(at: SocketAddr, datagrams: Vec<Vec<u8>>) -> String {
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    for datagram in datagrams {
        socket.send_to(&datagram, at).await.unwrap();
    }
    let mut buffer = vec![0; 70_000];
    loop {
        socket.send_to(format!("\0\x01{NEXT}\0octet\0blksize\x001024\0").as_bytes(), at).await.unwrap();
        if let Ok(received) = timeout(BRIEF / 10, socket.recv_from(&mut buffer)).await {
            let (size, _) = received.unwrap();
            return match &buffer[..2] {
                b"\0\x06" => "nothing".to_owned(),
                b"\0\x03" => format!("{} of {}", summary(&buffer[..size]), size - 4),
                _ => summary(&buffer[..size]),
            };
        }
    }
}

/// The first line of the answer.
async fn say_bytes(at: SocketAddr, bytes: &[u8]) -> String {
    let (hears, mut says) = TcpStream::connect(at).await.unwrap().into_split();
    let answer = async {
        let mut line = Vec::new();
        let _ = BufReader::new(hears).read_until(b'\n', &mut line).await;
        line
    };
    // The server may answer, and close, before it has read all.
    let (_, line) = tokio::join!(says.write_all(bytes), answer);
    String::from_utf8_lossy(&line).trim_end().to_owned()
}

/// The codes of all replies. Data connections are opened as far as PASV offers them.
async fn say_lines(at: SocketAddr, lines: &[&str]) -> String {
    let (mut session, mut codes) = Session::open(at).await;
    let mut data = Vec::new();
    for line in lines {
        session.say(line).await;
        loop {
            let reply = session.hear_line().await;
            let code = reply.get(..3).unwrap_or("closed");
            codes += " ";
            codes += code;
            if code == "227" {
                let port = deskset_transport::fuzzing::passive_port(&reply).unwrap();
                data.push(TcpStream::connect((at.ip(), port)).await.unwrap());
            }
            // After 150 comes the end.
            if code != "150" {
                break;
            }
        }
    }
    codes
}
