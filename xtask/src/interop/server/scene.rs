//! Our server with a site of its own, and a folder for its clients.

use std::{
    fs, io,
    net::{IpAddr, Ipv4Addr},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    time::Duration,
};

use deskset_models::Secret;
use deskset_server::{
    Addresses, AnonymousFtp, BackupNames, FileServer, FtpSettings, FtpUser, HttpsSettings, LabCa, Recorder,
    ServerRecord, ServerSettings, TlsIdentity,
};
use tempfile::TempDir;
use tokio::sync::mpsc::UnboundedReceiver;

use super::{
    super::{
        Peers,
        client::files::{contents, noise},
    },
    Program, Row,
};

const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
const PASSWORD: &str = "Tr0ub4dor-and-3";

/// How long a record may come after its client has ended.
const PATIENCE: Duration = Duration::from_secs(20);

/// Seconds for one program; GNU `timeout` ends it then.
const PROGRAM_SECONDS: &str = "200";

/// A server that takes TFTP stores too, two that show the wrong certificates, and the clients' folder.
pub(in super::super) struct Scene {
    site: TempDir,
    here: TempDir,
    server: FileServer,
    wrong: [FileServer; 2],
    ca: LabCa,
    records: UnboundedReceiver<ServerRecord>,
    /// A row before this one left its records unread.
    unread: bool,
}

impl Scene {
    pub(in super::super) async fn new(peers: &Peers) -> Result<Scene, String> {
        let shared = PathBuf::from(peers.value("PEER_FILES")?);
        let folders = || {
            // On the same disk, so that the large files are there by name only.
            let site = tempfile::Builder::new().prefix("site-").tempdir_in(&shared)?;
            furnish(site.path(), &shared)?;
            Ok((site, TempDir::new()?))
        };
        let (site, here) = folders().map_err(|why: io::Error| format!("{}: {why}", shared.display()))?;
        let words = |why: deskset_server::ServerError| why.to_string();
        let ca = LabCa::create().map_err(words)?;
        let (recorder, records) = Recorder::channel();
        let settings = settings(site.path(), ca.issue(&["127.0.0.1", "localhost"]).map_err(words)?);
        let server = FileServer::start(settings, recorder).await.map_err(words)?;
        // Our own authority issues nothing that has expired; the peers script's has.
        let expired = PathBuf::from(peers.value("PEER_CA")?);
        let expired = TlsIdentity::read(&expired.with_file_name("expired.pem"), &expired.with_file_name("expired.key"));
        let wrong = [
            secure(site.path(), ca.issue(&["elsewhere.lab.test"]).map_err(words)?).await?,
            secure(site.path(), expired.map_err(words)?).await?,
        ];
        Ok(Scene { site, here, server, wrong, ca, records, unread: false })
    }

    pub(in super::super) async fn stop(self) {
        self.server.stop().await;
        for server in self.wrong {
            server.stop().await;
        }
    }

    /// Runs a row and looks at everything it says.
    pub(in super::super) async fn check(&mut self, peers: &Peers, program: &Program, row: &Row) -> Result<(), String> {
        self.clear(peers).map_err(|why| format!("{}: {why}", self.here.path().display()))?;
        let went = self.look(peers, program, row).await;
        // Its records may come yet.
        self.unread |= went.is_err();
        went
    }

    async fn look(&mut self, peers: &Peers, program: &Program, row: &Row) -> Result<(), String> {
        let ran = self.run(peers, program, row).await?;
        let said = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr))
            .replace('\0', "");
        let fault = |what: String| {
            let lines: Vec<&str> = said.lines().collect();
            let (begin, end) =
                (&lines[..lines.len().min(2)], &lines[lines.len().saturating_sub(4).max(2).min(lines.len())..]);
            Err(format!("{what}; it said: {}", [begin, end].concat().join(" / ")))
        };
        if ran.status.code() != Some(row.exit) {
            return fault(format!("{}, not exit status: {}", ran.status, row.exit));
        }
        if let Some(missing) = row.said.iter().find(|words| !said.contains(&self.filled(peers, words))) {
            return fault(format!("it did not say {missing:?}"));
        }
        self.hear(row).await?;
        for (one, other) in row.same {
            let read = |file: &str| fs::read(self.filled(peers, file)).map_err(|why| format!("{file}: {why}"));
            if read(one)? != read(other)? {
                return fault(format!("{one} is not {other}"));
            }
        }
        match row.missing.iter().find(|file| Path::new(&self.filled(peers, file)).exists()) {
            Some(file) => fault(format!("{file} is there")),
            None => Ok(()),
        }
    }

    /// The server has recorded what the row says, and nothing else.
    async fn hear(&mut self, row: &Row) -> Result<(), String> {
        let Some(expected) = row.told else {
            self.unread = true;
            return Ok(());
        };
        let mut told = Vec::new();
        while told.len() < expected.len() {
            // Less than was expected is seen below.
            let Ok(Some(record)) = tokio::time::timeout(PATIENCE, self.records.recv()).await else { break };
            let line = record.story();
            if !self.unread || expected.contains(&line.as_str()) {
                told.push(line);
            }
        }
        if told == expected { Ok(()) } else { Err(format!("recorded: {told:?}; expected: {expected:?}")) }
    }

    async fn run(&self, peers: &Peers, program: &Program, row: &Row) -> Result<Output, String> {
        let name = row.program.unwrap_or(program.program);
        let path = peers.value(&format!("PEER_PROGRAM_{name}"))?;
        let mut command = Command::new("timeout");
        command.args(["--kill-after=5", PROGRAM_SECONDS, path]);
        command.args(program.first.iter().chain(row.arguments).map(|argument| self.filled(peers, argument)));
        // Nothing of this machine's settings, proxies above all.
        command.env_clear().env("HOME", self.here.path()).env("LC_ALL", "C.UTF-8").env("PATH", "/usr/bin:/bin");
        if let Ok(modules) = peers.value("PEER_NODE_MODULES") {
            command.env("NODE_PATH", modules);
        }
        let input = self.here.path().join("input");
        fs::write(&input, self.filled(peers, row.input)).map_err(|why| why.to_string())?;
        let input = fs::File::open(&input).map_err(|why| why.to_string())?;
        command.current_dir(self.here.path()).stdin(Stdio::from(input));
        let ran = tokio::task::spawn_blocking(move || command.output()).await;
        ran.map_err(|why| why.to_string())?.map_err(|why| format!("{path}: {why}"))
    }

    /// The clients' folder and the backups as each row finds them.
    fn clear(&self, peers: &Peers) -> io::Result<()> {
        for folder in [self.here.path(), &self.site.path().join("backups/new")] {
            if folder.exists() {
                fs::remove_dir_all(folder)?;
            }
        }
        let here = self.here.path();
        fs::create_dir_all(here)?;
        for name in ["backups/4711_data.txt", "new.bin", "new.txt", "local"] {
            drop(fs::remove_file(self.site.path().join(name)));
        }
        let (local, phone) = (noise(80_000), contents("phone.bin"));
        fs::write(here.join("local"), &local[9_999..])?;
        fs::write(here.join("lines"), "eins\nzwei\rdrei\n".repeat(200))?;
        fs::write(here.join("part"), &phone[..100_000])?;
        fs::write(here.join("first"), &phone[..100])?;
        fs::write(here.join("middle"), &phone[1000..2000])?;
        fs::write(here.join("last"), &phone[phone.len() - 100..])?;
        fs::write(here.join("ca.pem"), self.ca.certificate())?;
        if let Ok(other) = peers.value("PEER_CA_OTHER") {
            fs::copy(other, here.join("other.pem"))?;
        }
        Ok(())
    }

    fn filled(&self, peers: &Peers, text: &str) -> String {
        let port = |address: Option<std::net::SocketAddr>| address.map_or(0, |address| address.port()).to_string();
        let Addresses { tftp, http, https, ftp } = *self.server.addresses();
        let [wrong, expired] = &self.wrong;
        let words = [
            ("tftp", port(tftp)),
            ("http", port(http)),
            ("https", port(https)),
            ("ftp", port(ftp)),
            ("wrongname", port(wrong.addresses().https)),
            ("expired", port(expired.addresses().https)),
            ("password", PASSWORD.to_owned()),
            ("site", self.site.path().display().to_string()),
            ("here", self.here.path().display().to_string()),
            ("peer_ca", peers.value("PEER_CA").unwrap_or_default().to_owned()),
            ("clients", concat!(env!("CARGO_MANIFEST_DIR"), "/peers/clients").to_owned()),
        ];
        words.iter().fold(text.to_owned(), |text, (name, word)| text.replace(&format!("{{{name}}}"), word))
    }
}

fn furnish(site: &Path, shared: &Path) -> io::Result<()> {
    let backups = site.join("backups");
    fs::create_dir(&backups)?;
    for name in ["small.bin", "empty.bin", "blocks.bin", "lines.txt", "phone.bin", "rolls.bin", "large.bin"] {
        for folder in [site, &backups] {
            fs::hard_link(shared.join(name), folder.join(name))?;
        }
    }
    // What netascii changes on its way (RFC 764).
    fs::write(site.join("crlf.txt"), "SET A 1\r\n".repeat(80))?;
    fs::write(site.join("unix.txt"), "SET A 1\n".repeat(80))
}

fn settings(site: &Path, identity: TlsIdentity) -> ServerSettings {
    let mut settings = ServerSettings::new(site, LOOPBACK);
    settings.tftp_port = Some(0);
    settings.tftp.writable = true;
    settings.http_port = Some(0);
    settings.https = Some(HttpsSettings { port: 0, identity });
    settings.ftp = Some(FtpSettings {
        users: vec![FtpUser { name: "phones".to_owned(), password: Secret::new(PASSWORD) }],
        anonymous: AnonymousFtp::MayStore(BackupNames::new(|name| name.ends_with("_data.txt"))),
        ..FtpSettings::new(0)
    });
    settings
}

async fn secure(site: &Path, identity: TlsIdentity) -> Result<FileServer, String> {
    let mut settings = ServerSettings::new(site, LOOPBACK);
    settings.https = Some(HttpsSettings { port: 0, identity });
    FileServer::start(settings, Recorder::log_only()).await.map_err(|why| why.to_string())
}
