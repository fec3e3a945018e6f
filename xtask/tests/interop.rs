//! The published table of foreign programs is the one that the program makes, and is as its schema says.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "running/schema.rs"]
mod schema;

use std::{collections::BTreeSet, fs, path::Path};

use xtask::interop::{Cell, Direction, Table, Verdict, columns, page};

fn docs(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(file)).unwrap()
}

/// The table of a run in which all is as it should be.
fn expected() -> Table {
    Table::new(columns().iter().flat_map(xtask::interop::Column::expected).collect())
}

/// Versions are those of the day the page was made.
fn without_versions(page: &str) -> String {
    let line = |line: &str| match line.strip_prefix("| case |") {
        None => line.to_owned(),
        Some(peers) => {
            let words = peers.split_whitespace().filter(|word| !word.starts_with(|c: char| c.is_ascii_digit()));
            format!("| case | {}", words.collect::<Vec<_>>().join(" "))
        }
    };
    page.lines().map(line).collect::<Vec<_>>().join("\n")
}

// req: FS-1, FS-2, AR-1
#[test]
fn the_page_has_every_cell_and_none_has_failed() {
    let made = page(&expected());
    assert!(
        without_versions(&docs("interop.md")) == without_versions(&made),
        "docs/interop.md is not of this table: run `cargo xtask interop --page`"
    );
}

#[test]
fn the_table_is_large_and_names_each_cell_once() {
    let table = expected();
    let name = |cell: &Cell| (cell.protocol, cell.direction, cell.peer, cell.case);
    let names: BTreeSet<_> = table.cells.iter().map(name).collect();
    assert_eq!(names.len(), table.cells.len());
    assert!(names.len() >= 250, "{} cells", names.len());
}

#[test]
fn the_table_as_json_is_as_its_schema_says() {
    let described = serde_json::from_str(&docs("schema/interop-1.json")).unwrap();
    let mut table = expected();
    assert_eq!(schema::faults(&described, &serde_json::to_value(&table).unwrap()), [""; 0]);
    table.cells[0].protocol = "gopher";
    assert_eq!(schema::faults(&described, &serde_json::to_value(&table).unwrap()).len(), 1);
}

#[test]
fn a_page_shows_what_works_what_does_not_and_what_cannot_be_asked() {
    let cell = |peer, case, result, reason: Option<&str>| Cell {
        protocol: "tftp",
        direction: Direction::Client,
        peer,
        version: "1.2".to_owned(),
        case,
        result,
        reason: reason.map(str::to_owned),
    };
    let table = Table::new(vec![
        cell("one", "get", Verdict::Pass, None),
        cell("one", "put", Verdict::Declared, Some("it only reads")),
        cell("two", "get", Verdict::Fail, Some("seen: nothing")),
    ]);
    let page = page(&table);
    let shown = page.split("our client, their servers\n\n").nth(1).unwrap();
    let wanted =
        "| case | one 1.2 | two 1.2 |\n| --- | --- | --- |\n| get | ✓ | ✗ |\n| put | 1 | · |\n\n1. it only reads\n";
    assert_eq!(shown, wanted);
    assert!(page.contains("3 cells: 1 pass, 1 declared, 1 fail."));
}
