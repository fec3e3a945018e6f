//! `serve --console` and `boot --console`, as scripts start them.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod running;

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    process::{Command, Stdio},
};

use running::{Program, serving::Serving};
use serde_json::{Value, json};

/// One request to the console at `url`.
fn ask(url: &str, method: &str, path: &str, headers: &str, body: &str) -> (u16, String) {
    let host = url.strip_prefix("http://").unwrap().trim_end_matches('/');
    let mut stream = TcpStream::connect(host).unwrap();
    let length = body.len();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
}

fn waits(url: &str, phone: &str, condition: &Value) -> Value {
    let path = format!("/api/v1/phones/{phone}/wait");
    let (status, body) = ask(url, "POST", &path, "", &condition.to_string());
    assert_eq!(status, 200, "{body}");
    serde_json::from_str(&body).unwrap()
}

// req: DC-6
#[test]
fn the_console_beside_the_servers_has_phones_that_boot_from_them() {
    let program = Program::new();
    let mut serving = Serving::start_with(&program, &["--console", "--phones", "7"]);
    let url = serving.said["console"].as_str().unwrap().to_owned();
    let (status, phones) = ask(&url, "GET", "/api/v1/phones", "", "");
    let phones: Value = serde_json::from_str(&phones).unwrap();
    let phones: Vec<(&str, &str)> = phones["phones"]
        .as_array()
        .unwrap()
        .iter()
        .map(|phone| (phone["name"].as_str().unwrap(), phone["model"].as_str().unwrap()))
        .collect();
    assert_eq!((status, phones.len()), (200, 7));
    assert_eq!(
        (phones[0], phones[5], phones[6]),
        (("phone-1", "4610SW"), ("phone-6", "4625SW"), ("phone-7", "4610SW"))
    );
    let wish = json!({"name": "late", "model": "4622SW", "extension": "4720"});
    assert_eq!(ask(&url, "POST", "/api/v1/phones", "", &wish.to_string()).0, 201);
    let ready = json!({"state": "ready", "settled": true});
    assert_eq!(waits(&url, "phone-1", &ready)["state"]["extension"], "4711");
    assert_eq!(waits(&url, "late", &ready)["state"]["extension"], "4720");
    let (_, served) = ask(&url, "GET", "/api/v1/served", "", "");
    assert!(served.contains("46xxsettings.txt"), "{served}");
    running::no_password(&served);
    assert_eq!(serving.end("-TERM"), Some(0));
}

// req: DC-6
#[test]
fn a_token_guards_a_console_that_others_can_reach() {
    let program = Program::new();
    let serve = ["serve", "site", "--init", "--timeout", "1", "--console", "0.0.0.0:0"];
    let refused = program.run(&serve);
    let why = "the console: 0.0.0.0:0 can be reached from other machines: give a token, or listen on a loopback address \
               (--console-token-file)";
    refused.failed(2, why);
    fs::write(program.path("token.txt"), "short\n").unwrap();
    let weak = program.run(&[&serve[..], &["--console-token-file", "token.txt"]].concat());
    weak.failed(2, "token.txt: the token must have 16 to 200 printable ASCII characters without blanks");
    fs::write(program.path("token.txt"), "a-token-of-the-lab-1\n").unwrap();
    let more = ["--console", "0.0.0.0:0", "--console-token-file", "token.txt"];
    let serving = Serving::start_with(&program, &more);
    let url = serving.said["console"].as_str().unwrap().replace("0.0.0.0", "127.0.0.1");
    assert_eq!(ask(&url, "GET", "/api/v1/phones", "", "").0, 401);
    let token = "Authorization: Bearer a-token-of-the-lab-1\r\n";
    assert_eq!(ask(&url, "GET", "/api/v1/phones", token, "").0, 200);
    assert!(!serving.said.to_string().contains("a-token"));
}

// req: DC-6
#[test]
fn a_booted_phone_stays_at_the_console_until_the_command_is_stopped() {
    let program = Program::new();
    let boot = ["boot", "--lab", "--extension", "4711", "--dial", "1=Ann=9120", "--name", "desk", "--console"];
    let mut child = program.command(&boot).stdout(Stdio::piped()).spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut said = String::new();
    out.read_line(&mut said).unwrap();
    let url = said.trim().strip_prefix("console at ").unwrap().to_owned();
    waits(&url, "desk", &json!({"screen": "Backup successful"}));
    let (_, text) = ask(&url, "GET", "/api/v1/backups/4711_4620data.txt", "", "");
    assert!(text.contains("ABKNAME001=Ann"), "{text}");
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let mut rest = String::new();
    out.read_to_string(&mut rest).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(rest.contains("4711_4620data.txt") && rest.contains("desk  4711\n"), "{rest}");
}
