//! Faults of the network, of servers and of clients, as data: every row of the table has its outcome, and nothing
//! hangs.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "faults/certificates.rs"]
mod certificates;
#[path = "faults/clients.rs"]
mod clients;
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

use std::{collections::BTreeSet, sync::Arc};

use clients::CLIENTS;
use deskset_server::Protocol;
use servers::SERVERS;
use table::Fault;
use tokio::{sync::Semaphore, task::JoinSet};

/// Rows at once: more would make a machine with two processors miss the brief limits.
const AT_ONCE: usize = 8;

async fn as_expected(faults: impl Iterator<Item = &'static Fault>) {
    let room = Arc::new(Semaphore::new(AT_ONCE));
    let mut rows = JoinSet::new();
    for fault in faults {
        let room = room.clone();
        rows.spawn(async move {
            let _place = room.acquire().await.unwrap();
            run::run(fault).await
        });
    }
    let mut wrong: Vec<String> = rows.join_all().await.into_iter().flatten().collect();
    wrong.sort();
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}

fn of(protocols: &'static [Protocol]) -> impl Iterator<Item = &'static Fault> {
    CLIENTS.iter().filter(|fault| protocols.contains(&fault.protocol))
}

// req: FS-1, FS-12, FS-14
#[tokio::test(flavor = "multi_thread")]
async fn a_client_meets_the_faults_of_tftp() {
    as_expected(of(&[Protocol::Tftp])).await;
}

// req: FS-1, FS-4, FS-7, FS-12
#[tokio::test(flavor = "multi_thread")]
async fn a_client_meets_the_faults_of_http_and_https() {
    as_expected(of(&[Protocol::Http, Protocol::Https])).await;
}

// req: BR-3
#[tokio::test(flavor = "multi_thread")]
async fn a_client_meets_the_faults_of_ftp() {
    as_expected(of(&[Protocol::Ftp])).await;
}

// req: FS-14
#[tokio::test(flavor = "multi_thread")]
async fn a_server_meets_the_faults_of_clients_and_serves_the_next() {
    as_expected(SERVERS.iter()).await;
}

#[test]
fn every_fault_has_a_name_of_its_own() {
    let rows = CLIENTS.len() + SERVERS.len();
    let names: BTreeSet<&str> = CLIENTS.iter().chain(SERVERS).map(|fault| fault.name).collect();
    assert_eq!(names.len(), rows);
    assert!(rows >= 40, "{rows}");
}
