//! A sound file server of ours with a folder of its own.

use std::{fmt::Write as _, fs, net::SocketAddr, path::Path};

use deskset_models::Secret;
use deskset_server::{
    AnonymousFtp, FileServer, FtpSettings, FtpUser, HttpsSettings, Protocol, RecordOutcome, Recorder, ServerRecord,
    ServerSettings,
};
use tempfile::TempDir;
use tokio::sync::mpsc::UnboundedReceiver;

use crate::{
    certificates::{Identity, identity},
    table::FILE_BYTES,
};

/// What every client after a fault asks for; its records are left out of the story.
pub const NEXT: &str = "next.txt";

/// A file too large for the network's buffers.
const LARGE_BYTES: usize = 16 * 1024 * 1024;

pub struct Site {
    folder: TempDir,
    server: FileServer,
    records: UnboundedReceiver<ServerRecord>,
}

/// The file that sound clients fetch.
pub fn file() -> Vec<u8> {
    (0..FILE_BYTES).map(|n| (n ^ (n >> 8)) as u8).collect()
}

impl Site {
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("served");
        fs::create_dir_all(root.join("backups")).unwrap();
        for name in ["a.scr", NEXT, "backups/next.txt"] {
            fs::write(root.join(name), file()).unwrap();
        }
        fs::File::create(root.join("large.bin")).unwrap().set_len(LARGE_BYTES as u64).unwrap();
        fs::write(folder.path().join("secret"), b"not for phones").unwrap();
        for link in ["link.scr", "backups/link.txt"] {
            std::os::unix::fs::symlink(folder.path().join("secret"), root.join(link)).unwrap();
        }
        let settings = ServerSettings {
            tftp_port: Some(0),
            http_port: Some(0),
            https: Some(HttpsSettings { port: 0, identity: identity(Identity::Sound) }),
            ftp: Some(FtpSettings {
                users: vec![FtpUser { name: "phones".to_owned(), password: Secret::new("secret") }],
                anonymous: AnonymousFtp::Refused,
                ..FtpSettings::new(0)
            }),
            ..ServerSettings::new(root, [127, 0, 0, 1].into())
        };
        let (recorder, records) = Recorder::channel();
        let server = FileServer::start(settings, recorder).await.unwrap();
        Site { folder, server, records }
    }

    pub fn at(&self, protocol: Protocol) -> SocketAddr {
        let at = self.server.addresses();
        match protocol {
            Protocol::Tftp => at.tftp,
            Protocol::Http => at.http,
            Protocol::Https => at.https,
            Protocol::Ftp => at.ftp,
        }
        .unwrap()
    }

    /// Stops the server and tells its records but those of sound clients, and what lies in the folder that was not
    /// there before.
    pub async fn end(mut self) -> String {
        self.server.stop().await;
        let mut lines = Vec::new();
        while let Some(record) = self.records.recv().await {
            if !record.asked.ends_with(NEXT) {
                let outcome = match record.outcome {
                    RecordOutcome::Complete => "complete",
                    RecordOutcome::Aborted(_) => "aborted",
                    RecordOutcome::Refused(_) => "refused",
                };
                lines.push(format!("{} {outcome}", record.asked));
            }
        }
        let mut story = match lines.len() {
            0..10 => lines.join(", "),
            many => format!("{many} {}", lines[0].rsplit(' ').next().unwrap()),
        };
        for (folder, known) in [("served", 5), ("served/backups", 2)] {
            let names = names(&self.folder.path().join(folder));
            if names.len() != known {
                write!(story, "; left in {folder}: {names:?}").unwrap();
            }
        }
        story
    }
}

/// Hidden ones too.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|item| item.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
