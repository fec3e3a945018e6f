//! What the papers tell a reader to run does run and prints what they show, and what they point to is there.
//!
//! In a `console` block a line with `$ ` in front is a command and the lines below it are its output: `...` stands for
//! any lines, `[..]` for any part of a line, `# exit 1` behind a command for its exit code;
//! one with `&` behind it goes on until the paper's end. A block whose language is
//! followed by a path is that file. All commands of a paper run in one folder, from top to bottom.
#![allow(clippy::unwrap_used, missing_docs)]

#[path = "running/paper.rs"]
mod paper;

use std::{
    collections::BTreeMap,
    env, fs,
    io::{BufRead as _, BufReader},
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use clap::CommandFactory as _;
use paper::{Shown, blocks, commands, gong, line_is, lines_are};
use xtask::{Arguments, structure::tracked_files};

/// What cannot run inside a test. CI runs it itself, or it only prepares for the rest.
const NOT_HERE: [&str; 11] = [
    "cargo xtask test",
    "cargo xtask ci",
    "cargo xtask peers",
    "cargo install",
    "cargo test",
    "DESKSET_UPDATE=1 cargo test",
    "UPDATE_SNAPSHOTS=1 cargo test",
    "DESKSET_PLUGINS=$PWD/target/debug/deskset-plugins cargo test",
    "git clone",
    "curl",
    "python3",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// All Markdown files, by path from the root.
fn papers() -> BTreeMap<String, String> {
    let files = tracked_files(root()).unwrap().into_iter();
    files
        .filter(|file| file.path.ends_with(".md"))
        .map(|file| (file.path, String::from_utf8(file.bytes).unwrap()))
        .collect()
}

/// A folder of a paper's own, empty but for what an earlier run built.
fn folder(paper: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("papers").join(paper.replace(['/', '.'], "-"));
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Puts a file of a paper into its folder. A crate finds the workspace, its versions, and what was built before.
fn write(folder: &Path, path: &str, lines: &[&str]) {
    let (path, mut text) = (folder.join(path), lines.join("\n") + "\n");
    let parent = path.parent().unwrap();
    fs::create_dir_all(parent).unwrap();
    if path.ends_with("Cargo.toml") {
        text = text.replace("../deskset/", &format!("{}/", root().display()));
        fs::copy(root().join("Cargo.lock"), parent.join("Cargo.lock")).unwrap();
        let built = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fixtures");
        let libraries = built.join("debug");
        fs::create_dir_all(&libraries).unwrap();
        // An earlier version of a paper may have left a plugin of another name there.
        let left = fs::read_dir(libraries).unwrap().map(|entry| entry.unwrap().path());
        left.filter(|path| path.extension().is_some_and(|end| end == "so"))
            .for_each(|path| fs::remove_file(path).unwrap());
        symlink(built, parent.join("target")).unwrap();
    }
    fs::write(path, text).unwrap();
}

/// The words of a command, quotation marks keeping blanks together.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut quoted, mut begun) = (vec![String::new()], false, false);
    for c in line.chars() {
        match c {
            '"' => (quoted, begun) = (!quoted, true),
            ' ' if !quoted => {
                if begun {
                    words.push(String::new());
                }
                begun = false;
            }
            c => {
                words.last_mut().unwrap().push(c);
                begun = true;
            }
        }
    }
    words
}

/// A command as a shell would start it, as far as the papers need one, and the file that its output goes to.
fn command(folder: &Path, line: &str) -> (Command, Option<String>) {
    let mut words = words(line);
    let into = words.iter().position(|word| word == ">").map(|at| words.drain(at..).nth(1).unwrap());
    let is_setting = |word: &&String| word.split_once('=').is_some_and(|(name, _)| name.starts_with("DESKSET_"));
    let settings = words.iter().take_while(is_setting).count();
    let settings: Vec<String> = words.drain(..settings).collect();
    let named: Vec<&str> = words.iter().map(String::as_str).collect();
    let (mut command, rest) = match named[..] {
        ["cargo", "xtask", ..] => (Command::new(env!("CARGO_BIN_EXE_deskset")), &words[2..]),
        // Installed, it knows of no plugins but those that are named.
        ["deskset", ..] => {
            let mut deskset = Command::new(env!("CARGO_BIN_EXE_deskset"));
            deskset.env_remove(deskset_host::PLUGINS_VARIABLE);
            (deskset, &words[1..])
        }
        ["cargo", "build", ..] => {
            let mut cargo = Command::new(env!("CARGO"));
            cargo.args(["build", "--offline"]).env("CARGO_PROFILE_DEV_DEBUG", "false");
            (cargo, &words[2..])
        }
        ["mkdir" | "cat", ..] => (Command::new(named[0]), &words[1..]),
        _ => panic!("the test cannot run `{line}`; teach it, or name it in NOT_HERE"),
    };
    command.args(rest).current_dir(folder);
    command.envs(settings.iter().map(|setting| setting.split_once('=').unwrap()));
    (command, into)
}

/// Runs a command: its exit code and what it printed.
fn run(folder: &Path, line: &str) -> (i32, String) {
    let (mut command, into) = command(folder, line);
    let done = command.output().unwrap();
    let mut printed = String::from_utf8(done.stdout).unwrap();
    if let Some(file) = into {
        fs::write(folder.join(file), std::mem::take(&mut printed)).unwrap();
    }
    (done.status.code().unwrap(), printed + &String::from_utf8(done.stderr).unwrap())
}

/// A command with `&` behind it; ended with the paper.
struct Running(Child);

impl Running {
    /// Starts it and waits until it has printed what is shown.
    fn start(folder: &Path, line: &str, shown: &[&str]) -> Result<Running, String> {
        let mut running = Running(command(folder, line).0.stdout(Stdio::piped()).spawn().unwrap());
        let mut out = BufReader::new(running.0.stdout.take().unwrap());
        let mut printed = String::new();
        while !lines_are(shown, &printed.lines().collect::<Vec<_>>()) {
            if out.read_line(&mut printed).unwrap() == 0 {
                return Err(printed);
            }
        }
        // It may go on to print.
        std::thread::spawn(move || std::io::copy(&mut out, &mut std::io::sink()));
        Ok(running)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Everything in a paper that does not do as shown.
fn faults(paper: &str, text: &str) -> Vec<String> {
    let folder = folder(paper);
    if text.contains(" gong.wav ") {
        fs::write(folder.join("gong.wav"), gong()).unwrap();
    }
    let (mut faults, mut running) = (Vec::new(), Vec::new());
    for block in blocks(text) {
        if let Some((_, path)) = block.info.split_once(' ') {
            write(&folder, path, &block.lines);
        }
        if block.info != "console" {
            continue;
        }
        for Shown { line, exit, output } in commands(&block) {
            // Another test runs all of the paper of the control interface.
            let elsewhere = line.contains(" --console ") && line.ends_with(" &");
            if elsewhere || NOT_HERE.iter().any(|prefix| line.starts_with(prefix)) {
                continue;
            }
            if let Some(line) = line.strip_suffix(" &") {
                match Running::start(&folder, line, &output) {
                    Ok(started) => running.push(started),
                    Err(printed) => faults.push(format!("{paper}: {line} &\nended, and printed:\n{printed}")),
                }
                continue;
            }
            let (ended, printed) = run(&folder, line);
            let lines: Vec<&str> = printed.lines().collect();
            if ended != exit || !(output.is_empty() || lines_are(&output, &lines)) {
                faults.push(format!("{paper}: {line}\nexit {ended}, not {exit}, or another output:\n{printed}"));
            }
        }
    }
    faults
}

// req: DC-6
#[test]
fn every_command_in_the_papers_does_what_it_shows() {
    deskset_host::from_environment().unwrap_or_else(|why| panic!("{why}"));
    // Two runs of this test would clear each other's folders away.
    let lock = fs::File::create(Path::new(env!("CARGO_TARGET_TMPDIR")).join("papers.lock")).unwrap();
    lock.lock().unwrap();
    let papers = papers();
    let runnable = |path: &str| ["README.md", "CONTRIBUTING.md"].contains(&path) || path.starts_with("docs/");
    let found: Vec<String> =
        papers.iter().filter(|(path, _)| runnable(path)).flat_map(|(path, text)| faults(path, text)).collect();
    assert!(found.is_empty(), "{}", found.join("\n\n"));
}

// req: DC-5
#[test]
fn the_guide_for_vendors_shows_the_plugin_that_is_tested() {
    let papers = papers();
    let shown = blocks(&papers["docs/adding-a-model.md"]);
    let shown = shown.iter().find(|block| block.info == "rust x1/src/lib.rs").unwrap();
    let tested = fs::read_to_string(root().join("core/runtime/tests/fixtures/x1/src/lib.rs")).unwrap();
    assert_eq!(shown.lines, tested.lines().collect::<Vec<_>>());
}

// req: DC-6
#[test]
fn the_readme_names_every_command() {
    let papers = papers();
    let mut missing = Vec::new();
    for command in Arguments::command().get_subcommands() {
        let name = format!("cargo xtask {}", command.get_name());
        let below: Vec<String> =
            command.get_subcommands().map(|below| format!("{name} {}", below.get_name())).collect();
        let names = if below.is_empty() { vec![name] } else { below };
        missing.extend(names.into_iter().filter(|name| !papers["README.md"].contains(name.as_str())));
    }
    assert_eq!(missing, [""; 0]);
}

#[test]
fn every_link_in_the_papers_leads_somewhere() {
    let mut dead = Vec::new();
    for (path, text) in papers() {
        let folder = root().join(&path).parent().unwrap().to_owned();
        for target in links(&text) {
            let file = target.split('#').next().unwrap_or_default();
            if !target.contains("://") && !file.is_empty() && !folder.join(file).exists() {
                dead.push(format!("{path}: {target}"));
            }
        }
    }
    assert_eq!(dead, [""; 0]);
}

/// What `[words](target)` points to, outside of blocks and code.
fn links(text: &str) -> Vec<&str> {
    let prose = text.split("```").step_by(2);
    let ends = prose.flat_map(|prose| prose.split("](").skip(1));
    ends.filter_map(|rest| rest.split_once(')')).map(|(target, _)| target).collect()
}

#[test]
fn commands_files_and_links_are_found() {
    let paper = "see [a](docs/a.md#b)\n```toml x/a.toml\na = 1\n```\n\
        ```console\n$ cargo xtask demo # exit 1\none\n$ mkdir x\n```\n[b](c)\n";
    let blocks = blocks(paper);
    assert_eq!(blocks.iter().map(|block| block.info).collect::<Vec<_>>(), ["toml x/a.toml", "console"]);
    assert_eq!(
        commands(&blocks[1]),
        [
            Shown { line: "cargo xtask demo", exit: 1, output: vec!["one"] },
            Shown { line: "mkdir x", exit: 0, output: vec![] },
        ]
    );
    assert_eq!(links(paper), ["docs/a.md#b", "c"]);
    assert_eq!(words("a --b \"1=Front desk=2\"  c"), ["a", "--b", "1=Front desk=2", "c"]);
}

#[test]
fn another_output_than_shown_is_seen() {
    assert!(lines_are(&["a", "...", "z"], &["a", "b", "c", "z"]));
    assert!(lines_are(&["00:[..]  ready", "..."], &["00:00.123  ready"]));
    assert!(!lines_are(&["a", "...", "z"], &["a", "b"]));
    assert!(!lines_are(&["a"], &["a", "b"]));
    assert!(!line_is("port [..] open", "port 80 closed"));
}
