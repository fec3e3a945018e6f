use std::fs;
use std::io::Read as _;

use deskset_files::{
    backup::{NewBackups, write_what_is_set},
    limits::CSV_BYTES_MAX,
};
use serde::Serialize;

use super::{
    arguments::New,
    phones::{Phone, named},
};
use crate::{
    CommandError, Exit,
    commands::{pair, profile, whole_file},
    plugins, show,
};

#[derive(Serialize)]
struct Report<'n> {
    schema: &'static str,
    #[serde(flatten)]
    phone: Phone<'n>,
    files: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    extension: String,
    file: String,
    speed_dials: usize,
    /// Where a file that was there is kept.
    kept: Option<String>,
}

/// Everything is read and judged before the first file is written.
pub(super) fn run(asked: &New) -> Result<Exit, CommandError> {
    let table_name = asked.from.display().to_string();
    let mut table = Vec::new();
    fs::File::open(&asked.from)
        .and_then(|file| file.take(CSV_BYTES_MAX as u64 + 1).read_to_end(&mut table))
        .map_err(|source| CommandError::Input { file: table_name.clone(), source })?;
    let profile = profile(&asked.common, &[])?;
    let catalog = plugins::catalog(&profile)?;
    let phone = named(&catalog, &asked.model, asked.signaling)?;
    let options = asked.option.iter().map(|text| pair(text)).collect::<Result<Vec<_>, _>>()?;
    let new = NewBackups { phone, options: &options, extension: asked.extension.as_ref() };
    let users = new.read(&table).map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(|fault| format!("{table_name}: {fault}")).collect();
        CommandError::Usage(faults.join("\ndeskset: "))
    })?;
    let mut files = Vec::new();
    for (extension, data) in &users {
        let name = phone.file_name(extension).map_err(|why| CommandError::Usage(why.to_string()))?;
        let path = asked.output.join(name.as_str());
        whole_file::may_put(&path, asked.replace)?;
        files.push((extension, data, path));
    }
    fs::create_dir_all(&asked.output)
        .map_err(|source| CommandError::Folder { what: format!("making {}", asked.output.display()), source })?;
    let mut rows = Vec::new();
    for (extension, data, path) in files {
        let bytes = write_what_is_set(data, phone.model, phone.signaling);
        let kept = whole_file::put(&path, &bytes, asked.replace)?;
        rows.push(Row {
            extension: extension.to_string(),
            file: path.display().to_string(),
            speed_dials: data.speed_dials.len(),
            kept: kept.map(|path| path.display().to_string()),
        });
    }
    if asked.common.json {
        show::json(&Report { schema: "deskset-backup-new-1", phone: Phone::of(&phone), files: rows })?;
    } else {
        for Row { file, speed_dials, kept, .. } in rows {
            let old = kept.map_or_else(String::new, |kept| format!("; the old file is {kept}"));
            say!("{file}: {speed_dials} speed dials{old}");
        }
    }
    Ok(Exit::Fine)
}
