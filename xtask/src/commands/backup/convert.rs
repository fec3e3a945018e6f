use std::path::{Path, PathBuf};

use deskset_files::backup::{BackupPhone, Conversion, Note, convert, write_what_is_set};
use deskset_phone::can_show;
use serde::Serialize;

use super::{
    arguments::{Convert, Reader},
    file::File,
    phones::{Phone, named},
};
use crate::{
    CommandError, Exit,
    commands::{profile, whole_file},
    plugins, show,
};

#[derive(Serialize)]
struct Report<'c> {
    schema: &'static str,
    file: &'c str,
    from: Phone<'c>,
    to: Phone<'c>,
    written: String,
    /// Where a file that was there is kept.
    kept: Option<String>,
    changed: Vec<Row<'c>>,
    left_out: Vec<Row<'c>>,
}

#[derive(Serialize)]
struct Row<'c> {
    what: &'c str,
    value: &'c str,
    why: &'c str,
}

pub(super) fn run(asked: &Convert) -> Result<Exit, CommandError> {
    let file = File::read(&asked.file)?;
    let profile = profile(&asked.common, &[])?;
    let catalog = plugins::catalog(&profile)?;
    let reader = Reader { model: asked.from.clone(), signaling: asked.from_signaling };
    let from = reader.one(&catalog, file.base_name())?;
    let to = named(&catalog, &asked.to, asked.signaling)?;
    let output = output(asked, &file, &from, &to)?;
    let conversion = convert(&file.bytes, &from, &to, can_show).map_err(|why| file.unusable(why))?;
    let bytes = write_what_is_set(&conversion.data, to.model, to.signaling);
    let kept = whole_file::put(&output, &bytes, asked.replace)?.map(|path| path.display().to_string());
    let written = output.display().to_string();
    if asked.common.json {
        let rows = |notes| rows(notes).collect();
        show::json(&Report {
            schema: "deskset-backup-convert-1",
            file: &file.name,
            from: Phone::of(&from),
            to: Phone::of(&to),
            written,
            kept,
            changed: rows(&conversion.changed),
            left_out: rows(&conversion.left_out),
        })?;
    } else {
        let old = kept.map_or_else(String::new, |kept| format!("; the old file is {kept}"));
        say!("{written}: for a {}, from a {}{old}", to.kind(), from.kind());
        print(&conversion);
    }
    Ok(Exit::Fine)
}

/// Where to write: as asked, or beside the file under the name that the phone asks for.
fn output(asked: &Convert, file: &File, from: &BackupPhone<'_>, to: &BackupPhone<'_>) -> Result<PathBuf, CommandError> {
    if let Some(output) = &asked.output {
        return Ok(output.clone());
    }
    let extension = asked.extension.clone().or_else(|| from.owner(file.base_name())).ok_or_else(|| {
        CommandError::Usage(format!("{}: the name tells no extension; give --extension or --output", file.name))
    })?;
    let name = to.file_name(&extension).map_err(|why| CommandError::Usage(why.to_string()))?;
    Ok(asked.file.parent().unwrap_or(Path::new("")).join(name.as_str()))
}

fn rows(notes: &[Note]) -> impl Iterator<Item = Row<'_>> {
    notes.iter().map(|note| Row { what: &note.what, value: &note.value, why: &note.why })
}

fn print(conversion: &Conversion) {
    let tell = |mark: &str, notes: &[Note]| {
        for Row { what, value, why } in rows(notes) {
            say!("  {mark}  {what} ({value}): {why}");
        }
    };
    tell("changed ", &conversion.changed);
    tell("left out", &conversion.left_out);
    if conversion.changed.is_empty() && conversion.left_out.is_empty() {
        say!("  everything carries over");
    }
}
