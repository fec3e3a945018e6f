use std::path::Path;

use crate::{CommandError, Exit, arguments::Test, plugins};

use super::peers;

/// The tests that talk to foreign servers or let foreign programs talk to ours, by package and name.
const PEER_TESTS: [(&str, &[&str]); 5] = [
    ("deskset-server", &["foreign_clients", "foreign_cuts"]),
    ("deskset-runtime", &["foreign_backups", "peers"]),
    ("deskset-media", &["peers"]),
    ("deskset-console", &["schema_tester"]),
    ("xtask", &["control", "dhcp_programs"]),
];

pub(crate) fn run(asked: &Test) -> Result<Exit, CommandError> {
    let root = plugins::workspace().ok_or_else(|| {
        CommandError::Environment("the tests belong to Deskset's own workspace; run this there".to_owned())
    })?;
    let folder = plugins::build()?.ok_or_else(|| CommandError::Environment("no plugins were built".to_owned()))?;
    if asked.peers {
        return with_peers(&root, &folder, &asked.rest);
    }
    let mut cargo = plugins::cargo(&root);
    cargo
        .args(["test", "--workspace", "--quiet", "--no-fail-fast"])
        .args(&asked.rest)
        .env(deskset_host::PLUGINS_VARIABLE, &folder);
    ended(cargo.status())
}

/// Installs the foreign servers and programs, starts the servers, tests against them, stops them whatever came out.
fn with_peers(root: &Path, folder: &Path, rest: &[String]) -> Result<Exit, CommandError> {
    let installed = peers::script("install")?.status().map_err(peers::not_started)?;
    if !installed.success() {
        return Err(CommandError::Environment("the foreign servers could not be installed; see above".to_owned()));
    }
    let up = peers::script("up")?.output().map_err(peers::not_started)?;
    eprint!("{}", String::from_utf8_lossy(&up.stderr));
    let tested = if up.status.success() {
        let addresses = String::from_utf8_lossy(&up.stdout).into_owned();
        test_against(root, folder, rest, &addresses)
    } else {
        Err(CommandError::Environment("the foreign servers did not start; see above".to_owned()))
    };
    let down = peers::script("down")?.status().map_err(peers::not_started)?;
    if !down.success() {
        eprintln!("deskset: the foreign servers did not stop; run `cargo xtask peers down`");
    }
    tested
}

fn test_against(root: &Path, folder: &Path, rest: &[String], addresses: &str) -> Result<Exit, CommandError> {
    for (package, tests) in PEER_TESTS {
        let mut cargo = plugins::cargo(root);
        cargo.args(["test", "--quiet", "--package", package, "--features", "peers"]);
        cargo.args(tests.iter().flat_map(|test| ["--test", test])).args(rest);
        cargo.env(deskset_host::PLUGINS_VARIABLE, folder);
        cargo.envs(addresses.lines().filter_map(|line| line.split_once('=')));
        let exit = ended(cargo.status())?;
        if exit != Exit::Fine {
            return Ok(exit);
        }
    }
    Ok(Exit::Fine)
}

fn ended(status: std::io::Result<std::process::ExitStatus>) -> Result<Exit, CommandError> {
    let status = status.map_err(|source| CommandError::Folder { what: "starting cargo".to_owned(), source })?;
    Ok(if status.success() { Exit::Fine } else { Exit::Failed })
}
