//! The guide to the control interface does what it shows, with curl and Python as a lab would use them.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "running/paper.rs"]
mod paper;
mod running;

use std::{
    fs,
    io::{self, BufRead as _, BufReader},
    net::TcpListener,
    process::{Child, Command, Stdio},
    thread,
};

use paper::{Shown, blocks, commands, lines_are};
use running::Program;

const GUIDE: &str = include_str!("../../docs/control.md");

/// A command that goes on beside the others, until this is dropped.
struct Beside(Child);

impl Drop for Beside {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts it, and reads what it prints until it says how it is stopped.
fn start(program: &Program, line: &str) -> (Beside, String) {
    let words: Vec<&str> = line.split(' ').skip(2).collect();
    let mut child = program.command(&words).stdout(Stdio::piped()).spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let (beside, mut said) = (Beside(child), String::new());
    while !said.ends_with("stop with Ctrl-C\n") {
        assert_ne!(out.read_line(&mut said).unwrap(), 0, "{line} ended: {said}");
    }
    // Somebody goes on reading what it prints; without a reader it would end.
    thread::spawn(move || io::copy(&mut out, &mut io::sink()));
    (beside, said)
}

// req: DC-6
#[test]
fn every_example_with_curl_and_python_does_what_it_shows() {
    let program = Program::new();
    let ports: Vec<TcpListener> = (0..2).map(|_| TcpListener::bind("127.0.0.1:0").unwrap()).collect();
    let free = |at: usize| ports[at].local_addr().unwrap().to_string();
    let guide = GUIDE.replace("127.0.0.1:8046", &free(0)).replace("127.0.0.1:8047", &free(1));
    drop(ports);
    let mut beside = Vec::new();
    for block in blocks(&guide) {
        if let Some((_, path)) = block.info.split_once(' ') {
            fs::write(program.path(path), block.lines.join("\n") + "\n").unwrap();
        }
        if block.info != "console" {
            continue;
        }
        for Shown { line, exit, output } in commands(&block) {
            let printed = match line.strip_suffix(" &") {
                Some(line) => {
                    let (child, said) = start(&program, line);
                    beside.push(child);
                    said
                }
                None => {
                    let shell = Command::new("sh").args(["-c", line]).current_dir(program.folder.path()).output();
                    let shell = shell.unwrap();
                    assert_eq!(shell.status.code(), Some(exit), "{line}\n{}", String::from_utf8_lossy(&shell.stderr));
                    String::from_utf8(shell.stdout).unwrap()
                }
            };
            let lines: Vec<&str> = printed.lines().collect();
            assert!(lines_are(&output, &lines), "{line}\nprinted:\n{printed}");
        }
    }
    assert_eq!(beside.len(), 2);
    assert!(fs::read(program.path("desk-1.png")).unwrap().starts_with(b"\x89PNG"));
}
