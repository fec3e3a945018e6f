//! What the page asks for beside what scripts do, and the page itself.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::collections::BTreeSet;

use common::Bench;
use serde_json::{Value, json};

// req: DC-6
#[tokio::test(flavor = "multi_thread")]
async fn every_file_that_the_page_names_is_served_and_none_comes_from_elsewhere() {
    let bench = Bench::new().await;
    let mut to_read = vec!["/".to_owned()];
    let mut read = BTreeSet::new();
    while let Some(path) = to_read.pop() {
        let (status, text) = bench.text(&path).await;
        assert_eq!(status, 200, "{path}");
        assert!(!text.contains("https://") && !text.contains("url("), "{path}");
        let folder = path.rsplit_once('/').unwrap().0;
        for named in ["href=\"", "src=\"", "from \""].iter().flat_map(|before| text.split(before).skip(1)) {
            let named = named.split('"').next().unwrap();
            let named = named.strip_prefix("./").map_or(named.to_owned(), |beside| format!("{folder}/{beside}"));
            if !named.starts_with('#') && read.insert(named.clone()) {
                to_read.push(named);
            }
        }
    }
    assert!(read.len() > 12 && read.contains("/script/pictures.js"), "{read:?}");
}

// req: DC-6, BR-1
#[tokio::test(flavor = "multi_thread")]
async fn versions_of_a_backup_are_compared_by_what_they_mean() {
    let bench = Bench::new().await;
    bench.post("/api/v1/phones", json!({"name": "a", "model": "4621SW", "extension": "4711"})).await;
    bench.save("a", 1, "Ирина", "9120").await;
    bench.save("a", 2, "Ann", "9121").await;
    let path = "/api/v1/backups/4711_4620data.txt/differences";
    let (status, since) = bench.get(&format!("{path}?since=4711_4620data.txt.~1~")).await;
    let row = json!({"what": "Speed Dial 2", "old": null, "new": "Ann = 9121"});
    let read_by = since["read_by"].clone();
    let whole = json!({"schema": "deskset-backup-diff-1", "read_by": read_by, "differences": [row]});
    assert_eq!((status, &since), (200, &whole));
    let (_, all) = bench.get(path).await;
    let all: Vec<&Value> = all["differences"].as_array().unwrap().iter().map(|row| &row["what"]).collect();
    assert!(all.contains(&&json!("Speed Dial 1")) && all.contains(&&json!("Speed Dial 2")), "{all:?}");
    assert_eq!(bench.text(&format!("{path}?since=none.txt")).await.0, 404);
    assert_eq!(bench.text("/api/v1/backups/none.txt/differences").await.0, 404);
}

// req: DC-6
#[tokio::test(flavor = "multi_thread")]
async fn a_parameter_is_explained() {
    let bench = Bench::new().await;
    bench.post("/api/v1/phones", json!({"name": "a", "extension": "4711"})).await;
    bench.post("/api/v1/phones/a/wait", json!({"state": "ready"})).await;
    let (status, told) = bench.get("/api/v1/phones/a/parameters/restorestat").await;
    assert_eq!((status, &told["name"], &told["value"]), (200, &json!("RESTORESTAT"), &json!("1")), "{told}");
    let attempts = told["attempts"].as_array().unwrap();
    assert_eq!(attempts.len(), 1, "{told}");
    assert!(attempts[0]["origin"].as_str().unwrap().starts_with("46xxsettings.txt"), "{told}");
    assert_eq!((&attempts[0]["value"], &attempts[0]["outcome"]), (&json!("1"), &json!("holds")));
    // Nobody sets it: the default holds.
    let (status, told) = bench.get("/api/v1/phones/a/parameters/APPSTAT").await;
    assert_eq!((status, &told["value"], &told["attempts"]), (200, &Value::Null, &json!([])), "{told}");
    assert!(told["default"].is_string());
    assert_eq!(bench.text("/api/v1/phones/a/parameters/NOSUCH").await.0, 404);
}

// req: DC-6
#[tokio::test(flavor = "multi_thread")]
async fn models_and_extensions_for_new_phones_are_listed_without_passwords() {
    let bench = Bench::new().await;
    let (status, supply) = bench.get("/api/v1/supply").await;
    assert_eq!(status, 200);
    let models: Vec<&str> =
        supply["models"].as_array().unwrap().iter().map(|model| model["name"].as_str().unwrap()).collect();
    assert!(models.contains(&"4610SW") && models.contains(&"4625SW"), "{models:?}");
    assert!(supply["extensions"].as_array().unwrap().contains(&json!("4711")));
    assert!(!supply.to_string().contains("904711"));
}

// req: DC-6
#[tokio::test(flavor = "multi_thread")]
async fn lamps_ringing_and_the_handset_are_told() {
    let bench = Bench::new().await;
    bench.post("/api/v1/phones", json!({"name": "a", "extension": "4711"})).await;
    bench.post("/api/v1/phones/a/wait", json!({"state": "ready", "settled": true})).await;
    let call = json!({"appearance": 1, "state": "alerting", "name": "Anna", "number": "9120"});
    assert_eq!(bench.post("/api/v1/phones/a/call", call).await.0, 200);
    let (_, phone) = bench.get("/api/v1/phones/a").await;
    assert_eq!((&phone["rings"], &phone["lamps"]), (&json!(true), &json!([])));
    bench.post("/api/v1/phones/a/keys", json!({"keys": ["speaker"]})).await;
    let (_, phone) = bench.get("/api/v1/phones/a").await;
    assert_eq!((&phone["rings"], &phone["lamps"]), (&json!(false), &json!(["speaker"])));
    for hook in ["off", "on"] {
        assert_eq!(bench.post("/api/v1/phones/a/hook", json!({"hook": hook})).await.0, 200);
        assert_eq!(bench.get("/api/v1/phones/a").await.1["hook"], hook);
    }
}
