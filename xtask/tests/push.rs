//! `push` as a script runs it: a phone in one process, its servers in another, the initiator in a third.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

mod running;
#[path = "running/schema.rs"]
mod schema;

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, Stdio},
};

use running::{Program, Ran, serving::Serving};
use serde_json::Value;

/// A phone in use, until it is dropped.
struct Staying {
    child: Child,
    push: String,
}

impl Staying {
    fn start(program: &Program, serving: &Serving) -> Staying {
        let http = serving.site("HTTPSRVR", "http");
        let boot = ["boot", "--set", &http, "--extension", "4711", "--stay", "--json"];
        let child = program.command(&boot).stdout(Stdio::piped()).spawn().unwrap();
        let mut staying = Staying { child, push: String::new() };
        let mut out = BufReader::new(staying.child.stdout.take().unwrap());
        let mut said = String::new();
        while !said.ends_with("\n}\n") {
            assert_ne!(out.read_line(&mut said).unwrap(), 0, "it ended: {said}");
        }
        let report: Value = serde_json::from_str(&said).unwrap();
        assert_eq!(faults("report-1", &report), [""; 0]);
        report["phones"][0]["push"].as_str().unwrap().clone_into(&mut staying.push);
        staying
    }
}

impl Drop for Staying {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn faults(schema: &str, value: &Value) -> Vec<String> {
    let described = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../docs/schema/{schema}.json"));
    let described: Value = serde_json::from_str(&fs::read_to_string(described).unwrap()).unwrap();
    schema::faults(&described, value)
}

/// Each push as type, status, fetched.
fn gist(ran: &Ran) -> Vec<String> {
    let report = ran.json();
    assert_eq!(faults("push-1", &report), [""; 0]);
    let pushes = report["pushes"].as_array().unwrap().iter();
    pushes.map(|push| format!("{} {} {}", push["kind"].as_str().unwrap(), push["status"], push["fetched"])).collect()
}

// req: PU-1, PU-2, PU-3
#[test]
fn every_kind_of_push_reaches_a_phone_by_its_extension_and_the_report_is_as_the_schema_says() {
    let program = Program::new();
    let serving = Serving::start(&program);
    let http = serving.address("http").to_string();
    let nobody = program.run(&["push", "topline", "x", "--to", "all", "--directory", &http]);
    nobody.failed(1, "nobody has subscribed, so nobody was pushed to");
    let phone = Staying::start(&program, &serving);

    let listed = program.run(&["push", "list", "--directory", &http, "--json"]);
    listed.fine();
    assert_eq!(faults("subscriptions-1", &listed.json()), [""; 0]);
    assert_eq!(listed.json()["phones"][0]["push"], phone.push.as_str());

    let deck = "<?xml version=\"1.0\"?><wml><card title=\"Lunch\"><p>Soup</p></card></wml>";
    fs::write(program.path("lunch.wml"), deck).unwrap();
    let to = ["--to", "4711", "--directory", &http, "--json"];
    for (kind, push) in [
        ("topline", &["topline", "Lunch is ready", "--mode", "barge", "--alert", "3"][..]),
        ("display", &["display", "--file", "lunch.wml"]),
        ("audio", &["audio", "--stop"]),
        ("subscribe", &["subscribe"]),
    ] {
        let ran = program.run(&[&["push"], push, &to].concat());
        ran.fine();
        assert_eq!(gist(&ran), [format!("{kind} 200 true")]);
    }
    let together = ["push", "together", "--topline", "Soup", "--display", "lunch.wml"];
    let ran = program.run(&[&together[..], &to].concat());
    assert_eq!(gist(&ran), ["topline 200 true", "display 200 true"]);
    // It was asked to subscribe a moment ago.
    let again = program.run(&[&["push", "subscribe", "--to", &phone.push][..], &["--json"]].concat());
    assert_eq!((again.code, gist(&again)), (1, vec!["subscribe 503 null".to_owned()]));
}

// req: PU-1
#[test]
fn who_has_subscribed_is_found_after_a_restart_of_the_servers_however_they_ended() {
    let program = Program::new().with("DESKSET_SERVERS__HTTP_PORT", free_port());
    let mut serving = Serving::start(&program);
    let http = serving.address("http").to_string();
    let phone = Staying::start(&program, &serving);
    let listed = |serving: &Serving| {
        let listed = program.run(&["push", "list", "--directory", &serving.address("http").to_string(), "--json"]);
        listed.fine();
        let phones = listed.json()["phones"].as_array().unwrap().clone();
        phones.iter().map(|phone| phone["push"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(listed(&serving), [phone.push.as_str()]);
    assert_eq!(serving.end("-TERM"), Some(0));
    drop(serving);
    let mut serving = Serving::start(&program);
    assert_eq!(listed(&serving), [phone.push.as_str()]);
    // What is on the disk already does not need a good end.
    serving.end("-KILL");
    drop(serving);
    let mut serving = Serving::start(&program);
    let to = ["push", "topline", "still here", "--to", "4711", "--directory", &http, "--json"];
    assert_eq!(gist(&program.run(&to)), ["topline 200 true"]);
    serving.end("-TERM");
    drop(serving);

    program.hand_in("state/subscriptions/known.json", "nonsense");
    let broken = program.run(&["serve", "site", "--init", "--state", "state"]);
    let file = "state/subscriptions/known.json";
    broken.failed(
        3,
        &format!(
            "{file}: the subscriptions kept here cannot be read: expected ident at line 1 column 2; move the file away, \
             and phones subscribe again when they register"
        ),
    );
}

/// A port that nobody has now, and that the next run of the servers can have again.
fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

// req: DC-6
#[test]
fn what_cannot_be_pushed_says_why_with_its_own_exit_code() {
    let program = Program::new();
    let serving = Serving::start(&program);
    let http = serving.address("http").to_string();
    let topline = |more: &[&str]| program.run(&[&["push", "topline", "x"], more].concat());
    topline(&["--to", "4711", "--directory", &http])
        .failed(2, "no phone with extension 4711 has subscribed; boot it, or name its address");
    topline(&["--to", "4711"])
        .failed(2, "extensions are found by a directory: name the running `serve` with --directory ADDRESS:PORT");
    topline(&["--to", "http://", "--directory", &http])
        .failed(2, "\"http://\" is no phone: write an extension, ADDRESS, ADDRESS:PORT, its push URL, or all");
    let gone = topline(&["--to", "all", "--directory", "127.0.0.1:1"]);
    assert_eq!(gone.code, 3, "{}", gone.err);
    let closed = topline(&["--to", "127.0.0.1:1", "--json"]);
    assert_eq!((closed.code, gist(&closed)), (1, vec!["topline null null".to_owned()]));
    let unread = program.run(&["push", "audio", "--from", "none.wav", "--to", "127.0.0.1"]);
    assert_eq!(unread.code, 2, "{}", unread.err);
}
