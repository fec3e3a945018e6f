//! Files over TFTP, asked for by raw sockets.
#![allow(missing_docs, clippy::unwrap_used)]

mod lab;

use lab::{LOOPBACK, Lab, SCRIPT, files, tftp::Client};
use tokio::net::UdpSocket;

// req: FS-1, FS-14
#[tokio::test]
async fn a_script_is_read_from_a_port_of_its_own_and_recorded_as_complete() {
    let mut lab = Lab::start().await;
    let mut client = Client::ask(&lab, 1, &["Upgrade.SCR", "octet"]).await;
    assert_eq!(client.read(512).await, SCRIPT);
    assert_ne!(client.server, lab.tftp());
    assert_eq!(lab.told().await, "TFTP fetch Upgrade.SCR -> upgrade.scr: complete, 29 bytes");
}

#[tokio::test]
async fn size_and_larger_blocks_are_granted_when_asked_for() {
    let mut lab = Lab::start().await;
    let software: Vec<u8> = (0..100_000_u32).map(|n| (n % 251) as u8).collect();
    std::fs::write(lab.file("phone.app"), &software).unwrap();
    let mut client = Client::ask(&lab, 1, &["phone.app", "octet", "tsize", "0", "blksize", "1428"]).await;
    assert_eq!(client.hear().await, b"\0\x06blksize\x001428\0tsize\x00100000\0");
    client.acknowledge(0).await;
    assert!(client.read(1428).await == software);
    assert_eq!(lab.told().await, "TFTP fetch phone.app -> phone.app: complete, 100000 bytes");
}

#[tokio::test]
async fn a_missing_file_is_error_1_and_a_forbidden_one_error_2() {
    let mut lab = Lab::start().await;
    let mut client = Client::ask(&lab, 1, &["none.scr", "octet"]).await;
    assert_eq!(client.hear().await, b"\0\x05\0\x01none.scr: no such file on this server\0");
    assert_eq!(lab.told().await, "TFTP fetch none.scr: refused, none.scr: no such file on this server");
    let mut client = Client::ask(&lab, 1, &["../upgrade.scr", "octet"]).await;
    assert_eq!(client.hear().await[..4], [0, 5, 0, 2]);
    assert_eq!(lab.told().await, "TFTP fetch ../upgrade.scr: refused, ../upgrade.scr: not a name this server serves");
}

#[tokio::test]
async fn nothing_can_be_written() {
    let mut lab = Lab::start().await;
    let mut client = Client::ask(&lab, 2, &["upgrade.scr", "octet"]).await;
    assert_eq!(client.hear().await, b"\0\x05\0\x02files can be read only\0");
    assert_eq!(lab.told().await, "TFTP store upgrade.scr: refused, files can be read only");
    assert_eq!(files(lab.folder.path()), [("upgrade.scr".to_owned(), SCRIPT.to_vec())]);
}

#[tokio::test]
async fn text_mode_sends_network_line_ends_and_their_size() {
    let mut lab = Lab::start().await;
    std::fs::write(lab.file("lines.txt"), "a\nb\r\nc\rd").unwrap();
    let mut client = Client::ask(&lab, 1, &["lines.txt", "netascii", "tsize", "0"]).await;
    assert_eq!(client.hear().await, b"\0\x06tsize\x0010\0");
    client.acknowledge(0).await;
    assert_eq!(client.read(512).await, b"a\r\nb\r\nc\r\0d");
    assert_eq!(lab.told().await, "TFTP fetch lines.txt -> lines.txt: complete, 10 bytes");
}

// req: FS-14
#[tokio::test]
async fn a_client_that_gives_up_is_recorded_as_aborted() {
    let mut lab = Lab::start().await;
    std::fs::write(lab.file("phone.app"), vec![7; 2000]).unwrap();
    let mut client = Client::ask(&lab, 1, &["phone.app", "octet"]).await;
    client.hear().await;
    client.acknowledge(1).await;
    client.hear().await;
    client.socket.send_to(b"\0\x05\0\x03disk full\0", client.server).await.unwrap();
    assert_eq!(lab.told().await, "TFTP fetch phone.app -> phone.app: aborted");
}

// req: FS-14
#[tokio::test]
async fn a_transfer_under_way_when_the_server_stops_is_told_so_and_aborted() {
    let mut lab = Lab::start().await;
    std::fs::write(lab.file("phone.app"), vec![7; 2000]).unwrap();
    let mut client = Client::ask(&lab, 1, &["phone.app", "octet"]).await;
    client.hear().await;
    lab.server.stop_one(deskset_server::Protocol::Tftp).await;
    assert_eq!(client.hear().await[..4], [0, 5, 0, 0]);
    assert_eq!(lab.told().await, "TFTP fetch phone.app -> phone.app: aborted");
}

#[tokio::test]
async fn noise_is_not_answered_and_stops_nothing() {
    let lab = Lab::start().await;
    let socket = UdpSocket::bind((LOOPBACK, 0)).await.unwrap();
    for noise in [&b""[..], b"\0", b"\0\x01", b"\0\x01name", b"\0\x05\0\0x\0", b"\xff\xff\xff\xff"] {
        socket.send_to(noise, lab.tftp()).await.unwrap();
    }
    assert_eq!(Client::ask(&lab, 1, &["upgrade.scr", "octet"]).await.read(512).await, SCRIPT);
}
