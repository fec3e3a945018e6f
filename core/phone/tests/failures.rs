//! What every kind of failure leads to, for each file of a boot.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{Desk, setup};
use deskset_phone::{FetchReason, Input, Output, Purpose};

const REASONS: [FetchReason; 10] = [
    FetchReason::NameNotFound,
    FetchReason::Refused,
    FetchReason::Silent,
    FetchReason::Lost,
    FetchReason::Tls,
    FetchReason::NotFound,
    FetchReason::Denied,
    FetchReason::Wrong,
    FetchReason::TooLarge,
    FetchReason::Local,
];

/// A server that has gone is replaced; the word of one that answers is final.
const GONE: [FetchReason; 5] =
    [FetchReason::NameNotFound, FetchReason::Refused, FetchReason::Silent, FetchReason::Lost, FetchReason::Tls];

/// Answers wishes soundly until `purpose` is fetched, then fails it so; the server that is asked for it next, if any.
fn after(reason: FetchReason, purpose: Purpose) -> Option<String> {
    let mut desk = Desk::new(setup());
    desk.hand(Input::PowerOn);
    loop {
        let Some(Output::Fetch(fetch)) = desk.wishes.first().cloned() else {
            desk.answer();
            continue;
        };
        if fetch.purpose == purpose {
            desk.wishes.clear();
            let words = "it failed".to_owned();
            desk.hand(Input::FileFailed { wish: fetch.wish, reason, words });
            return match desk.wishes.first() {
                Some(Output::Fetch(next)) if next.purpose == purpose && next.path == fetch.path => {
                    Some(next.server.to_string())
                }
                _ => None,
            };
        }
        desk.answer();
    }
}

// req: FS-1, FS-7
#[test]
fn until_the_script_is_here_every_failure_moves_on() {
    for reason in REASONS {
        assert_eq!(after(reason, Purpose::UpgradeScript), Some("http://other.lab:80".to_owned()), "{reason:?}");
    }
}

// req: FS-5, FS-7
#[test]
fn after_that_only_a_server_that_has_gone_is_replaced() {
    for reason in REASONS {
        let next = GONE.contains(&reason).then(|| "http://other.lab:80".to_owned());
        assert_eq!(after(reason, Purpose::Application), next, "{reason:?}");
    }
}
