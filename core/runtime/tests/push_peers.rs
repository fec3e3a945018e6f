//! Pushes with programs nobody here wrote: curl as initiator, nginx as content server, GStreamer as source of sound.
//! `cargo xtask test --peers` installs and starts them.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::{fs, net::SocketAddr, path::Path, process::Command};

use common::{Bench, model, peer, profile, tale, up_to_date, work::beside};
use deskset_media::{Codec, Sound};
use deskset_phone::Protocol::Http;
use deskset_runtime::Desk;
use deskset_server::{ContentServer, Document, Fetch, Recorder, Shelf};

const AUDIO: &str = "<?xml version=\"1.0\"?><Response><Audio packetsize=\"20\" codec=\"PCMU\"><AudioTimer value=\"5\"/>\
                     <Url href=\"RTPRx://127.0.0.1:5004\"/></Audio></Response>";

async fn in_use(bench: &Bench) -> Desk {
    let carrier = bench.carrier_with(bench.servers.ca_certificate(), bench.state());
    let mut choice = bench.phone("4620SW", "4711", &[Http]);
    choice.site.push(("TPSLIST".to_owned(), "127.0.0.1".to_owned()));
    bench.boot(&carrier, &choice, up_to_date(&model("4620SW"))).await
}

fn push(kind: &str, mode: &str, href: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<Push alert=\"1\" type=\"{kind}\" mode=\"{mode}\"><go href=\"{href}\" method=\"get\"/></Push>"
    )
}

/// curl posts it, url-encoded or as it is; the status line and the number.
async fn curl(url: String, how: &'static str, message: String) -> String {
    let posted = tokio::task::spawn_blocking(move || {
        Command::new("curl").args(["-s", "-i", how, &format!("XMLData={message}"), &url]).output().unwrap()
    });
    let said = String::from_utf8(posted.await.unwrap().stdout).unwrap();
    let lines: Vec<&str> = said.lines().filter(|line| line.starts_with("HTTP") || line.starts_with("x-")).collect();
    lines.join(" ")
}

/// The phone works until something happened to it.
async fn until(desk: &mut Desk, line: &str) {
    while !tale(desk, "push").iter().any(|other| other.starts_with(line)) {
        desk.step().await;
    }
}

// req: PU-6, PU-9
#[tokio::test(flavor = "multi_thread")]
async fn curl_pushes_a_text_that_nginx_serves() {
    let bench = Bench::new().await;
    let mut desk = in_use(&bench).await;
    let folder = tempfile::Builder::new().prefix("push-").tempdir_in(peer("PEER_FILES")).unwrap();
    fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let text = "<?xml version=\"1.0\"?><Response><Topline>from nginx</Topline></Response>";
    fs::write(folder.path().join("a.xml"), text).unwrap();
    let place = folder.path().file_name().unwrap().to_str().unwrap();
    let href = format!("http://{}/{place}/a.xml", peer("PEER_HTTP"));
    for how in ["--data-urlencode", "-d"] {
        let posting = curl(desk.push_url().unwrap(), how, push("topline", "barge", &href));
        assert_eq!(beside(&mut desk, posting).await, "HTTP/1.0 200 OK x-push-status: 200");
    }
    until(&mut desk, "10 characters on the top line").await;
    assert_eq!(desk.screen().rows()[0].trim(), "from nginx");
    let untrusted = push("topline", "barge", "http://192.0.2.1/a.xml");
    let posting = curl(desk.push_url().unwrap(), "--data-urlencode", untrusted);
    assert_eq!(beside(&mut desk, posting).await, "HTTP/1.0 403 Forbidden x-push-status: 402");
}

/// A tone of a second, encoded once, onto the wire and into a file.
fn gstreamer(to: SocketAddr, file: &Path) -> Command {
    let pipeline = format!(
        "audiotestsrc is-live=true num-buffers=50 samplesperbuffer=160 freq=437 ! audio/x-raw,rate=8000,channels=1 ! \
         mulawenc ! tee name=both ! queue ! rtppcmupay ! udpsink host={} port={} both. ! queue ! filesink location={}",
        to.ip(),
        to.port(),
        file.display()
    );
    let mut command = Command::new("gst-launch-1.0");
    command.arg("-q").args(pipeline.split_whitespace());
    command
}

// req: PU-7, PU-8
#[tokio::test(flavor = "multi_thread")]
async fn a_phone_that_curl_pushes_to_records_what_gstreamer_sends() {
    let mut recording = profile();
    recording.phones.record_audio = true;
    let bench = Bench::with(recording, common::catalog()).await;
    let mut desk = in_use(&bench).await;
    let shelf = Shelf::default();
    let server = ContentServer::start("127.0.0.1:0".parse().unwrap(), shelf.clone(), Recorder::log_only()).unwrap();
    let mut placed = shelf.place("tone.xml", Document::response(AUDIO)).unwrap();
    let href = format!("http://{}{}", server.address(), placed.path());
    let sent = bench.folder.path().join("sent.raw");
    let url = desk.push_url().unwrap();
    let story = async {
        let said = curl(url, "--data-urlencode", push("audio", "barge", &href)).await;
        assert_eq!(said, "HTTP/1.0 200 OK x-push-status: 200");
        let Some(Fetch { from, rtp_port: Some(port) }) = placed.fetched().await else { panic!("no rtpLPort") };
        let mut gstreamer = gstreamer(SocketAddr::new(from, port), &sent);
        assert!(tokio::task::spawn_blocking(move || gstreamer.status()).await.unwrap().unwrap().success());
    };
    // It says no goodbye: the audio timer ends it.
    tokio::join!(story, until(&mut desk, "the stream is over"));
    let decoded: Vec<i16> = fs::read(&sent).unwrap().into_iter().map(|byte| Codec::Pcmu.decode(byte)).collect();
    let heard = Sound::from_wav(&bench.folder.path().join("state/phone/heard-1.wav")).unwrap();
    assert!(heard.samples() == decoded && decoded.len() == 8_000, "{} of {}", heard.samples().len(), decoded.len());
}
