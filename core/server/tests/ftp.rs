//! Backup files over FTP, stored and retrieved by suppaftp and by raw sockets.
#![allow(missing_docs, clippy::unwrap_used)]

mod lab;

use std::{net::SocketAddr, time::Duration};

use deskset_files::tree::PART_PREFIX;
use lab::{Lab, PASSWORD, files};
use suppaftp::{
    FtpError, Status,
    tokio::AsyncFtpStream,
    types::{FileType, Mode},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufStream},
    net::{TcpListener, TcpStream},
};

const NAME: &str = "4711_data.txt";

async fn log_in(lab: &Lab, user: &str, password: &str) -> AsyncFtpStream {
    let mut ftp = AsyncFtpStream::connect(lab.ftp()).await.unwrap();
    ftp.login(user, password).await.unwrap();
    ftp.transfer_type(FileType::Binary).await.unwrap();
    ftp
}

async fn retrieve(ftp: &mut AsyncFtpStream, name: &str) -> Result<Vec<u8>, FtpError> {
    let mut stream = ftp.retr_as_stream(name).await?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    stream.finish().await?;
    Ok(bytes)
}

fn status<T: std::fmt::Debug>(result: Result<T, FtpError>) -> Status {
    match result {
        Err(FtpError::UnexpectedResponse(response)) => response.status,
        other => panic!("expected a refusal: {other:?}"),
    }
}

#[tokio::test]
async fn a_server_that_does_not_wait_for_the_disk_stores_whole_files_all_the_same() {
    let mut lab = Lab::with(|settings| settings.ftp.as_mut().unwrap().sync = false).await;
    let mut ftp = log_in(&lab, "phones", PASSWORD).await;
    let large: Vec<u8> = (0..200_000_u32).map(|n| (n % 251) as u8).collect();
    for bytes in [&b""[..], b"small", &large] {
        ftp.put_file(NAME, &mut &bytes[..]).await.unwrap();
        assert!(retrieve(&mut ftp, NAME).await.unwrap() == bytes);
        let size = bytes.len();
        assert_eq!(lab.told().await, format!("FTP store /{NAME} -> {NAME}: complete, {size} bytes"));
        assert_eq!(lab.told().await, format!("FTP fetch /{NAME} -> {NAME}: complete, {size} bytes"));
    }
    assert_eq!(files(&lab.file("backups")).len(), 1);
}

// req: FS-14
#[tokio::test]
async fn a_user_stores_and_retrieves_over_passive_and_active_connections() {
    let mut lab = Lab::start().await;
    let mut ftp = log_in(&lab, "phones", PASSWORD).await;
    for (mode, bytes) in
        [(Mode::Passive, &b"passive"[..]), (Mode::ExtendedPassive, b"extended"), (Mode::Active, b"active")]
    {
        ftp.set_mode(mode);
        ftp.put_file(NAME, &mut &bytes[..]).await.unwrap();
        let size = bytes.len();
        assert_eq!(lab.told().await, format!("FTP store /{NAME} -> {NAME}: complete, {size} bytes"));
        assert_eq!(std::fs::read(lab.file("backups").join(NAME)).unwrap(), bytes);
        assert_eq!(retrieve(&mut ftp, "4711_DATA.TXT").await.unwrap(), bytes);
        assert_eq!(lab.told().await, format!("FTP fetch /4711_DATA.TXT -> {NAME}: complete, {size} bytes"));
    }
    assert_eq!(ftp.size(NAME).await.unwrap(), 6);
    assert_eq!(ftp.nlst(None).await.unwrap(), [NAME]);
    ftp.quit().await.unwrap();
    assert_eq!(files(&lab.file("backups")), [(NAME.to_owned(), b"active".to_vec())]);
    lab.server.stop().await;
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_user_are_refused_alike() {
    let lab = Lab::start().await;
    for (user, password) in [("phones", "wrong"), ("phones", ""), ("nobody", PASSWORD)] {
        let mut ftp = AsyncFtpStream::connect(lab.ftp()).await.unwrap();
        assert_eq!(status(ftp.login(user, password).await), Status::NotLoggedIn);
        assert_eq!(status(ftp.nlst(None).await), Status::NotLoggedIn);
    }
}

#[tokio::test]
async fn without_leave_no_anonymous_visitor_comes_in() {
    let lab = Lab::with(|settings| {
        settings.ftp.as_mut().unwrap().anonymous = deskset_server::AnonymousFtp::Refused;
    })
    .await;
    let mut ftp = AsyncFtpStream::connect(lab.ftp()).await.unwrap();
    assert_eq!(status(ftp.login("anonymous", "phone@lab").await), Status::NotLoggedIn);
}

#[tokio::test]
async fn an_anonymous_visitor_stores_backup_files_and_nothing_else() {
    let mut lab = Lab::start().await;
    let mut ftp = log_in(&lab, "anonymous", "phone@lab").await;
    ftp.put_file(NAME, &mut &b"mine"[..]).await.unwrap();
    assert_eq!(lab.told().await, format!("FTP store /{NAME} -> {NAME}: complete, 4 bytes"));
    assert_eq!(status(ftp.put_file("upgrade.scr", &mut &b"evil"[..]).await), Status::FileUnavailable);
    assert_eq!(
        lab.told().await,
        "FTP store /upgrade.scr: refused, upgrade.scr: may not be stored by an anonymous visitor"
    );
    assert_eq!(status(ftp.rm(NAME).await), Status::FileUnavailable);
    assert_eq!(status(ftp.mkdir("own").await), Status::FileUnavailable);
    assert_eq!(status(ftp.rename(NAME, "upgrade.scr").await), Status::NotImplemented);
    assert_eq!(retrieve(&mut ftp, NAME).await.unwrap(), b"mine");
    assert_eq!(files(&lab.file("backups")), [(NAME.to_owned(), b"mine".to_vec())]);
}

#[tokio::test]
async fn a_user_goes_into_folders_and_never_out_of_the_tree() {
    let mut lab = Lab::start().await;
    let mut ftp = log_in(&lab, "phones", PASSWORD).await;
    ftp.mkdir("site").await.unwrap();
    ftp.cwd("site").await.unwrap();
    ftp.put_file(NAME, &mut &b"x"[..]).await.unwrap();
    assert_eq!(lab.told().await, format!("FTP store /site/{NAME} -> site/{NAME}: complete, 1 bytes"));
    ftp.cwd("..").await.unwrap();
    assert_eq!(retrieve(&mut ftp, &format!("SITE/{NAME}")).await.unwrap(), b"x");
    lab.told().await;
    assert_eq!(status(ftp.cwd("../..").await), Status::BadFilename);
    assert_eq!(status(retrieve(&mut ftp, "../upgrade.scr").await), Status::BadFilename);
    assert_eq!(status(ftp.put_file("../../upgrade.scr", &mut &b"x"[..]).await), Status::BadFilename);
    assert_eq!(status(retrieve(&mut ftp, "none.txt").await), Status::FileUnavailable);
    assert_eq!(status(ftp.cwd("none").await), Status::FileUnavailable);
    ftp.rm(&format!("site/{NAME}")).await.unwrap();
    assert_eq!(files(&lab.file("backups/site")), []);
}

#[tokio::test]
async fn nothing_is_put_behind_a_whole_file() {
    let mut lab = Lab::start().await;
    let mut ftp = log_in(&lab, "phones", PASSWORD).await;
    ftp.put_file(NAME, &mut &b"whole"[..]).await.unwrap();
    lab.told().await;
    assert_eq!(status(ftp.append_file(NAME, &mut &b"more"[..]).await), Status::NotImplemented);
    assert_eq!(files(&lab.file("backups")), [(NAME.to_owned(), b"whole".to_vec())]);
}

/// A client that can misbehave.
struct Raw {
    control: BufStream<TcpStream>,
    /// Nobody writes to it.
    server: SocketAddr,
}

impl Raw {
    async fn log_in(lab: &Lab) -> Self {
        let control = BufStream::new(TcpStream::connect(lab.ftp()).await.unwrap());
        let mut raw = Raw { control, server: lab.ftp() };
        assert_eq!(raw.hear().await, 220);
        assert_eq!(raw.say("USER anonymous").await, 331);
        assert_eq!(raw.say("PASS x").await, 230);
        raw
    }

    async fn say(&mut self, line: &str) -> u16 {
        self.send(line).await;
        self.hear().await
    }

    async fn send(&mut self, line: &str) {
        self.control.write_all(format!("{line}\r\n").as_bytes()).await.unwrap();
        self.control.flush().await.unwrap();
    }

    async fn hear(&mut self) -> u16 {
        let mut line = String::new();
        let heard = tokio::time::timeout(Duration::from_secs(20), self.control.read_line(&mut line)).await;
        heard.expect("a reply in time").unwrap();
        line[..3].parse().unwrap_or_else(|_| panic!("no reply: {line:?}"))
    }

    /// Begins to store and sends the first half, over an active connection; returns once the server is at it.
    async fn half_a_file(&mut self, lab: &Lab) -> TcpStream {
        let listener = TcpListener::bind((self.server.ip(), 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        self.send(&format!("PORT 127,0,0,1,{},{}", port >> 8, port & 255)).await;
        let mut data = listener.accept().await.unwrap().0;
        assert_eq!(self.hear().await, 200);
        assert_eq!(self.say(&format!("STOR {NAME}")).await, 150);
        data.write_all(b"half of the ne").await.unwrap();
        let begun = async {
            while !files(&lab.file("backups")).iter().any(|(name, _)| name.starts_with(PART_PREFIX)) {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(20), begun).await.expect("a file on its way in");
        data
    }
}

async fn lab_with_old_file() -> Lab {
    let lab = Lab::start().await;
    std::fs::write(lab.file("backups").join(NAME), "old").unwrap();
    lab
}

async fn old_file_is_all_there_is(mut lab: Lab) {
    assert_eq!(lab.told().await, format!("FTP store /{NAME}: aborted"));
    assert_eq!(files(&lab.file("backups")), [(NAME.to_owned(), b"old".to_vec())]);
}

// req: FS-14
#[tokio::test]
async fn a_client_that_dies_while_it_stores_leaves_the_old_file() {
    let lab = lab_with_old_file().await;
    let mut client = Raw::log_in(&lab).await;
    let data = client.half_a_file(&lab).await;
    drop(client);
    drop(data);
    old_file_is_all_there_is(lab).await;
}

// req: FS-14
#[tokio::test]
async fn a_data_connection_that_breaks_leaves_the_old_file() {
    let lab = lab_with_old_file().await;
    let mut client = Raw::log_in(&lab).await;
    let data = client.half_a_file(&lab).await;
    data.set_zero_linger().unwrap();
    drop(data);
    assert_eq!(client.hear().await, 426);
    assert_eq!(client.say("NOOP").await, 200);
    old_file_is_all_there_is(lab).await;
}

// req: FS-14
#[tokio::test]
async fn a_client_that_sends_abor_and_closes_leaves_the_old_file() {
    let lab = lab_with_old_file().await;
    let mut client = Raw::log_in(&lab).await;
    let data = client.half_a_file(&lab).await;
    client.send("ABOR").await;
    drop(data);
    assert_eq!(client.hear().await, 426);
    assert_eq!(client.hear().await, 226);
    old_file_is_all_there_is(lab).await;
}

// req: FS-14
#[tokio::test]
async fn a_client_that_sends_abor_and_waits_is_answered_and_leaves_the_old_file() {
    let lab = lab_with_old_file().await;
    let mut client = Raw::log_in(&lab).await;
    let data = client.half_a_file(&lab).await;
    client.send("ABOR").await;
    assert_eq!(client.hear().await, 426);
    assert_eq!(client.hear().await, 226);
    assert_eq!(client.say("NOOP").await, 200);
    drop(data);
    old_file_is_all_there_is(lab).await;
}

// req: FS-14
#[tokio::test]
async fn a_server_that_stops_leaves_the_old_file() {
    let mut lab = lab_with_old_file().await;
    let mut client = Raw::log_in(&lab).await;
    let data = client.half_a_file(&lab).await;
    lab.server.stop_ftp().await;
    assert!(TcpStream::connect(client.server).await.is_err());
    drop(data);
    assert!(TcpStream::connect(lab.http()).await.is_ok());
    old_file_is_all_there_is(lab).await;
}

#[tokio::test]
async fn a_command_sent_early_waits_for_the_end_of_the_file() {
    let mut lab = lab_with_old_file().await;
    let mut client = Raw::log_in(&lab).await;
    let mut data = client.half_a_file(&lab).await;
    client.send("QUIT").await;
    data.write_all(b"w one").await.unwrap();
    drop(data);
    assert_eq!(lab.told().await, format!("FTP store /{NAME} -> {NAME}: complete, 19 bytes"));
    assert_eq!(files(&lab.file("backups")), [(NAME.to_owned(), b"half of the new one".to_vec())]);
}

#[tokio::test]
async fn a_folder_that_is_gone_is_a_clear_refusal() {
    let mut lab = Lab::start().await;
    let mut ftp = log_in(&lab, "phones", PASSWORD).await;
    std::fs::remove_dir(lab.file("backups")).unwrap();
    assert_eq!(status(ftp.put_file(NAME, &mut &b"x"[..]).await), Status::FileUnavailable);
    let told = lab.told().await;
    assert!(told.starts_with(&format!("FTP store /{NAME}: refused, {NAME}: ")), "{told}");
}

#[tokio::test]
async fn passive_connections_stay_in_their_range() {
    let spare = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = spare.local_addr().unwrap().port();
    drop(spare);
    let lab = Lab::with(|settings| settings.ftp.as_mut().unwrap().passive_ports = Some(port..=port)).await;
    let mut client = Raw::log_in(&lab).await;
    client.send("PASV").await;
    let mut line = String::new();
    client.control.read_line(&mut line).await.unwrap();
    assert_eq!(line, format!("227 Entering Passive Mode (127,0,0,1,{},{})\r\n", port >> 8, port & 255));
}

#[tokio::test]
async fn many_phones_save_at_once() {
    let mut lab = Lab::start().await;
    let address = lab.ftp();
    let phones = (0..50).map(|number| {
        tokio::spawn(async move {
            let mut ftp = AsyncFtpStream::connect(address).await.unwrap();
            ftp.login("anonymous", "x").await.unwrap();
            ftp.put_file(format!("{number}_data.txt"), &mut format!("phone {number}").as_bytes()).await.unwrap();
            ftp.quit().await.unwrap();
        })
    });
    for phone in phones.collect::<Vec<_>>() {
        phone.await.unwrap();
        assert!(lab.told().await.contains("complete"));
    }
    let stored = files(&lab.file("backups"));
    let mut expected: Vec<_> =
        (0..50).map(|number| (format!("{number}_data.txt"), format!("phone {number}").into_bytes())).collect();
    expected.sort();
    assert_eq!(stored, expected);
}
