//! A file server on loopback with a folder of its own.
#![allow(dead_code)]

pub mod tftp;

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use deskset_models::Secret;
use deskset_server::{
    AnonymousFtp, BackupNames, FileServer, FtpSettings, FtpUser, HttpsSettings, LabCa, Recorder, ServerRecord,
    ServerSettings,
};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::mpsc::UnboundedReceiver,
};
use tokio_rustls::{TlsConnector, client::TlsStream};

pub const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
pub const SCRIPT: &[u8] = b"IF $MODEL SEQ desk GOTO SET\r\n";
pub const PASSWORD: &str = "Tr0ub4dor-and-3";

pub struct Lab {
    pub folder: TempDir,
    pub server: FileServer,
    pub ca: LabCa,
    records: UnboundedReceiver<ServerRecord>,
}

impl Lab {
    pub async fn start() -> Self {
        Self::with(|_| ()).await
    }

    pub async fn with(change: impl FnOnce(&mut ServerSettings)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("upgrade.scr"), SCRIPT).unwrap();
        let ca = LabCa::create().unwrap();
        let mut settings = all_protocols(folder.path(), &ca);
        change(&mut settings);
        let (recorder, records) = Recorder::channel();
        let server = FileServer::start(settings, recorder).await.unwrap();
        Lab { folder, server, ca, records }
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn http(&self) -> SocketAddr {
        self.server.addresses().http.unwrap()
    }

    pub fn https(&self) -> SocketAddr {
        self.server.addresses().https.unwrap()
    }

    pub fn tftp(&self) -> SocketAddr {
        self.server.addresses().tftp.unwrap()
    }

    pub fn ftp(&self) -> SocketAddr {
        self.server.addresses().ftp.unwrap()
    }

    /// The next record, as `PROTOCOL action asked -> served, outcome, bytes`.
    pub async fn told(&mut self) -> String {
        let record = tokio::time::timeout(Duration::from_secs(20), self.records.recv()).await;
        record.expect("a record in time").expect("a server that records").story()
    }

    /// Stops, and returns the records that nobody has heard.
    pub async fn stop(mut self) -> Vec<String> {
        self.server.stop().await;
        let mut rest = Vec::new();
        while let Ok(record) = self.records.try_recv() {
            rest.push(record.story());
        }
        rest
    }

    /// The next record as it is, however long a transfer takes to be given up.
    pub async fn record(&mut self) -> ServerRecord {
        let record = tokio::time::timeout(Duration::from_secs(120), self.records.recv()).await;
        record.expect("a record in time").expect("a server that records")
    }
}

pub fn all_protocols(root: &Path, ca: &LabCa) -> ServerSettings {
    let identity = ca.issue(&["127.0.0.1", "localhost"]).unwrap();
    ServerSettings {
        tftp_port: Some(0),
        http_port: Some(0),
        https: Some(HttpsSettings { port: 0, identity }),
        ftp: Some(FtpSettings {
            users: vec![FtpUser { name: "phones".to_owned(), password: Secret::new(PASSWORD) }],
            anonymous: AnonymousFtp::MayStore(BackupNames::new(|name| name.ends_with("_data.txt"))),
            ..FtpSettings::new(0)
        }),
        ..ServerSettings::new(root, LOOPBACK)
    }
}

/// All files of a folder with their contents, hidden ones too, sorted.
pub fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|item| item.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read(path).unwrap()))
        .collect();
    files.sort();
    files
}

/// Sends `request` as it stands on a fresh connection and returns all that comes back.
pub async fn raw(server: SocketAddr, request: &[u8]) -> Vec<u8> {
    let mut stream = TcpStream::connect(server).await.unwrap();
    stream.write_all(request).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    answer
}

/// Status line, headers in small letters without those that change with the clock, and body.
pub async fn http(server: SocketAddr, method: &str, target: &str) -> (String, Vec<String>, Vec<u8>) {
    let request = format!("{method} {target} HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n");
    split(&raw(server, request.as_bytes()).await)
}

pub fn split(answer: &[u8]) -> (String, Vec<String>, Vec<u8>) {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").expect("a whole head");
    let head = std::str::from_utf8(&answer[..end]).unwrap();
    let mut lines = head.split("\r\n").map(str::to_owned);
    let status = lines.next().unwrap();
    let changing = ["date:", "etag:", "last-modified:"];
    let steady = |line: &String| !changing.iter().any(|name| line.starts_with(name));
    let headers = lines.map(|line| line.to_ascii_lowercase()).filter(steady).collect();
    (status, headers, answer[end + 4..].to_vec())
}

/// A client that trusts one authority.
pub struct TlsClient(TlsConnector);

impl TlsClient {
    pub fn trusting(authority: &str) -> Self {
        let mut roots = RootCertStore::empty();
        roots.add(CertificateDer::from_pem_slice(authority.as_bytes()).unwrap()).unwrap();
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        TlsClient(TlsConnector::from(Arc::new(config)))
    }

    pub async fn connect(&self, server: SocketAddr, name: &str) -> std::io::Result<TlsStream<TcpStream>> {
        let stream = TcpStream::connect(server).await?;
        self.0.connect(ServerName::try_from(name.to_owned()).unwrap(), stream).await
    }
}
