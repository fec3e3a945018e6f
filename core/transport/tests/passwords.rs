//! No password is ever logged or reported. A test of its own, since loggers are the whole process's.
#![allow(missing_docs)]
#![allow(clippy::unwrap_used)]

mod far_side;
#[path = "far_side/ftp.rs"]
mod ftpd;

use std::io::Write;
use std::sync::{Arc, Mutex};

use deskset_transport::{Endpoint, FtpAsk, FtpKind, FtpMode, Login, Password};
use far_side::{limits, transport};
use ftpd::Ftpd;

#[derive(Clone, Default)]
struct Heard(Arc<Mutex<Vec<u8>>>);

impl Write for Heard {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl log::Log for Heard {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }
    fn log(&self, record: &log::Record<'_>) {
        writeln!(self.clone(), "{}", record.args()).unwrap();
    }
    fn flush(&self) {}
}

// req: BR-19
#[tokio::test]
async fn the_most_talkative_log_holds_no_password_and_neither_does_an_error() {
    let heard = Heard::default();
    log::set_logger(Box::leak(Box::new(heard.clone()))).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    let writer = heard.clone();
    tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone()).init();

    let server = Ftpd::start(b"x", &[("PASS", "530 user ada with hunter2 is not known")]).await;
    let ask = FtpAsk {
        server: Endpoint::new(server.at.ip().to_string(), server.at.port()),
        directory: None,
        file: "4711_4620data.txt".into(),
        login: Some(Login { user: "ada".into(), password: Password::new("hunter2") }),
        anonymous_password: String::new(),
        mode: FtpMode::ActiveThenPassive,
        size_limit: 1_000,
        id: "phone 4711".into(),
    };
    let error = transport(limits(), None).retrieve(&ask).await.unwrap_err();
    assert_eq!(error.kind(), FtpKind::Login);
    assert_eq!(transport(limits(), None).retrieve(&ask).await.unwrap(), b"x");

    let log = String::from_utf8(heard.0.lock().unwrap().clone()).unwrap();
    let everything = format!("{log}\n{error}\n{error:?}\n{ask:?}");
    assert!(everything.contains("phone 4711"), "spans carry the phone: {everything}");
    assert!(!everything.contains("hunter2"), "{everything}");
    assert_eq!(server.heard().iter().filter(|line| *line == "PASS hunter2").count(), 2);
}
