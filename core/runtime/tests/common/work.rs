//! A phone that works while a test waits for something.
#![allow(dead_code, missing_docs, clippy::unwrap_used)]

use deskset_runtime::Desk;

use super::{PATIENCE, told};

/// The phone works meanwhile.
pub async fn beside<T>(desk: &mut Desk, other: impl Future<Output = T>) -> T {
    tokio::pin!(other);
    loop {
        tokio::select! {
            done = &mut other => return done,
            () = desk.step() => {}
        }
    }
}

/// The phone works until `done` says so.
pub async fn until(desk: &mut Desk, done: impl Fn(&Desk) -> bool) {
    let work = async {
        while !done(desk) {
            desk.step().await;
        }
    };
    let in_time = tokio::time::timeout(PATIENCE, work).await.is_ok();
    assert!(in_time, "{:#?}\n{}", told(desk), desk.screen());
}
