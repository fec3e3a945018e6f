//! Programs of other makers as clients of a server.
#![allow(dead_code)]

use std::{
    fs,
    process::{Command, Output},
};

use tempfile::TempDir;

use crate::lab::{Lab, PASSWORD};

/// A server that takes TFTP stores too, and a folder for its clients.
pub struct Scene {
    pub lab: Lab,
    pub here: TempDir,
}

/// Bytes of `phone.app`, the last TFTP block of which is short.
pub const APPLICATION_BYTES: usize = 300_007;

impl Scene {
    pub async fn new() -> Scene {
        let lab = Lab::with(|settings| settings.tftp.writable = true).await;
        for folder in [lab.folder.path(), &lab.file("backups")] {
            fs::write(folder.join("phone.app"), noise(APPLICATION_BYTES)).unwrap();
            // The last TFTP block of 512 bytes is empty.
            fs::write(folder.join("whole.app"), noise(40 * 512)).unwrap();
            fs::write(folder.join("empty.txt"), "").unwrap();
            // What netascii changes on its way (RFC 764).
            fs::write(folder.join("lines.txt"), "one\ntwo\rthree\nfour\n\n".repeat(100)).unwrap();
            fs::write(folder.join("crlf.txt"), "SET A 1\r\n".repeat(80)).unwrap();
            fs::write(folder.join("unix.txt"), "SET A 1\n".repeat(80)).unwrap();
        }
        let scene = Scene { lab, here: TempDir::new().unwrap() };
        scene.clear();
        scene
    }

    /// The clients' folder as each row finds it: a file to be stored, and one that came in part.
    fn clear(&self) {
        for (name, _) in crate::lab::files(self.here.path()) {
            fs::remove_file(self.here.path().join(name)).unwrap();
        }
        fs::write(self.here.path().join("local"), &noise(80_000)[9_999..]).unwrap();
        fs::write(self.here.path().join("lines"), "eins\nzwei\rdrei\n".repeat(200)).unwrap();
        fs::write(self.here.path().join("part"), &noise(APPLICATION_BYTES)[..100_000]).unwrap();
        fs::write(self.here.path().join("ca.pem"), self.lab.ca.certificate()).unwrap();
    }

    pub fn filled(&self, text: &str) -> String {
        let words = [
            ("tftp", self.lab.tftp().to_string()),
            ("tftp_port", self.lab.tftp().port().to_string()),
            ("http", self.lab.http().to_string()),
            ("https", self.lab.https().to_string()),
            ("ftp", self.lab.ftp().to_string()),
            ("ftp_port", self.lab.ftp().port().to_string()),
            ("password", PASSWORD.to_owned()),
            ("site", self.lab.folder.path().display().to_string()),
            ("here", self.here.path().display().to_string()),
            ("scripts", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/foreign").to_owned()),
        ];
        words.iter().fold(text.to_owned(), |text, (name, word)| text.replace(&format!("{{{name}}}"), word))
    }

    /// The program with its arguments, in the clients' folder and with nothing of this machine's settings.
    pub fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let variable = format!("PEER_PROGRAM_{program}");
        let path = std::env::var(&variable)
            .unwrap_or_else(|_| panic!("{variable} is not set: run `cargo xtask test --peers`, which installs it"));
        let mut command = Command::new(path);
        command.args(arguments.iter().map(|argument| self.filled(argument))).current_dir(self.here.path());
        command.env_clear().env("HOME", self.here.path()).env("LC_ALL", "C.UTF-8").env("PATH", "/usr/bin:/bin");
        command
    }

    /// Runs a program to its end.
    pub async fn run(&self, program: &str, arguments: &[&str]) -> Output {
        let mut command = self.command(program, arguments);
        tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap()
    }
}

/// Bytes without a pattern, the same in each run.
pub fn noise(bytes: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_u32;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()[0]
    };
    (0..bytes).map(|_| next()).collect()
}
