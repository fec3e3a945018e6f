//! What becomes of each transfer, as one line of JSON.
#![allow(missing_docs, clippy::unwrap_used)]

mod lab;

use std::{net::SocketAddr, time::Duration};

use deskset_server::{Action, FileServer, Protocol, RecordOutcome, Recorder, ServerRecord};
use lab::{LOOPBACK, PASSWORD, SCRIPT, TlsClient, all_protocols};
use serde_json::{Value, json};
use suppaftp::tokio::AsyncFtpStream;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpStream, UdpSocket},
    sync::mpsc::UnboundedReceiver,
};

struct Told(UnboundedReceiver<ServerRecord>);

impl Told {
    /// The next line without what no two runs share; its peer is on loopback, its time well formed.
    async fn next(&mut self) -> Value {
        let record = tokio::time::timeout(Duration::from_secs(20), self.0.recv()).await.expect("a record in time");
        let line = record.unwrap().json_line();
        assert!(!line.contains('\n'), "{line}");
        let mut line: Value = serde_json::from_str(&line).unwrap();
        let object = line.as_object_mut().unwrap();
        let peer: SocketAddr = object.remove("peer").unwrap().as_str().unwrap().parse().unwrap();
        assert_eq!(peer.ip(), LOOPBACK);
        assert!(object.remove("micros").unwrap().is_u64());
        let time = object.remove("time").unwrap();
        assert!(time.as_str().unwrap().ends_with('Z'), "{time}");
        for (name, value) in [("schema", json!("deskset-transfer-1")), ("action", json!("fetch"))] {
            assert_eq!(object.remove(name), Some(value), "{name}");
        }
        line
    }
}

const LARGE: usize = 64 * 1024 * 1024;

/// What is left of a line about `upgrade.scr` fetched whole.
fn whole(id: u64, protocol: &str, asked: &str) -> Value {
    json!({ "id": id, "protocol": protocol, "asked": asked, "served": "upgrade.scr", "outcome": "complete",
        "why": null, "bytes": SCRIPT.len(), "transfer": null })
}

/// The same about `phone.app` that did not come to its end.
async fn cut_short(told: &mut Told, id: u64, protocol: &str, asked: &str) {
    let mut line = told.next().await;
    let object = line.as_object_mut().unwrap();
    assert!(object.remove("bytes").unwrap().as_u64().unwrap() < LARGE as u64);
    assert!(!object.remove("why").unwrap().as_str().unwrap().is_empty());
    let expected = json!({ "id": id, "protocol": protocol, "asked": asked, "served": "phone.app", "outcome": "aborted",
        "transfer": null });
    assert_eq!(line, expected);
}

// req: FS-14
#[tokio::test]
async fn every_protocol_tells_a_whole_file_from_one_that_was_cut_short() {
    let folder = tempfile::tempdir().unwrap();
    let backups = folder.path().join("backups");
    std::fs::create_dir(&backups).unwrap();
    for place in [folder.path(), &backups] {
        std::fs::write(place.join("upgrade.scr"), SCRIPT).unwrap();
        std::fs::write(place.join("phone.app"), vec![7; LARGE]).unwrap();
    }
    let ca = deskset_server::LabCa::create().unwrap();
    let (recorder, records) = Recorder::channel();
    let server = FileServer::start(all_protocols(folder.path(), &ca), recorder).await.unwrap();
    let (at, mut told) = (*server.addresses(), Told(records));
    let request = |name: &str| format!("GET /{name} HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n");

    // TFTP: complete when the last block is acknowledged, and not before.
    let tftp = UdpSocket::bind((LOOPBACK, 0)).await.unwrap();
    let mut block = [0; 1024];
    tftp.send_to(b"\0\x01upgrade.scr\0octet\0", at.tftp.unwrap()).await.unwrap();
    let (_, from) = tftp.recv_from(&mut block).await.unwrap();
    assert!(told.0.try_recv().is_err());
    tftp.send_to(&[0, 4, 0, 1], from).await.unwrap();
    assert_eq!(told.next().await, whole(1, "tftp", "upgrade.scr"));
    tftp.send_to(b"\0\x01phone.app\0octet\0", at.tftp.unwrap()).await.unwrap();
    let (_, from) = tftp.recv_from(&mut block).await.unwrap();
    tftp.send_to(b"\0\x05\0\x03disk full\0", from).await.unwrap();
    cut_short(&mut told, 2, "tftp", "phone.app").await;

    // HTTP: complete when the whole body is sent.
    lab::raw(at.http.unwrap(), request("upgrade.scr").as_bytes()).await;
    assert_eq!(told.next().await, whole(3, "http", "/upgrade.scr"));
    let mut http = TcpStream::connect(at.http.unwrap()).await.unwrap();
    http.write_all(request("phone.app").as_bytes()).await.unwrap();
    http.read_exact(&mut [0; 1000]).await.unwrap();
    drop(http);
    cut_short(&mut told, 4, "http", "/phone.app").await;

    // HTTPS alike.
    let client = TlsClient::trusting(ca.certificate());
    let mut https = client.connect(at.https.unwrap(), "localhost").await.unwrap();
    https.write_all(request("upgrade.scr").as_bytes()).await.unwrap();
    https.read_to_end(&mut Vec::new()).await.unwrap();
    assert_eq!(told.next().await, whole(5, "https", "/upgrade.scr"));
    let mut https = client.connect(at.https.unwrap(), "localhost").await.unwrap();
    https.write_all(request("phone.app").as_bytes()).await.unwrap();
    https.read_exact(&mut [0; 1000]).await.unwrap();
    drop(https);
    cut_short(&mut told, 6, "https", "/phone.app").await;

    // FTP alike.
    let mut ftp = AsyncFtpStream::connect(at.ftp.unwrap()).await.unwrap();
    ftp.login("phones", PASSWORD).await.unwrap();
    let mut stream = ftp.retr_as_stream("upgrade.scr").await.unwrap();
    stream.read_to_end(&mut Vec::new()).await.unwrap();
    stream.finish().await.unwrap();
    assert_eq!(told.next().await, whole(7, "ftp", "/upgrade.scr"));
    let mut stream = ftp.retr_as_stream("phone.app").await.unwrap();
    stream.read_exact(&mut [0; 1000]).await.unwrap();
    drop(stream);
    cut_short(&mut told, 8, "ftp", "/phone.app").await;
    server.stop().await;
}

#[test]
fn a_line_holds_nothing_that_could_end_it_early() {
    let record = ServerRecord {
        id: 3,
        transfer: Some("desk-1-1-4".to_owned()),
        protocol: Protocol::Ftp,
        action: Action::Store,
        peer: "[::1]:40000".parse().unwrap(),
        asked: "/\"4711\"\u{2028}\\data.txt".to_owned(),
        served: None,
        outcome: RecordOutcome::Refused("no\nroom".to_owned()),
        bytes: 12,
        micros: 34,
        began: std::time::UNIX_EPOCH + Duration::from_millis(1_795_265_453_250),
    };
    let expected = "{\"schema\":\"deskset-transfer-1\",\"id\":3,\"time\":\"2026-11-21T12:50:53.25Z\",\"protocol\":\"ftp\",\
        \"action\":\"store\",\"peer\":\"[::1]:40000\",\"asked\":\"/\\\"4711\\\"\u{2028}\\\\data.txt\",\"served\":null,\
        \"outcome\":\"refused\",\"why\":\"no\\nroom\",\"bytes\":12,\"micros\":34,\"transfer\":\"desk-1-1-4\"}";
    assert_eq!(record.json_line(), expected);
}
