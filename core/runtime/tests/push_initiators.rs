//! Initiators that are slow, huge, wrong or too many: each is sent away, and the phone takes the next push.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use common::{Bench, catalog, model, profile, tale, up_to_date, work::beside};
use deskset_models::Secret;
use deskset_phone::{Input, Key, Protocol::Http, View};
use deskset_runtime::{Desk, StateFolder};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinSet,
};

use Then::{Drips, Leaves, Waits};

const GOOD: &str = "<Push type=\"subscribe\"><go href=\"http://127.0.0.1/a.xml\"/></Push>";

/// What an initiator says, and what it hears: HTTP status and number; nothing where the connection just ends.
struct Row {
    name: &'static str,
    says: fn() -> Vec<u8>,
    then: Then,
    hears: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Then {
    /// It waits for an answer.
    Waits,
    /// It says a blank every now and then, for ever.
    Drips,
    /// It is gone at once.
    Leaves,
}
const fn row(name: &'static str, says: fn() -> Vec<u8>, then: Then, hears: &'static str) -> Row {
    Row { name, says, then, hears }
}

fn head(lines: &str) -> Vec<u8> {
    format!("POST /forms/push HTTP/1.1\r\nHost: phone\r\n{lines}\r\n").into_bytes()
}

fn post(xml: impl AsRef<[u8]>) -> Vec<u8> {
    let form = [b"XMLData=", xml.as_ref()].concat();
    [head(&format!("Content-Length: {}\r\n", form.len())), form].concat()
}

/// Letters as two bytes each.
fn utf_16(text: &str) -> Vec<u8> {
    [0xfe, 0xff].into_iter().chain(text.bytes().flat_map(|byte| [0, byte])).collect()
}

/// Each entity is ten of the one before it.
fn laughs() -> String {
    let more: String = (1..20).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect();
    format!("<!DOCTYPE Push [<!ENTITY l0 \"ha\">{more}]><Push>&l19;</Push>")
}

const ROWS: [Row; 33] = [
    row("posts well", || post(GOOD), Waits, "200 200"),
    row("speaks HTTP/1.0", || String::from_utf8(post(GOOD)).unwrap().replace("/1.1", "/1.0").into(), Waits, "200 200"),
    row(
        "posts in chunks",
        || {
            let form = format!("XMLData={GOOD}");
            [head("Transfer-Encoding: chunked\r\n"), format!("{:x}\r\n{form}\r\n0\r\n\r\n", form.len()).into()].concat()
        },
        Waits,
        "200 200",
    ),
    row("says twice the same in one go", || post(GOOD).repeat(2), Waits, "200 200"),
    // No push.
    row("says nothing", Vec::new, Waits, ""),
    row("is a port scanner", Vec::new, Leaves, ""),
    row("speaks TLS", || b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(), Waits, "400"),
    row("speaks FTP", || b"USER anonymous\r\n\r\n".to_vec(), Waits, "400"),
    row("gets", || b"GET /forms/push HTTP/1.1\r\nHost: p\r\n\r\n".to_vec(), Waits, "403"),
    row("posts elsewhere", || b"POST / HTTP/1.1\r\nHost: p\r\nContent-Length: 1\r\n\r\nx".to_vec(), Waits, "403"),
    row(
        "posts around a corner",
        || b"POST /forms/x/../push HTTP/1.1\r\nHost: p\r\nContent-Length: 0\r\n\r\n".to_vec(),
        Waits,
        "403",
    ),
    // Slow.
    row("stops in its head", || b"POST /forms/push HTTP/1.1\r\nHost:".to_vec(), Waits, ""),
    row("drips its head", || b"POST /forms/push HTTP/1.1\r\nx: ".to_vec(), Drips, ""),
    row("stops in its body", || [head("Content-Length: 500\r\n"), b"XMLData=<Push".to_vec()].concat(), Waits, ""),
    row("drips its body", || [head("Content-Length: 500\r\n"), b"XMLData=<Push".to_vec()].concat(), Drips, ""),
    row("leaves in its body", || [head("Content-Length: 500\r\n"), b"XMLData=<Push".to_vec()].concat(), Leaves, ""),
    // Huge.
    row("has a huge head", || head(&format!("x: {}\r\n", "y".repeat(100_000))), Waits, "431"),
    row("has headers without number", || head(&"x: y\r\n".repeat(1000)), Waits, "431"),
    row("has a huge body", || post(format!("{GOOD}{}", " ".repeat(1_000_000))), Waits, "400 307"),
    row("has more than five kilobytes", || post(format!("{GOOD}{}", " ".repeat(5120))), Waits, "400 307"),
    row(
        "announces a terabyte",
        || [head("Content-Length: 1099511627776\r\n"), vec![b' '; 20_000]].concat(),
        Waits,
        "400 307",
    ),
    // Wrong.
    row("posts nothing", || head("Content-Length: 0\r\n"), Waits, "400 303"),
    row("posts another variable", || [head("Content-Length: 3\r\n"), b"a=b".to_vec()].concat(), Waits, "400 303"),
    row("posts laughs by the million", || post(laughs()), Waits, "400 302"),
    row(
        "posts a file of the phone",
        || post("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><Push>&b;</Push>"),
        Waits,
        "400 302",
    ),
    row("posts elements in elements", || post("<a>".repeat(1000)), Waits, "400 302"),
    row("posts attributes without number", || post(format!("<Push {}/>", "a=\"\" ".repeat(800))), Waits, "400 302"),
    row("posts another encoding", || post(format!("<?xml version=\"1.0\" encoding=\"x\"?>{GOOD}")), Waits, "400 304"),
    row("posts two bytes a letter", || post(utf_16(GOOD)), Waits, "200 200"),
    row("posts zeros", || post([&b"<"[..], &[0; 100]].concat()), Waits, "400 304"),
    row("posts an address of another kind", || post(GOOD.replace("http", "javascript")), Waits, "403 402"),
    row("posts a stranger's address", || post(GOOD.replace("127.0.0.1", "127.0.0.1.example")), Waits, "403 402"),
    row("posts an address with a new line", || post(GOOD.replace("a.xml", "&#10;X: y")), Waits, "200 200"),
];

/// Between two bytes; far less than any patience.
const DRIP: Duration = Duration::from_millis(100);

async fn said(at: SocketAddr, bytes: Vec<u8>, then: Then) -> String {
    let mut stream = TcpStream::connect(at).await.unwrap();
    // A phone may close before it has heard all.
    let _ = stream.write_all(&bytes).await;
    if then == Leaves {
        return String::new();
    }
    let (mut from, mut to) = stream.into_split();
    let mut answer = Vec::new();
    tokio::select! {
        _ = from.read_to_end(&mut answer) => {}
        () = async { while to.write_all(b" ").await.is_ok() { tokio::time::sleep(DRIP).await } }, if then == Drips => {
            let _ = from.read_to_end(&mut answer).await;
        }
    }
    gist(&String::from_utf8_lossy(&answer))
}

/// HTTP status and number.
fn gist(answer: &str) -> String {
    let status = answer.split(' ').nth(1).unwrap_or_default();
    let number = answer.lines().find_map(|line| line.strip_prefix("x-push-status: ")).unwrap_or_default();
    format!("{status} {number}").trim().to_owned()
}

async fn in_use(bench: &Bench, number: usize) -> (Desk, SocketAddr) {
    let mut choice = bench.phone("4620SW", &(4711 + number).to_string(), &[Http]);
    choice.name = format!("phone-{number}");
    choice.index = number as u64;
    choice.site.push(("TPSLIST".to_owned(), "127.0.0.1".to_owned()));
    choice.site.push(("SUBSCRIBELIST".to_owned(), "http://127.0.0.1:1/subscribe".to_owned()));
    let carrier = bench.carrier_with(bench.servers.ca_certificate(), StateFolder::Nowhere);
    let desk = bench.boot(&carrier, &choice, up_to_date(&model("4620SW"))).await;
    let url = desk.push_url().unwrap();
    let at = url.trim_start_matches("http://").split('/').next().unwrap().parse().unwrap();
    (desk, at)
}

fn bench_for(phones: usize) -> impl Future<Output = Bench> {
    let mut profile = profile();
    for number in 4711..4711 + phones {
        profile.extensions.insert(number.to_string().parse().unwrap(), Secret::new("a row's"));
    }
    Bench::with(profile, catalog())
}

/// A push that any phone takes at any time, once a minute at most: it is answered, whatever was before.
async fn next_one(desk: &mut Desk, at: SocketAddr) -> String {
    let text = GOOD.replace("subscribe", "topline");
    beside(desk, said(at, post(text), Waits)).await
}

/// What went otherwise than the row says.
async fn run(bench: &Bench, number: usize, row: &Row) -> Option<String> {
    let (mut desk, at) = in_use(bench, number).await;
    let heard = beside(&mut desk, said(at, (row.says)(), row.then)).await;
    let next = next_one(&mut desk, at).await;
    (heard != row.hears || next != "200 200")
        .then(|| format!("{}: {heard:?} instead of {:?}, the next one {next}", row.name, row.hears))
}

// req: PU-9, PR-2, PR-4
#[tokio::test(flavor = "multi_thread")]
async fn every_fault_of_an_initiator_is_answered_or_ended_and_the_next_push_is_taken() {
    let bench = Arc::new(bench_for(ROWS.len()).await);
    let mut rows = JoinSet::new();
    for (number, row) in ROWS.iter().enumerate() {
        let bench = bench.clone();
        rows.spawn(async move { run(&bench, number, row).await });
    }
    let wrong: Vec<String> = rows.join_all().await.into_iter().flatten().collect();
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}

// req: PU-9
#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_connections_keep_neither_the_user_nor_the_other_phones_waiting() {
    let bench = bench_for(2).await;
    let (mut desk, at) = in_use(&bench, 0).await;
    let (mut other, other_at) = in_use(&bench, 1).await;
    let mut flood = JoinSet::new();
    let first = TcpStream::connect(at).await.unwrap();
    for _ in 0..200 {
        flood.spawn(async move {
            // Those that the system's short queue does not take have not even begun.
            let Ok(mut stream) = TcpStream::connect(at).await else { return };
            let _ = stream.write_all(b"POST /forms/push HTTP/1.1\r\nHost:").await;
            let _ = stream.read(&mut [0]).await;
        });
    }
    // Under it the phone is used, and another phone takes pushes.
    desk.input(Input::Key(Key::Options));
    assert_eq!(desk.phone().view(), View::Options);
    assert_eq!(next_one(&mut other, other_at).await, "200 200");
    assert!(tale(&desk, "push").iter().all(|line| !line.contains(" push for ")));
    drop(first);
    flood.shutdown().await;
    assert_eq!(next_one(&mut desk, at).await, "200 200");
}
