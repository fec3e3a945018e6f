//! Whom a phone trusts: the guide's examples and the project's own, as the guide compares and as a careful lab does.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::push::{Pushed, message};
use deskset_phone::Policy;

/// A list, an address, and whether it is trusted by the end of its name, and by whole parts of it only.
type Row = (&'static str, &'static str, bool, bool);

/// API Guide 16-300256, pp. 60 to 62; addresses, paths and ports are a project rule.
const ROWS: [Row; 34] = [
    ("company.com", "http://www.company.com", true, true),
    ("company.com", "http://associate.company.com", true, true),
    ("company.com", "http://www.hackercompany.com", true, false),
    ("company.com", "http://company.com/a.xml", true, true),
    ("company.com", "http://hackercompany.com/a.xml", true, false),
    (".company.com", "http://www.company.com", true, true),
    (".company.com", "http://associate.company.com", true, true),
    (".company.com", "http://www.hackercompany.com", false, false),
    (".company.com", "http://company.com/a.xml", false, false),
    ("company.com", "http://company.com.example.net/", false, false),
    ("company.com", "http://example.net/company.com", false, false),
    ("company.com", "http://example.net/?company.com", false, false),
    ("company.com", "http://example.net#company.com", false, false),
    ("company.com", "https://www.company.com/", false, false),
    ("company.com", "ftp://www.company.com/", false, false),
    ("company.com", "http://company.com@example.net/", false, false),
    ("company.com", "http://WWW.Company.COM/", true, true),
    ("COMPANY.com", "http://www.company.com/", true, true),
    ("http://company.com", "http://www.company.com/", true, true),
    ("company.com/push", "http://www.company.com/push/a.xml", true, true),
    ("company.com/push", "http://www.company.com/push", true, true),
    ("company.com/push", "http://www.company.com/other/a.xml", false, false),
    ("company.com/push", "http://www.company.com/pushed/a.xml", false, false),
    ("company.com/push", "http://www.company.com/push/../other/a.xml", false, false),
    ("company.com/push", "http://www.company.com/push/%2e%2e/other/a.xml", false, false),
    ("company.com/push", "http://www.hackercompany.com/push/a.xml", true, false),
    ("company.com:8080", "http://www.company.com:8080/", true, true),
    ("company.com:8080", "http://www.company.com/", false, false),
    ("company.com", "http://www.company.com:8080/", true, true),
    ("192.0.2.5", "http://192.0.2.5/a.xml", true, true),
    ("2.0.2.5", "http://192.0.2.5/a.xml", false, false),
    ("*.company.com", "http://www.company.com/", false, false),
    ("example.net,company.com", "http://www.company.com/", true, true),
    ("/", "http://anywhere.example/a.xml", true, true),
];

/// The rows in which a phone does not do what it should.
fn wrong(policy: Policy, wanted: impl Fn(&Row) -> bool) -> Vec<String> {
    let mut wrong = Vec::new();
    for row in &ROWS {
        let (list, url, ..) = row;
        // An entry that cannot be read trusts nobody; beside one that can, the phone listens.
        let list = format!("192.0.2.99,{list}");
        let mut pushed = Pushed::with_policy("4620SW", &[("TPSLIST", &list)], policy);
        let code = pushed.post(&message("topline", "barge", 0, url));
        if code != Some(if wanted(row) { 200 } else { 402 }) {
            wrong.push(format!("{list} {url}: {code:?}"));
        }
    }
    wrong
}

// req: PU-9, PR-5
#[test]
fn servers_are_trusted_by_the_end_of_their_name() {
    assert_eq!(wrong(Policy::default(), |row| row.2), [""; 0]);
}

// req: PU-9, PR-5
#[test]
fn a_strict_phone_trusts_whole_parts_of_a_name_only() {
    assert_eq!(wrong(Policy { strict_tps: true, ..Policy::default() }, |row| row.3), [""; 0]);
}
