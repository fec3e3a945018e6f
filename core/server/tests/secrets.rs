//! No password is ever written anywhere.
#![allow(missing_docs, clippy::unwrap_used)]

mod lab;

use std::{
    io,
    sync::{Arc, Mutex},
};

use lab::{Lab, PASSWORD, all_protocols};
use suppaftp::tokio::AsyncFtpStream;

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_most_talkative_log_tells_who_logged_in_and_no_password() {
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
        .with_writer(move || writer.clone())
        .init();
    let mut lab = Lab::start().await;
    let mut ftp = AsyncFtpStream::connect(lab.ftp()).await.unwrap();
    ftp.login("phones", PASSWORD).await.unwrap();
    ftp.put_file("4711_data.txt", &mut &b"x"[..]).await.unwrap();
    lab.told().await;
    let mut other = AsyncFtpStream::connect(lab.ftp()).await.unwrap();
    assert!(other.login("phones", "almost-the-password").await.is_err());
    lab.server.stop_ftp().await;

    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let server: Vec<&str> = text.lines().filter(|line| !line.contains("suppaftp")).collect();
    assert!(server.iter().any(|line| line.contains("FTP login") && line.contains("phones")), "{text}");
    let leaks: Vec<_> =
        server.iter().filter(|line| line.contains(PASSWORD) || line.contains("almost-the-password")).collect();
    assert_eq!(leaks, Vec::<&&str>::new());
    let settings = format!("{:?}", all_protocols(lab.folder.path(), &lab.ca));
    assert!(!settings.contains(PASSWORD) && !settings.contains("PRIVATE KEY"), "{settings}");
}
