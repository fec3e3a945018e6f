//! How long an FTP client may take. See `Session::hurry`.
#![allow(missing_docs, clippy::unwrap_used)]

mod lab;
mod session;

use std::time::Duration;

use lab::{Lab, files};
use session::Session;
use tokio::{io::AsyncWriteExt, net::TcpStream, time::Instant};

const NAME: &str = "4711_data.txt";

/// A file too large for the network's buffers.
const LARGE: &str = "4712_data.txt";

/// The begun minutes on tokio's clock. The server began to count a moment before the test did.
fn minutes_since(began: Instant) -> u64 {
    began.elapsed().as_secs().div_ceil(60)
}

async fn storing() -> (Lab, Session, TcpStream) {
    let lab = Lab::start().await;
    let mut client = Session::log_in(&lab, "anonymous", "x").await;
    let data = client.passive().await;
    assert_eq!(client.say(&format!("STOR {NAME}")).await, 150);
    (lab, client, data)
}

async fn retrieving() -> (Lab, Session, TcpStream) {
    let lab = Lab::start().await;
    let file = std::fs::File::create(lab.file("backups").join(LARGE)).unwrap();
    file.set_len(64 * 1024 * 1024).unwrap();
    let mut client = Session::log_in(&lab, "anonymous", "x").await;
    let data = client.passive().await;
    assert_eq!(client.say(&format!("RETR {LARGE}")).await, 150);
    (lab, client, data)
}

#[tokio::test]
async fn a_client_that_does_not_log_in_is_sent_away_after_a_minute() {
    let lab = Lab::start().await;
    let mut client = Session::open(lab.ftp()).await;
    client.hurry();
    let began = Instant::now();
    assert_eq!(client.hear_line().await, "421 Closing this session\r\n");
    assert_eq!(minutes_since(began), 1);
    assert_eq!(client.hear_line().await, "");
}

#[tokio::test]
async fn a_client_that_says_nothing_is_sent_away_after_ten_minutes() {
    let lab = Lab::start().await;
    let mut client = Session::log_in(&lab, "anonymous", "x").await;
    client.hurry();
    let began = Instant::now();
    assert_eq!(client.hear().await, 221);
    assert_eq!(minutes_since(began), 10);
    assert_eq!(client.hear_line().await, "");
}

// req: FS-14
#[tokio::test]
async fn a_store_on_which_nothing_comes_is_given_up_after_a_minute() {
    let (mut lab, mut client, mut data) = storing().await;
    data.write_all(b"half").await.unwrap();
    client.hurry();
    assert_eq!(client.hear().await, 426);
    assert_eq!(lab.told().await, format!("FTP store /{NAME}: aborted"));
    assert_eq!(files(&lab.file("backups")), []);
    tokio::time::resume();
    assert_eq!(client.say("NOOP").await, 200);
    drop(data);
}

// req: FS-14
#[tokio::test]
async fn a_store_that_drips_is_given_up_after_an_hour() {
    let (mut lab, mut client, mut data) = storing().await;
    client.hurry();
    let began = Instant::now();
    let drip = async {
        loop {
            if data.write_all(b"x").await.is_err() {
                std::future::pending::<()>().await;
            }
            tokio::time::sleep(Duration::from_secs(30)).await;
        }
    };
    let code = tokio::select! {
        code = client.hear() => code,
        () = drip => 0,
    };
    assert_eq!(code, 426);
    // It is looked at with each drop.
    assert!([60, 61].contains(&minutes_since(began)));
    assert_eq!(lab.told().await, format!("FTP store /{NAME}: aborted"));
    assert_eq!(files(&lab.file("backups")), []);
}

#[tokio::test]
async fn a_retrieve_that_nobody_takes_is_given_up_after_a_minute() {
    let (mut lab, mut client, data) = retrieving().await;
    client.hurry();
    assert_eq!(client.hear().await, 426);
    assert_eq!(lab.told().await, format!("FTP fetch /{LARGE} -> {LARGE}: aborted"));
    drop(data);
}
