//! Backup files by PUT and GET, with servers that answer well, badly or not at all.
#![allow(missing_docs)]
#![allow(clippy::unwrap_used)]

mod far_side;

use std::net::SocketAddr;

use deskset_transport::{Endpoint, HttpBackupAsk, HttpBackupKind, TransferId, TransferLimits};
use far_side::{BRIEF, Then, closed_port, http, impatient, limits, ok, transport};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

fn ask(at: SocketAddr) -> HttpBackupAsk {
    HttpBackupAsk {
        secure: false,
        server: Endpoint::new(at.ip().to_string(), at.port()),
        path: "backups/4711 data.txt".to_owned(),
        size_limit: 64 * 1024,
        user_agent: Some("Deskset/0.1".to_owned()),
        id: "4711".to_owned(),
        transfer: Some(TransferId::new("desk", 1, 9)),
    }
}

async fn put(at: SocketAddr, limits: TransferLimits) -> Result<(), HttpBackupKind> {
    transport(limits, None).put(&ask(at), "SET".into()).await.map_err(|error| error.kind())
}

async fn get(at: SocketAddr, limits: TransferLimits) -> Result<Vec<u8>, HttpBackupKind> {
    transport(limits, None).get(&ask(at)).await.map(Vec::from).map_err(|error| error.kind())
}

fn answer(status: u16) -> Vec<u8> {
    format!("HTTP/1.1 {status} X\r\nLocation: http://192.0.2.1/b\r\nContent-Length: 0\r\n\r\n").into_bytes()
}

/// Serves one connection: reads a whole PUT of `SET`, sends `answer`, then closes or stays silent. Gives the request.
async fn taking(answer: Vec<u8>, then: Then) -> (SocketAddr, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = Vec::new();
        while !request.ends_with(b"\r\n\r\nSET") {
            assert!(stream.read_buf(&mut request).await.unwrap() > 0);
        }
        stream.write_all(&answer).await.unwrap();
        if let Then::Silence = then {
            let _ = stream.read(&mut [0]).await;
        }
        String::from_utf8(request).unwrap()
    });
    (at, served)
}

// req: FS-14, AR-1
#[tokio::test]
async fn a_file_is_put_with_its_length_on_a_connection_of_its_own() {
    let (at, served) = taking(answer(201), Then::Close).await;
    assert_eq!(put(at, limits()).await, Ok(()));
    let expected = format!(
        "PUT /backups/4711%20data.txt HTTP/1.1\r\nhost: {at}\r\nconnection: close\r\nuser-agent: Deskset/0.1\r\n\
         x-request-id: desk-1-9\r\ncontent-length: 3\r\n\r\nSET"
    );
    assert_eq!(served.await.unwrap(), expected);
}

// req: AR-1
#[tokio::test]
async fn each_status_says_whether_a_file_is_stored_and_why_not() {
    use HttpBackupKind::{Denied, Directory, Protocol};
    for (status, expected) in [
        (200, Ok(())),
        (201, Ok(())),
        (204, Ok(())),
        (202, Err(Protocol)),
        (301, Err(Protocol)),
        (307, Err(Protocol)),
        (401, Err(Denied)),
        (403, Err(Denied)),
        (404, Err(Directory)),
        (405, Err(Denied)),
        (409, Err(Directory)),
        (413, Err(Denied)),
        (500, Err(Protocol)),
        (507, Err(Denied)),
    ] {
        let (at, _served) = taking(answer(status), Then::Close).await;
        assert_eq!(put(at, limits()).await, expected, "{status}");
    }
}

// req: AR-1
#[tokio::test]
async fn each_status_says_whether_a_file_is_there_and_why_not() {
    use HttpBackupKind::{Denied, NoFile, Protocol};
    for (status, expected) in [
        (200, Ok(Vec::new())),
        (204, Err(Protocol)),
        (302, Err(Protocol)),
        (401, Err(Denied)),
        (403, Err(Denied)),
        (404, Err(NoFile)),
        (410, Err(NoFile)),
        (500, Err(Protocol)),
    ] {
        let (at, _served) = http(answer(status), Then::Close).await;
        assert_eq!(get(at, limits()).await, expected, "{status}");
    }
    let (at, _served) = http(ok(b"SET"), Then::Close).await;
    assert_eq!(get(at, limits()).await, Ok(b"SET".to_vec()));
}

#[tokio::test]
async fn what_goes_wrong_on_the_way_is_told_apart() {
    use HttpBackupKind::{Connect, Data, NoServer, Protocol, Tls, TooLarge};
    let closed = closed_port().await;
    assert_eq!((put(closed, limits()).await, get(closed, limits()).await), (Err(Connect), Err(Connect)));
    let nowhere = HttpBackupAsk { server: Endpoint::new("", 80), ..ask(closed) };
    let transport = transport(limits(), None);
    assert_eq!(transport.put(&nowhere, "SET".into()).await.unwrap_err().kind(), NoServer);
    assert_eq!(transport.get(&nowhere).await.unwrap_err().kind(), NoServer);
    let secure = HttpBackupAsk { secure: true, ..ask(closed) };
    assert_eq!(transport.put(&secure, "SET".into()).await.unwrap_err().kind(), Tls, "no vendor CA is given");
    assert_eq!(transport.get(&secure).await.unwrap_err().kind(), Tls);

    let (at, _served) = taking(Vec::new(), Then::Close).await;
    assert_eq!(put(at, limits()).await, Err(Data));
    let (at, _served) = http(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nSET".to_vec(), Then::Close).await;
    assert_eq!(get(at, limits()).await, Err(Data));
    let (at, _served) = taking(b"SSH-2.0-x\r\n\r\n".to_vec(), Then::Close).await;
    assert_eq!(put(at, limits()).await, Err(Protocol));
    let (at, _served) = http(ok(&vec![b'x'; 64 * 1024 + 1]), Then::Close).await;
    assert_eq!(get(at, limits()).await, Err(TooLarge));
}

#[tokio::test]
async fn a_server_that_does_not_confirm_runs_into_each_limit() {
    let whole = TransferLimits { ftp: BRIEF, ..limits() };
    for limits in [impatient(), whole] {
        let (at, _served) = taking(Vec::new(), Then::Silence).await;
        assert_eq!(put(at, limits).await, Err(HttpBackupKind::Connect));
        let (at, _served) = http(Vec::new(), Then::Silence).await;
        assert_eq!(get(at, limits).await, Err(HttpBackupKind::Connect));
    }
}

#[tokio::test]
async fn the_words_name_the_file_the_server_and_what_to_do() {
    let (at, _served) = taking(answer(409), Then::Close).await;
    let error = transport(limits(), None).put(&ask(at), "SET".into()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "backups/4711 data.txt on HTTP server {at}: the server has no place for the file (409); create the folder \
             or correct the path"
        )
    );
}
