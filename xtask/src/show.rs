//! Reports for people.

use std::{
    fmt,
    io::{self, Write as _},
};

use deskset_runtime::{PhoneReport, Report, initiator::PushLine};

use crate::{CommandError, Exit};

/// One line on the standard output. Nobody may be there to read it any more: then the command ends here.
pub(crate) fn line(words: fmt::Arguments<'_>) {
    if writeln!(io::stdout(), "{words}").is_err() {
        std::process::exit(Exit::Environment as i32);
    }
}

/// Prints a value as JSON, alone on the standard output.
pub(crate) fn json<T: serde::Serialize>(value: &T) -> Result<(), CommandError> {
    let text = serde_json::to_string_pretty(value)
        .map_err(|why| CommandError::Environment(format!("the report cannot be written as JSON: {why}")))?;
    say!("{text}");
    Ok(())
}

/// Everything that happened, in order.
pub(crate) fn timeline(report: &Report) {
    let mut lines: Vec<_> = report
        .phones
        .iter()
        .flat_map(|phone| phone.steps.iter().map(move |step| (step.t_ms, &phone.name, step)))
        .collect();
    lines.sort_by_key(|(at, ..)| *at);
    let width = report.phones.iter().map(|phone| phone.name.len()).max().unwrap_or_default();
    for (at, name, step) in lines {
        let (minutes, seconds, millis) = (at / 60_000, at / 1000 % 60, at % 1000);
        say!("{minutes:02}:{seconds:02}.{millis:03}  {name:width$}  {:<11}  {}", step.step, step.detail);
    }
}

/// A phone's screen in a frame, its name above: the one at the end, or another one of its life.
pub(crate) fn screen(phone: &PhoneReport, rows: &[String]) {
    say!("{}  {}", phone.name, phone.extension.as_deref().unwrap_or("-"));
    frame(rows);
}

/// The rows of a screen in a frame.
pub(crate) fn frame(rows: &[String]) {
    let columns = rows.iter().map(|row| row.chars().count()).max().unwrap_or_default();
    let line = "─".repeat(columns);
    say!("┌{line}┐");
    rows.iter().for_each(|row| say!("│{row}│"));
    say!("└{line}┘");
}

/// One push, in a line.
pub(crate) fn push(push: &PushLine) {
    let said = match (push.status, push.words) {
        (Some(status), Some(words)) => format!("{status} {words}"),
        (Some(status), None) => format!("{status}, which no guide names"),
        (None, _) => "no answer".to_owned(),
    };
    let fetched = match push.fetched {
        Some(true) => ", fetched",
        Some(false) => ", but did not fetch it",
        None => "",
    };
    let packets = push.packets.map(|packets| format!(", {packets} packets of sound")).unwrap_or_default();
    let trouble = push.trouble.as_deref().map(|trouble| format!(": {trouble}")).unwrap_or_default();
    say!("{:<12} {:<21} {:<9} {said}{fetched}{packets}{trouble}", push.to, push.phone, push.kind);
}

/// One line a phone.
pub(crate) fn table(report: &Report) {
    let cells: Vec<[String; 6]> = report.phones.iter().map(row).collect();
    let head = ["model", "signaling", "extension", "files over", "backup file", "outcome"].map(str::to_owned);
    let widths: [usize; 6] =
        std::array::from_fn(|at| cells.iter().chain([&head]).map(|row| row[at].chars().count()).max().unwrap_or(0));
    for row in [&head].into_iter().chain(&cells) {
        let line: Vec<String> = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}")).collect();
        say!("{}", line.join("  ").trim_end());
    }
}

fn row(phone: &PhoneReport) -> [String; 6] {
    let mut over: Vec<&str> = Vec::new();
    for file in phone.files.iter().filter(|file| file.protocol != "ftp") {
        if !over.contains(&file.protocol) {
            over.push(file.protocol);
        }
    }
    [
        phone.model.clone(),
        phone.signaling.clone(),
        phone.extension.clone().unwrap_or_else(|| "-".to_owned()),
        over.join(" "),
        phone.backup_file.clone().unwrap_or_else(|| "-".to_owned()),
        phone.outcome.clone(),
    ]
}
