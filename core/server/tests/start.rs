//! Servers that cannot start say which port or folder is to blame.
#![allow(missing_docs, clippy::unwrap_used)]

mod lab;

use deskset_server::{FileServer, FtpSettings, LabCa, Recorder, ServerError, ServerSettings};
use lab::{LOOPBACK, Lab, all_protocols};
use tokio::net::{TcpListener, TcpStream};

async fn refusal(settings: ServerSettings) -> ServerError {
    FileServer::start(settings, Recorder::log_only()).await.unwrap_err()
}

#[tokio::test]
async fn a_busy_port_is_named_with_its_protocol_and_a_remedy() {
    let first = Lab::start().await;
    let folder = tempfile::tempdir().unwrap();
    let (tftp, http) = (first.tftp().port(), first.http().port());

    let mut settings = ServerSettings { tftp_port: Some(tftp), ..ServerSettings::new(folder.path(), LOOPBACK) };
    let error = refusal(settings.clone()).await;
    let expected = format!("TFTP port {tftp} on 127.0.0.1 is in use: stop the other program or choose port 0");
    assert_eq!(error.to_string(), expected);
    assert!(error.is_environment());

    settings.tftp_port = Some(0);
    settings.http_port = Some(http);
    let error = refusal(settings).await;
    let expected = format!("HTTP port {http} on 127.0.0.1 is in use: stop the other program or choose port 0");
    assert_eq!(error.to_string(), expected);
}

#[tokio::test]
async fn when_one_port_is_busy_none_stays_open() {
    let blocker = TcpListener::bind((LOOPBACK, 0)).await.unwrap();
    let free = TcpListener::bind((LOOPBACK, 0)).await.unwrap();
    let free_address = free.local_addr().unwrap();
    drop(free);
    let folder = tempfile::tempdir().unwrap();
    let settings = ServerSettings {
        http_port: Some(free_address.port()),
        ftp: Some(FtpSettings::new(blocker.local_addr().unwrap().port())),
        ..ServerSettings::new(folder.path(), LOOPBACK)
    };
    assert!(matches!(refusal(settings).await, ServerError::PortBusy { .. }));
    assert!(TcpStream::connect(free_address).await.is_err());
}

#[tokio::test]
async fn a_missing_folder_and_one_that_cannot_be_written_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("missing");
    let error = refusal(ServerSettings::new(&missing, LOOPBACK)).await;
    let expected =
        format!("folder {} cannot be served: create it and make it readable, or name another", missing.display());
    assert_eq!((error.to_string(), error.is_environment()), (expected, true));

    std::fs::write(folder.path().join("backups"), "a file in the way").unwrap();
    let error = refusal(all_protocols(folder.path(), &LabCa::create().unwrap())).await;
    assert!(matches!(error, ServerError::FolderReadOnly { .. }) && error.is_environment(), "{error}");
}

#[tokio::test]
async fn passive_ports_the_wrong_way_round_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    #[expect(clippy::reversed_empty_ranges, reason = "the mistake under test")]
    let ftp = FtpSettings { passive_ports: Some(50_010..=50_000), ..FtpSettings::new(0) };
    let error = refusal(ServerSettings { ftp: Some(ftp), ..ServerSettings::new(folder.path(), LOOPBACK) }).await;
    assert_eq!(
        error.to_string(),
        "the FTP passive ports 50010 to 50000 are no range: write the lower port first, and not port 0"
    );
    assert!(!error.is_environment());
}

#[tokio::test]
async fn a_stopped_server_gives_back_its_ports() {
    let lab = Lab::start().await;
    let addresses = *lab.server.addresses();
    lab.server.stop().await;
    let mut settings = ServerSettings::new(lab.folder.path(), LOOPBACK);
    settings.tftp_port = addresses.tftp.map(|address| address.port());
    settings.http_port = addresses.http.map(|address| address.port());
    settings.ftp = addresses.ftp.map(|address| FtpSettings::new(address.port()));
    let again = FileServer::start(settings, Recorder::log_only()).await.unwrap();
    assert_eq!((again.addresses().tftp, again.addresses().ftp), (addresses.tftp, addresses.ftp));
    again.stop().await;
}

#[tokio::test]
async fn two_servers_on_free_ports_never_meet() {
    let (one, two) = (Lab::start().await, Lab::start().await);
    assert_ne!(one.http(), two.http());
    assert_ne!(one.tftp(), two.tftp());
}
