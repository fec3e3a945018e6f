//! What is kept from one request to the next, files and ports, is never to be seen.
#![allow(missing_docs, clippy::unwrap_used)]

mod lab;

use std::{collections::HashMap, fs, os::unix::fs::symlink, path::Path, time::Duration};

use lab::{Lab, http, raw, split, tftp::Client};

/// A server that sends every file from memory as soon as it was asked for once.
async fn keeping() -> Lab {
    Lab::with(|settings| settings.kept_after = Duration::ZERO).await
}

/// What each protocol gives for this name, each twice: from the disk, and from memory if that may be.
async fn everywhere(lab: &Lab, name: &str) -> Vec<Vec<u8>> {
    let mut bytes = Vec::new();
    for _ in 0..2 {
        bytes.push(http(lab.http(), "GET", &format!("/{name}")).await.2);
        bytes.push(Client::ask(lab, 1, &[name, "octet"]).await.read(512).await);
    }
    bytes
}

/// A file of another size, so that it differs within one tick of the disk's clock, too.
fn put(place: &Path, words: &str) {
    fs::write(place, words).unwrap();
}

// req: FS-1, FS-2
#[tokio::test]
async fn a_file_that_changed_is_served_as_it_is_now() {
    let lab = keeping().await;
    let place = lab.file("settings.txt");
    put(&place, "SET A 1");
    assert_eq!(everywhere(&lab, "settings.txt").await, ["SET A 1"; 4].map(Vec::from));

    put(&place, "SET A 12");
    assert_eq!(everywhere(&lab, "settings.txt").await, ["SET A 12"; 4].map(Vec::from), "edited in its place");

    put(&lab.file("next.txt"), "SET B 34");
    fs::rename(lab.file("next.txt"), &place).unwrap();
    assert_eq!(everywhere(&lab, "settings.txt").await, ["SET B 34"; 4].map(Vec::from), "another of the same size");

    put(&lab.file("other.txt"), "SET C 5");
    fs::remove_file(&place).unwrap();
    symlink(lab.file("other.txt"), &place).unwrap();
    assert_eq!(everywhere(&lab, "settings.txt").await, ["SET C 5"; 4].map(Vec::from), "a link to another");
    put(&lab.file("other.txt"), "SET C 56");
    assert_eq!(everywhere(&lab, "settings.txt").await, ["SET C 56"; 4].map(Vec::from), "and what it leads to edited");

    fs::remove_file(&place).unwrap();
    assert_eq!(http(lab.http(), "GET", "/settings.txt").await.0, "HTTP/1.1 404 Not Found");
    let mut client = Client::ask(&lab, 1, &["settings.txt", "octet"]).await;
    assert_eq!(client.hear().await[..4], [0, 5, 0, 1]);
}

// req: FS-2
#[tokio::test]
async fn a_name_in_other_letters_leads_to_the_exact_one_as_soon_as_that_is_there() {
    let lab = keeping().await;
    put(&lab.file("phone.txt"), "small");
    assert_eq!(everywhere(&lab, "PHONE.TXT").await, ["small"; 4].map(Vec::from));
    put(&lab.file("PHONE.TXT"), "capitals");
    assert_eq!(everywhere(&lab, "PHONE.TXT").await, ["capitals"; 4].map(Vec::from));
    assert_eq!(everywhere(&lab, "phone.txt").await, ["small"; 4].map(Vec::from));
}

#[tokio::test]
async fn a_folder_that_became_a_link_out_of_the_tree_gives_nothing() {
    let lab = keeping().await;
    let outside = tempfile::tempdir().unwrap();
    fs::create_dir(lab.file("site")).unwrap();
    put(&lab.file("site/a.txt"), "inside");
    put(&outside.path().join("a.txt"), "outside");
    assert_eq!(everywhere(&lab, "site/a.txt").await, ["inside"; 4].map(Vec::from));
    fs::rename(lab.file("site"), lab.file("was")).unwrap();
    symlink(outside.path(), lab.file("site")).unwrap();
    assert_eq!(http(lab.http(), "GET", "/site/a.txt").await.0, "HTTP/1.1 403 Forbidden");
}

#[tokio::test]
async fn a_part_of_a_large_file_is_the_same_from_memory() {
    let mut lab = keeping().await;
    let large: Vec<u8> = (0..1_000_000_u32).map(|n| (n % 251) as u8).collect();
    fs::write(lab.file("phone.app"), &large).unwrap();
    let ask = b"GET /phone.app HTTP/1.1\r\nHost: lab\r\nRange: bytes=300000-799999\r\nConnection: close\r\n\r\n";
    let first = raw(lab.http(), ask).await;
    let (status, _, body) = split(&first);
    assert_eq!(status, "HTTP/1.1 206 Partial Content");
    assert!(body == large[300_000..800_000]);
    let second = split(&raw(lab.http(), ask).await);
    assert!(second == split(&first));
    for _ in 0..2 {
        assert_eq!(lab.told().await, "HTTP fetch /phone.app -> phone.app: complete, 500000 bytes");
    }
}

#[tokio::test]
async fn a_tftp_port_rests_while_many_others_are_used() {
    let lab = keeping().await;
    let mut used: HashMap<u16, usize> = HashMap::new();
    let mut again = 0;
    for number in 0..200 {
        let mut client = Client::ask(&lab, 1, &["upgrade.scr", "octet"]).await;
        assert_eq!(client.read(512).await, lab::SCRIPT);
        if let Some(before) = used.insert(client.server.port(), number) {
            assert!(number - before > 32, "port {} served transfers {before} and {number}", client.server.port());
            again += 1;
        }
    }
    assert!(again > 100, "{again} transfers had a port that one before had");
}
