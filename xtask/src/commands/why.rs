use std::{net::IpAddr, path::PathBuf};

use clap::Args;
use deskset_files::{
    settings::{AskedFor, Parameters, Target},
    tree::requested_path,
};
use deskset_models::Signaling;
use deskset_runtime::RuntimeError;
use deskset_server::{DiskTree, LoggedTransfer, Names, read_log};
use serde_json::json;

use super::{profile, settings::reading};
use crate::{CommandError, Exit, arguments::Common, plugins, show};

#[derive(Args, Debug)]
pub(crate) struct Why {
    #[command(flatten)]
    common: Common,
    /// The file, as a phone asks for it
    file: String,
    /// A model, as `plugin list` names it, or the address a phone asks from
    #[arg(long = "for", value_name = "MODEL|ADDRESS")]
    whom: String,
    /// h323 or sip, for a model
    #[arg(long, default_value = "h323")]
    signaling: Signaling,
    /// The folder that is served: its scripts lead phones to files
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
    /// What `serve --log` wrote
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,
}

/// What is known of a file for somebody.
struct Answer {
    rules: Vec<String>,
    /// The spelling that the folder has; `None` if it has none, or no folder was named.
    served: Option<String>,
    transfers: Vec<LoggedTransfer>,
}

pub(crate) fn run(asked: &Why) -> Result<Exit, CommandError> {
    if asked.folder.is_none() && asked.log.is_none() {
        return Err(CommandError::Usage(
            "name the served folder, the log, or both: --folder DIR, --log FILE".to_owned(),
        ));
    }
    let address: Option<IpAddr> = asked.whom.parse().ok();
    let answer = Answer {
        rules: if address.is_none() { rules(asked)? } else { Vec::new() },
        served: served(asked)?,
        transfers: transfers(asked, address)?,
    };
    let found = !answer.rules.is_empty() || !answer.transfers.is_empty();
    if asked.common.json {
        show::json(&json!({
            "schema": "deskset-why-1",
            "file": asked.file,
            "for": asked.whom,
            "rules": answer.rules,
            "served": answer.served,
            "transfers": answer.transfers,
        }))?;
    } else {
        print(asked, &answer);
    }
    Ok(if found { Exit::Fine } else { Exit::Failed })
}

/// The rules that lead phones of a model to the file.
fn rules(asked: &Why) -> Result<Vec<String>, CommandError> {
    let Some(folder) = &asked.folder else { return Ok(Vec::new()) };
    let catalog = plugins::catalog(&profile(&asked.common, &[])?)?;
    let model = catalog.model(&asked.whom).map_err(RuntimeError::from)?;
    let no_software = || RuntimeError::Signaling { model: model.name().to_owned(), signaling: asked.signaling };
    let target = Target::newest(model, asked.signaling).ok_or_else(no_software)?;
    let files = reading::files(&[folder.join(&model.tables().files.upgrade_script)])?;
    let evaluation = files.evaluate(&target, Parameters::new(model));
    Ok(evaluation.asks_for(&asked.file, &target).iter().map(in_words).collect())
}

fn in_words(rule: &AskedFor) -> String {
    match rule {
        AskedFor::Begins => "every boot begins with it".to_owned(),
        AskedFor::Application { at } => format!("{at}: APPNAME names it; a phone that has another one downloads it"),
        AskedFor::NotApplication { at, holds } => format!("{at}: APPNAME names it, but {holds} holds in the end"),
        AskedFor::Get { at, found: true } => format!("{at}: a GET names it"),
        AskedFor::Get { at, found: false } => format!("{at}: a GET names it, and it is not there"),
        AskedFor::Backup { extension } => format!("it is the backup file of extension {extension}"),
    }
}

/// How the folder spells it.
fn served(asked: &Why) -> Result<Option<String>, CommandError> {
    let Some(folder) = &asked.folder else { return Ok(None) };
    let environment = |why: String| CommandError::Environment(why);
    let tree = DiskTree::open(folder, Names::AnyCase).map_err(|why| environment(why.to_string()))?;
    let path = requested_path(&asked.file).map_err(|why| CommandError::Usage(why.to_string()))?;
    // What is not there, or not served, is an answer, too.
    Ok(tree.open_file(&path).ok().map(|opened| opened.served))
}

/// What the log has of it; for a model, from whatever address.
fn transfers(asked: &Why, address: Option<IpAddr>) -> Result<Vec<LoggedTransfer>, CommandError> {
    let Some(log) = &asked.log else { return Ok(Vec::new()) };
    let name = |path: &str| path.trim_start_matches('/').eq_ignore_ascii_case(asked.file.trim_start_matches('/'));
    let wanted = |transfer: &LoggedTransfer| {
        let file = name(&transfer.asked) || transfer.served.as_deref().is_some_and(name);
        file && address.is_none_or(|address| transfer.peer.ip() == address)
    };
    read_log(log, wanted).map_err(|why| CommandError::Usage(why.to_string()))
}

fn print(asked: &Why, answer: &Answer) {
    say!("{} for {}", asked.file, asked.whom);
    for rule in &answer.rules {
        say!("  rule      {rule}");
    }
    match (&asked.folder, &answer.served) {
        (None, _) => {}
        (Some(_), Some(served)) => say!("  served    as {served}"),
        (Some(folder), None) => say!("  served    not from {}: no such file", folder.display()),
    }
    for transfer in &answer.transfers {
        let LoggedTransfer { time, protocol, peer, outcome, bytes, .. } = transfer;
        let why = transfer.why.as_deref().map(|why| format!(": {why}")).unwrap_or_default();
        let name = transfer.transfer.as_deref().map(|name| format!("  {name}")).unwrap_or_default();
        say!("  transfer  {time}  {protocol} {peer}{name}  {outcome}, {bytes} bytes{why}");
    }
    if answer.rules.is_empty() && answer.transfers.is_empty() {
        say!("  no rule leads there, and no transfer is known");
    }
}
