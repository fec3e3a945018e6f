//! The control interface as a script sees it: over HTTP, phones and servers real.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::{fs, path::Path};

use common::Bench;
use deskset_console::{Console, ConsoleError, Token};
use deskset_models::Secret;
use serde_json::{Value, json};

// req: DC-6
#[tokio::test(flavor = "multi_thread")]
async fn a_phone_is_made_booted_looked_at_and_taken_away() {
    let bench = Bench::new().await;
    let none = bench.get("/api/v1/phones").await;
    assert_eq!(none, (200, json!({"schema": "deskset-phones-1", "phones": []})));
    let wish = json!({"name": "a", "model": "4621sw", "extension": "4711"});
    let (status, made) = bench.post("/api/v1/phones", wish.clone()).await;
    assert_eq!((status, &made["model"], &made["signaling"]), (201, &json!("4621SW"), &json!("h323")), "{made}");
    let (status, shown) = bench.post("/api/v1/phones/a/wait", json!({"state": "ready", "settled": true})).await;
    assert_eq!((status, &shown["state"]["extension"]), (200, &json!("4711")), "{shown}");
    assert_eq!(shown["rows"][1].as_str().unwrap().trim_end(), "a=4711");
    assert_eq!(shown["shades"][1], json!(".".repeat(28)));

    let (status, same) = bench.get("/api/v1/phones/a/screen").await;
    assert_eq!((status, same["number"] == shown["number"]), (200, true));
    let (status, text) = bench.text("/api/v1/phones/a/screen.txt").await;
    let rows: Vec<&str> = text.lines().collect();
    assert_eq!((status, json!(rows)), (200, same["rows"].clone()));

    let (_, phone) = bench.get("/api/v1/phones/a").await;
    assert_eq!(phone["state"], json!({"kind": "ready", "extension": "4711", "settled": true}));
    let keys: Vec<&str> = phone["keys"].as_array().unwrap().iter().map(|key| key.as_str().unwrap()).collect();
    assert!(["5", "#", "soft4", "line6-right", "phone-exit", "volume-down"].iter().all(|key| keys.contains(key)));

    let (_, parameters) = bench.get("/api/v1/phones/a/parameters").await;
    let parameters = parameters["parameters"].as_array().unwrap().clone();
    let of = |name: &str| parameters.iter().find(|row| row["name"] == name).cloned().unwrap();
    assert_eq!(of("RESTORESTAT")["value"], "1");
    assert!(of("RESTORESTAT")["origin"].as_str().unwrap().starts_with("46xxsettings.txt"), "{}", of("RESTORESTAT"));

    let (_, events) = bench.get("/api/v1/phones/a/events?after=2").await;
    let events = events["events"].as_array().unwrap().clone();
    assert_eq!((events[0]["number"].as_u64(), &events[0]["phone"]), (Some(3), &json!("a")));
    assert_eq!(events.len() as u64 + 2, phone["events"].as_u64().unwrap());

    let (status, why) = bench.post("/api/v1/phones", wish).await;
    assert_eq!(status, 409);
    assert!(why["error"].as_str().unwrap().starts_with("there is a phone named a already"), "{why}");
    assert_eq!(bench.delete("/api/v1/phones/a").await, 204);
    assert_eq!(bench.delete("/api/v1/phones/a").await, 404);
}

// req: DC-6
#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_done_is_told_in_a_sentence() {
    let bench = Bench::new().await;
    bench.post("/api/v1/phones", json!({"name": "a", "boot": false})).await;
    let wait = "/api/v1/phones/a/wait";
    let table: [(&str, Value, u16, &str); 17] = [
        (
            "/api/v1/phones",
            json!({"name": "b", "model": "4699"}),
            400,
            "there is no model \"4699\"; the plugins describe ",
        ),
        ("/api/v1/phones", json!({"name": "b", "extension": "4799"}), 400, "the profile has no extension 4799; "),
        ("/api/v1/phones", json!({"name": "../b"}), 400, "the name of a phone is also its folder's: "),
        (
            "/api/v1/phones",
            json!({"name": "b", "modell": "4620"}),
            400,
            "the body is not as expected: unknown field `modell`",
        ),
        ("/api/v1/phones", json!({"name": "b", "signaling": "scp"}), 400, "\"scp\""),
        ("/api/v1/phones/b/keys", json!({"keys": ["1"]}), 404, "there is no phone named \"b\""),
        ("/api/v1/phones/a/keys", json!({"keys": ["1", "fire"]}), 400, "\"fire\" is no key; keys are "),
        ("/api/v1/phones/a/keys", json!({"keys": ["line7-left"]}), 400, "this phone has no key line7-left"),
        ("/api/v1/phones/a/keys", json!({"keys": vec!["1"; 1001]}), 400, "1001 keys in one request; "),
        ("/api/v1/phones/a/text", json!({"text": "a\nb"}), 400, "send at most 1000 characters, and no control"),
        ("/api/v1/phones/a/hook", json!({"hook": "up"}), 400, "the hook is on or off"),
        ("/api/v1/phones/a/call", json!({"appearance": 1, "state": "busy"}), 400, "no such call state; "),
        (
            "/api/v1/phones/a/call",
            json!({"appearance": 0, "state": "held"}),
            400,
            "call appearances are counted from 1",
        ),
        (wait, json!({}), 400, "name a condition: "),
        (wait, json!({"state": "happy"}), 400, "\"happy\" is no state; there are off, "),
        (wait, json!({"state": "ready", "deadline_ms": 600_001}), 400, "deadline_ms is at most 600000"),
        (wait, json!({"state": "ready", "deadline_ms": 0}), 408, "the conditions were not met in time"),
    ];
    for (path, body, status, sentence) in table {
        let (code, answer) = bench.post(path, body).await;
        let error = answer["error"].as_str().unwrap();
        assert_eq!((code, &answer["schema"]), (status, &json!("deskset-problem-1")), "{path}: {error}");
        assert!(error.starts_with(sentence), "{path}: {error}");
    }
    let (status, why) = bench.get("/api/v1/nothing").await;
    assert_eq!((status, why["error"].as_str().unwrap().split(';').next()), (404, Some("there is nothing here")));
    let large = json!({"text": "x".repeat(70_000)});
    assert_eq!(bench.post("/api/v1/phones/a/text", large).await.0, 413);
}

// req: DC-6
#[tokio::test(flavor = "multi_thread")]
async fn strangers_pages_and_other_machines_are_kept_out() {
    let bench = Bench::new().await;
    let ask = |headers: &'static [(&'static str, &'static str)]| bench.ask("POST", "/api/v1/phones", headers, "{}");
    // Loopback, no token: only requests that this machine sends to itself.
    assert_eq!(ask(&[("host", "localhost:1"), ("content-type", "text/plain")]).await.0, 415);
    assert_eq!(ask(&[("host", "evil.example"), ("content-type", "application/json")]).await.0, 403);
    let origin = [("host", "127.0.0.1:1"), ("origin", "http://evil.example"), ("content-type", "application/json")];
    assert_eq!(bench.ask("POST", "/api/v1/phones", &origin, "{}").await.0, 403);
    let (_, headers, _) = bench.ask_in_full("GET", "/", &[("host", "[::1]:80")], "").await;
    assert!(headers["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'; script-src 'self'"));

    let everywhere = "0.0.0.0:0".parse().unwrap();
    let refused = Console::start(everywhere, None, bench.control.clone()).await.unwrap_err();
    assert!(matches!(refused, ConsoleError::TokenNeeded(_)), "{refused}");
    assert!(matches!(Token::new(Secret::new("short")), Err(ConsoleError::WeakToken)));
    let token = Token::new(Secret::new("a-token-of-the-lab-1")).unwrap();
    let guarded = Console::start(everywhere, Some(token), bench.control.clone()).await.unwrap();
    let port = guarded.address().port();
    let ask = |token: &'static str| common::ask(port, "GET", "/api/v1/phones", vec![("authorization", token)], "");
    assert_eq!(ask("Bearer a-token-of-the-lab-2").await.0, 401);
    assert_eq!(ask("a-token-of-the-lab-1").await.0, 401);
    assert_eq!(ask("Bearer a-token-of-the-lab-1").await.0, 200);
    guarded.stop().await;
}

// req: DC-6, AR-1
#[tokio::test(flavor = "multi_thread")]
async fn events_stream_and_backups_and_transfers_are_listed() {
    let bench = Bench::new().await;
    let mut stream = bench.stream("/api/v1/events?phone=a").await;
    bench.post("/api/v1/phones", json!({"name": "b"})).await;
    bench.post("/api/v1/phones", json!({"name": "a", "extension": "4711"})).await;
    let ready = stream.until("\"step\":\"ready\"").await;
    assert!(ready.lines().any(|line| line == "event: event"), "{ready}");
    assert!(!ready.contains("\"phone\":\"b\""), "{ready}");
    let first = ready.lines().find_map(|line| line.strip_prefix("data: ")).unwrap();
    let first: Value = serde_json::from_str(first).unwrap();
    assert_eq!((&first["phone"], &first["number"]), (&json!("a"), &json!(1)));

    bench.save("a", 1, "Ирина", "9120").await;
    let (_, backups) = bench.get("/api/v1/backups").await;
    let names: Vec<_> = backups["backups"].as_array().unwrap().iter().map(|row| row["name"].clone()).collect();
    assert_eq!(names, [json!("4711_4620data.txt")]);
    let (status, text) = bench.text("/api/v1/backups/4711_4620data.txt").await;
    assert_eq!(status, 200);
    assert!(text.contains("ABKNAME001=Ирина\r\n"), "{text}");
    for wrong in ["none.txt", "..", "%2e%2e%2f4711_4620data.txt", ".hidden"] {
        assert_eq!(bench.text(&format!("/api/v1/backups/{wrong}")).await.0, 404, "{wrong}");
    }
    let (_, served) = bench.get("/api/v1/served").await;
    let stored = |row: &Value| row["action"] == "store" && row["outcome"] == "complete";
    assert!(served["transfers"].as_array().unwrap().iter().any(stored), "{served}");
}

// req: DC-6
#[tokio::test(flavor = "multi_thread")]
async fn pictures_are_the_pixels_of_the_screen_and_come_whenever_it_changes() {
    let bench = Bench::new().await;
    bench.post("/api/v1/phones", json!({"name": "grey", "model": "4620SW", "extension": "4711"})).await;
    bench.post("/api/v1/phones", json!({"name": "colour", "model": "4625SW", "boot": false})).await;
    bench.post("/api/v1/phones/grey/wait", json!({"state": "ready", "settled": true})).await;
    let png = bench.bytes("/api/v1/phones/grey/screen.png?scale=2").await;
    assert_eq!((&png[..8], &png[16..24]), (&b"\x89PNG\r\n\x1a\n"[..], &[0, 0, 1, 80, 0, 0, 1, 8][..]));
    assert_eq!(bench.text("/api/v1/phones/grey/screen.png?scale=17").await.0, 400);

    let mut frames = bench.stream("/api/v1/pictures").await;
    let (one, other) = (frames.frame().await, frames.frame().await);
    let names = [(one.name.as_str(), one.width, one.height), (other.name.as_str(), other.width, other.height)];
    assert_eq!(names, [("colour", 320, 240), ("grey", 168, 132)]);
    let (drawn, number) = bench.drawn("grey").await;
    assert_eq!((other.colours, u64::from(other.number)), (drawn, number));
    bench.save("grey", 1, "Ирина", "9120").await;
    let later = frames.frame().await;
    assert_eq!(later.name, "grey");
    assert!(later.number > other.number);
    for name in ["grey", "colour"] {
        assert_eq!(bench.delete(&format!("/api/v1/phones/{name}")).await, 204);
    }
    frames.end().await;
    assert_eq!(bench.text("/api/v1/pictures?phones=grey").await.0, 404);
}

// req: DC-6
#[test]
fn the_description_names_every_path() {
    let document = deskset_console::openapi();
    let paths: Vec<&String> = document["paths"].as_object().unwrap().keys().collect();
    assert_eq!(
        paths,
        [
            "/api/v1/backups",
            "/api/v1/backups/{file}",
            "/api/v1/backups/{file}/differences",
            "/api/v1/events",
            "/api/v1/phones",
            "/api/v1/phones/{name}",
            "/api/v1/phones/{name}/call",
            "/api/v1/phones/{name}/events",
            "/api/v1/phones/{name}/hook",
            "/api/v1/phones/{name}/keys",
            "/api/v1/phones/{name}/parameters",
            "/api/v1/phones/{name}/parameters/{parameter}",
            "/api/v1/phones/{name}/power",
            "/api/v1/phones/{name}/screen",
            "/api/v1/phones/{name}/screen.png",
            "/api/v1/phones/{name}/screen.txt",
            "/api/v1/phones/{name}/text",
            "/api/v1/phones/{name}/wait",
            "/api/v1/pictures",
            "/api/v1/served",
            "/api/v1/supply",
        ]
    );
}

// req: DC-6
#[test]
fn the_description_in_the_documents_is_the_one_that_is_served() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/api/openapi.json");
    let now = serde_json::to_string_pretty(&deskset_console::openapi()).unwrap() + "\n";
    if std::env::var_os("DESKSET_UPDATE").is_some() {
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, &now).unwrap();
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    assert!(kept == now, "run this test with DESKSET_UPDATE=1 and look at what changes in docs/api/openapi.json");
}
