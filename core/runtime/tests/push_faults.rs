//! Content servers that are dead, slow, huge, that lie or lead elsewhere: each drops its push with a reason, and the phone
//! takes the next one.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::{net::SocketAddr, sync::Arc, time::Duration};

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

use PushType::{Audio, Display, Subscribe, Topline};
use Server::{Dead, Drips, Says, SaysAndWaits};

const GOOD: &[u8] = b"<?xml version=\"1.0\"?><Response><Topline>hello</Topline></Response>";
const PAGE: &[u8] = b"<?xml version=\"1.0\"?><wml><card title=\"Page\"><p>x</p></card></wml>";

/// What is pushed, a content server, and the words with which the phone drops what it sent.
struct Fault {
    name: &'static str,
    kind: PushType,
    server: Server,
    words: &'static str,
}

const fn fault(name: &'static str, kind: PushType, server: Server, words: &'static str) -> Fault {
    Fault { name, kind, server, words }
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
    /// It says this, byte after byte, and a blank again and again.
    Drips(fn() -> Vec<u8>),
}

fn with(head: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 {head}\r\n\r\n").as_bytes(), body].concat()
}

fn ok(body: &[u8]) -> Vec<u8> {
    with(&format!("200 OK\r\nContent-Length: {}", body.len()), body)
}

fn response(payload: &str) -> Vec<u8> {
    ok(format!("<?xml version=\"1.0\"?><Response>{payload}</Response>").as_bytes())
}

const ELSEWHERE: &str = "302 Found\r\nLocation: http://192.0.2.1/a.xml\r\nContent-Length: 0";

const FAULTS: [Fault; 36] = [
    fault("dead", Topline, Dead, "the connection was refused"),
    fault("dead for a page", Display, Dead, "the connection was refused"),
    fault("dead for sound", Audio, Dead, "the connection was refused"),
    fault("dead for a subscription", Subscribe, Dead, "the connection was refused"),
    // Slow.
    fault("silent", Topline, SaysAndWaits(Vec::new), "the server did not answer in time"),
    fault("drips its head", Topline, Drips(|| b"HTTP/1.1 200 OK\r\nx: ".to_vec()), "the server did not answer in time"),
    fault("drips its body", Topline, Drips(|| with("200 OK", b"<?xml")), "the transfer broke off after"),
    fault(
        "stops half-way",
        Topline,
        SaysAndWaits(|| with("200 OK\r\nContent-Length: 500", b"<?xml")),
        "the transfer broke off after 5 bytes",
    ),
    // Huge.
    fault(
        "announces something huge",
        Topline,
        Says(|| with("200 OK\r\nContent-Length: 9999999", b"<?xml")),
        "the file is larger than the limit",
    ),
    fault("never ends", Topline, Says(|| with("200 OK", &[b' '; 100_000])), "the file is larger than the limit"),
    fault("has a huge page", Display, Says(|| ok(&[b' '; 33 * 1024])), "the file is larger than the limit"),
    fault("has a text beyond five kilobytes", Topline, Says(|| ok(&[b' '; 5121])), "the file is larger than the limit"),
    fault(
        "never ends its head",
        Topline,
        Says(|| with(&format!("200 OK\r\nx: {}", "y".repeat(1_000_000)), GOOD)),
        "the server's answer breaks the protocol",
    ),
    fault(
        "has headers without number",
        Topline,
        Says(|| with(&format!("200 OK{}", "\r\nx: y".repeat(10_000)), GOOD)),
        "the server's answer breaks the protocol",
    ),
    // Lying.
    fault(
        "announces more than it sends",
        Topline,
        Says(|| with("200 OK\r\nContent-Length: 500", GOOD)),
        "the transfer broke off after 66 bytes",
    ),
    fault(
        "announces less than it sends",
        Topline,
        Says(|| with("200 OK\r\nContent-Length: 40", GOOD)),
        "no XML: no element found",
    ),
    fault(
        "announces two lengths",
        Topline,
        Says(|| with("200 OK\r\nContent-Length: 66\r\nContent-Length: 67", GOOD)),
        "the server's answer breaks the protocol",
    ),
    fault(
        "announces a chunk that does not come",
        Topline,
        Says(|| with("200 OK\r\nTransfer-Encoding: chunked", b"ffffff\r\n<?xml")),
        "the transfer broke off after 5 bytes",
    ),
    fault("says a page is a picture", Display, Says(|| with("200 OK\r\nContent-Type: image/gif", PAGE)), "image/gif"),
    fault(
        "speaks something else",
        Topline,
        Says(|| b"220 FTP ready\r\n".to_vec()),
        "the server's answer breaks the protocol",
    ),
    // Leading elsewhere.
    fault("leads to a server that is not trusted", Topline, Says(|| with(ELSEWHERE, b"")), "302"),
    fault("leads a page to a server that is not trusted", Display, Says(|| with(ELSEWHERE, b"")), "302"),
    fault("leads sound to a server that is not trusted", Audio, Says(|| with(ELSEWHERE, b"")), "302"),
    fault("has nothing", Topline, Says(|| with("404 Not Found\r\nContent-Length: 0", b"")), "404"),
    fault(
        "wants a password",
        Topline,
        Says(|| with("401 No\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0", b"")),
        "401",
    ),
    // Content that is none.
    fault("sends an empty answer", Topline, Says(|| ok(b"")), "no XML: no element found"),
    fault("sends no XML", Topline, Says(|| ok(b"hello")), "no XML"),
    fault(
        "sends entities",
        Topline,
        Says(|| ok(b"<!DOCTYPE a [<!ENTITY b \"hello\">]><Response><Topline>&b;</Topline></Response>")),
        "no XML",
    ),
    fault(
        "sends a file of its own phone",
        Topline,
        Says(|| {
            ok(b"<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><Response><Topline>&b;</Topline></Response>")
        }),
        "no XML",
    ),
    fault(
        "sends elements in elements",
        Topline,
        Says(|| response(&"<b>".repeat(1000))),
        "elements are nested deeper than 32",
    ),
    fault(
        "sends a page with a tag that WML does not have",
        Display,
        Says(|| ok(b"<wml><card><blink/></card></wml>")),
        "blink",
    ),
    fault(
        "sends content of another type",
        Topline,
        Says(|| response("<Subscribe type=\"all\"/>")),
        "the content is of another type",
    ),
    fault("sends a text for sound", Audio, Says(|| ok(GOOD)), "the content is of another type"),
    fault(
        "sends sound from nowhere",
        Audio,
        Says(|| response("<Audio><Url href=\"RTPRx://nobody.invalid:5004\"/></Audio>")),
        "nobody.invalid has no address",
    ),
    fault(
        "sends sound in a way that phones do not know",
        Audio,
        Says(|| response("<Audio codec=\"G729\"><Url href=\"RTPRx://127.0.0.1:5004\"/></Audio>")),
        "codec cannot be \"G729\"",
    ),
    fault(
        "asks for a subscription with a stranger",
        Subscribe,
        Says(|| response("<Subscribe type=\"me\"><Url href=\"http://192.0.2.1/\"/></Subscribe>")),
        "SUBSCRIBELIST has no such server",
    ),
];

/// Between two bytes; far less than any patience.
const DRIP: Duration = Duration::from_millis(100);

async fn start(server: Server) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    let (answer, waits, drips) = match server {
        Dead => return at,
        Says(answer) => (answer, false, false),
        SaysAndWaits(answer) => (answer, true, false),
        Drips(answer) => (answer, true, true),
    };
    tokio::spawn(async move {
        let mut visits = JoinSet::new();
        while let Ok((mut stream, _)) = listener.accept().await {
            visits.spawn(async move {
                let mut request = Vec::new();
                while !request.ends_with(b"\r\n\r\n") && stream.read_buf(&mut request).await.unwrap_or(0) > 0 {}
                if drips {
                    for byte in answer().into_iter().chain(std::iter::repeat(b' ')) {
                        let written = stream.write_all(&[byte]).await;
                        if written.is_err() || stream.flush().await.is_err() {
                            return;
                        }
                        tokio::time::sleep(DRIP).await;
                    }
                }
                let _ = stream.write_all(&answer()).await;
                if waits {
                    let _ = stream.read(&mut [0]).await;
                }
            });
        }
    });
    at
}

/// A page that barges in shows why it failed; a normal one is dropped.
fn message(content: Content) -> Vec<Message> {
    let mode = if content.kind() == Display { Mode::Normal } else { Mode::Barge };
    vec![Message { mode, alert: Alert::default(), content }]
}

/// What went otherwise than the row says.
async fn run(bench: &Bench, number: usize, fault: &Fault) -> Option<String> {
    let at = start(fault.server).await;
    let mut choice = bench.phone("4620SW", &(4711 + number).to_string(), &[Http]);
    choice.name = format!("phone-{number}");
    choice.index = number as u64;
    choice.site.push(("TPSLIST".to_owned(), "127.0.0.1".to_owned()));
    if fault.kind == Subscribe {
        choice.site.push(("SUBSCRIBELIST".to_owned(), format!("http://{at}/subscribe")));
    }
    let carrier = bench.carrier_with(bench.servers.ca_certificate(), StateFolder::Nowhere);
    let mut desk = bench.boot(&carrier, &choice, up_to_date(&model("4620SW"))).await;
    let transport = Transport::new(TransportSettings::default()).unwrap();
    let target = Target::at(&desk.push_url().unwrap(), 80).unwrap().unwrap();
    let campaign = |content| Campaign {
        targets: vec![target.clone()],
        messages: message(content),
        address: None,
        port: 0,
        pace: None,
    };
    let url = Url::parse(&format!("http://{at}/a.xml")).unwrap();
    let bad = initiator::push(&transport, campaign(Content::Elsewhere(fault.kind, url)), |_| ());
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
