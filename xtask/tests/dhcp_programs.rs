//! The lines that `serve` prints for DHCP servers, checked by those servers: dnsmasq, ISC dhcpd and Kea.
#![allow(missing_docs, clippy::unwrap_used)]

mod running;

use std::{
    fs,
    process::{Command, Output},
};

use running::{Program, serving::Serving};
use serde_json::Value;

/// Whether the program takes this configuration, and what it says.
struct Checked {
    takes: bool,
    says: String,
}

/// A server that only checks: what `PEER_PROGRAM_` calls it, its arguments before the file, and what stands around
/// the lines.
struct Checker {
    program: &'static str,
    arguments: &'static [&'static str],
    before: &'static str,
    after: &'static str,
}

const DNSMASQ: Checker = Checker {
    program: "DNSMASQ",
    arguments: &["--test", "-C"],
    before: "port=0\ndhcp-range=192.0.2.10,192.0.2.99\n",
    after: "\n",
};

const DHCPD: Checker = Checker {
    program: "DHCPD",
    arguments: &["-4", "-t", "-cf"],
    before: "",
    after: "\nsubnet 192.0.2.0 netmask 255.255.255.0 { range 192.0.2.10 192.0.2.99; }\n",
};

const KEA: Checker = Checker {
    program: "KEA",
    arguments: &["-t"],
    before: "{ \"Dhcp4\": { \"lease-database\": { \"type\": \"memfile\", \"persist\": false },\n",
    after: ",\n\"subnet4\": [ { \"subnet\": \"192.0.2.0/24\", \"pools\": [ { \"pool\": \"192.0.2.10 - 192.0.2.99\" } ] } ] } }\n",
};

impl Checker {
    fn check(&self, folder: &Program, lines: &str) -> Checked {
        let file = folder.path(&format!("{}.conf", self.program.to_lowercase()));
        fs::write(&file, format!("{}{lines}{}", self.before, self.after)).unwrap();
        let variable = format!("PEER_PROGRAM_{}", self.program);
        let program = std::env::var(&variable)
            .unwrap_or_else(|_| panic!("{variable} is not set: run `cargo xtask test --peers`, which installs it"));
        let mut command = Command::new(program);
        command.args(self.arguments).arg(&file).env("KEA_PIDFILE_DIR", folder.path("")).env("KEA_LOCKFILE_DIR", "none");
        let Output { status, stdout, stderr } = command.output().unwrap();
        let says = format!("{}{}", String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
        Checked { takes: status.success(), says }
    }
}

/// Lines as `serve --json` gives them: one, or several.
fn lines(said: &Value) -> String {
    match said {
        Value::String(line) => line.clone(),
        several => {
            let several = several.as_array().unwrap().iter();
            several.map(|line| line.as_str().unwrap()).collect::<Vec<_>>().join("\n")
        }
    }
}

// req: DC-6
#[test]
fn dhcp_servers_take_the_lines_that_serve_prints() {
    let program = Program::new();
    let mut serving = Serving::start(&program);
    let dhcp = serving.said["dhcp"].clone();
    assert_eq!(serving.end("-TERM"), Some(0));
    for (name, checker) in [("dnsmasq", DNSMASQ), ("dhcpd", DHCPD), ("kea", KEA)] {
        let printed = lines(&dhcp[name]);
        assert!(printed.contains("HTTPSRVR=127.0.0.1") && printed.contains("TFTPSRVR=127.0.0.1"), "{printed}");
        let checked = checker.check(&program, &printed);
        assert!(checked.takes, "{name}: {}\n{printed}", checked.says);
        // They see what they are given.
        let checked = checker.check(&program, &printed.replace("option", "optian"));
        assert!(!checked.takes, "{name} takes anything: {}", checked.says);
    }
}
