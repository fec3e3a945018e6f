//! Backup files put over HTTP and HTTPS.
#![allow(missing_docs, clippy::unwrap_used)]

mod lab;

use std::path::PathBuf;

use deskset_server::Names;
use lab::{Lab, SCRIPT, TlsClient, files, http, raw, split};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

const PLACE: &str = "/backups/4711_data.txt";

/// A whole request; `headers` end with a line end each.
fn put(path: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("PUT {path} HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n{headers}\r\n");
    [head.as_bytes(), body].concat()
}

fn sized(path: &str, body: &[u8]) -> Vec<u8> {
    put(path, &format!("Content-Length: {}\r\n", body.len()), body)
}

async fn status(lab: &Lab, request: &[u8]) -> String {
    split(&raw(lab.http(), request).await).0
}

fn backups(lab: &Lab) -> PathBuf {
    lab.file("backups")
}

fn stored(lab: &Lab) -> Vec<(String, Vec<u8>)> {
    files(&backups(lab))
}

fn file(name: &str, text: &str) -> (String, Vec<u8>) {
    (name.to_owned(), text.as_bytes().to_vec())
}

// req: FS-14, AR-1
#[tokio::test]
async fn a_backup_file_is_created_replaced_and_fetched_and_older_ones_are_kept() {
    let mut lab = Lab::with(|settings| settings.ftp.as_mut().unwrap().versions = 1).await;
    assert_eq!(status(&lab, &sized(PLACE, b"one")).await, "HTTP/1.1 201 Created");
    let told = "HTTP store /backups/4711_data.txt -> backups/4711_data.txt: complete, 3 bytes";
    assert_eq!(lab.told().await, told);
    assert_eq!(status(&lab, &sized(PLACE, b"two")).await, "HTTP/1.1 204 No Content");
    assert_eq!(lab.told().await, told);
    let (found, _, bytes) = http(lab.http(), "GET", PLACE).await;
    assert_eq!((found.as_str(), bytes.as_slice()), ("HTTP/1.1 200 OK", b"two".as_slice()));
    assert_eq!(stored(&lab), [file("4711_data.txt", "two"), file("4711_data.txt.~1~", "one")]);
}

// req: FS-14, AR-1
#[tokio::test]
async fn an_empty_file_and_one_in_chunks_are_stored() {
    let lab = Lab::start().await;
    assert_eq!(status(&lab, &sized(PLACE, b"")).await, "HTTP/1.1 201 Created");
    assert_eq!(stored(&lab), [file("4711_data.txt", "")]);
    let chunks = put(PLACE, "Transfer-Encoding: chunked\r\n", b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
    assert_eq!(status(&lab, &chunks).await, "HTTP/1.1 204 No Content");
    assert_eq!(stored(&lab), [file("4711_data.txt", "abcde")]);
}

// req: FS-14, AR-1
#[tokio::test]
async fn a_backup_file_is_stored_over_https() {
    let mut lab = Lab::start().await;
    let client = TlsClient::trusting(lab.ca.certificate());
    let mut stream = client.connect(lab.https(), "localhost").await.unwrap();
    stream.write_all(&sized(PLACE, b"one")).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    assert_eq!(split(&answer).0, "HTTP/1.1 201 Created");
    let told = "HTTPS store /backups/4711_data.txt -> backups/4711_data.txt: complete, 3 bytes";
    assert_eq!(lab.told().await, told);
}

#[tokio::test]
async fn other_names_and_other_places_are_refused() {
    let mut lab = Lab::start().await;
    for path in [
        "/upgrade.scr",
        "/4711_data.txt",
        "/backups",
        "/backups/",
        "/backups/upgrade.scr",
        "/backups/4711_data.txt.~1~",
        "/backups/.deskset-part-1_data.txt",
        "/backups/../4711_data.txt",
        "/backups/%2e%2e/%2e%2e/4711_data.txt",
        "/backups/%00_data.txt",
        "/backupsx/4711_data.txt",
    ] {
        assert_eq!(status(&lab, &sized(path, b"x")).await, "HTTP/1.1 403 Forbidden", "{path}");
        let told = lab.told().await;
        assert!(told.starts_with("HTTP store /") && told.contains(": refused, "), "{told}");
    }
    assert_eq!(files(lab.folder.path()), [("upgrade.scr".to_owned(), SCRIPT.to_vec())]);
    assert_eq!(stored(&lab), []);
}

#[tokio::test]
async fn a_folder_in_other_letters_counts_as_the_names_do() {
    for (names, expected) in [(Names::AnyCase, "HTTP/1.1 201 Created"), (Names::Exact, "HTTP/1.1 403 Forbidden")] {
        let lab = Lab::with(|settings| settings.names = names).await;
        assert_eq!(status(&lab, &sized("/Backups/4711_data.txt", b"x")).await, expected);
    }
}

#[tokio::test]
async fn nothing_is_put_where_the_folder_for_backups_is_not_served() {
    let elsewhere = tempfile::tempdir().unwrap();
    let lab = Lab::with(|settings| settings.ftp.as_mut().unwrap().folder = elsewhere.path().to_owned()).await;
    assert_eq!(status(&lab, &sized(PLACE, b"x")).await, "HTTP/1.1 405 Method Not Allowed");
}

#[tokio::test]
async fn a_file_without_a_length_in_parts_or_too_large_is_refused() {
    let mut lab = Lab::start().await;
    let large = vec![b'x'; 64 * 1024 + 1];
    let chunk = [format!("{:x}\r\n", large.len()).as_bytes(), &large, b"\r\n0\r\n\r\n"].concat();
    for (request, expected) in [
        (put(PLACE, "", b""), "HTTP/1.1 411 Length Required"),
        (put(PLACE, "Content-Length: 1\r\nContent-Range: bytes 0-0/9\r\n", b"x"), "HTTP/1.1 400 Bad Request"),
        (sized(PLACE, &large), "HTTP/1.1 413 Payload Too Large"),
        (put(PLACE, "Transfer-Encoding: chunked\r\n", &chunk), "HTTP/1.1 413 Payload Too Large"),
    ] {
        assert_eq!(status(&lab, &request).await, expected);
        let told = lab.told().await;
        assert!(told.starts_with("HTTP store /backups/4711_data.txt: refused, "), "{told}");
    }
    assert_eq!(stored(&lab), []);
    assert_eq!(status(&lab, &sized(PLACE, &large[1..])).await, "HTTP/1.1 201 Created");
}

#[tokio::test]
async fn a_client_that_asks_first_is_told_to_go_on_or_why_not() {
    let mut lab = Lab::start().await;
    // As curl does.
    let mut stream = TcpStream::connect(lab.http()).await.unwrap();
    let asks = "Content-Length: 3\r\nExpect: 100-continue\r\n";
    stream.write_all(&put(PLACE, asks, b"")).await.unwrap();
    let mut go_on = [0; 25];
    stream.read_exact(&mut go_on).await.unwrap();
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream.write_all(b"one").await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    assert_eq!(split(&answer).0, "HTTP/1.1 201 Created");
    assert!(lab.told().await.ends_with("complete, 3 bytes"));

    assert_eq!(status(&lab, &put("/upgrade.scr", asks, b"")).await, "HTTP/1.1 403 Forbidden");
    let large = "Content-Length: 10000000000\r\nExpect: 100-continue\r\n";
    assert_eq!(status(&lab, &put(PLACE, large, b"")).await, "HTTP/1.1 413 Payload Too Large");
}

// req: FS-14
#[tokio::test]
async fn a_client_that_leaves_in_mid_file_leaves_nothing_and_the_old_file() {
    let mut lab = Lab::start().await;
    std::fs::write(backups(&lab).join("4711_data.txt"), "old").unwrap();
    for headers in ["Content-Length: 100\r\n", "Transfer-Encoding: chunked\r\n"] {
        let mut stream = TcpStream::connect(lab.http()).await.unwrap();
        stream.write_all(&put(PLACE, headers, b"3\r\nabc\r\n")).await.unwrap();
        drop(stream);
        assert_eq!(lab.told().await, "HTTP store /backups/4711_data.txt: aborted");
        assert_eq!(stored(&lab), [file("4711_data.txt", "old")]);
    }
}

// req: FS-14
#[tokio::test]
async fn a_server_that_stops_in_mid_file_leaves_nothing() {
    let mut lab = Lab::start().await;
    let mut stream = TcpStream::connect(lab.http()).await.unwrap();
    stream.write_all(&put(PLACE, "Content-Length: 100\r\nExpect: 100-continue\r\n", b"")).await.unwrap();
    stream.read_exact(&mut [0; 25]).await.unwrap();
    lab.server.stop_one(deskset_server::Protocol::Http).await;
    assert_eq!(lab.told().await, "HTTP store /backups/4711_data.txt: aborted");
    assert_eq!(stored(&lab), []);
}

#[tokio::test]
async fn a_place_that_is_a_file_or_a_folder_is_a_conflict() {
    let mut lab = Lab::start().await;
    std::fs::write(backups(&lab).join("file"), "").unwrap();
    std::fs::create_dir(backups(&lab).join("1_data.txt")).unwrap();
    for path in ["/backups/file/4711_data.txt", "/backups/1_data.txt"] {
        assert_eq!(status(&lab, &sized(path, b"x")).await, "HTTP/1.1 409 Conflict", "{path}");
        assert!(lab.told().await.contains(": refused, "));
    }
    assert_eq!(stored(&lab), [file("file", "")]);
}

// req: FS-14
#[tokio::test]
async fn a_record_has_the_name_that_the_client_gives_its_transfer_if_it_is_one() {
    let (recorder, mut records) = deskset_server::Recorder::channel();
    let folder = tempfile::tempdir().unwrap();
    let ca = deskset_server::LabCa::create().unwrap();
    let server = deskset_server::FileServer::start(lab::all_protocols(folder.path(), &ca), recorder).await.unwrap();
    let longest = "x".repeat(64);
    let longer = "x".repeat(65);
    for (given, taken) in [
        ("desk_1.a-2-17", Some("desk_1.a-2-17")),
        (longest.as_str(), Some(longest.as_str())),
        (longer.as_str(), None),
        ("", None),
        ("two words", None),
        ("\"quoted\"", None),
        ("caf\u{e9}", None),
    ] {
        for method in ["GET", "PUT"] {
            let request = format!(
                "{method} {PLACE} HTTP/1.1\r\nHost: lab\r\nConnection: close\r\nContent-Length: 0\r\n\
                 X-Request-ID: {given}\r\n\r\n"
            );
            raw(server.addresses().http.unwrap(), request.as_bytes()).await;
            let record = records.recv().await.unwrap();
            assert_eq!(record.transfer.as_deref(), taken);
        }
    }
}
