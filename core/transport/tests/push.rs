//! Pushes: a phone's open port, and initiators that behave well and badly.
#![allow(missing_docs, clippy::unwrap_used)]

mod far_side;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use deskset_transport::limits::PUSH_BODY_MAX;
use deskset_transport::{Endpoint, PushAnswer, PushAsk, PushError, PushRequest, PushVerdict};
use far_side::{AMPLE, BRIEF, Then, closed_port, http, limits, transport};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::task::{JoinHandle, JoinSet};

const ACCEPTED: PushVerdict = PushVerdict { http: 200, status: 200 };

/// A phone that says the same to all.
struct Phone {
    at: SocketAddr,
    /// Who posted what.
    heard: Arc<Mutex<Vec<Vec<u8>>>>,
    listening: JoinHandle<()>,
}

impl Phone {
    fn start(idle: Duration, verdict: PushVerdict) -> Self {
        let listener = transport(limits(), None).listen_for_push((Ipv4Addr::LOCALHOST, 0).into(), idle).unwrap();
        let (at, heard) = (listener.address(), Arc::<Mutex<Vec<_>>>::default());
        let hears = heard.clone();
        let listening = tokio::spawn(listener.serve(move |PushRequest { form, answer, .. }| {
            hears.lock().unwrap().push(form.to_vec());
            answer.give(verdict);
        }));
        Phone { at, heard, listening }
    }

    fn heard(&self) -> Vec<Vec<u8>> {
        self.heard.lock().unwrap().clone()
    }
}

async fn said(at: SocketAddr, request: &[u8]) -> String {
    let mut stream = TcpStream::connect(at).await.unwrap();
    let mut answer = Vec::new();
    // A phone may close before it has heard all.
    let _ = stream.write_all(request).await;
    let _ = stream.read_to_end(&mut answer).await;
    let text = String::from_utf8(answer).unwrap();
    text.lines().filter(|line| !line.starts_with("date:")).collect::<Vec<_>>().join("|")
}

fn post(form: &str) -> Vec<u8> {
    format!("POST /forms/push HTTP/1.1\r\nHost: phone\r\nContent-Length: {}\r\n\r\n{form}", form.len()).into_bytes()
}

async fn push(at: SocketAddr, form: &'static str) -> Result<PushAnswer, PushError> {
    let phone = Endpoint::new(at.ip().to_string(), at.port());
    transport(limits(), None).push(&PushAsk { phone, form: form.as_bytes().into(), patience: AMPLE }).await
}

// req: PU-1
#[tokio::test]
async fn a_push_is_answered_by_the_phones_word() {
    for (http, status) in [(200, 200), (200, 205), (403, 402), (400, 301), (500, 202)] {
        let phone = Phone::start(AMPLE, PushVerdict { http, status });
        assert_eq!(push(phone.at, "XMLData=%3CPush%2F%3E").await.unwrap(), PushAnswer { http, status: Some(status) });
        assert_eq!(phone.heard(), [b"XMLData=%3CPush%2F%3E"]);
    }
}

#[tokio::test]
async fn the_answer_is_http_1_0_and_ends_the_connection() {
    let phone = Phone::start(AMPLE, ACCEPTED);
    for (version, close) in [("1.0", ""), ("1.1", "connection: close|")] {
        let request = format!("POST /forms/push HTTP/{version}\r\nHost: p\r\nContent-Length: 1\r\n\r\nx");
        let answer = said(phone.at, request.as_bytes()).await;
        assert_eq!(answer, format!("HTTP/1.0 200 OK|x-push-status: 200|{close}content-length: 0|"));
    }
}

#[tokio::test]
async fn other_methods_and_other_places_are_forbidden_and_the_phone_hears_nothing() {
    let phone = Phone::start(AMPLE, ACCEPTED);
    for request in [
        "GET /forms/push HTTP/1.1\r\nHost: p\r\n\r\n",
        "PUT /forms/push HTTP/1.1\r\nHost: p\r\nContent-Length: 1\r\n\r\nx",
        "POST / HTTP/1.1\r\nHost: p\r\nContent-Length: 1\r\n\r\nx",
        "POST /forms/push/x HTTP/1.1\r\nHost: p\r\nContent-Length: 1\r\n\r\nx",
    ] {
        assert_eq!(
            said(phone.at, request.as_bytes()).await,
            "HTTP/1.0 403 Forbidden|connection: close|content-length: 0|",
            "{request}"
        );
    }
    assert_eq!(phone.heard(), [b""; 0]);
}

#[tokio::test]
async fn of_a_body_that_is_too_long_the_phone_hears_that_it_is() {
    let phone = Phone::start(AMPLE, PushVerdict { http: 400, status: 307 });
    let whole = "x".repeat(PUSH_BODY_MAX);
    said(phone.at, &post(&whole)).await;
    let answer = said(phone.at, &post(&"x".repeat(PUSH_BODY_MAX * 4))).await;
    assert_eq!(answer, "HTTP/1.0 400 Bad Request|x-push-status: 307|connection: close|content-length: 0|");
    assert_eq!(phone.heard().iter().map(Vec::len).collect::<Vec<_>>(), [PUSH_BODY_MAX, PUSH_BODY_MAX + 1]);
}

#[tokio::test]
async fn initiators_that_are_no_initiators_are_sent_away() {
    let phone = Phone::start(AMPLE, ACCEPTED);
    for (request, answer) in [
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(), "HTTP/1.1 400 Bad Request"),
        (b"hello\r\n\r\n".to_vec(), "HTTP/1.1 400 Bad Request"),
        (format!("POST /forms/push HTTP/1.1\r\nx: {}\r\n\r\n", "y".repeat(70_000)).into_bytes(), "HTTP/1.1 431 "),
        (format!("POST /forms/push HTTP/1.1\r\n{}\r\n", "x: y\r\n".repeat(70)).into_bytes(), "HTTP/1.1 431 "),
    ] {
        let said = said(phone.at, &request).await;
        assert!(said.starts_with(answer) || said.is_empty(), "{said}");
    }
    assert_eq!((phone.heard(), push(phone.at, "after").await.unwrap().status), (vec![], Some(200)));
}

#[tokio::test]
async fn one_initiator_with_200_connections_does_not_keep_another_one_out() {
    let phone = Phone::start(BRIEF, ACCEPTED);
    let mut others = JoinSet::new();
    for number in 0..200 {
        others.spawn(async move {
            // Those that the system's short queue does not take have not even begun.
            let Ok(mut stream) = TcpStream::connect(phone.at).await else { return };
            let _ = match number % 3 {
                0 => stream.write_all(b"").await,
                1 => stream.write_all(b"POST /forms/push HTTP/1.1\r\nHost:").await,
                _ => stream.write_all(b"POST /forms/push HTTP/1.1\r\nHost: p\r\nContent-Length: 5\r\n\r\nab").await,
            };
            // Silent until the phone has had enough.
            let _ = stream.read(&mut [0]).await;
        });
    }
    while phone.heard().is_empty() {
        // It is the one who has something to say, and tries again as initiators do.
        let _ = push(phone.at, "news").await;
    }
    assert_eq!(phone.heard()[0], b"news");
    others.shutdown().await;
}

#[tokio::test]
async fn a_body_shorter_than_announced_is_no_push() {
    let phone = Phone::start(BRIEF, ACCEPTED);
    let short = b"POST /forms/push HTTP/1.1\r\nHost: p\r\nContent-Length: 500\r\n\r\nXMLData=x";
    assert_eq!(said(phone.at, short).await, "");
    let mut gone = TcpStream::connect(phone.at).await.unwrap();
    gone.write_all(short).await.unwrap();
    drop(gone);
    assert_eq!((push(phone.at, "after").await.unwrap().status, phone.heard()), (Some(200), vec![b"after".to_vec()]));
}

#[tokio::test]
async fn a_phone_that_does_not_listen_is_told_from_one_that_says_nothing() {
    assert!(push(closed_port().await, "x").await.unwrap_err().is_closed());
    let phone = Phone::start(AMPLE, ACCEPTED);
    phone.listening.abort();
    let _ = phone.listening.await;
    let gone = push(phone.at, "x").await.unwrap_err();
    assert!(gone.is_closed(), "{gone}");
    assert_eq!(
        gone.to_string(),
        format!("{}: takes no push: the phone is not registered, or its TPSLIST is empty", phone.at)
    );
    let (at, _served) = http(Vec::new(), Then::Silence).await;
    let phone = Endpoint::new("127.0.0.1", at.port());
    let ask = PushAsk { phone, form: "x".into(), patience: BRIEF };
    let silent = transport(limits(), None).push(&ask).await.unwrap_err();
    assert!(!silent.is_closed(), "{silent}");
}

#[tokio::test]
async fn the_number_is_found_under_each_of_its_names_and_with_words_behind_it() {
    for (line, status) in [
        ("x-Push-Status: 200", Some(200)),
        ("X-PUSH-STATUS:  205 Not In Push State: Push Aborted", Some(205)),
        ("x-Avaya-Push-Status: 208", Some(208)),
        ("x-Avaya-Push-Code: 402", Some(402)),
        ("x-Push-Status: maybe", None),
        ("x-Push-Status: 99999999", None),
        ("Server: GoAhead-Webs", None),
    ] {
        let (at, _served) = http(format!("HTTP/1.0 200 OK\r\n{line}\r\n\r\n").into_bytes(), Then::Close).await;
        assert_eq!(push(at, "x").await.unwrap(), PushAnswer { http: 200, status }, "{line}");
    }
}

#[tokio::test]
async fn a_port_that_cannot_be_had_is_named() {
    let phone = Phone::start(AMPLE, ACCEPTED);
    let refused = |at: &str| transport(limits(), None).listen_for_push(at.parse().unwrap(), AMPLE).unwrap_err();
    assert_eq!(
        refused(&phone.at.to_string()).to_string(),
        format!(
            "pushes cannot be taken on {}: the port is in use; stop the other program or choose another port",
            phone.at
        )
    );
    assert_eq!(
        refused("192.0.2.1:8000").to_string(),
        "pushes cannot be taken on 192.0.2.1:8000: the address is not one of this machine's; add it first"
    );
}
