//! The lab's authority, and certificates that a phone must not accept.

use std::sync::{Arc, LazyLock};

use deskset_models::Secret;
use deskset_server::TlsIdentity;
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::{
    ServerConfig,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};

/// Whose certificate a server shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Identity {
    Sound,
    Expired,
    OtherName,
    OtherAuthority,
}

struct Authority {
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

static VENDOR: LazyLock<Authority> = LazyLock::new(authority);
static OTHER: LazyLock<Authority> = LazyLock::new(authority);

fn authority() -> Authority {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, "Vendor CA");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let key = KeyPair::generate().unwrap();
    Authority { pem: params.self_signed(&key).unwrap().pem(), issuer: Issuer::new(params, key) }
}

/// What the phones trust.
pub fn vendor_pem() -> Vec<u8> {
    VENDOR.pem.clone().into_bytes()
}

/// Certificate and key as PEM.
pub fn identity(which: Identity) -> TlsIdentity {
    let name = if which == Identity::OtherName { "files.example" } else { "127.0.0.1" };
    let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
    if which == Identity::Expired {
        params.not_before = date_time_ymd(2004, 1, 1);
        params.not_after = date_time_ymd(2006, 1, 1);
    }
    let by = if which == Identity::OtherAuthority { &OTHER } else { &VENDOR };
    let key = KeyPair::generate().unwrap();
    let certificate = params.signed_by(&key, &by.issuer).unwrap();
    TlsIdentity { certificates: certificate.pem(), key: Secret::new(key.serialize_pem()) }
}

/// A TLS server that shows it.
pub fn tls(which: Identity) -> Arc<ServerConfig> {
    let identity = identity(which);
    let chain = vec![CertificateDer::from_pem_slice(identity.certificates.as_bytes()).unwrap()];
    let key = PrivateKeyDer::from_pem_slice(identity.key.reveal().as_bytes()).unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    Arc::new(config.with_no_client_auth().with_single_cert(chain, key).unwrap())
}
