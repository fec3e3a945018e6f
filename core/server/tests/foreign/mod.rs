//! Programs of other makers as clients of a server: rows of a table, each run and looked at as a whole.
#![allow(dead_code)]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    time::Duration,
};

use tempfile::TempDir;

use crate::lab::{Lab, PASSWORD, story};

/// One run of a program. In all texts, a word in braces stands for what [`Scene::filled`] says.
pub struct Row {
    /// As `PEER_PROGRAM_` names it.
    pub program: &'static str,
    pub arguments: &'static [&'static str],
    pub exit: i32,
    /// Files that are the same afterwards, byte by byte.
    pub same: &'static [(&'static str, &'static str)],
    /// Files that are not there afterwards.
    pub missing: &'static [&'static str],
    /// What the server has recorded.
    pub told: &'static [&'static str],
}

impl Row {
    /// A run that ends well.
    pub const fn fine(program: &'static str, arguments: &'static [&'static str]) -> Row {
        Row { program, arguments, exit: 0, same: &[], missing: &[], told: &[] }
    }

    /// A run that ends badly.
    pub const fn fails(program: &'static str, exit: i32, arguments: &'static [&'static str]) -> Row {
        Row { program, arguments, exit, same: &[], missing: &[], told: &[] }
    }

    pub const fn same(self, same: &'static [(&'static str, &'static str)]) -> Row {
        Row { same, ..self }
    }

    pub const fn missing(self, missing: &'static [&'static str]) -> Row {
        Row { missing, ..self }
    }

    pub const fn told(self, told: &'static [&'static str]) -> Row {
        Row { told, ..self }
    }
}

/// A server that takes TFTP stores too, and a folder for its clients.
pub struct Scene {
    pub lab: Lab,
    pub here: TempDir,
}

/// How long a record may come after its client has ended.
const PATIENCE: Duration = Duration::from_secs(20);

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

    fn path(&self, text: &str) -> PathBuf {
        PathBuf::from(self.filled(text))
    }

    async fn check(&mut self, row: &Row) {
        self.clear();
        let ran = self.run(row.program, row.arguments).await;
        let said = format!(
            "{} {:?}\n{}{}",
            row.program,
            row.arguments,
            String::from_utf8_lossy(&ran.stdout),
            String::from_utf8_lossy(&ran.stderr)
        );
        assert_eq!(ran.status.code(), Some(row.exit), "{said}");
        let mut told = Vec::new();
        while told.len() < row.told.len() {
            // Less than was expected is seen below.
            let Ok(record) = tokio::time::timeout(PATIENCE, self.lab.record()).await else { break };
            told.push(story(&record));
        }
        assert_eq!(told, row.told, "{said}");
        for (one, other) in row.same {
            assert!(contents(&self.path(one)) == contents(&self.path(other)), "{one} is not {other}: {said}");
        }
        for file in row.missing {
            assert!(!self.path(file).exists(), "{file} is there: {said}");
        }
    }
}

/// Runs the rows one after the other; the server has nothing to tell but what they say.
pub async fn check(rows: &[Row]) {
    let mut scene = Scene::new().await;
    for row in rows {
        scene.check(row).await;
    }
    assert_eq!(scene.lab.stop().await, [""; 0]);
}

fn contents(file: &Path) -> Vec<u8> {
    fs::read(file).unwrap_or_else(|why| panic!("{}: {why}", file.display()))
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
