//! The guide to pushing does what it shows: with curl as an initiator, and on the interface of a network.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "running/paper.rs"]
mod paper;
mod running;

use std::{
    fs,
    io::{self, BufRead as _, BufReader},
    net::TcpListener,
    os::unix::fs::PermissionsExt as _,
    process::{Child, Command, Stdio},
    thread,
};

use paper::{Block, Shown, blocks, commands, gong, lines_are};
use running::Program;

const GUIDE: &str = include_str!("../../docs/push.md");

/// A command that goes on beside the others, until this is dropped.
struct Beside(Child);

impl Drop for Beside {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A shell in the program's folder, which knows the program as a reader calls it.
struct Reader {
    program: Program,
    /// What the shell is started with: another network, perhaps.
    before: Vec<String>,
    beside: Vec<Beside>,
}

impl Reader {
    fn new(before: Vec<String>) -> Reader {
        let program = Program::new();
        let cargo = program.path("cargo");
        fs::write(&cargo, format!("#!/bin/sh\nshift\nexec {} \"$@\"\n", env!("CARGO_BIN_EXE_deskset"))).unwrap();
        fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).unwrap();
        fs::write(program.path("gong.wav"), gong()).unwrap();
        Reader { program, before, beside: Vec::new() }
    }

    fn shell(&self, line: &str) -> Command {
        let mut words = self.before.iter().map(String::as_str).chain(["sh", "-c", line]);
        let mut shell = Command::new(words.next().unwrap());
        let path = format!("{}:{}", self.program.folder.path().display(), std::env::var("PATH").unwrap());
        // As the program itself is started: only the plugins are named.
        let plain: Command = self.program.command::<&str>(&[]);
        shell.args(words).current_dir(self.program.folder.path());
        for (name, value) in plain.get_envs() {
            match value {
                Some(value) => shell.env(name, value),
                None => shell.env_remove(name),
            };
        }
        shell.env("PATH", path);
        shell
    }

    fn does(&mut self, block: &Block<'_>) {
        for Shown { line, exit, output } in commands(block) {
            match line.strip_suffix(" &") {
                Some(line) => self.starts(line, &output),
                None => {
                    let ran = self.shell(line).output().unwrap();
                    let (said, err) = (String::from_utf8(ran.stdout).unwrap(), String::from_utf8_lossy(&ran.stderr));
                    assert_eq!(ran.status.code(), Some(exit), "{line}\n{said}{err}");
                    // curl shows the ends of lines as they come.
                    let lines: Vec<&str> = said.lines().map(str::trim_end).collect();
                    assert!(output.is_empty() || lines_are(&output, &lines), "{line}\nprinted:\n{said}");
                }
            }
        }
    }

    fn starts(&mut self, line: &str, shown: &[&str]) {
        let mut child = self.shell(&format!("exec {line}")).stdout(Stdio::piped()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        self.beside.push(Beside(child));
        let mut said = String::new();
        while !lines_are(shown, &said.lines().collect::<Vec<_>>()) {
            assert_ne!(out.read_line(&mut said).unwrap(), 0, "{line} ended: {said}");
        }
        // Somebody goes on reading what it prints; without a reader it would end.
        thread::spawn(move || io::copy(&mut out, &mut io::sink()));
    }
}

fn reads(reader: &mut Reader, guide: &str, runs: &str) {
    for block in blocks(guide) {
        if let Some((_, path)) = block.info.split_once(' ') {
            let path = reader.program.folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, block.lines.join("\n") + "\n").unwrap();
        }
        if block.info == runs {
            reader.does(&block);
        }
    }
}

// req: DC-6, PU-1
#[test]
fn every_example_on_one_machine_does_what_it_shows() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let guide = GUIDE.replace("28046", &free.local_addr().unwrap().port().to_string());
    drop(free);
    let mut reader = Reader::new(Vec::new());
    reads(&mut reader, &guide, "console");
    assert_eq!(reader.beside.len(), 2);
    assert!(guide.contains("curl -si"));
}

// req: DC-6, PU-9
#[test]
fn phones_on_an_interface_listen_on_port_80_of_addresses_of_their_own() {
    // A network of the test's own, with nobody else in it.
    let mut network = Command::new("unshare");
    network.args(["--map-root-user", "--net", "sh", "-c"]);
    network.arg(
        "ip link add eth0 type veth peer name eth1 && ip link set eth0 up && ip link set eth1 up && \
                 ip link set lo up && ip addr add 10.0.0.5/24 dev eth0 && echo there && exec sleep infinity",
    );
    let mut child = network.stdout(Stdio::piped()).spawn().unwrap();
    let (mut out, mut said) = (BufReader::new(child.stdout.take().unwrap()), String::new());
    let network = Beside(child);
    out.read_line(&mut said).unwrap();
    assert_eq!(said, "there\n");
    let target = network.0.id().to_string();
    let enter = ["nsenter", "--preserve-credentials", "--user", "--net", "--target", &target];
    let mut reader = Reader::new(enter.map(str::to_owned).to_vec());
    reads(&mut reader, GUIDE, "shell-session");
    assert_eq!(reader.beside.len(), 2);
}
