//! HTTPS accepts the vendor's own CA and nothing else.
#![allow(missing_docs)]
#![allow(clippy::unwrap_used)]

mod far_side;

use std::net::SocketAddr;
use std::sync::Arc;

use deskset_transport::{
    Endpoint, FetchAsk, FetchError, FetchFault, FetchKind, Fetched, Protocol, SettingsError, TlsFault, TransferLimits,
    Transport, TransportSettings,
};
use far_side::{Then, ask, head, http, limits, ok, transport, unheard};
use rcgen::{BasicConstraints, CertificateParams, DistinguishedName, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

struct Authority {
    pem: Vec<u8>,
    issuer: Issuer<'static, KeyPair>,
}

fn authority(name: &str) -> Authority {
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    let pem = params.self_signed(&key).unwrap().pem().into_bytes();
    Authority { pem, issuer: Issuer::new(params, key) }
}

type Identity = (CertificateDer<'static>, PrivateKeyDer<'static>);

fn key_of(key: &KeyPair) -> PrivateKeyDer<'static> {
    PrivateKeyDer::Pkcs8(key.serialize_der().into())
}

fn issued(by: &Authority, names: &[&str], change: impl FnOnce(&mut CertificateParams)) -> Identity {
    let mut params = CertificateParams::new(names.iter().map(ToString::to_string).collect::<Vec<_>>()).unwrap();
    change(&mut params);
    let key = KeyPair::generate().unwrap();
    (params.signed_by(&key, &by.issuer).unwrap().der().clone(), key_of(&key))
}

/// Serves one HTTPS request with this certificate.
async fn https((certificate, key): Identity) -> SocketAddr {
    let config = rustls::ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        if let Ok(mut stream) = TlsAcceptor::from(Arc::new(config)).accept(stream).await {
            head(&mut stream).await;
            let _ = stream.write_all(&ok(b"secured")).await;
            let _ = stream.shutdown().await;
        }
    });
    at
}

async fn fetch(vendor: Option<&Authority>, at: SocketAddr) -> Result<Fetched, FetchError> {
    transport(limits(), vendor.map(|ca| ca.pem.clone())).fetch(&ask(Protocol::Https, at), unheard).await
}

fn why(outcome: Result<Fetched, FetchError>) -> TlsFault {
    let error = outcome.unwrap_err();
    assert_eq!(error.kind(), FetchKind::Tls);
    match error.fault {
        FetchFault::Tls(fault) => fault,
        other => panic!("{other}"),
    }
}

// req: FS-4
#[tokio::test]
async fn a_server_certified_by_the_vendor_is_accepted_by_address_and_by_name() {
    let vendor = authority("Vendor CA");
    let identity = || issued(&vendor, &["127.0.0.1", "localhost"], |_| {});
    let at = https(identity()).await;
    assert_eq!(fetch(Some(&vendor), at).await.unwrap(), Fetched { bytes: b"secured".as_slice().into(), from: at });

    let at = https(identity()).await;
    let by_name = FetchAsk { server: Endpoint::new("localhost", at.port()), ..ask(Protocol::Https, at) };
    let fetched = transport(limits(), Some(vendor.pem.clone())).fetch(&by_name, unheard).await.unwrap();
    assert_eq!(fetched.bytes.as_ref(), b"secured");
}

// req: FS-4
#[tokio::test]
async fn another_authority_is_refused_even_with_the_same_name() {
    let (vendor, other) = (authority("Vendor CA"), authority("Vendor CA"));
    let fault = why(fetch(Some(&vendor), https(issued(&other, &["127.0.0.1"], |_| {})).await).await);
    assert!(matches!(fault, TlsFault::OtherAuthority(_)), "{fault:?}");
    let public = authority("Some Public Root");
    let fault = why(fetch(Some(&vendor), https(issued(&public, &["127.0.0.1"], |_| {})).await).await);
    assert!(matches!(fault, TlsFault::OtherAuthority(_)), "{fault:?}");
}

// req: FS-4
#[tokio::test]
async fn a_self_signed_server_is_refused() {
    let vendor = authority("Vendor CA");
    let self_signed = |is_ca: IsCa| {
        let mut params = CertificateParams::new(vec!["127.0.0.1".to_owned()]).unwrap();
        params.is_ca = is_ca;
        let key = KeyPair::generate().unwrap();
        (params.self_signed(&key).unwrap().der().clone(), key_of(&key))
    };
    let fault = why(fetch(Some(&vendor), https(self_signed(IsCa::NoCa)).await).await);
    assert!(matches!(fault, TlsFault::OtherAuthority(_)), "{fault:?}");
    let ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let fault = why(fetch(Some(&vendor), https(self_signed(ca)).await).await);
    assert!(matches!(fault, TlsFault::NotForServers(_) | TlsFault::OtherAuthority(_)), "{fault:?}");
}

// req: FS-4
#[tokio::test]
async fn a_certificate_of_another_time_is_refused() {
    let vendor = authority("Vendor CA");
    let expired = issued(&vendor, &["127.0.0.1"], |params| {
        params.not_before = date_time_ymd(2004, 1, 1);
        params.not_after = date_time_ymd(2006, 1, 1);
    });
    let fault = why(fetch(Some(&vendor), https(expired).await).await);
    assert!(matches!(fault, TlsFault::Expired(_)), "{fault:?}");
    let early = issued(&vendor, &["127.0.0.1"], |params| {
        params.not_before = date_time_ymd(4000, 1, 1);
        params.not_after = date_time_ymd(4001, 1, 1);
    });
    let fault = why(fetch(Some(&vendor), https(early).await).await);
    assert!(matches!(fault, TlsFault::NotYetValid(_)), "{fault:?}");
}

// req: FS-4
#[tokio::test]
async fn a_certificate_for_another_name_is_refused() {
    let vendor = authority("Vendor CA");
    let fault = why(fetch(Some(&vendor), https(issued(&vendor, &["files.example", "192.0.2.1"], |_| {})).await).await);
    assert!(matches!(fault, TlsFault::WrongName(_)), "{fault:?}");
}

// req: FS-4
#[tokio::test]
async fn without_a_vendor_ca_no_server_is_asked_at_all() {
    let vendor = authority("Vendor CA");
    let fault = why(fetch(None, https(issued(&vendor, &["127.0.0.1"], |_| {})).await).await);
    assert!(matches!(fault, TlsFault::NoVendorCa), "{fault:?}");
}

#[tokio::test]
async fn a_server_that_speaks_only_old_tls_or_none_is_named_as_such() {
    let vendor = authority("Vendor CA");
    // The alert protocol_version, as an old server answers.
    let alert = Alert(&[0x15, 3, 1, 0, 2, 2, 70]).serve().await;
    let fault = why(fetch(Some(&vendor), alert).await);
    assert!(matches!(fault, TlsFault::OldTls(_)), "{fault:?}");
    let plain = Alert(b"HTTP/1.1 400 Bad Request\r\n\r\n").serve().await;
    let fault = why(fetch(Some(&vendor), plain).await);
    assert!(matches!(fault, TlsFault::Handshake(_)), "{fault:?}");
}

#[tokio::test]
async fn a_handshake_that_is_never_answered_ends_in_time() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    let vendor = authority("Vendor CA");
    let hurried = TransferLimits { connect: far_side::BRIEF, ..limits() };
    // The system takes the connection; nobody says anything on it.
    let outcome = transport(hurried, Some(vendor.pem)).fetch(&ask(Protocol::Https, at), unheard).await;
    let fault = why(outcome);
    assert!(matches!(fault, TlsFault::Broken(_)), "{fault:?}");
    drop(listener);
}

/// Bytes instead of a handshake.
struct Alert(&'static [u8]);

impl Alert {
    async fn serve(self) -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let _ = tokio::io::AsyncReadExt::read(&mut stream, &mut [0; 4096]).await;
            let _ = stream.write_all(self.0).await;
            let _ = tokio::io::AsyncReadExt::read(&mut stream, &mut [0; 4096]).await;
        });
        at
    }
}

// req: FS-4
#[tokio::test]
async fn plain_http_needs_no_certificate_and_a_bad_vendor_ca_is_refused_at_the_start() {
    let (at, _served) = http(ok(b"open"), Then::Close).await;
    let fetched = transport(limits(), None).fetch(&ask(Protocol::Http, at), unheard).await.unwrap();
    assert_eq!(fetched.bytes.as_ref(), b"open");

    let made = |pem: &[u8]| {
        Transport::new(TransportSettings { vendor_ca_pem: Some(pem.to_vec()), ..TransportSettings::default() })
    };
    assert!(matches!(made(b"").unwrap_err(), SettingsError::CaEmpty));
    let broken = b"-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n";
    assert!(matches!(made(broken).unwrap_err(), SettingsError::CaUnreadable(_)));
    let hollow = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    assert!(matches!(made(hollow).unwrap_err(), SettingsError::CaUnusable(_)));
}
