use std::{
    io::{self, Read, Write},
    path::Path,
    process::{Command, Stdio},
    thread,
};

use crate::{CommandError, Exit, arguments::Test, passwords, plugins};

use super::peers;

/// The tests that talk to foreign servers or let foreign programs talk to ours, by package and name.
const PEER_TESTS: [(&str, &[&str]); 5] = [
    ("deskset-server", &["foreign_cuts"]),
    ("deskset-runtime", &["foreign_backups", "foreign_checks", "foreign_places", "peers", "push_peers"]),
    ("deskset-media", &["peers"]),
    ("deskset-console", &["browser", "schema_tester"]),
    ("xtask", &["bench_servers", "control", "dhcp_programs", "foreign_clients", "push_guide", "stories_in_browser"]),
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
    ended(&mut cargo)
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
        let exit = ended(&mut cargo)?;
        if exit != Exit::Fine {
            return Ok(exit);
        }
    }
    Ok(Exit::Fine)
}

/// Runs the tests, shows what they print as it comes, and searches all of it for the tests' passwords: that of tests that
/// pass, too.
fn ended(cargo: &mut Command) -> Result<Exit, CommandError> {
    let starting = |source| CommandError::Folder { what: "starting cargo".to_owned(), source };
    cargo.env("RUST_TEST_NOCAPTURE", "1").stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = cargo.spawn().map_err(starting)?;
    let (out, err) = (child.stdout.take(), child.stderr.take());
    let (out, err) = thread::scope(|scope| {
        let errors = scope.spawn(|| pass_on(err, io::stderr()));
        (pass_on(out, io::stdout()), errors.join().unwrap_or_default())
    });
    let status = child.wait().map_err(starting)?;
    let leaks = [("the standard output", out), ("the standard error", err)];
    let leaks: Vec<_> = leaks.iter().flat_map(|(place, text)| passwords::in_bytes(text, Path::new(place))).collect();
    for leak in &leaks {
        eprintln!("deskset: {leak} of the tests; nothing may show a password");
    }
    Ok(if status.success() && leaks.is_empty() { Exit::Fine } else { Exit::Failed })
}

/// Shows what comes, and returns it.
fn pass_on(from: Option<impl Read>, mut to: impl Write) -> Vec<u8> {
    let (mut all, mut part) = (Vec::new(), [0; 8192]);
    let Some(mut from) = from else { return all };
    while let Ok(count @ 1..) = from.read(&mut part) {
        all.extend_from_slice(&part[..count]);
        // Whoever reads may be gone; the tests go on.
        let _ = to.write_all(&part[..count]).and_then(|()| to.flush());
    }
    all
}
