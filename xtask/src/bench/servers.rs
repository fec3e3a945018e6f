//! The servers that are measured: ours as `serve` of this very program, the peers as their script started them.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
};

use serde_json::Value;

use super::{
    Figure, Pace,
    contest::Contestant,
    ftp, http,
    load::{self, Load},
    tftp,
};
use crate::interop;

/// The files that are fetched, and how large each is: a script, a settings file, an application file.
pub(super) const FILES: [(&str, usize); 4] = [(ONE_K, 1024), (TWO_K, 2048), (QUARTER_M, 256 << 10), (ONE_M, 1 << 20)];
pub(super) const ONE_K: &str = "bench-1k.txt";
pub(super) const TWO_K: &str = "bench-2k.txt";
pub(super) const QUARTER_M: &str = "bench-256k.bin";
pub(super) const ONE_M: &str = "bench-1m.bin";

/// One thread at work, as nginx with one worker and dnsmasq have it: then all on a machine of two processors has as
/// much as it needs, the generator too.
const ONE_WORKER: (&str, &str) = ("TOKIO_WORKER_THREADS", "1");

/// The foreign servers, and where this program's plugins are.
#[derive(Clone, Debug)]
pub struct Peers {
    /// Addresses and programs, as the peers script prints them.
    pub said: interop::Peers,
    /// The script's state folder.
    pub folder: PathBuf,
    /// This program, or one like it: `serve` of it is measured.
    pub program: PathBuf,
    /// Where it finds plugins; none: it looks for them by itself.
    pub plugins: Option<PathBuf>,
}

/// Measures TFTP, HTTP and FTP.
pub(super) async fn run(pace: &Pace, peers: &Peers, tell: &dyn Fn(&str)) -> Result<Vec<Figure>, String> {
    let files = tempfile::tempdir().map_err(|why| format!("no folder for the served files: {why}"))?;
    for folder in [files.path(), Path::new(peers.said.value("PEER_FILES")?)] {
        lay_out(folder).map_err(|why| format!("{}: {why}; check the folder and its rights", folder.display()))?;
    }
    // What has just been written may change again within a tick of the disk's clock: a server may handle it with care.
    tokio::time::sleep(pace.rest).await;
    let mut figures = Vec::new();
    figures.extend(tftp::run(pace, peers, files.path(), tell).await?);
    figures.extend(http::run(pace, peers, files.path(), tell).await?);
    figures.extend(ftp::run(pace, peers, files.path(), tell).await?);
    Ok(figures)
}

/// One whole file after the other, readable by all: servers of other makers run as other users.
fn lay_out(folder: &Path) -> std::io::Result<()> {
    for (name, size) in FILES {
        let bytes: Vec<u8> = (0..size).map(|at| (at * 7 + at / 251) as u8).collect();
        let place = folder.join(name);
        fs::write(&place, bytes)?;
        fs::set_permissions(&place, std::os::unix::fs::PermissionsExt::from_mode(0o644))?;
    }
    Ok(())
}

impl Peers {
    /// A foreign server, for this load.
    pub(super) fn contestant(&self, name: &str, cores: usize, load: Load) -> Result<Contestant, String> {
        let file = self.folder.join("run").join(format!("{name}.process"));
        let said = fs::read_to_string(&file).map_err(|why| format!("{}: {why}", file.display()))?;
        let process = said.split(' ').next().and_then(|number| number.parse().ok());
        let process = process.ok_or_else(|| format!("{} names no process", file.display()))?;
        Ok(Contestant { name: name.to_owned(), process, cores, load })
    }

    pub(super) fn address(&self, variable: &str) -> Result<SocketAddr, String> {
        load::address(self.said.value(variable)?)
    }

    /// Ports of the peers' span, as FIRST-LAST; nginx has the eightieth.
    pub(super) fn ports(&self, first: u16, count: u16) -> Result<String, String> {
        let first = self.address("PEER_HTTP")?.port() - 80 + first;
        Ok(format!("{first}-{}", first + count - 1))
    }
}

/// Ours, as a process of its own, ended when dropped.
pub(super) struct Ours {
    child: Child,
    /// Open for as long as it lives: a server whose output nobody takes ends.
    _out: BufReader<ChildStdout>,
    servers: Value,
}

impl Ours {
    /// One worker thread, no log of transfers.
    pub(super) fn with_one_worker(peers: &Peers, files: &Path) -> Result<Self, String> {
        Self::start(peers, files, &[ONE_WORKER])
    }

    /// With these variables, no log of transfers.
    pub(super) fn start(peers: &Peers, files: &Path, variables: &[(&str, &str)]) -> Result<Self, String> {
        let mut command = Command::new(&peers.program);
        command.args(["serve", "--json"]).arg(files).envs(variables.iter().copied());
        if let Some(plugins) = &peers.plugins {
            command.env(deskset_host::PLUGINS_VARIABLE, plugins);
        }
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|why| format!("{}: {why}", peers.program.display()))?;
        let Some(out) = child.stdout.take() else { return Err("our server says nothing".to_owned()) };
        let mut ours = Ours { child, _out: BufReader::new(out), servers: Value::Null };
        let mut said = String::new();
        while !said.ends_with("\n}\n") {
            if !matches!(ours._out.read_line(&mut said), Ok(1..)) {
                return Err("our server did not start; see above".to_owned());
            }
        }
        let said: Value = serde_json::from_str(&said).map_err(|why| format!("our server said no JSON: {why}"))?;
        ours.servers = said["servers"].clone();
        Ok(ours)
    }

    pub(super) fn contestant(&self, name: &str, cores: usize, load: Load) -> Contestant {
        Contestant { name: name.to_owned(), process: self.child.id(), cores, load }
    }

    pub(super) fn address(&self, protocol: &str) -> Result<SocketAddr, String> {
        load::address(self.servers[protocol].as_str().unwrap_or_default())
    }
}

impl Drop for Ours {
    fn drop(&mut self) {
        // It may have ended already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
