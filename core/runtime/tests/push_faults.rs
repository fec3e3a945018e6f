//! Content servers that are dead, slow, huge, that lie or lead elsewhere: each drops its push with a reason, and the phone
//! takes the next one.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::{net::SocketAddr, sync::Arc};

use common::{Bench, catalog, model, profile, tale, up_to_date};
use deskset_models::Secret;
use deskset_phone::{
    Protocol::Http,
    browser::{
        Url,
        push::{Alert, Mode, PushType},
    },
};
use deskset_runtime::{
    StateFolder,
    initiator::{self, Campaign, Content, Message, Target},
};
use deskset_transport::{Transport, TransportSettings};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    task::JoinSet,
};

const GOOD: &[u8] = b"<?xml version=\"1.0\"?><Response><Topline>hello</Topline></Response>";

/// A content server, and the words with which the phone drops what it sent.
struct Fault {
    name: &'static str,
    server: Server,
    words: &'static str,
}

/// What a content server does with every request.
#[derive(Clone, Copy)]
enum Server {
    /// Nobody listens.
    Dead,
    /// It says this and closes.
    Says(fn() -> Vec<u8>),
    /// It says this, and then nothing more.
    SaysAndWaits(fn() -> Vec<u8>),
}

fn with(head: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat()
}

const FAULTS: [Fault; 12] = [
    Fault { name: "dead", server: Server::Dead, words: "the connection was refused" },
    Fault { name: "silent", server: Server::SaysAndWaits(Vec::new), words: "the server did not answer in time" },
    Fault {
        name: "stops half-way",
        server: Server::SaysAndWaits(|| with("200 OK\r\nContent-Length: 500", b"<?xml")),
        words: "the transfer broke off after 5 bytes",
    },
    Fault {
        name: "announces something huge",
        server: Server::Says(|| with("200 OK\r\nContent-Length: 9999999", b"<?xml")),
        words: "the file is larger than the limit",
    },
    Fault {
        name: "never ends",
        server: Server::Says(|| with("200 OK", &[b' '; 100_000])),
        words: "the file is larger than the limit",
    },
    Fault {
        name: "announces more than it sends",
        server: Server::Says(|| with("200 OK\r\nContent-Length: 500", GOOD)),
        words: "the transfer broke off after 66 bytes",
    },
    Fault {
        name: "leads to a server that is not trusted",
        server: Server::Says(|| with("302 Found\r\nLocation: http://192.0.2.1/a.xml\r\nContent-Length: 0", b"")),
        words: "302",
    },
    Fault {
        name: "has nothing",
        server: Server::Says(|| with("404 Not Found\r\nContent-Length: 0", b"")),
        words: "404",
    },
    Fault {
        name: "wants a password",
        server: Server::Says(|| with("401 No\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0", b"")),
        words: "401",
    },
    Fault {
        name: "sends no XML",
        server: Server::Says(|| with("200 OK\r\nContent-Length: 5", b"hello")),
        words: "no XML",
    },
    Fault {
        name: "sends content of another type",
        server: Server::Says(|| {
            let other = b"<?xml version=\"1.0\"?><Response><Subscribe type=\"all\"/></Response>";
            with(&format!("200 OK\r\nContent-Length: {}", other.len()), other)
        }),
        words: "",
    },
    Fault {
        name: "speaks something else",
        server: Server::Says(|| b"220 FTP ready\r\n".to_vec()),
        words: "the server's answer breaks the protocol",
    },
];

async fn start(server: Server) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    let (answer, waits) = match server {
        Server::Dead => return at,
        Server::Says(answer) => (answer, false),
        Server::SaysAndWaits(answer) => (answer, true),
    };
    tokio::spawn(async move {
        let mut visits = JoinSet::new();
        while let Ok((mut stream, _)) = listener.accept().await {
            visits.spawn(async move {
                let mut request = Vec::new();
                while !request.ends_with(b"\r\n\r\n") && stream.read_buf(&mut request).await.unwrap_or(0) > 0 {}
                let _ = stream.write_all(&answer()).await;
                if waits {
                    let _ = stream.read(&mut [0]).await;
                }
            });
        }
    });
    at
}

fn topline(content: Content) -> Vec<Message> {
    vec![Message { mode: Mode::Barge, alert: Alert::default(), content }]
}

/// What went otherwise than the row says.
async fn run(bench: &Bench, number: usize, fault: &Fault) -> Option<String> {
    let at = start(fault.server).await;
    let mut choice = bench.phone("4620SW", &(4711 + number).to_string(), &[Http]);
    choice.name = format!("phone-{number}");
    choice.index = number as u64;
    choice.site.push(("TPSLIST".to_owned(), "127.0.0.1".to_owned()));
    let carrier = bench.carrier_with(bench.servers.ca_certificate(), StateFolder::Nowhere);
    let mut desk = bench.boot(&carrier, &choice, up_to_date(&model("4620SW"))).await;
    let transport = Transport::new(TransportSettings::default()).unwrap();
    let target = Target::at(&desk.push_url().unwrap(), 80).unwrap().unwrap();
    let campaign = |content| Campaign {
        targets: vec![target.clone()],
        messages: topline(content),
        address: None,
        port: 0,
        pace: None,
    };
    let url = Url::parse(&format!("http://{at}/a.xml")).unwrap();
    let bad = initiator::push(&transport, campaign(Content::Elsewhere(PushType::Topline, url)), |_| ());
    let dropped =
        |desk: &deskset_runtime::Desk| tale(desk, "push").into_iter().find(|line| line.contains(" dropped: "));
    let working = async {
        while dropped(&desk).is_none() {
            desk.step().await;
        }
    };
    let (outcomes, ()) = tokio::join!(bad, working);
    let said = dropped(&desk).unwrap();
    let accepted = outcomes.unwrap()[0].is_fine();
    // The next one gets through.
    let good = initiator::push(&transport, campaign(Content::Topline("hello".to_owned())), |_| ());
    let working = async {
        while !tale(&desk, "push").iter().any(|line| line == "5 characters on the top line") {
            desk.step().await;
        }
    };
    let (outcomes, ()) = tokio::join!(good, working);
    let fine = outcomes.unwrap()[0].is_fine();
    (!(accepted && said.contains(fault.words) && fine))
        .then(|| format!("{}: accepted {accepted}, {said}, the next one {fine}", fault.name))
}

// req: PU-9
#[tokio::test(flavor = "multi_thread")]
async fn every_fault_of_a_content_server_drops_its_push_and_no_other() {
    let mut profile = profile();
    for number in 4711..4711 + FAULTS.len() {
        profile.extensions.insert(number.to_string().parse().unwrap(), Secret::new("a row's"));
    }
    let bench = Arc::new(Bench::with(profile, catalog()).await);
    let mut rows = JoinSet::new();
    for (number, fault) in FAULTS.iter().enumerate() {
        let bench = bench.clone();
        rows.spawn(async move { run(&bench, number, fault).await });
    }
    let wrong: Vec<String> = rows.join_all().await.into_iter().flatten().collect();
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}
