use std::collections::{BTreeMap, BTreeSet};

use deskset_models::Extension;

use super::{BackupPhone, SpeedDial, UserData, decode, is_password_line};
use crate::{
    limits::{CSV_BYTES_MAX, CSV_FAULTS_MAX},
    lint::{closest, did_you_mean, shortened},
};

/// The columns that a table may have.
const COLUMNS: [&str; 4] = ["extension", "position", "label", "number"];

/// Users' first backups, made from a table of speed dials.
#[derive(Clone, Copy, Debug)]
pub struct NewBackups<'n> {
    /// The phone they are for.
    pub phone: BackupPhone<'n>,
    /// Options of every user, by name and value.
    pub options: &'n [(String, String)],
    /// Whose dials they are, if the table has no column `extension`.
    pub extension: Option<&'n Extension>,
}

/// Something in a table or an option that cannot be taken.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{}{what}; {remedy}", .line.map(|line| format!("line {line}: ")).unwrap_or_default())]
pub struct CsvFault {
    /// Counted from 1, the line with the columns' names; `None` if it is about an option.
    pub line: Option<u64>,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub remedy: String,
}

impl NewBackups<'_> {
    /// The data of every user. A table is comma- or semicolon-separated with the names of its columns first: `label`,
    /// `number`, and perhaps `position` (without one the free positions are filled in order) and `extension`.
    ///
    /// # Errors
    /// Everything that is wrong, up to [`CSV_FAULTS_MAX`]; then there is no data at all.
    pub fn read(&self, table: &[u8]) -> Result<BTreeMap<Extension, UserData>, Vec<CsvFault>> {
        let mut faults = Vec::new();
        let options = self.options(&mut faults);
        if table.len() > CSV_BYTES_MAX {
            let what = format!("the table has more than {CSV_BYTES_MAX} bytes");
            faults.push(CsvFault { line: None, what, remedy: "split it".to_owned() });
            return Err(faults);
        }
        let rows = self.rows(table, &mut faults);
        let users = self.users(rows, &options, &mut faults);
        faults.truncate(CSV_FAULTS_MAX);
        if faults.is_empty() { Ok(users) } else { Err(faults) }
    }

    fn options(&self, faults: &mut Vec<CsvFault>) -> BTreeMap<String, String> {
        let mut options = BTreeMap::new();
        let table = &self.phone.model.tables().options;
        let mut wrong = |what: String, remedy: String| faults.push(CsvFault { line: None, what, remedy });
        for (name, value) in self.options {
            if is_password_line(&format!("{name}={value}")) {
                wrong(format!("option {name} looks like a password"), "backup files hold none".to_owned());
                continue;
            }
            match table.find(name) {
                None => {
                    let names = table.rows_on(self.phone.signaling).map(|(_, row)| row.name.as_str());
                    let remedy = did_you_mean(closest(name, names), "`plugin show MODEL` lists the names");
                    wrong(format!("there is no option `{}`", shortened(name)), remedy);
                }
                Some((_, row)) if !row.is_on(self.phone.signaling) => {
                    wrong(format!("a {} has no {}", self.phone.kind(), row.name), "leave it out".to_owned());
                }
                Some((_, row)) => match self.phone.model.check_value(&row.name, &row.values, value) {
                    Ok(()) => {
                        options.insert(row.name.clone(), value.clone());
                    }
                    Err(fault) => wrong(fault.to_string(), "correct the value".to_owned()),
                },
            }
        }
        options
    }

    fn rows(&self, table: &[u8], faults: &mut Vec<CsvFault>) -> Vec<Row> {
        let (text, _) = decode(table);
        let header = text.lines().next().unwrap_or_default();
        // Spreadsheets of many countries write semicolons.
        let delimiter = if header.contains(';') && !header.contains(',') { b';' } else { b',' };
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .has_headers(false)
            .trim(csv::Trim::All)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut records = reader.records();
        let mut wrong = |line: u64, what: String, remedy: String| {
            if faults.len() < CSV_FAULTS_MAX {
                faults.push(CsvFault { line: Some(line), what, remedy });
            }
        };
        let columns: Vec<String> = match records.next() {
            Some(Ok(header)) => header.iter().map(str::to_ascii_lowercase).collect(),
            _ => Vec::new(),
        };
        for column in columns.iter().filter(|column| !COLUMNS.contains(&column.as_str())) {
            let remedy =
                did_you_mean(closest(column, COLUMNS.into_iter()), "a table has label, number, position, extension");
            wrong(1, format!("there is no column `{}`", shortened(column)), remedy);
        }
        let at = |name: &str| columns.iter().position(|column| column == name);
        let (Some(label), Some(number)) = (at("label"), at("number")) else {
            let remedy = "begin the table with a line such as label,number".to_owned();
            wrong(1, "the columns `label` and `number` are not both there".to_owned(), remedy);
            return Vec::new();
        };
        let (position, extension) = (at("position"), at("extension"));
        let mut rows = Vec::new();
        for record in records {
            let record = match record {
                Ok(record) => record,
                Err(why) => {
                    let line = why.position().map_or(1, csv::Position::line);
                    wrong(line, "the line cannot be read as CSV".to_owned(), "look at its quotation marks".to_owned());
                    continue;
                }
            };
            let line = record.position().map_or(1, csv::Position::line);
            let cell = |column: Option<usize>| column.and_then(|at| record.get(at)).unwrap_or_default().to_owned();
            if record.iter().all(str::is_empty) {
                continue;
            }
            if record.len() != columns.len() {
                let what = format!("there are {} cells under {} columns", record.len(), columns.len());
                wrong(line, what, "put a cell with a comma in it into quotation marks".to_owned());
                continue;
            }
            rows.push(Row {
                line,
                label: cell(Some(label)),
                number: cell(Some(number)),
                position: cell(position),
                extension: extension.map(|at| cell(Some(at))),
            });
        }
        rows
    }

    fn users(
        &self,
        rows: Vec<Row>,
        options: &BTreeMap<String, String>,
        faults: &mut Vec<CsvFault>,
    ) -> BTreeMap<Extension, UserData> {
        let mut users: BTreeMap<Extension, UserData> = BTreeMap::new();
        let fresh = || UserData { options: options.clone(), ..UserData::default() };
        if let Some(extension) = self.extension {
            users.insert(extension.clone(), fresh());
        }
        // Positions that are named are taken, wherever their rows stand.
        let mut waiting: Vec<(Extension, u64, SpeedDial)> = Vec::new();
        let mut taken: BTreeSet<(Extension, u16)> = BTreeSet::new();
        for row in rows {
            let line = row.line;
            match self.dial(row) {
                Err((what, remedy)) => faults.push(CsvFault { line: Some(line), what, remedy }),
                Ok((extension, None, dial)) => waiting.push((extension, line, dial)),
                Ok((extension, Some(at), dial)) => {
                    if !taken.insert((extension.clone(), at)) {
                        let what = format!("position {at} of {extension} is taken by a line before");
                        faults.push(CsvFault { line: Some(line), what, remedy: "choose another one".to_owned() });
                    }
                    users.entry(extension).or_insert_with(fresh).speed_dials.insert(at, dial);
                }
            }
        }
        let entries = self.phone.model.tables().speed_dial.entries;
        let mut next: BTreeMap<Extension, u16> = BTreeMap::new();
        for (extension, line, dial) in waiting {
            let dials = &mut users.entry(extension.clone()).or_insert_with(fresh).speed_dials;
            let from = next.get(&extension).copied().unwrap_or(1);
            match (from..=entries).find(|at| !dials.contains_key(at)) {
                Some(at) => {
                    dials.insert(at, dial);
                    next.insert(extension, at + 1);
                }
                None => {
                    let what = format!("all {entries} positions of {extension} are taken");
                    faults.push(CsvFault { line: Some(line), what, remedy: "take lines out".to_owned() });
                }
            }
        }
        if users.is_empty() && faults.is_empty() {
            let what = "the table has no line below the columns' names".to_owned();
            faults.push(CsvFault { line: Some(1), what, remedy: "add one line for each speed dial".to_owned() });
        }
        users
    }

    /// One line's user, position and dial.
    fn dial(&self, row: Row) -> Result<(Extension, Option<u16>, SpeedDial), (String, String)> {
        let rules = &self.phone.model.tables().speed_dial;
        let wrong = |what: String, remedy: &str| Err((what, remedy.to_owned()));
        let extension = match (&row.extension, self.extension) {
            (Some(text), _) if !text.is_empty() => match text.parse() {
                Ok(extension) => extension,
                Err(why) => return wrong(format!("{why}"), "correct the cell"),
            },
            (_, Some(extension)) => extension.clone(),
            _ => return wrong("no extension is named".to_owned(), "fill the column `extension`, or give one"),
        };
        let position = match row.position.as_str() {
            "" => None,
            text => match text.parse::<u16>() {
                Ok(at) if (1..=rules.entries).contains(&at) => Some(at),
                _ => {
                    let what = format!("`{}` is no position", shortened(text));
                    return Err((what, format!("the {} has 1 to {}", self.phone.model.name(), rules.entries)));
                }
            },
        };
        if row.number.is_empty() {
            return wrong("the number is empty".to_owned(), "write one, or take the line out");
        }
        if !row.number.chars().all(|c| rules.number_characters.contains(c)) {
            let what = format!("`{}` cannot be dialed", shortened(&row.number));
            return Err((what, format!("write only characters of {}", rules.number_characters)));
        }
        for (thing, text, longest) in
            [("number", &row.number, rules.number_chars), ("label", &row.label, rules.label_chars)]
        {
            let chars = text.chars().count();
            if chars > longest.into() {
                return wrong(format!("the {thing} has {chars} characters, more than {longest}"), "shorten it");
            }
        }
        if row.label.chars().any(char::is_control) {
            return wrong("the label holds a control character, such as a line end".to_owned(), "take it out");
        }
        let label = match row.label {
            label if label.is_empty() => row.number.chars().take(rules.label_chars.into()).collect(),
            label => label,
        };
        Ok((extension, position, SpeedDial { label, number: row.number }))
    }
}

struct Row {
    line: u64,
    label: String,
    number: String,
    position: String,
    /// `None` without such a column.
    extension: Option<String>,
}
