//! What `bench` says of what it measured. Not how fast anything is: that is for a quiet machine.
#![allow(missing_docs, clippy::unwrap_used)]

mod running;
#[path = "running/schema.rs"]
mod schema;

use std::{fs, path::Path};

use running::Program;
use serde_json::Value;
use xtask::bench::{Better, Figure, Machine, Report, Round, Side, Verdict, page};

fn described() -> Value {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/schema/bench-1.json");
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

fn side(name: &str, value: f64) -> Side {
    Side { name: name.to_owned(), value, server_cores: Some(0.5), generator_cores: Some(0.9) }
}

/// Rounds in which ours did as much as these, and the peers 10 and 5.
fn rounds(better: Better, ours: &[f64]) -> Vec<Round> {
    let round = |value: &f64| Round::new(better, side("ours", *value), vec![side("one", 10.0), side("two", 5.0)]);
    ours.iter().map(round).collect()
}

fn figure(aim: Option<f64>, ours: &[f64], saturated: usize) -> Figure {
    let named = ("tftp", "a small file".to_owned());
    Figure::of(named, ("reads", Better::More), aim, rounds(Better::More, ours), saturated)
}

#[test]
fn the_median_of_the_ratios_to_the_best_peer_is_judged_with_a_twentieth_to_spare() {
    let judged = |aim, ours: &[f64], saturated| {
        let Figure { median, spread, verdict, .. } = figure(aim, ours, saturated);
        (median, spread, verdict)
    };
    assert_eq!(judged(Some(1.0), &[30.0, 9.5, 2.0], 0), (0.95, [0.2, 3.0], Verdict::Met));
    assert_eq!(judged(Some(1.0), &[30.0, 9.375, 2.0], 0), (0.9375, [0.2, 3.0], Verdict::Missed));
    assert_eq!(judged(Some(1.0), &[10.0, 20.0], 0), (1.5, [1.0, 2.0], Verdict::Met));
    assert_eq!(judged(Some(1.0), &[30.0, 9.0, 2.0], 1).2, Verdict::Missed);
    assert_eq!(judged(Some(1.0), &[30.0, 20.0, 20.0], 2).2, Verdict::Saturated);
    assert_eq!(judged(None, &[30.0, 20.0, 20.0], 2).2, Verdict::NoAim);
}

#[test]
fn where_less_is_better_a_ratio_above_one_still_says_that_ours_is() {
    let ratios: Vec<_> = rounds(Better::Less, &[2.5, 5.0, 10.0]).iter().map(|round| round.ratio).collect();
    assert_eq!(ratios, [Some(2.0), Some(1.0), Some(0.5)]);
}

#[test]
fn without_a_peer_our_own_values_are_judged() {
    let alone = [30_000.0, 50_000.0, 70_000.0].map(|value| Round::new(Better::More, side("ours", value), Vec::new()));
    let named = ("screens", "frames".to_owned());
    let figure = Figure::of(named, ("frames", Better::More), Some(50_000.0), alone.to_vec(), 0);
    assert_eq!((figure.median, figure.spread, figure.verdict), (50_000.0, [30_000.0, 70_000.0], Verdict::Met));
    // Where less is better, the aim is the most that may be.
    for (value, verdict) in [(2_000.0, Verdict::Met), (2_600.0, Verdict::Met), (4_000.0, Verdict::Missed)] {
        let alone = vec![Round::new(Better::Less, side("ours", value), Vec::new())];
        let named = ("phones", "memory".to_owned());
        assert_eq!(Figure::of(named, ("bytes", Better::Less), Some(2_560.0), alone, 0).verdict, verdict);
    }
}

#[test]
fn people_get_one_row_for_each_figure() {
    let machine =
        Machine { processor: "Chip".to_owned(), cores: 2, kernel: "6.1".to_owned(), optimized: true, load: 0.25 };
    let report = Report::new(machine, vec![figure(Some(1.2), &[9_000.0, 12_000.0, 15_000.0], 0)]);
    let shown = page(&report);
    assert!(shown.starts_with("2 x Chip, Linux 6.1, release build, load 0.2 before, 3 rounds.\n"), "{shown}");
    let row = "| tftp: a small file | 12,000 reads | one 10; two 5.00 | 1200.00 | 900.00 to 1500.00 | 1.2 | met \
               | one 0.50, 0.90; two 0.50, 0.90; ours 0.50, 0.90 |\n";
    assert!(shown.ends_with(row), "{shown}");
}

#[test]
fn what_needs_no_servers_is_measured_and_is_as_its_schema_says() {
    let asked = ["bench", "phones", "files", "screens", "--quick", "--as-built", "--rounds", "2", "--json"];
    let ran = Program::new().run(&asked);
    ran.fine();
    let report = ran.json();
    assert_eq!(schema::faults(&described(), &report), [""; 0]);
    let figures = report["figures"].as_array().unwrap();
    let of = |group: &str| figures.iter().filter(|figure| figure["group"] == group).count();
    assert_eq!((of("phones"), of("files"), of("screens"), figures.len()), (3, 5, 6, 14));
    assert!(figures.iter().all(|figure| figure["rounds"].as_array().unwrap().len() == 2), "{report:#}");
}
