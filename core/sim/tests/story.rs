//! The story that everything else deepens: a user saves on one phone and finds it on another.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{Bench, h323};
use deskset_phone::Command;

fn moving_user() -> Bench {
    let mut bench = Bench::new();
    let first = bench.boot(h323("4620SW"));
    bench.dial(first, 1, "Front desk", "21000");
    bench.dial(first, 2, "Ирина", "912025550123");
    bench.dial(first, 3, "總機", "0");
    bench.save(first);
    bench.lab.command(first, Command::LogOff);
    let second = bench.boot(h323("4621SW"));
    assert_eq!(bench.state(second), common::ready("4711"));
    assert_eq!(
        bench.speed_dial_screen(second)[1..4],
        ["Front desk    Ирина", "總機", ""].map(str::to_owned),
        "{}",
        bench.lab.story()
    );
    bench
}

// req: AR-1, AR-2, AR-3, AR-4, BR-1, BR-3, BR-6, BR-9, BR-12, FS-13
#[test]
fn a_user_saves_on_one_phone_and_finds_it_on_another() {
    let bench = moving_user();
    let told = bench.lab.story().to_string();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/stories/a-user-moves.txt");
    if std::env::var_os("DESKSET_UPDATE").is_some() {
        std::fs::write(path, &told).unwrap();
    }
    assert_eq!(told, std::fs::read_to_string(path).unwrap(), "run with DESKSET_UPDATE=1 and review the difference");
}

// req: DC-3
#[test]
fn the_same_seed_gives_the_same_digest() {
    assert_eq!(moving_user().lab.story().digest(), moving_user().lab.story().digest());
}
