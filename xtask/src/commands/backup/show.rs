use std::collections::BTreeMap;

use deskset_files::backup::{BackupFile, BackupPhone, DroppedWhy, Encoding, value_without_password, without_password};
use deskset_models::Values;
use deskset_phone::{RECTANGLE, can_show};
use serde::Serialize;

use super::{arguments::Show, file::File, phones::Phone};
use crate::{CommandError, Exit, commands::profile, plugins, show};

#[derive(Serialize)]
struct Report<'m> {
    schema: &'static str,
    file: String,
    extension: Option<String>,
    #[serde(flatten)]
    phone: Phone<'m>,
    encoding: &'static str,
    options: Vec<Row>,
    speed_dials: Vec<Dial>,
    feature_labels: Vec<Label>,
    unit_labels: Vec<Label>,
    carried: Vec<Row>,
    dropped: Vec<Lost>,
}

#[derive(Serialize)]
struct Row {
    name: String,
    value: String,
    /// In the screen's words.
    meaning: String,
}

#[derive(Serialize)]
struct Dial {
    position: u16,
    label: String,
    shown: String,
    number: String,
}

#[derive(Serialize)]
struct Label {
    number: u16,
    label: String,
    shown: String,
}

#[derive(Serialize)]
struct Lost {
    line: u32,
    name: String,
    why: String,
}

pub(super) fn run(asked: &Show) -> Result<Exit, CommandError> {
    let file = File::read(&asked.file)?;
    let profile = profile(&asked.common, &[])?;
    let catalog = plugins::catalog(&profile)?;
    let phone = asked.reader.one(&catalog, file.base_name())?;
    let report = report(&file, &phone, file.for_phone(&phone)?);
    if asked.common.json {
        show::json(&report)?;
    } else {
        print(&report, &phone);
    }
    Ok(Exit::Fine)
}

fn report<'m>(file: &File, phone: &BackupPhone<'m>, read: BackupFile) -> Report<'m> {
    let tables = phone.model.tables();
    let repertoire = &tables.display.repertoire;
    let shown = |label: &str| -> String {
        label.chars().map(|c| if can_show(repertoire, c) { c } else { RECTANGLE }).collect()
    };
    let row = |(name, value): (&String, &String)| {
        let meaning = match tables.options.find(name).map(|(_, row)| &row.values) {
            Some(Values::Choice { choices }) => {
                choices.iter().find(|choice| choice.value == *value).map(|choice| choice.label.clone())
            }
            _ => None,
        };
        Row { name: name.clone(), value: value_without_password(name, value), meaning: meaning.unwrap_or_default() }
    };
    let labels = |labels: &BTreeMap<u16, String>| {
        labels
            .iter()
            .map(|(number, label)| Label { number: *number, label: label.clone(), shown: shown(label) })
            .collect()
    };
    let in_order = tables.options.rows.iter().filter_map(|row| read.data.options.get_key_value(&row.name));
    Report {
        schema: "deskset-backup-1",
        file: file.name.clone(),
        extension: phone.owner(file.base_name()).map(String::from),
        phone: Phone::of(phone),
        encoding: encoding(read.encoding),
        options: in_order.map(row).collect(),
        speed_dials: read
            .data
            .speed_dials
            .iter()
            .map(|(position, dial)| Dial {
                position: *position,
                label: dial.label.clone(),
                shown: shown(&dial.label),
                number: dial.number.clone(),
            })
            .collect(),
        feature_labels: labels(&read.data.feature_labels),
        unit_labels: labels(&read.data.unit_labels),
        carried: read.data.carried.iter().map(row).map(|row| Row { meaning: String::new(), ..row }).collect(),
        dropped: read
            .dropped
            .into_iter()
            .map(|lost| Lost { line: lost.line, name: lost_name(&lost.name, &lost.why), why: why(&lost.why) })
            .collect(),
    }
}

/// Of a line without an equal sign the name is the whole line.
fn lost_name(name: &str, why: &DroppedWhy) -> String {
    if *why == DroppedWhy::NoEqualSign { without_password(name) } else { name.to_owned() }
}

fn encoding(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Utf8WithMark => "UTF-8 with a byte-order mark",
        Encoding::Utf16Le | Encoding::Utf16Be => "UTF-16",
        Encoding::Latin1 => "ISO 8859-1",
    }
}

fn why(why: &DroppedWhy) -> String {
    match why {
        DroppedWhy::NoEqualSign => "there is no equal sign".to_owned(),
        DroppedWhy::UnknownName => "no phone knows the name".to_owned(),
        DroppedWhy::BadValue => "the value is not among the row's values".to_owned(),
        DroppedWhy::NoSuchPosition => "the model has no such position".to_owned(),
        DroppedWhy::NoNumber => "there is no number that can be dialed".to_owned(),
        DroppedWhy::Overridden => "a later line says it again".to_owned(),
        DroppedWhy::Plugin(failure) => failure.to_string(),
    }
}

fn print(report: &Report<'_>, phone: &BackupPhone<'_>) {
    let owner = report.extension.as_ref().map_or_else(String::new, |extension| format!("extension {extension}, "));
    say!("{}: {owner}read by a {}, {}", report.file, phone.kind(), report.encoding);
    let rows = report.options.iter().chain(&report.carried);
    let width = rows.map(|row| row.name.chars().count()).max().unwrap_or(0);
    let table = |title: &str, rows: &[Row]| {
        let _ = rows.first().map(|_| say!("{title}"));
        for Row { name, value, meaning } in rows {
            let line = format!("  {name:<width$}  {value:<8}  {meaning}");
            say!("{}", line.trim_end());
        }
    };
    table("options", &report.options);
    let _ = report.speed_dials.first().map(|_| say!("speed dials"));
    for dial in &report.speed_dials {
        let unshown = unshown(&dial.label, &dial.shown);
        let line = format!("  {:>3}  {:<13}  {:<24}  {unshown}", dial.position, dial.shown, dial.number);
        say!("{}", line.trim_end());
    }
    for (title, labels) in [("feature buttons", &report.feature_labels), ("expansion unit", &report.unit_labels)] {
        let _ = labels.first().map(|_| say!("{title}"));
        for label in labels {
            let unshown = unshown(&label.label, &label.shown);
            say!("{}", format!("  {:>3}  {:<13}  {unshown}", label.number, label.shown).trim_end());
        }
    }
    table("kept for other phones", &report.carried);
    let _ = report.dropped.first().map(|_| say!("dropped"));
    for lost in &report.dropped {
        say!("  line {:<3}  {}: {}", lost.line, lost.name, lost.why);
    }
}

/// The label itself, where it is not what the screen shows.
fn unshown(label: &str, shown: &str) -> String {
    if label == shown { String::new() } else { format!("({label})") }
}
