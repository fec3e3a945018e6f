//! The table as a page: for each protocol and direction, cases down and programs across.

use std::fmt::Write as _;

use super::{Cell, Direction, Table, Verdict};

const HEAD: &str = "# What Deskset works with

Programs of other makers, tried one by one: our client against their servers, their clients against our server. Each
mark is a run whose outcome was looked at: the bytes of the file, the options agreed on, the reason of a refusal, the
server's own record of the transfer.

| mark | meaning |
| --- | --- |
| ✓ | works as the case says |
| a number | goes otherwise, as declared below; the run has seen that it does |
| ✗ | fails |
| · | the program cannot ask for it, or its server cannot be set up for it |

The page is made by `cargo xtask interop --page`, from what that run saw. The same as JSON: `cargo xtask interop --json`,
with [this schema](schema/interop-1.json). Programs come from Debian 12, PyPI, crates.io and npm.
";

/// The page.
#[must_use]
pub fn page(table: &Table) -> String {
    let mut page = HEAD.to_owned();
    // Writing into a string cannot fail.
    let _ = write!(
        page,
        "\n{} cells: {} pass, {} declared, {} fail.\n",
        table.cells.len(),
        table.count(Verdict::Pass),
        table.count(Verdict::Declared),
        table.count(Verdict::Fail)
    );
    for (protocol, title) in [("tftp", "TFTP"), ("http", "HTTP and HTTPS"), ("ftp", "FTP")] {
        for (direction, whose) in
            [(Direction::Client, "our client, their servers"), (Direction::Server, "their clients, our server")]
        {
            let cells: Vec<&Cell> =
                table.cells.iter().filter(|cell| (cell.protocol, cell.direction) == (protocol, direction)).collect();
            if !cells.is_empty() {
                let _ = write!(page, "\n## {title}: {whose}\n\n{}", matrix(&cells));
            }
        }
    }
    page
}

fn matrix(cells: &[&Cell]) -> String {
    let (mut peers, mut cases, mut reasons) = (Vec::new(), Vec::new(), Vec::new());
    for cell in cells {
        if !peers.contains(&(cell.peer, &cell.version)) {
            peers.push((cell.peer, &cell.version));
        }
        if !cases.contains(&cell.case) {
            cases.push(cell.case);
        }
    }
    let mut text = "| case |".to_owned();
    for (peer, version) in &peers {
        let _ = write!(text, " {peer} {version} |");
    }
    text += "\n| --- |";
    text += &" --- |".repeat(peers.len());
    text += "\n";
    for case in cases {
        let _ = write!(text, "| {case} |");
        for (peer, _) in &peers {
            let cell = cells.iter().find(|cell| (cell.peer, cell.case) == (*peer, case));
            let _ = write!(text, " {} |", cell.map_or("·".to_owned(), |cell| mark(cell, &mut reasons)));
        }
        text += "\n";
    }
    if !reasons.is_empty() {
        text += "\n";
    }
    for (number, reason) in reasons.iter().enumerate() {
        let _ = writeln!(text, "{}. {reason}", number + 1);
    }
    text
}

fn mark<'c>(cell: &'c Cell, reasons: &mut Vec<&'c str>) -> String {
    match (cell.result, &cell.reason) {
        (Verdict::Pass, _) => "✓".to_owned(),
        (Verdict::Declared, Some(reason)) => {
            let known = reasons.iter().position(|known| known == reason);
            let at = known.unwrap_or_else(|| {
                reasons.push(reason);
                reasons.len() - 1
            });
            (at + 1).to_string()
        }
        _ => "✗".to_owned(),
    }
}
