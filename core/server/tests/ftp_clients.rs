//! What clients other than phones expect of FTP, and what none may do.
#![allow(missing_docs, clippy::unwrap_used)]

mod lab;

use std::{
    fs::File,
    time::{Duration, SystemTime},
};

use lab::{Lab, PASSWORD, files};
use suppaftp::{FtpError, Status, tokio::AsyncFtpStream, types::FileType};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufStream},
    net::TcpStream,
};

const NAME: &str = "4711_data.txt";

async fn log_in(lab: &Lab) -> AsyncFtpStream {
    let mut ftp = AsyncFtpStream::connect(lab.ftp()).await.unwrap();
    ftp.login("phones", PASSWORD).await.unwrap();
    ftp.transfer_type(FileType::Binary).await.unwrap();
    ftp
}

/// The lines up to the end of one reply.
async fn hear(control: &mut BufStream<TcpStream>) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    while lines.last().is_none_or(|line| line.as_bytes().get(3) != Some(&b' ') || line.starts_with(' ')) {
        let mut line = String::new();
        let heard = tokio::time::timeout(Duration::from_secs(20), control.read_line(&mut line)).await;
        assert_ne!(heard.expect("a reply in time").unwrap(), 0, "the session ended");
        lines.push(line.trim_end().to_owned());
    }
    lines
}

async fn say(control: &mut BufStream<TcpStream>, line: &str) -> Vec<String> {
    control.write_all(format!("{line}\r\n").as_bytes()).await.unwrap();
    control.flush().await.unwrap();
    hear(control).await
}

/// Whether the other end closes the connection without another word, or breaks it.
async fn is_closed(control: &mut BufStream<TcpStream>) -> bool {
    let end = tokio::time::timeout(Duration::from_secs(20), control.read(&mut [0; 100])).await;
    !matches!(end.expect("an end in time"), Ok(1..))
}

// req: BR-3
#[tokio::test]
async fn a_file_that_is_replaced_stays_as_an_older_version() {
    let lab = Lab::with(|settings| settings.ftp.as_mut().unwrap().versions = 3).await;
    let mut ftp = log_in(&lab).await;
    for text in ["one", "two", "three", "four", "five"] {
        // In another case it is the same file.
        let name = if text == "three" { "4711_DATA.TXT" } else { NAME };
        ftp.put_file(name, &mut text.as_bytes()).await.unwrap();
    }
    let expected = [("", "five"), (".~1~", "four"), (".~2~", "three"), (".~3~", "two")];
    let expected = expected.map(|(end, text)| (format!("{NAME}{end}"), text.as_bytes().to_vec()));
    assert_eq!(files(&lab.file("backups")), expected);
    let mut older = ftp.retr_as_stream(format!("{NAME}.~1~")).await.unwrap();
    let mut text = String::new();
    older.read_to_string(&mut text).await.unwrap();
    older.finish().await.unwrap();
    assert_eq!(text, "four");

    let mut visitor = AsyncFtpStream::connect(lab.ftp()).await.unwrap();
    visitor.login("anonymous", "x").await.unwrap();
    match visitor.put_file(format!("{NAME}.~1~"), &mut &b"forged"[..]).await {
        Err(FtpError::UnexpectedResponse(response)) => assert_eq!(response.status, Status::FileUnavailable),
        other => panic!("expected a refusal: {other:?}"),
    }
}

#[tokio::test]
async fn a_client_learns_size_and_time_and_lists_a_folder() {
    let lab = Lab::start().await;
    let place = lab.file("backups").join(NAME);
    std::fs::write(&place, "0123456789").unwrap();
    let second = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
    File::options().write(true).open(&place).unwrap().set_modified(second).unwrap();
    let mut ftp = log_in(&lab).await;
    assert_eq!(ftp.size(NAME).await.unwrap(), 10);
    assert_eq!(ftp.mdtm(NAME).await.unwrap().to_string(), "1994-11-06 08:49:37");
    let listed = ftp.mlsd(None).await.unwrap();
    assert_eq!(listed.len(), 1, "{listed:?}");
    let line = listed[0].to_ascii_lowercase();
    assert!(line.contains("size=10;") && line.contains("modify=19941106084937;"), "{line}");
    assert!(line.contains("type=file;") && line.ends_with(NAME), "{line}");

    let mut control = BufStream::new(TcpStream::connect(lab.ftp()).await.unwrap());
    hear(&mut control).await;
    let features = say(&mut control, "FEAT").await;
    for feature in ["SIZE", "MDTM", "REST STREAM", "MLST", "EPSV", "UTF8"] {
        let told = features.iter().any(|line| line.trim_start().starts_with(feature));
        assert!(told, "{feature}: {features:?}");
    }
}

// req: FS-14
#[tokio::test]
async fn a_retrieval_goes_on_where_it_was_cut_off() {
    let mut lab = Lab::start().await;
    std::fs::write(lab.file("backups").join(NAME), "0123456789").unwrap();
    let mut ftp = log_in(&lab).await;
    for (offset, rest) in [(7, "789"), (10, ""), (99, "")] {
        ftp.resume_transfer(offset).await.unwrap();
        let mut stream = ftp.retr_as_stream(NAME).await.unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).await.unwrap();
        stream.finish().await.unwrap();
        assert_eq!(text, rest);
        let told = format!("FTP fetch /{NAME} -> {NAME}: complete, {} bytes", rest.len());
        assert_eq!(lab.told().await, told);
    }
}

#[tokio::test]
async fn a_client_whose_file_is_refused_can_send_all_of_it_and_then_hears_why() {
    let mut lab = Lab::start().await;
    let mut visitor = AsyncFtpStream::connect(lab.ftp()).await.unwrap();
    visitor.login("anonymous", "x").await.unwrap();
    for round in 0..3 {
        // More than the buffers of two sockets hold.
        let mut data = visitor.put_with_stream("other.txt").await.unwrap();
        data.write_all(&vec![b'x'; 16 * 1024 * 1024]).await.unwrap();
        match data.finish().await {
            Err(FtpError::UnexpectedResponse(response)) => assert_eq!(response.status, Status::FileUnavailable),
            other => panic!("expected a refusal in round {round}: {other:?}"),
        }
        let told = "FTP store /other.txt: refused, other.txt: may not be stored by an anonymous visitor";
        assert_eq!(lab.told().await, told);
    }
    assert_eq!(files(&lab.file("backups")), []);
}

#[tokio::test]
async fn the_third_wrong_password_ends_the_session() {
    let lab = Lab::start().await;
    let mut control = BufStream::new(TcpStream::connect(lab.ftp()).await.unwrap());
    hear(&mut control).await;
    for _ in 0..2 {
        assert!(say(&mut control, "USER phones").await[0].starts_with("331 "));
        assert!(say(&mut control, "PASS guess").await[0].starts_with("530 "));
    }
    assert!(say(&mut control, "USER phones").await[0].starts_with("331 "));
    assert_eq!(say(&mut control, "PASS guess").await, ["421 Too many wrong passwords"]);
    assert!(is_closed(&mut control).await);
}

#[tokio::test]
async fn one_address_has_so_many_sessions_and_no_more() {
    let lab = Lab::with(|settings| settings.per_address = 2).await;
    let (_first, second) = (log_in(&lab).await, log_in(&lab).await);
    let mut third = BufStream::new(TcpStream::connect(lab.ftp()).await.unwrap());
    assert_eq!(hear(&mut third).await, ["421 Too many sessions from your address"]);
    assert!(is_closed(&mut third).await);
    drop(second);
    let comes_in = async {
        while AsyncFtpStream::connect(lab.ftp()).await.is_err() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), comes_in).await.expect("a free place in time");
}

#[tokio::test]
async fn a_command_without_an_end_ends_the_session() {
    let lab = Lab::start().await;
    let mut control = BufStream::new(TcpStream::connect(lab.ftp()).await.unwrap());
    hear(&mut control).await;
    let part = vec![b'x'; 1024 * 1024];
    let endless = async {
        while control.write_all(&part).await.is_ok() && control.flush().await.is_ok() {
            // Not more than is needed.
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), endless).await.expect("an end in time");
}
