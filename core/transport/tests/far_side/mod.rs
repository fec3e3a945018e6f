//! Tiny servers on loopback that answer, or fail, as a test says.
#![allow(dead_code, reason = "each test file uses a part")]

use std::net::SocketAddr;
use std::time::Duration;

use deskset_transport::{
    Endpoint, FetchAsk, FetchError, FetchKind, Fetched, Patience, Progress, Protocol, TftpSettings, TransferLimits,
    Transport, TransportSettings,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// Short enough for a test that runs into them, long enough for a busy machine where they are not meant to be met.
pub const BRIEF: Duration = Duration::from_millis(400);
pub const AMPLE: Duration = Duration::from_secs(20);

pub fn limits() -> TransferLimits {
    TransferLimits { connect: AMPLE, reply: AMPLE, file: AMPLE, ftp: AMPLE, quit: AMPLE, idle: AMPLE }
}

/// For servers that fall silent.
pub fn impatient() -> TransferLimits {
    TransferLimits { reply: BRIEF, quit: BRIEF, ..limits() }
}

pub fn transport(limits: TransferLimits, vendor_ca_pem: Option<Vec<u8>>) -> Transport {
    let first = if limits.reply < AMPLE { Duration::from_millis(30) } else { AMPLE };
    let patience = Patience { first, longest: first, tries: 3 };
    let tftp = TftpSettings { patience, linger: AMPLE, ..TftpSettings::default() };
    Transport::new(TransportSettings { vendor_ca_pem, slots: Some(4), limits, tftp }).unwrap()
}

pub fn ask(protocol: Protocol, at: SocketAddr) -> FetchAsk {
    FetchAsk {
        protocol,
        server: Endpoint::new(at.ip().to_string(), at.port()),
        path: "/phones/a.scr".into(),
        size_limit: 10_000,
        user_agent: None,
        id: "4711".into(),
        transfer: None,
    }
}

/// A port on which nobody listens.
pub async fn closed_port() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap()
}

/// Serves one connection: reads the request's head, sends `answer`, then closes or stays silent. Gives the request.
pub async fn http(answer: Vec<u8>, then: Then) -> (SocketAddr, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let request = head(&mut stream).await;
        let _ = stream.write_all(&answer).await;
        match then {
            Then::Close => {
                let _ = stream.shutdown().await;
            }
            Then::Silence => {
                let _ = stream.read(&mut [0]).await;
            }
        }
        request
    });
    (at, served)
}

#[derive(Debug, Clone, Copy)]
pub enum Then {
    Close,
    Silence,
}

pub async fn head(stream: &mut (impl AsyncReadExt + Unpin)) -> String {
    let mut request = Vec::new();
    while !request.windows(4).any(|end| end == b"\r\n\r\n") && stream.read_buf(&mut request).await.unwrap_or(0) > 0 {}
    String::from_utf8(request).unwrap()
}

pub fn ok(body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len()).as_bytes(), body].concat()
}

/// The outcome without the parts that differ from run to run.
pub fn gist(outcome: Result<Fetched, FetchError>) -> Result<Vec<u8>, FetchKind> {
    outcome.map(|fetched| fetched.bytes.to_vec()).map_err(|error| error.kind())
}

pub fn unheard(_: Progress) {}
