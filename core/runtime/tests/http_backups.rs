//! Backup files by PUT and GET, between our client and our server.
#![allow(missing_docs, clippy::unwrap_used)]

use std::{net::SocketAddr, path::Path};

use deskset_server::{
    AnonymousFtp, BackupNames, FileServer, FtpSettings, HttpsSettings, LabCa, RecordOutcome, Recorder, ServerRecord,
    ServerSettings,
};
use deskset_transport::{Endpoint, HttpBackupAsk, HttpBackupKind, TransferId, Transport, TransportSettings};
use tokio::sync::mpsc::UnboundedReceiver;

const SIZE_LIMIT: usize = 64 * 1024;

struct Lab {
    server: FileServer,
    transport: Transport,
    records: UnboundedReceiver<ServerRecord>,
}

async fn lab(root: &Path) -> Lab {
    let ca = LabCa::create().unwrap();
    let identity = ca.issue(&["127.0.0.1"]).unwrap();
    let names = BackupNames::new(|name| name.ends_with("data.txt"));
    let settings = ServerSettings {
        http_port: Some(0),
        https: Some(HttpsSettings { port: 0, identity }),
        ftp: Some(FtpSettings { anonymous: AnonymousFtp::MayStore(names), versions: 1, ..FtpSettings::new(0) }),
        ..ServerSettings::new(root, [127, 0, 0, 1].into())
    };
    let (recorder, records) = Recorder::channel();
    let server = FileServer::start(settings, recorder).await.unwrap();
    let vendor_ca_pem = Some(ca.certificate().as_bytes().to_vec());
    let transport = Transport::new(TransportSettings { vendor_ca_pem, ..TransportSettings::default() }).unwrap();
    Lab { server, transport, records }
}

fn ask(at: SocketAddr, secure: bool, path: &str) -> HttpBackupAsk {
    HttpBackupAsk {
        secure,
        server: Endpoint::new(at.ip().to_string(), at.port()),
        path: path.to_owned(),
        size_limit: SIZE_LIMIT as u64,
        user_agent: None,
        id: "4711".to_owned(),
        transfer: Some(TransferId::new("desk", 1, 9)),
    }
}

// req: FS-14, AR-1
#[tokio::test]
async fn what_is_put_is_got_over_http_and_https() {
    let root = tempfile::tempdir().unwrap();
    let Lab { server, transport, mut records } = lab(root.path()).await;
    let addresses = *server.addresses();
    for (at, secure, text) in [(addresses.http, false, "one"), (addresses.https, true, "two")] {
        let ask = ask(at.unwrap(), secure, "/backups/4711data.txt");
        transport.put(&ask, text.into()).await.unwrap();
        assert_eq!(transport.get(&ask).await.unwrap(), text);
        for action in ["store", "fetch"] {
            let record = records.recv().await.unwrap();
            assert_eq!((record.action.name(), record.outcome, record.bytes), (action, RecordOutcome::Complete, 3));
            assert_eq!(record.transfer.as_deref(), Some("desk-1-9"));
        }
    }
    let kept = std::fs::read_to_string(root.path().join("backups/4711data.txt.~1~")).unwrap();
    assert_eq!(kept, "one");
    server.stop().await;
}

#[tokio::test]
async fn a_file_that_is_not_there_not_allowed_or_too_large_is_told_apart() {
    let root = tempfile::tempdir().unwrap();
    let Lab { server, transport, .. } = lab(root.path()).await;
    let at = server.addresses().http.unwrap();
    let kind = |path: &'static str, size: usize| {
        let (transport, ask) = (transport.clone(), ask(at, false, path));
        async move { transport.put(&ask, vec![b'x'; size].into()).await.map_err(|error| error.kind()) }
    };
    assert_eq!(kind("/backups/upgrade.scr", 1).await, Err(HttpBackupKind::Denied));
    assert_eq!(kind("/4711data.txt", 1).await, Err(HttpBackupKind::Denied));
    assert_eq!(kind("/backups/4711data.txt", SIZE_LIMIT + 1).await, Err(HttpBackupKind::Denied));
    assert_eq!(kind("/backups/4711data.txt", SIZE_LIMIT).await, Ok(()));
    std::fs::write(root.path().join("backups/1data.txt"), vec![b'x'; SIZE_LIMIT + 1]).unwrap();
    std::fs::create_dir(root.path().join("backups/2data.txt")).unwrap();
    assert_eq!(kind("/backups/2data.txt", 1).await, Err(HttpBackupKind::Directory));
    for (path, expected) in [
        ("/backups/none.txt", Err(HttpBackupKind::NoFile)),
        ("/backups/1data.txt", Err(HttpBackupKind::TooLarge)),
        ("/backups/../../data.txt", Err(HttpBackupKind::Denied)),
        ("/backups/4711data.txt", Ok(SIZE_LIMIT)),
    ] {
        let got = transport.get(&ask(at, false, path)).await;
        assert_eq!(got.map(|bytes| bytes.len()).map_err(|error| error.kind()), expected, "{path}");
    }
    server.stop().await;
}
