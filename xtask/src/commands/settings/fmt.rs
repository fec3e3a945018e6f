use deskset_files::format::format;
use serde_json::json;

use super::{arguments::Fmt, reading::Source};
use crate::{CommandError, Exit, commands::whole_file::replace, show};

/// All files are read and formatted before the first one is written.
pub(super) fn run(asked: &Fmt) -> Result<Exit, CommandError> {
    let mut changes = Vec::new();
    for path in &asked.files {
        let source = Source::read(path)?;
        let formatted = format(&source.name, &source.bytes).map_err(|why| CommandError::Usage(why.to_string()))?;
        if formatted != source.bytes {
            changes.push((path, source.name, formatted));
        }
    }
    for (path, name, formatted) in &changes {
        if !asked.check {
            replace(path, formatted)
                .map_err(|source| CommandError::Folder { what: format!("writing {name}"), source })?;
        }
        if !asked.json {
            say!("{} {name}", if asked.check { "would change" } else { "changed" });
        }
    }
    if asked.json {
        let changed: Vec<&String> = changes.iter().map(|(_, name, _)| name).collect();
        show::json(&json!({ "schema": "deskset-fmt-1", "files": asked.files.len(), "changed": changed }))?;
    }
    Ok(if asked.check && !changes.is_empty() { Exit::Failed } else { Exit::Fine })
}
