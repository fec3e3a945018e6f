//! What is left of faults in the process: nothing. One test, alone in its program, because it counts what belongs to
//! the whole process.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "faults/certificates.rs"]
mod certificates;
#[path = "faults/clients.rs"]
mod clients;
#[path = "common/descriptors.rs"]
mod descriptors;
#[path = "../../transport/tests/far_side/ftp.rs"]
mod ftpd;
#[path = "faults/peers.rs"]
mod peers;
#[path = "faults/relay.rs"]
mod relay;
#[path = "faults/run.rs"]
mod run;
#[path = "faults/servers.rs"]
mod servers;
#[path = "faults/site.rs"]
mod site;
#[path = "faults/table.rs"]
mod table;
#[path = "faults/visitors.rs"]
mod visitors;

use std::fs;

use clients::CLIENTS;
use descriptors::{descriptors, settled};
use servers::SERVERS;
use table::Fault;

/// How often the mix is repeated.
const REPEATS: usize = if cfg!(feature = "full") { 1_000 } else { 100 };

/// How often it is repeated before memory is looked at: buffers and pools reach their sizes.
const WARM_UP: usize = 25;

/// Quick rows, one of each kind.
const MIX: [&str; 8] = [
    "a DATA far ahead",
    "a larger block than asked",
    "a byte is damaged in mid-file under TLS",
    "a declared length above the body",
    "the data connection is reset in mid-STOR",
    "TFTP: a name that leads out",
    "HTTP: a head of 1 MB",
    "FTP: a STOR that breaks off",
];

fn row(name: &str) -> &'static Fault {
    CLIENTS.iter().chain(SERVERS).find(|fault| fault.name == name).unwrap()
}

/// Resident pages.
fn memory() -> u64 {
    let pages = fs::read_to_string("/proc/self/statm").unwrap();
    pages.split(' ').nth(1).unwrap().parse().unwrap()
}

// req: FS-14, BR-3
#[tokio::test]
async fn no_descriptor_and_hardly_any_memory_is_left_of_faults() {
    let before = descriptors();
    for fault in CLIENTS.iter().chain(SERVERS) {
        assert_eq!(run::run(fault).await, None);
        settled(before).await;
    }
    let mix = MIX.map(row);
    let mut pages = 0;
    for repeat in 0..WARM_UP + REPEATS {
        if repeat == WARM_UP {
            pages = memory();
        }
        for fault in mix {
            assert_eq!(run::run(fault).await, None);
        }
    }
    settled(before).await;
    let after = memory();
    assert!(after * 100 < pages * 105, "{pages} pages of memory before {REPEATS} repeats, {after} after");
}
