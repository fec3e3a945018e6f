//! Files over HTTP, asked for by raw sockets.
#![allow(missing_docs, clippy::unwrap_used)]

mod lab;

use std::os::unix::fs::symlink;

use deskset_server::AnonymousFtp;
use lab::{Lab, SCRIPT, files, http, raw, split};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

fn headers(kind: &str, size: usize) -> Vec<String> {
    let length = format!("content-length: {size}");
    vec!["accept-ranges: bytes".to_owned(), length, format!("content-type: {kind}"), "connection: close".to_owned()]
}

// req: FS-1, FS-14
#[tokio::test]
async fn a_script_is_fetched_in_any_case_and_recorded_as_complete() {
    let mut lab = Lab::start().await;
    let answer = http(lab.http(), "GET", "/UPGRADE.scr").await;
    assert_eq!(answer, ("HTTP/1.1 200 OK".to_owned(), headers("text/plain", SCRIPT.len()), SCRIPT.to_vec()));
    assert_eq!(lab.told().await, "HTTP fetch /UPGRADE.scr -> upgrade.scr: complete, 29 bytes");
    lab.server.stop().await;
}

// req: FS-1
#[tokio::test]
async fn each_kind_of_file_says_what_it_is() {
    let lab = Lab::start().await;
    let kinds = [
        ("settings.TXT", "text/plain"),
        ("phone.app", "application/octet-stream"),
        ("boot.bin", "application/octet-stream"),
        ("deck.wml", "text/vnd.wap.wml"),
        ("logo.wbmp", "image/vnd.wap.wbmp"),
    ];
    for (name, kind) in kinds {
        std::fs::write(lab.file(name), "x").unwrap();
        let answer = http(lab.http(), "GET", &format!("/{name}")).await;
        assert_eq!(answer, ("HTTP/1.1 200 OK".to_owned(), headers(kind, 1), b"x".to_vec()));
    }
}

#[tokio::test]
async fn head_tells_the_size_and_sends_nothing() {
    let mut lab = Lab::start().await;
    let answer = http(lab.http(), "HEAD", "/upgrade.scr").await;
    assert_eq!(answer, ("HTTP/1.1 200 OK".to_owned(), headers("text/plain", SCRIPT.len()), vec![]));
    assert_eq!(lab.told().await, "HTTP fetch /upgrade.scr -> upgrade.scr: complete, 0 bytes");
}

#[tokio::test]
async fn empty_and_large_files_arrive_whole() {
    let mut lab = Lab::start().await;
    let large: Vec<u8> = (0..3_000_001_u32).map(|n| (n % 251) as u8).collect();
    std::fs::write(lab.file("empty.txt"), "").unwrap();
    std::fs::write(lab.file("phone.app"), &large).unwrap();
    assert_eq!(http(lab.http(), "GET", "/empty.txt").await.2, b"");
    assert_eq!(lab.told().await, "HTTP fetch /empty.txt -> empty.txt: complete, 0 bytes");
    assert!(http(lab.http(), "GET", "/phone.app").await.2 == large);
    assert_eq!(lab.told().await, "HTTP fetch /phone.app -> phone.app: complete, 3000001 bytes");
}

#[tokio::test]
async fn one_connection_serves_file_after_file() {
    let mut lab = Lab::start().await;
    let two = b"GET /upgrade.scr HTTP/1.1\r\nHost: lab\r\n\r\nGET /none.txt HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n";
    let answer = raw(lab.http(), two).await;
    let (first, _, rest) = split(&answer);
    let (second, _, _) = split(&rest[SCRIPT.len()..]);
    assert_eq!((first.as_str(), second.as_str()), ("HTTP/1.1 200 OK", "HTTP/1.1 404 Not Found"));
    let mut told = [lab.told().await, lab.told().await];
    told.sort();
    assert_eq!(
        told,
        [
            "HTTP fetch /none.txt: refused, none.txt: no such file on this server",
            "HTTP fetch /upgrade.scr -> upgrade.scr: complete, 29 bytes",
        ]
    );
}

#[tokio::test]
async fn nothing_outside_the_folder_is_ever_served() {
    let lab = Lab::start().await;
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("secret.txt"), "secret").unwrap();
    symlink(outside.path(), lab.file("leak")).unwrap();
    std::fs::create_dir(lab.file("folder")).unwrap();
    std::fs::write(lab.file(".deskset-part-7"), "half").unwrap();
    for target in [
        "/../upgrade.scr",
        "/folder/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/%2e%2e%2fetc%2fpasswd",
        "/..%5cetc",
        "/upgrade.scr%00.txt",
        "/leak/secret.txt",
        "/.deskset-part-7",
        "/",
    ] {
        assert_eq!(http(lab.http(), "GET", target).await.0, "HTTP/1.1 403 Forbidden", "{target}");
    }
    for target in ["/folder", "/folder/", "/upgrade.scr/x", "/nothing.txt"] {
        assert_eq!(http(lab.http(), "GET", target).await.0, "HTTP/1.1 404 Not Found", "{target}");
    }
}

#[tokio::test]
async fn files_cannot_be_put_or_deleted() {
    // Backup files may be put where visitors may store them; see put.rs.
    let mut lab = Lab::with(|settings| settings.ftp.as_mut().unwrap().anonymous = AnonymousFtp::Refused).await;
    for method in ["PUT", "POST", "DELETE"] {
        let (status, headers, _) = http(lab.http(), method, "/upgrade.scr").await;
        assert_eq!(status, "HTTP/1.1 405 Method Not Allowed");
        assert!(headers.contains(&"allow: get, head".to_owned()), "{headers:?}");
        let told = format!("HTTP fetch /upgrade.scr: refused, {method} is not served: files can be fetched only");
        assert_eq!(lab.told().await, told);
    }
    assert_eq!(files(lab.folder.path()), [("upgrade.scr".to_owned(), SCRIPT.to_vec())]);
}

#[tokio::test]
async fn an_endless_request_head_is_refused() {
    let lab = Lab::start().await;
    let mut stream = TcpStream::connect(lab.http()).await.unwrap();
    let mut request = b"GET /upgrade.scr HTTP/1.1\r\nX: ".to_vec();
    request.resize(20 * 1024, b'x');
    stream.write_all(&request).await.unwrap();
    let mut answer = Vec::new();
    // The server may reset a connection on which it left bytes unread.
    let _ = stream.read_to_end(&mut answer).await;
    assert!(answer.is_empty() || split(&answer).0.starts_with("HTTP/1.1 431"), "{answer:?}");
}

// req: FS-14
#[tokio::test]
async fn a_client_that_leaves_in_mid_file_is_recorded_as_aborted() {
    let mut lab = Lab::start().await;
    std::fs::write(lab.file("phone.app"), vec![7; 64 * 1024 * 1024]).unwrap();
    let mut stream = TcpStream::connect(lab.http()).await.unwrap();
    stream.write_all(b"GET /phone.app HTTP/1.1\r\nHost: lab\r\n\r\n").await.unwrap();
    stream.read_exact(&mut [0; 1000]).await.unwrap();
    drop(stream);
    assert_eq!(lab.told().await, "HTTP fetch /phone.app -> phone.app: aborted");
}

#[tokio::test]
async fn a_stopped_server_has_closed_its_port_and_said_so_in_the_record() {
    let mut lab = Lab::start().await;
    std::fs::write(lab.file("phone.app"), vec![7; 64 * 1024 * 1024]).unwrap();
    let address = lab.http();
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(b"GET /phone.app HTTP/1.1\r\nHost: lab\r\n\r\n").await.unwrap();
    stream.read_exact(&mut [0; 1000]).await.unwrap();
    lab.server.stop_one(deskset_server::Protocol::Http).await;
    assert_eq!(lab.told().await, "HTTP fetch /phone.app -> phone.app: aborted");
    assert!(TcpStream::connect(address).await.is_err());
    assert!(TcpStream::connect(lab.ftp()).await.is_ok());
}
