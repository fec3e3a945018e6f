//! The servers, as a process of their own.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    process::{Child, ChildStdout, Command, Stdio},
};

use serde_json::Value;

use super::Program;

/// `serve` on the folder `site`, until it is dropped or asked to stop.
pub struct Serving {
    pub child: Child,
    pub out: BufReader<ChildStdout>,
    pub said: Value,
}

impl Serving {
    pub fn start(program: &Program) -> Serving {
        Serving::start_with(program, &[])
    }

    pub fn start_with(program: &Program, more: &[&str]) -> Serving {
        let arguments = ["serve", "site", "--init", "--json", "--state", "state"];
        Serving::watch(program, program.command(&[&arguments[..], more].concat()))
    }

    /// `serve --json` as this command runs it.
    pub fn watch(program: &Program, mut command: Command) -> Serving {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut said = String::new();
        while !said.ends_with("\n}\n") {
            assert_ne!(out.read_line(&mut said).unwrap(), 0, "it ended: {said}");
        }
        let said: Value = serde_json::from_str(&said).unwrap();
        assert_eq!(said["schema"], "deskset-serve-1");
        fs::write(program.path("ca.pem"), said["ca"].as_str().unwrap()).unwrap();
        Serving { child, out, said }
    }

    pub fn address(&self, protocol: &str) -> SocketAddr {
        self.said["servers"][protocol].as_str().unwrap().parse().unwrap()
    }

    /// Asks it to end, and waits until it has.
    pub fn end(&mut self, signal: &str) -> Option<i32> {
        let number = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &number]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }

    /// `--set` for the server of this protocol.
    pub fn site(&self, parameter: &str, protocol: &str) -> String {
        format!("{parameter}={}", self.said["servers"][protocol].as_str().unwrap())
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
