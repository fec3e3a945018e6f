//! `why`: which rule and which transfer gave a phone a file.
#![allow(missing_docs, clippy::unwrap_used)]

mod running;
#[path = "running/schema.rs"]
mod schema;

use std::{fs, path::Path};

use running::{Program, serving::Serving};
use serde_json::{Value, json};

/// A folder that has been served to one phone, and what the server wrote about it.
fn served() -> Program {
    let program = Program::new();
    let mut serving = Serving::start_with(&program, &["--log", "log.jsonl"]);
    let http = serving.site("HTTPSRVR", "http");
    program.run(&["boot", "--model", "4610SW", "--extension", "4712", "--set", &http]).fine();
    serving.end("-TERM");
    program
}

fn assert_schema(value: &Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("docs/schema/why-1.json");
    let schema: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(schema::faults(&schema, value), Vec::<String>::new());
}

// req: DC-6, FS-13, FS-14
#[test]
fn rules_and_records_tell_why_a_phone_has_its_files() {
    let program = served();
    let log = program.path("log.jsonl");
    let ask = |file: &str, whom: &str| {
        program.run(&["why", file, "--for", whom, "--folder", &program.path("site"), "--log", &log, "--json"])
    };
    let outcomes = |value: &Value| -> Vec<(String, String)> {
        let transfers = value["transfers"].as_array().unwrap();
        let text = |transfer: &Value, key: &str| transfer[key].as_str().unwrap().to_owned();
        transfers.iter().map(|transfer| (text(transfer, "protocol"), text(transfer, "outcome"))).collect()
    };
    let one = |protocol: &str, outcome: &str| vec![(protocol.to_owned(), outcome.to_owned())];

    let settings = ask("46XXSETTINGS.TXT", "4610SW");
    settings.fine();
    let settings = settings.json();
    assert_schema(&settings);
    let rules = settings["rules"].as_array().unwrap();
    assert_eq!(rules.len(), 1);
    assert!(rules[0].as_str().unwrap().ends_with(": a GET names it"), "{rules:?}");
    assert_eq!(settings["served"], json!("46xxsettings.txt"));
    assert_eq!(outcomes(&settings), one("http", "complete"));

    let script = ask("46xxupgrade.scr", "4610SW").json();
    assert_eq!(script["rules"], json!(["every boot begins with it"]));
    assert_eq!(outcomes(&script).len(), 2, "before and after the download");

    let application = ask("lab-4610d01a-h323-2_9_2.bin", "127.0.0.1").json();
    assert_eq!(application["rules"], json!([]), "an address follows no rules");
    assert_eq!(outcomes(&application), one("http", "complete"));

    let backup = ask("4712_4610data.txt", "4610SW").json();
    assert_eq!(backup["rules"], json!(["it is the backup file of extension 4712"]));
    assert_eq!(outcomes(&backup), one("ftp", "refused"));

    let other = ask("lab-4610d01a-h323-2_9_2.bin", "192.0.2.1");
    assert_eq!(other.code, 1, "nobody asked from there");
}

// req: DC-6
#[test]
fn a_log_that_is_none_is_told_with_its_line() {
    let program = Program::new();
    fs::write(program.path("log.jsonl"), "no log\n").unwrap();
    let log = program.path("log.jsonl");
    let ran = program.run(&["why", "a.txt", "--for", "127.0.0.1", "--log", &log]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("log.jsonl, line 1: "), "{}", ran.err);
    program
        .run(&["why", "a.txt", "--for", "4610SW"])
        .failed(2, "name the served folder, the log, or both: --folder DIR, --log FILE");
}
