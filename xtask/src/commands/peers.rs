use std::{path::PathBuf, process::Command};

use crate::{CommandError, Exit, arguments::Peers, plugins};

pub(crate) fn run(asked: &Peers) -> Result<Exit, CommandError> {
    let (verb, asked) = match asked {
        Peers::Install(asked) => ("install", asked),
        Peers::Up(asked) => ("up", asked),
        Peers::Down(asked) => ("down", asked),
    };
    let status = script(verb)?.args(&asked.names).args(asked.all.then_some("--all")).status().map_err(not_started)?;
    Ok(match status.code() {
        Some(0) => Exit::Fine,
        Some(2) => Exit::Usage,
        _ => Exit::Environment,
    })
}

/// The project's own script for foreign servers, its state in the target folder.
pub(super) fn script(verb: &str) -> Result<Command, CommandError> {
    let root = root()?;
    let mut script = Command::new(root.join("xtask/peers/peers"));
    script.arg(verb).env("PEERS_DIR", folder()?).current_dir(root);
    Ok(script)
}

/// The script's state folder.
pub(super) fn folder() -> Result<PathBuf, CommandError> {
    Ok(std::env::var_os("PEERS_DIR").map_or(root()?.join("target/peers"), Into::into))
}

fn root() -> Result<PathBuf, CommandError> {
    plugins::workspace().ok_or_else(|| {
        CommandError::Environment("foreign servers belong to Deskset's own workspace; run this there".to_owned())
    })
}

pub(super) fn not_started(source: std::io::Error) -> CommandError {
    CommandError::Folder { what: "starting the peers script (it needs bash)".to_owned(), source }
}
