//! Files over HTTPS, under the lab's own authority.
#![allow(missing_docs, clippy::unwrap_used)]

mod lab;

use std::{net::SocketAddr, os::unix::fs::PermissionsExt};

use deskset_server::{LabCa, ServerError, TlsIdentity};
use lab::{Lab, SCRIPT, TlsClient, split};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

async fn fetch(server: SocketAddr, name: &str, trusted: &str) -> std::io::Result<Vec<u8>> {
    let mut stream = TlsClient::trusting(trusted).connect(server, name).await?;
    stream.write_all(b"GET /upgrade.scr HTTP/1.1\r\nHost: lab\r\nConnection: close\r\n\r\n").await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    Ok(answer)
}

// req: FS-1, FS-4, FS-14
#[tokio::test]
async fn a_client_that_trusts_the_lab_fetches_by_name_and_by_address() {
    let mut lab = Lab::start().await;
    for name in ["127.0.0.1", "localhost"] {
        let (status, _, body) = split(&fetch(lab.https(), name, lab.ca.certificate()).await.unwrap());
        assert_eq!((status.as_str(), body.as_slice()), ("HTTP/1.1 200 OK", SCRIPT));
        assert_eq!(lab.told().await, "HTTPS fetch /upgrade.scr -> upgrade.scr: complete, 29 bytes");
    }
}

// req: FS-4
#[tokio::test]
async fn a_client_that_trusts_another_authority_or_asks_for_another_name_gets_nothing() {
    let lab = Lab::start().await;
    let other = LabCa::create().unwrap();
    assert!(fetch(lab.https(), "127.0.0.1", other.certificate()).await.is_err());
    assert!(fetch(lab.https(), "file.example", lab.ca.certificate()).await.is_err());
}

// req: FS-2
#[tokio::test]
async fn every_protocol_serves_the_same_bytes() {
    let lab = Lab::start().await;
    let secure = split(&fetch(lab.https(), "localhost", lab.ca.certificate()).await.unwrap()).2;
    let clear = lab::http(lab.http(), "GET", "/upgrade.scr").await.2;
    assert_eq!((secure.as_slice(), clear.as_slice()), (SCRIPT, SCRIPT));
}

#[tokio::test]
async fn an_authority_kept_in_a_folder_signs_for_those_who_trust_it_already() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("ca");
    let trusted = LabCa::load_or_create(&place).unwrap().certificate().to_owned();
    let again = LabCa::load_or_create(&place).unwrap();
    assert_eq!(again.certificate(), trusted);
    assert_eq!(std::fs::read_to_string(place.join("lab-ca.pem")).unwrap(), trusted);
    let mode = |name: &str| std::fs::metadata(place.join(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode("lab-ca-secret.pem"), mode("lab-ca.pem")), (0o600, 0o644));
    assert_eq!(std::fs::read_dir(&place).unwrap().count(), 2);

    let identity = again.issue(&["localhost"]).unwrap();
    let lab = Lab::with(|settings| settings.https.as_mut().unwrap().identity = identity).await;
    assert!(fetch(lab.https(), "localhost", &trusted).await.is_ok());
}

#[tokio::test]
async fn what_is_no_authority_or_identity_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("lab-ca-secret.pem"), "nonsense").unwrap();
    let error = LabCa::load_or_create(folder.path()).unwrap_err();
    assert!(error.to_string().contains("lab-ca-secret.pem"), "{error}");
    assert!(!error.is_environment());

    let missing = TlsIdentity::read(&folder.path().join("none.pem"), &folder.path().join("none.key")).unwrap_err();
    assert!(matches!(missing, ServerError::IdentityFile { .. }) && missing.is_environment(), "{missing}");

    let (one, other) = (LabCa::create().unwrap(), LabCa::create().unwrap());
    let mut mixed = one.issue(&["localhost"]).unwrap();
    mixed.key = other.issue(&["localhost"]).unwrap().key;
    let mut settings = lab::all_protocols(folder.path(), &one);
    settings.https.as_mut().unwrap().identity = mixed.clone();
    let error = deskset_server::FileServer::start(settings, deskset_server::Recorder::log_only()).await.unwrap_err();
    assert!(matches!(error, ServerError::Identity { .. }), "{error}");
    let debugged = format!("{mixed:?} {one:?}");
    assert!(!debugged.contains("PRIVATE KEY"), "{debugged}");
}
