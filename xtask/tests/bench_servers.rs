//! All servers are measured, ours and the foreign ones; for a moment, so the figures say nothing.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "running/schema.rs"]
mod schema;

use std::{collections::BTreeSet, fs, path::Path, process::Command};

use serde_json::Value;

#[test]
fn every_load_is_run_on_every_server() {
    let asked = ["bench", "servers", "--quick", "--as-built", "--rounds", "1", "--json"];
    let ran = Command::new(env!("CARGO_BIN_EXE_deskset")).args(asked).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let report: Value = serde_json::from_slice(&ran.stdout).unwrap();
    let described = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/schema/bench-1.json");
    let described = serde_json::from_str(&fs::read_to_string(described).unwrap()).unwrap();
    assert_eq!(schema::faults(&described, &report), [""; 0]);
    let figures = report["figures"].as_array().unwrap();
    let peers = figures.iter().flat_map(|figure| figure["rounds"][0]["peers"].as_array().unwrap());
    let names: BTreeSet<&str> = peers.map(|peer| peer["name"].as_str().unwrap()).collect();
    let expected = ["atftpd", "deskset", "dnsmasq", "nginx", "pure-ftpd", "tftpd-hpa", "vsftpd", "windowsize 1"].into();
    assert_eq!((figures.len(), names), (18, expected));
}
