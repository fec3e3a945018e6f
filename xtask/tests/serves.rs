//! `serve` as an administrator runs it: what it writes down, what it tells of itself, how it ends.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod running;
#[path = "running/schema.rs"]
mod schema;

use std::{
    fs,
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    path::Path,
};

use running::{Program, serving::Serving};
use serde_json::Value;

/// The lines of a log, each as its schema says.
fn lines(file: &str) -> Vec<Value> {
    let described = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/schema/transfer-1.json");
    let described: Value = serde_json::from_str(&fs::read_to_string(described).unwrap()).unwrap();
    let text = fs::read_to_string(file).unwrap();
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for line in &lines {
        assert_eq!(schema::faults(&described, line), [""; 0], "{line}");
    }
    lines
}

/// `GET` over HTTP: the whole answer.
fn get(server: SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(server).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

// req: FS-14, DC-6
#[test]
fn every_transfer_is_a_line_in_the_log_as_the_schema_describes_it() {
    let program = Program::new();
    let log = program.path("transfers.jsonl");
    let mut serving = Serving::start_with(&program, &["--log", &log]);
    let user = ["--extension", "4711", "--dial", "1=Ann=1", "--json"];
    for (name, protocol) in [("TFTPSRVR", "tftp"), ("HTTPSRVR", "http"), ("TLSSRVR", "https")] {
        let boot = ["boot", "--set", &serving.site(name, protocol), "--vendor-ca", "ca.pem"];
        program.run(&[&boot[..], &user].concat()).fine();
    }
    assert!(get(serving.address("http"), "/none.scr").starts_with("HTTP/1.1 404"));
    // Still under way when the servers stop.
    let mut half = TcpStream::connect(serving.address("http")).unwrap();
    fs::write(program.path("site/huge.bin"), vec![0; 64 << 20]).unwrap();
    half.write_all(b"GET /huge.bin HTTP/1.1\r\nHost: lab\r\n\r\n").unwrap();
    half.read_exact(&mut [0; 100]).unwrap();
    assert_eq!(serving.end("-TERM"), Some(0));

    let lines = lines(&log);
    let told = |protocol: &str, action: &str, outcome: &str| {
        let alike = |line: &&Value| {
            (&line["protocol"], &line["action"], &line["outcome"])
                == (&protocol.into(), &action.into(), &outcome.into())
        };
        lines.iter().filter(alike).collect::<Vec<_>>()
    };
    for protocol in ["tftp", "http", "https"] {
        assert!(!told(protocol, "fetch", "complete").is_empty(), "{protocol}: {lines:#?}");
    }
    let stored = told("ftp", "store", "complete");
    assert!(stored.iter().all(|line| line["served"] == "4711_4620data.txt") && !stored.is_empty(), "{lines:#?}");
    let refused = told("http", "fetch", "refused");
    assert!(refused.iter().any(|line| line["asked"] == "/none.scr" && line["bytes"] == 0), "{lines:#?}");
    let aborted = told("http", "fetch", "aborted");
    assert_eq!((aborted.len(), &aborted[0]["asked"]), (1, &"/huge.bin".into()), "{lines:#?}");
}

// req: DC-6
#[test]
fn a_log_goes_on_where_it_ended_and_one_that_cannot_be_written_is_named() {
    let program = Program::new();
    let log = program.path("transfers.jsonl");
    for _ in 0..2 {
        let mut serving = Serving::start_with(&program, &["--log", &log]);
        get(serving.address("http"), "/none.scr");
        assert_eq!(serving.end("-INT"), Some(0));
    }
    assert_eq!(lines(&log).iter().map(|line| &line["id"]).collect::<Vec<_>>(), [1, 1]);
    let ran = program.run(&["serve", "site", "--log", "nowhere/log"]);
    ran.failed(3, "opening nowhere/log: No such file or directory (os error 2); check the folder and its permissions");
}
