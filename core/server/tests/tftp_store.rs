//! Files stored over TFTP, and what the TFTP server grants to whom.
#![allow(missing_docs, clippy::unwrap_used)]

mod lab;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use deskset_server::{Rollover, TftpSettings};
use lab::{Lab, SCRIPT, files, tftp::Client};

const READ: u8 = 1;
const WRITE: u8 = 2;

async fn writable() -> Lab {
    Lab::with(|settings| settings.tftp = TftpSettings { writable: true, ..TftpSettings::default() }).await
}

fn acknowledged(block: u8) -> [u8; 4] {
    [0, 4, 0, block]
}

// req: FS-14
#[tokio::test]
async fn a_file_is_on_the_disk_when_its_last_block_is_acknowledged() {
    let mut lab = writable().await;
    let file: Vec<u8> = (0..1300_u32).map(|n| (n % 251) as u8).collect();
    let mut client = Client::ask(&lab, WRITE, &["New.bin", "octet"]).await;
    assert_eq!(client.hear().await, acknowledged(0));
    for (block, payload) in (1..).zip(file.chunks(512)) {
        assert!(!lab.file("New.bin").exists());
        client.send(block, payload).await;
        assert_eq!(client.hear().await, acknowledged(block as u8));
    }
    assert_eq!(std::fs::read(lab.file("New.bin")).unwrap(), file);
    assert_eq!(lab.told().await, "TFTP store New.bin -> New.bin: complete, 1300 bytes");
    // The acknowledgement was lost: the last block comes again.
    client.send(3, &file[1024..]).await;
    assert_eq!(client.hear().await, acknowledged(3));
}

// req: FS-14
#[tokio::test]
async fn a_client_that_gives_up_leaves_the_old_file() {
    let mut lab = writable().await;
    let mut client = Client::ask(&lab, WRITE, &["upgrade.scr", "octet"]).await;
    assert_eq!(client.hear().await, acknowledged(0));
    client.send(1, &[7; 512]).await;
    assert_eq!(client.hear().await, acknowledged(1));
    client.socket.send_to(b"\0\x05\0\0gone\0", client.server).await.unwrap();
    assert_eq!(lab.told().await, "TFTP store upgrade.scr: aborted");
    assert_eq!(files(lab.folder.path()), [("upgrade.scr".to_owned(), SCRIPT.to_vec())]);
}

#[tokio::test]
async fn nothing_is_stored_outside_the_folder_or_among_files_on_their_way_in() {
    let mut lab = writable().await;
    for name in ["../new.bin", "/../../new.bin", ".deskset-part-1", "a/../../b"] {
        let mut client = Client::ask(&lab, WRITE, &[name, "octet"]).await;
        let first = client.hear().await;
        if first == acknowledged(0) {
            client.send(1, b"x").await;
            assert_eq!(client.hear().await[..4], [0, 5, 0, 2], "{name}");
        } else {
            assert_eq!(first[..4], [0, 5, 0, 2], "{name}");
        }
        let told = lab.told().await;
        assert!(told.starts_with(&format!("TFTP store {name}: refused, ")), "{told}");
    }
    assert_eq!(files(lab.folder.path()), [("upgrade.scr".to_owned(), SCRIPT.to_vec())]);
}

#[tokio::test]
async fn a_folder_that_does_not_take_a_file_is_an_error_and_no_acknowledgement() {
    let mut lab = writable().await;
    std::fs::write(lab.file("file"), "").unwrap();
    let mut client = Client::ask(&lab, WRITE, &["file/new.bin", "octet"]).await;
    assert_eq!(client.hear().await, acknowledged(0));
    client.send(1, b"x").await;
    assert_eq!(client.hear().await[..4], [0, 5, 0, 3]);
    assert!(lab.told().await.starts_with("TFTP store file/new.bin: refused, "));
}

#[tokio::test]
async fn text_is_stored_with_the_line_ends_of_this_machine() {
    let mut lab = writable().await;
    let mut client = Client::ask(&lab, WRITE, &["lines.txt", "netascii"]).await;
    assert_eq!(client.hear().await, acknowledged(0));
    client.send(1, b"a\r\nb\r\0c").await;
    assert_eq!(client.hear().await, acknowledged(1));
    assert_eq!(lab.told().await, "TFTP store lines.txt -> lines.txt: complete, 7 bytes");
    assert_eq!(std::fs::read(lab.file("lines.txt")).unwrap(), b"a\nb\rc");
}

#[tokio::test]
async fn a_window_of_blocks_goes_out_and_comes_in_between_acknowledgements() {
    let mut lab = writable().await;
    let file: Vec<u8> = (0..4000_u32).map(|n| (n % 251) as u8).collect();
    let window = ["octet", "blksize", "1000", "windowsize", "3"];
    let mut client = Client::ask(&lab, WRITE, &[&["new.bin"], &window[..]].concat()).await;
    assert_eq!(client.hear().await, b"\0\x06blksize\x001000\0windowsize\x003\0");
    for (block, payload) in (1..).zip(file.chunks(1000)) {
        client.send(block, payload).await;
    }
    client.send(5, b"").await;
    assert_eq!((client.hear().await, client.hear().await), (acknowledged(3).to_vec(), acknowledged(5).to_vec()));
    assert_eq!(lab.told().await, "TFTP store new.bin -> new.bin: complete, 4000 bytes");

    let mut client = Client::ask(&lab, READ, &[&["new.bin"], &window[..]].concat()).await;
    assert_eq!(client.hear().await, b"\0\x06blksize\x001000\0windowsize\x003\0");
    client.acknowledge(0).await;
    let mut read: Vec<u8> = Vec::new();
    for block in 1..=3 {
        let data = client.hear().await;
        assert_eq!(data[..4], [0, 3, 0, block]);
        read.extend(&data[4..]);
    }
    client.acknowledge(3).await;
    for block in 4..=5 {
        let data = client.hear().await;
        assert_eq!(data[..4], [0, 3, 0, block]);
        read.extend(&data[4..]);
    }
    client.acknowledge(5).await;
    assert_eq!(read, file);
    assert_eq!(lab.told().await, "TFTP fetch new.bin -> new.bin: complete, 4000 bytes");
}

#[tokio::test]
async fn a_server_on_all_addresses_answers_from_the_one_that_was_asked() {
    let mut lab = Lab::with(|settings| settings.bind = IpAddr::V4(Ipv4Addr::UNSPECIFIED)).await;
    for asked in [Ipv4Addr::LOCALHOST, Ipv4Addr::new(127, 0, 0, 5)] {
        let server = SocketAddr::from((asked, lab.tftp().port()));
        let mut client = Client::ask_at(server, READ, &["upgrade.scr", "octet"]).await;
        assert_eq!(client.read(512).await, SCRIPT);
        assert_eq!(client.server.ip(), asked);
        assert_eq!(lab.told().await, "TFTP fetch upgrade.scr -> upgrade.scr: complete, 29 bytes");
    }
}

#[tokio::test]
async fn one_address_has_so_many_transfers_and_no_more() {
    let mut lab = Lab::with(|settings| settings.per_address = 1).await;
    let request = ["upgrade.scr", "octet"];
    let mut first = Client::ask(&lab, READ, &request).await;
    first.hear().await;
    let mut second = Client::ask(&lab, READ, &request).await;
    first.acknowledge(1).await;
    assert_eq!(lab.told().await, "TFTP fetch upgrade.scr -> upgrade.scr: complete, 29 bytes");
    assert!(second.socket.try_recv(&mut [0; 600]).is_err());
    // As a client does that hears nothing.
    while second.socket.try_recv(&mut [0; 600]).is_err() {
        second.repeat(lab.tftp(), READ, &request).await;
        tokio::task::yield_now().await;
    }
    second.server = lab.tftp();
}

#[tokio::test]
async fn a_file_with_too_many_blocks_is_refused_if_numbers_are_not_to_begin_again() {
    let mut lab = Lab::with(|settings| settings.tftp.rollover = Rollover::Refuse).await;
    std::fs::write(lab.file("phone.app"), vec![7; 65_536 * 8]).unwrap();
    let mut client = Client::ask(&lab, READ, &["phone.app", "octet", "blksize", "8"]).await;
    assert_eq!(client.hear().await[..2], [0, 5]);
    assert!(lab.told().await.starts_with("TFTP fetch phone.app -> phone.app: aborted"));
}
