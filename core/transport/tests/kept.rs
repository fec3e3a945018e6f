//! Files one after the other over one connection, with servers that do as they like with it.
#![allow(missing_docs)]
#![allow(clippy::unwrap_used)]

mod far_side;

use std::net::SocketAddr;

use deskset_transport::{
    Connections, FetchAsk, FetchKind, Progress, Protocol, TransferId, TransferLimits, Transport, TransportSettings,
};
use far_side::{BRIEF, ask, gist, head, impatient, limits, ok, transport, unheard};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// What a server does on one connection, step by step; then it closes.
#[derive(Clone)]
enum Act {
    /// Reads a request's head, then says this.
    Answer(Vec<u8>),
    /// Reads a request's head and says nothing to it.
    Ignore,
    /// Says this unasked.
    Say(&'static [u8]),
    /// Waits until the client closes.
    Wait,
}

use Act::{Answer, Ignore, Say, Wait};

/// A server with a plan for each connection, in order, and what it hears of: `open`, `closed by the client`, requests.
async fn server(plans: Vec<Vec<Act>>) -> (SocketAddr, UnboundedReceiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    let (tell, told) = unbounded_channel();
    tokio::spawn(async move {
        for plan in plans {
            let (mut stream, _) = listener.accept().await.unwrap();
            let tell = tell.clone();
            let _ = tell.send("open".to_owned());
            tokio::spawn(async move {
                for act in plan {
                    let say = match act {
                        Answer(answer) => {
                            let _ = tell.send(line(&mut stream).await);
                            answer
                        }
                        Ignore => {
                            let _ = tell.send(line(&mut stream).await);
                            Vec::new()
                        }
                        Say(words) => words.to_vec(),
                        Wait => {
                            assert_eq!(stream.read(&mut [0]).await.unwrap_or(0), 0);
                            let _ = tell.send("closed by the client".to_owned());
                            Vec::new()
                        }
                    };
                    let _ = stream.write_all(&say).await;
                }
            });
        }
    });
    (at, told)
}

/// The request's first line.
async fn line(stream: &mut TcpStream) -> String {
    head(stream).await.lines().next().unwrap_or("nothing").to_owned()
}

fn named(at: SocketAddr, path: &str) -> FetchAsk {
    FetchAsk { path: path.to_owned(), ..ask(Protocol::Http, at) }
}

async fn get(connections: &Connections, at: SocketAddr, path: &str) -> Result<Vec<u8>, FetchKind> {
    gist(connections.fetch(&named(at, path), unheard).await)
}

/// All that a server heard so far.
fn heard(told: &mut UnboundedReceiver<String>) -> Vec<String> {
    std::iter::from_fn(|| told.try_recv().ok()).collect()
}

fn file(text: &str) -> Result<Vec<u8>, FetchKind> {
    Ok(text.as_bytes().to_vec())
}

#[tokio::test]
async fn three_files_come_over_one_connection() {
    let chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nb\r\n0\r\n\r\n".to_vec();
    let (at, mut told) = server(vec![vec![Answer(ok(b"a")), Answer(chunked), Answer(ok(b"")), Wait]]).await;
    let connections = transport(limits(), None).connections();
    let mut progress = Vec::new();
    for (path, bytes) in [("1", "a"), ("2", "b"), ("3", "")] {
        let fetched = connections.fetch(&named(at, path), |news| progress.push(news)).await.unwrap();
        assert_eq!((&*fetched.bytes, fetched.from), (bytes.as_bytes(), at));
    }
    let attempt = Progress::Attempt(1);
    assert_eq!(progress, [attempt, Progress::Received(1), attempt, Progress::Received(1), attempt]);
    assert_eq!(heard(&mut told), ["open", "GET /1 HTTP/1.1", "GET /2 HTTP/1.1", "GET /3 HTTP/1.1"]);
    connections.close();
    assert_eq!(told.recv().await.unwrap(), "closed by the client");
}

#[tokio::test]
async fn a_file_that_is_not_there_does_not_end_the_connection() {
    let missing = b"HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\nnot found".to_vec();
    let (at, mut told) = server(vec![vec![Answer(missing), Answer(ok(b"a"))]]).await;
    let connections = transport(limits(), None).connections();
    assert_eq!(get(&connections, at, "1").await, Err(FetchKind::NotFound));
    assert_eq!(get(&connections, at, "2").await, file("a"));
    assert_eq!(heard(&mut told), ["open", "GET /1 HTTP/1.1", "GET /2 HTTP/1.1"]);
}

#[tokio::test]
async fn a_server_that_closes_after_each_answer_gets_a_connection_for_each_file() {
    for answer in [
        b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\na".to_vec(),
        b"HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\na".to_vec(),
        b"HTTP/1.0 200 OK\r\n\r\na".to_vec(),
        b"HTTP/1.1 200 OK\r\n\r\na".to_vec(),
        ok(b"a"),
    ] {
        let (at, mut told) = server(vec![vec![Answer(answer.clone())], vec![Answer(answer)]]).await;
        let connections = transport(limits(), None).connections();
        assert_eq!(get(&connections, at, "1").await, file("a"));
        assert_eq!(get(&connections, at, "2").await, file("a"));
        assert_eq!(heard(&mut told), ["open", "GET /1 HTTP/1.1", "open", "GET /2 HTTP/1.1"]);
    }
}

#[tokio::test]
async fn a_connection_closed_just_when_the_next_request_comes_is_replaced_in_the_same_attempt() {
    let answer = |body| Answer(ok(body));
    let late: &[u8] = b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    for (then, requests) in [(vec![Ignore], 2), (vec![Answer(late.to_vec())], 2), (vec![Say(late)], 0)] {
        let first = [vec![answer(b"a")], then].concat();
        let (at, mut told) = server(vec![first, vec![answer(b"b"), Wait]]).await;
        let connections = transport(limits(), None).connections();
        assert_eq!(get(&connections, at, "1").await, file("a"));
        let mut progress = Vec::new();
        let fetched = connections.fetch(&named(at, "2"), |news| progress.push(news)).await;
        assert_eq!(gist(fetched), file("b"));
        assert_eq!(progress, [Progress::Attempt(1), Progress::Received(1)]);
        let mut story = heard(&mut told);
        assert_eq!(story.split_off(story.len() - 2), ["open", "GET /2 HTTP/1.1"]);
        assert!(requests == 0 || story == ["open", "GET /1 HTTP/1.1", "GET /2 HTTP/1.1"], "{story:?}");
    }
}

#[tokio::test]
async fn it_is_replaced_once_and_then_the_failure_is_told() {
    let (at, mut told) = server(vec![vec![Answer(ok(b"a")), Ignore], vec![Ignore]]).await;
    let connections = transport(limits(), None).connections();
    assert_eq!(get(&connections, at, "1").await, file("a"));
    assert_eq!(get(&connections, at, "2").await, Err(FetchKind::Lost));
    let story = ["open", "GET /1 HTTP/1.1", "GET /2 HTTP/1.1", "open", "GET /2 HTTP/1.1"];
    assert_eq!(heard(&mut told), story);
}

// req: FS-12
#[tokio::test]
async fn what_breaks_after_an_answer_began_is_a_failure_on_a_kept_connection_too() {
    let short = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc".to_vec();
    let half_a_head = b"HTTP/1.1 200 OK\r\nContent-Le".to_vec();
    for (answer, kind) in
        [(short, FetchKind::Lost), (half_a_head, FetchKind::Lost), (b"nonsense\r\n\r\n".to_vec(), FetchKind::Protocol)]
    {
        let (at, mut told) = server(vec![vec![Answer(ok(b"a")), Answer(answer)]]).await;
        let connections = transport(limits(), None).connections();
        assert_eq!(get(&connections, at, "1").await, file("a"));
        assert_eq!(get(&connections, at, "2").await, Err(kind));
        assert_eq!(heard(&mut told), ["open", "GET /1 HTTP/1.1", "GET /2 HTTP/1.1"]);
    }
}

#[tokio::test]
async fn a_server_that_falls_silent_on_a_kept_connection_is_silent() {
    let (at, mut told) = server(vec![vec![Answer(ok(b"a")), Ignore, Wait]]).await;
    let connections = transport(impatient(), None).connections();
    assert_eq!(get(&connections, at, "1").await, file("a"));
    assert_eq!(get(&connections, at, "2").await, Err(FetchKind::Silent));
    let mut story = heard(&mut told);
    if story.len() == 3 {
        story.extend(told.recv().await);
    }
    assert_eq!(story, ["open", "GET /1 HTTP/1.1", "GET /2 HTTP/1.1", "closed by the client"]);
}

#[tokio::test]
async fn a_file_above_the_limit_ends_the_connection() {
    let (at, mut told) = server(vec![vec![Answer(ok(&[b'x'; 10_001]))], vec![Answer(ok(b"b"))]]).await;
    let connections = transport(limits(), None).connections();
    assert_eq!(get(&connections, at, "1").await, Err(FetchKind::TooLarge));
    assert_eq!(get(&connections, at, "2").await, file("b"));
    assert_eq!(heard(&mut told), ["open", "GET /1 HTTP/1.1", "open", "GET /2 HTTP/1.1"]);
}

#[tokio::test]
async fn a_file_of_another_server_closes_the_connection_to_the_first() {
    let plan = || vec![vec![Answer(ok(b"a")), Wait]];
    let ((one, mut told), (other, _)) = (server(plan()).await, server(plan()).await);
    let connections = transport(limits(), None).connections();
    assert_eq!(get(&connections, one, "1").await, file("a"));
    assert_eq!(get(&connections, other, "2").await, file("a"));
    for expected in ["open", "GET /1 HTTP/1.1", "closed by the client"] {
        assert_eq!(told.recv().await.unwrap(), expected);
    }
}

#[tokio::test]
async fn an_idle_connection_is_closed_in_the_end() {
    let (at, mut told) = server(vec![vec![Answer(ok(b"a")), Wait]]).await;
    let hurried = TransferLimits { idle: BRIEF, ..limits() };
    let connections = transport(hurried, None).connections();
    assert_eq!(get(&connections, at, "1").await, file("a"));
    for expected in ["open", "GET /1 HTTP/1.1", "closed by the client"] {
        assert_eq!(told.recv().await.unwrap(), expected);
    }
}

#[tokio::test]
async fn kept_connections_give_their_slots_to_those_who_wait() {
    let transport = transport(limits(), None);
    let mut kept = Vec::new();
    for _ in 0..transport.slots() {
        let (at, told) = server(vec![vec![Answer(ok(b"a")), Wait]]).await;
        let connections = transport.connections();
        assert_eq!(get(&connections, at, "1").await, file("a"));
        kept.push((connections, told));
    }
    let (at, _told) = server(vec![vec![Answer(ok(b"b"))]]).await;
    assert_eq!(gist(transport.fetch(&named(at, "2"), unheard).await), file("b"));
    for (_, told) in &mut kept {
        for expected in ["open", "GET /1 HTTP/1.1", "closed by the client"] {
            assert_eq!(told.recv().await.unwrap(), expected);
        }
    }
}

// req: FS-7
#[tokio::test]
async fn a_boot_goes_on_over_its_connection_though_others_wait() {
    let settings = TransportSettings { slots: Some(1), limits: limits(), ..TransportSettings::default() };
    let transport = Transport::new(settings).unwrap();
    let answers = [b"a", b"b", b"c"].map(|body| Answer(ok(body)));
    let (at, mut told) = server(vec![[&answers[..], &[Wait]].concat()]).await;
    let (elsewhere, _told) = server(vec![vec![Answer(ok(b"d"))]]).await;
    let connections = transport.connections();
    assert_eq!(get(&connections, at, "1").await, file("a"));
    let other = named(elsewhere, "4");
    // The other one waits from the first moment on, for the only slot.
    let waited = async { gist(transport.fetch(&other, unheard).await) };
    let boot = async { [get(&connections, at, "2").await, get(&connections, at, "3").await] };
    assert_eq!(tokio::join!(waited, boot), (file("d"), [file("b"), file("c")]));
    for expected in ["open", "GET /1 HTTP/1.1", "GET /2 HTTP/1.1", "GET /3 HTTP/1.1", "closed by the client"] {
        assert_eq!(told.recv().await.unwrap(), expected);
    }
}

#[tokio::test]
async fn a_fetch_that_outlives_the_boot_leaves_no_connection() {
    let (at, mut told) = server(vec![vec![Answer(ok(b"a")), Wait]]).await;
    let connections = transport(limits(), None).connections();
    let ask = named(at, "1");
    let fetched = connections.fetch(&ask, |news| {
        if matches!(news, Progress::Received(_)) {
            connections.close();
        }
    });
    assert_eq!(gist(fetched.await), file("a"));
    for expected in ["open", "GET /1 HTTP/1.1", "closed by the client"] {
        assert_eq!(told.recv().await.unwrap(), expected);
    }
}

// req: FS-14
#[tokio::test]
async fn a_request_names_its_transfer_in_letters_that_any_log_can_hold() {
    let (at, served) = far_side::http(ok(b"a"), far_side::Then::Close).await;
    let transfer = Some(TransferId::new("desk 1/ü\r\nX: y", 2, 17));
    let fetched = transport(limits(), None).fetch(&FetchAsk { transfer, ..named(at, "1") }, unheard).await;
    assert_eq!(gist(fetched), file("a"));
    let expected =
        format!("GET /1 HTTP/1.1\r\nhost: {at}\r\nconnection: close\r\nx-request-id: desk_1____X__y-2-17\r\n\r\n");
    assert_eq!(served.await.unwrap(), expected);

    let long = TransferId::new(&"n".repeat(500), u32::MAX, u32::MAX);
    assert_eq!(long.as_str(), format!("{}-4294967295-4294967295", "n".repeat(42)));
}
