//! How many descriptors this process has open.

use std::{fs, time::Duration};

/// Time for tasks under way to end. Nothing takes so long.
const SETTLED_BY: Duration = Duration::from_secs(30);

pub fn descriptors() -> usize {
    fs::read_dir("/proc/self/fd").unwrap().count()
}

/// Waits until there are no more than before: the far ends close a moment after ours.
pub async fn settled(before: usize) {
    let mut look = tokio::time::interval(Duration::from_millis(10));
    let same = async {
        while descriptors() > before {
            look.tick().await;
        }
    };
    let same = tokio::time::timeout(SETTLED_BY, same).await;
    assert!(same.is_ok(), "{before} descriptors before, {} after", descriptors());
}
