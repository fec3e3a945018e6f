//! What the settings language costs: `cargo bench -p deskset-files --bench settings` (with DESKSET_PLUGINS set).
//!
//! The figures stand in `docs/performance.md`. Parsing is measured beside splitting the same bytes into lines, in the
//! same run; evaluating is what one phone costs when no other phone has run the file before it.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "settings_file/mod.rs"]
mod settings_file;

use std::sync::Arc;

use deskset_files::{
    script::{Position, Script, Variables},
    settings::{Library, Outcome},
};
use deskset_models::Model;
use divan::{Bencher, black_box, counter::BytesCount};
use settings_file::settings_file;

fn main() {
    divan::main();
}

fn model() -> Model {
    let catalog = deskset_host::from_environment().unwrap_or_else(|why| panic!("{why}"));
    catalog.models().next().unwrap().clone()
}

fn variables() -> Variables {
    let values = [("BOOTNAME", "b.v03"), ("GROUP", "0"), ("SIG", "1"), ("MODEL", "4620D01B"), ("MODEL4", "4620")];
    values.iter().fold(Variables::new(), |all, (name, value)| all.with(name, *value))
}

#[divan::bench]
fn split_10000_lines(bencher: Bencher) {
    let text = settings_file(10_000);
    // From bytes to lines of text, as parsing does it.
    let split = |bytes: &[u8]| str::from_utf8(bytes).map(|text| text.lines().map(str::len).sum::<usize>());
    bencher.counter(BytesCount::of_str(&text)).bench(|| split(black_box(text.as_bytes())));
}

#[divan::bench]
fn parse_10000_lines(bencher: Bencher) {
    let text = settings_file(10_000);
    bencher.counter(BytesCount::of_str(&text)).bench(|| Script::parse("settings.txt", black_box(text.as_bytes())));
}

#[divan::bench]
fn evaluate_400_lines(bencher: Bencher) {
    let script = Arc::new(Script::parse("settings.txt", settings_file(400).as_bytes()).unwrap());
    let (model, variables) = (model(), variables());
    bencher.bench(|| Outcome::of(black_box(&script), Position::default(), &model, &variables));
}

#[divan::bench]
fn evaluate_400_lines_for_the_next_phone(bencher: Bencher) {
    let script = Arc::new(Script::parse("settings.txt", settings_file(400).as_bytes()).unwrap());
    let (model, variables, library) = (model(), variables(), Library::new());
    bencher.bench(|| library.run(black_box(&script), Position::default(), &model, &variables));
}
