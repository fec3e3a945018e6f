//! Kept connections leave no descriptor in the process. One test, alone in its program, because it counts what belongs
//! to the whole process.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;
#[path = "common/descriptors.rs"]
mod descriptors;

use common::{Bench, model, ready, up_to_date};
use descriptors::{descriptors, settled};
use deskset_phone::Protocol;

const BOOTS: usize = 10;

// req: FS-1
#[tokio::test(flavor = "multi_thread")]
async fn phones_in_use_hold_no_more_descriptors_than_before_they_booted() {
    let bench = Bench::new().await;
    let carrier = bench.carrier();
    let memory = || up_to_date(&model("4620SW"));
    // The first boot opens what the process keeps for good.
    drop(bench.boot(&carrier, &bench.phone("4620SW", "4711", &[Protocol::Http]), memory()).await);
    let before = descriptors();
    let mut desks = Vec::new();
    for boot in 0..BOOTS {
        let protocol = if boot % 2 == 0 { Protocol::Http } else { Protocol::Https };
        let desk = bench.boot(&carrier, &bench.phone("4620SW", "4711", &[protocol]), memory()).await;
        assert_eq!(desk.phone().state(), ready("4711"));
        desks.push(desk);
    }
    settled(before).await;
    drop(desks);
}
