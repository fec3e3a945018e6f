use deskset_files::backup::{difference, value_without_password};
use serde::Serialize;

use super::{arguments::Diff, file::File};
use crate::{CommandError, Exit, commands::profile, plugins, show};

#[derive(Serialize)]
struct Report {
    schema: &'static str,
    differences: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    what: String,
    old: Option<String>,
    new: Option<String>,
}

pub(super) fn run(asked: &Diff) -> Result<Exit, CommandError> {
    let profile = profile(&asked.common, &[])?;
    let catalog = plugins::catalog(&profile)?;
    let read = |path| {
        let file = File::read(path)?;
        let phone = asked.reader.one(&catalog, file.base_name())?;
        Ok::<_, CommandError>(file.for_phone(&phone)?.data)
    };
    let found = difference(&read(&asked.old)?, &read(&asked.new)?);
    let shown = |what: &str, value: Option<String>| value.map(|value| value_without_password(what, &value));
    let rows = found.into_iter().map(|row| Row {
        old: shown(&row.what, row.old),
        new: shown(&row.what, row.new),
        what: row.what,
    });
    let differences: Vec<Row> = rows.collect();
    let is_same = differences.is_empty();
    if asked.common.json {
        show::json(&Report { schema: "deskset-backup-diff-1", differences })?;
    } else {
        print(&differences);
    }
    Ok(if is_same { Exit::Fine } else { Exit::Failed })
}

fn print(rows: &[Row]) {
    let words = |value: &Option<String>| match value {
        None => "-".to_owned(),
        Some(value) if value.is_empty() => "\"\"".to_owned(),
        Some(value) => value.clone(),
    };
    let width = rows.iter().map(|row| row.what.chars().count()).max().unwrap_or(0);
    for row in rows {
        say!("{:<width$}  {} → {}", row.what, words(&row.old), words(&row.new));
    }
    if rows.is_empty() {
        say!("the files mean the same");
    }
}
