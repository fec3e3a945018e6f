//! HTTP against servers that answer well, badly or not at all.
#![allow(missing_docs)]
#![allow(clippy::unwrap_used)]

mod far_side;

use std::error::Error;

use deskset_transport::{Endpoint, FetchAsk, FetchKind, Fetched, Progress, Protocol, TransferLimits};
use far_side::{BRIEF, Then, ask, closed_port, gist, http, impatient, limits, ok, transport, unheard};
use tokio::io::AsyncWriteExt;

async fn fetch(answer: Vec<u8>, then: Then, limits: TransferLimits) -> Result<Vec<u8>, FetchKind> {
    let (at, _served) = http(answer, then).await;
    gist(transport(limits, None).fetch(&ask(Protocol::Http, at), unheard).await)
}

// req: FS-1, FS-7
#[tokio::test]
async fn a_file_is_asked_for_on_a_connection_of_its_own() {
    let (at, served) = http(ok(b"SET A 1\n"), Then::Close).await;
    let ask = FetchAsk {
        path: "/phones/a b%ü?.scr".into(),
        user_agent: Some("Deskset/0.1".into()),
        ..ask(Protocol::Http, at)
    };
    let mut heard = Vec::new();
    let fetched = transport(limits(), None).fetch(&ask, |progress| heard.push(progress)).await.unwrap();
    assert_eq!(fetched, Fetched { bytes: b"SET A 1\n".as_slice().into(), from: at });
    assert_eq!(heard, [Progress::Attempt(1), Progress::Received(8)]);
    assert_eq!(
        served.await.unwrap(),
        format!(
            "GET /phones/a%20b%25%C3%BC%3F.scr HTTP/1.1\r\nhost: {at}\r\nconnection: close\r\n\
             user-agent: Deskset/0.1\r\n\r\n"
        )
    );
}

#[tokio::test]
async fn a_body_in_chunks_or_up_to_the_close_is_read_whole() {
    let chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n".to_vec();
    assert_eq!(fetch(chunked, Then::Close, limits()).await, Ok(b"abcde".to_vec()));
    let until_close = b"HTTP/1.0 200 OK\r\n\r\nabcde".to_vec();
    assert_eq!(fetch(until_close, Then::Close, limits()).await, Ok(b"abcde".to_vec()));
    assert_eq!(fetch(ok(b""), Then::Close, limits()).await, Ok(vec![]));
}

#[tokio::test]
async fn every_status_but_200_is_a_failure_of_its_kind() {
    for (status, kind) in [
        (404, FetchKind::NotFound),
        (410, FetchKind::NotFound),
        (401, FetchKind::Denied),
        (403, FetchKind::Denied),
        (302, FetchKind::Status(302)),
        (206, FetchKind::Status(206)),
        (500, FetchKind::Status(500)),
        (503, FetchKind::Status(503)),
    ] {
        let answer = format!("HTTP/1.1 {status} X\r\nLocation: http://192.0.2.1/b\r\nContent-Length: 3\r\n\r\nabc");
        assert_eq!(fetch(answer.into_bytes(), Then::Close, limits()).await, Err(kind), "{status}");
    }
}

#[tokio::test]
async fn a_redirection_is_named_and_not_followed() {
    let answer = b"HTTP/1.1 302 Found\r\nLocation: http://192.0.2.1/b\r\nContent-Length: 0\r\n\r\n".to_vec();
    let (at, _served) = http(answer, Then::Close).await;
    let error = transport(limits(), None).fetch(&ask(Protocol::Http, at), unheard).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "HTTP /phones/a.scr from {at}: the server points elsewhere (302, to \"http://192.0.2.1/b\"); \
             redirections are not followed, name the final address"
        )
    );
}

// req: FS-12
#[tokio::test]
async fn a_file_that_ends_early_is_lost() {
    let short = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc".to_vec();
    assert_eq!(fetch(short.clone(), Then::Close, limits()).await, Err(FetchKind::Lost));
    assert_eq!(fetch(short, Then::Silence, impatient()).await, Err(FetchKind::Lost));
    let chunk = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n".to_vec();
    assert_eq!(fetch(chunk, Then::Close, limits()).await, Err(FetchKind::Lost));
    assert_eq!(fetch(vec![], Then::Close, limits()).await, Err(FetchKind::Lost));
}

#[tokio::test]
async fn a_server_that_says_nothing_is_silent() {
    assert_eq!(fetch(vec![], Then::Silence, impatient()).await, Err(FetchKind::Silent));
    let whole = TransferLimits { file: BRIEF, ..limits() };
    assert_eq!(fetch(vec![], Then::Silence, whole).await, Err(FetchKind::Silent));
}

#[tokio::test]
async fn a_connection_that_is_never_taken_is_silent() {
    // One connection fills the backlog; the system then answers no more.
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let full = socket.listen(0).unwrap();
    let at = full.local_addr().unwrap();
    let _waits = tokio::net::TcpStream::connect(at).await.unwrap();
    let hurried = TransferLimits { connect: BRIEF, ..limits() };
    let outcome = transport(hurried, None).fetch(&ask(Protocol::Http, at), unheard).await;
    assert_eq!(gist(outcome), Err(FetchKind::Silent));
}

#[tokio::test]
async fn a_body_that_drips_ends_at_the_limit_of_the_whole() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        far_side::head(&mut stream).await;
        stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n").await.unwrap();
        // Each byte comes within the limit for a piece; the whole would take minutes.
        let mut beat = tokio::time::interval(BRIEF / 20);
        while stream.write_all(b"x").await.is_ok() {
            beat.tick().await;
        }
    });
    let whole = TransferLimits { file: BRIEF, ..limits() };
    assert_eq!(gist(transport(whole, None).fetch(&ask(Protocol::Http, at), unheard).await), Err(FetchKind::Lost));
    served.await.unwrap();
}

#[tokio::test]
async fn a_file_above_the_limit_is_not_read_to_its_end() {
    assert_eq!(fetch(ok(&[b'x'; 10_001]), Then::Close, limits()).await, Err(FetchKind::TooLarge));
    let until_close = [b"HTTP/1.0 200 OK\r\n\r\n".as_slice(), &[b'x'; 10_001]].concat();
    assert_eq!(fetch(until_close, Then::Silence, limits()).await, Err(FetchKind::TooLarge));
    assert_eq!(fetch(ok(&[b'x'; 10_000]), Then::Close, limits()).await, Ok(vec![b'x'; 10_000]));
}

#[tokio::test]
async fn an_answer_that_is_not_http_breaks_the_protocol() {
    assert_eq!(fetch(b"SSH-2.0-x\r\n\r\n".to_vec(), Then::Close, limits()).await, Err(FetchKind::Protocol));
    let endless = [b"HTTP/1.1 200 OK\r\nA: ".as_slice(), &[b'x'; 100_000]].concat();
    assert_eq!(fetch(endless, Then::Silence, limits()).await, Err(FetchKind::Protocol));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_speaks_first_breaks_the_protocol() {
    // Whether its words come before or after the request is a matter of chance.
    for _ in 0..500 {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        let served = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let _ = stream.write_all(b"220 FTP ready\r\n").await;
            far_side::head(&mut stream).await;
        });
        let outcome = transport(limits(), None).fetch(&ask(Protocol::Http, at), unheard).await;
        assert_eq!(gist(outcome), Err(FetchKind::Protocol));
        served.await.unwrap();
    }
}

#[tokio::test]
async fn nobody_listening_is_refused_and_a_name_without_address_is_not_found() {
    let refused = transport(limits(), None).fetch(&ask(Protocol::Http, closed_port().await), unheard).await;
    let error = refused.unwrap_err();
    assert_eq!(error.kind(), FetchKind::Refused);
    assert!(error.source().unwrap().source().is_some(), "the cause is kept");

    let nowhere = FetchAsk { server: Endpoint::new("", 80), ..ask(Protocol::Http, closed_port().await) };
    assert_eq!(gist(transport(limits(), None).fetch(&nowhere, unheard).await), Err(FetchKind::NameNotFound));
}

#[tokio::test]
async fn transfers_wait_for_a_slot() {
    let transport = transport(limits(), None);
    assert_eq!(transport.slots(), 4);
    let servers = futures_of_servers(8).await;
    let fetches: Vec<_> = servers
        .into_iter()
        .map(|at| {
            let transport = transport.clone();
            tokio::spawn(async move { gist(transport.fetch(&ask(Protocol::Http, at), unheard).await) })
        })
        .collect();
    for fetch in fetches {
        assert_eq!(fetch.await.unwrap(), Ok(b"x".to_vec()));
    }
}

async fn futures_of_servers(count: usize) -> Vec<std::net::SocketAddr> {
    let mut servers = Vec::new();
    for _ in 0..count {
        servers.push(http(ok(b"x"), Then::Close).await.0);
    }
    servers
}
