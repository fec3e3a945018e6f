use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use deskset_files::{
    settings::{Change, Files, Target, difference},
    tree::choose,
};
use serde::Serialize;

use super::{
    arguments::Diff,
    explain::quoted,
    reading,
    targets::{Phone, Secrets},
};
use crate::{CommandError, Exit, commands::profile, plugins, show};

#[derive(Serialize)]
struct Report<'c> {
    schema: &'static str,
    asked: usize,
    changes: Vec<Row<'c>>,
}

#[derive(Serialize)]
struct Row<'c> {
    name: &'c str,
    old: &'c str,
    new: &'c str,
    phones: Vec<Phone<'c>>,
}

pub(super) fn run(asked: &Diff) -> Result<Exit, CommandError> {
    let profile = profile(&asked.common, &[])?;
    let catalog = plugins::catalog(&profile)?;
    let targets = asked.phones.all(&profile, &catalog)?;
    let (old, new) = (Side::read(&asked.old, &targets)?, Side::read(&asked.new, &targets)?);
    let changes = difference(&targets, |target| old.files(target), |target| new.files(target));
    let secrets = Secrets::shown(asked.show_secrets);
    let changes: Vec<Change> = changes.into_iter().map(|change| masked(change, &targets, secrets)).collect();
    if asked.common.json {
        let changes = changes.iter().map(|change| Row {
            name: &change.name,
            old: &change.old,
            new: &change.new,
            phones: change.targets.iter().filter_map(|at| targets.get(*at)).map(Phone::of).collect(),
        });
        let report = Report { schema: "deskset-settings-diff-1", asked: targets.len(), changes: changes.collect() };
        show::json(&report)?;
    } else {
        print(&changes, &targets);
    }
    Ok(if changes.is_empty() { Exit::Fine } else { Exit::Failed })
}

fn masked(change: Change, targets: &[Target<'_>], secrets: Secrets) -> Change {
    let Some(target) = change.targets.first().and_then(|at| targets.get(*at)) else { return change };
    let show = |value: &str| secrets.show(&target.model.tables().parameters, &change.name, value).to_owned();
    Change { old: show(&change.old), new: show(&change.new), ..change }
}

fn print(changes: &[Change], targets: &[Target<'_>]) {
    let rows: Vec<(String, String)> = changes.iter().map(|change| (quoted(&change.old), quoted(&change.new))).collect();
    let name = changes.iter().map(|change| change.name.chars().count()).max().unwrap_or(0);
    let old = rows.iter().map(|(old, _)| old.chars().count()).max().unwrap_or(0);
    let new = rows.iter().map(|(_, new)| new.chars().count()).max().unwrap_or(0);
    for (change, (from, to)) in changes.iter().zip(&rows) {
        let kinds = change.targets.iter().filter_map(|at| targets.get(*at)).map(Target::kind);
        let phones = match change.targets.len() {
            all if all == targets.len() => format!("all {all}"),
            _ => kinds.collect::<Vec<_>>().join(", "),
        };
        say!("{:<name$}  {from:<old$} → {to:<new$}  {phones}", change.name);
    }
    if changes.is_empty() {
        say!("nothing changes for {} kinds of phone", targets.len());
    }
}

/// One of the two that are compared.
enum Side {
    /// All phones begin with this file.
    File(Files),
    /// Each begins with its upgrade script, by the name that its model asks for.
    Folder(BTreeMap<String, Files>),
}

impl Side {
    fn read(path: &Path, targets: &[Target<'_>]) -> Result<Side, CommandError> {
        if !path.is_dir() {
            return Ok(Side::File(reading::files(&[path.to_owned()])?));
        }
        let names = reading::names(path);
        let mut scripts = BTreeMap::new();
        for target in targets {
            let asked = &target.model.tables().files.upgrade_script;
            let Some(name) = choose(asked, names.iter().map(String::as_str)) else { continue };
            if !scripts.contains_key(asked) {
                let first: PathBuf = path.join(name);
                scripts.insert(asked.clone(), reading::files(&[first])?);
            }
        }
        match (scripts.is_empty(), targets.first()) {
            (true, Some(target)) => Err(CommandError::Usage(format!(
                "folder {} has no upgrade script; phones ask for {}",
                path.display(),
                target.model.tables().files.upgrade_script
            ))),
            _ => Ok(Side::Folder(scripts)),
        }
    }

    fn files(&self, target: &Target<'_>) -> Option<Files> {
        match self {
            Side::File(files) => Some(files.clone()),
            Side::Folder(scripts) => scripts.get(&target.model.tables().files.upgrade_script).cloned(),
        }
    }
}
