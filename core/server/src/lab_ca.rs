//! The lab's own certificate authority: what the vendor's is to phones in the field.

use std::{
    fs::{self, OpenOptions},
    io::{self, ErrorKind, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
    sync::atomic::{AtomicU64, Ordering},
};

use deskset_models::Secret;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};
use rustls::pki_types::{CertificateDer, pem::PemObject};

use crate::{
    ServerError, TlsIdentity,
    identity::{pem_error, read_pem},
};

/// The file with the certificate alone, to be given to the phones.
const CERTIFICATE_FILE: &str = "lab-ca.pem";

/// The file with key and certificate, for nobody else.
const SECRET_FILE: &str = "lab-ca-secret.pem";

/// A certificate authority that phones in the lab trust.
#[derive(Debug)]
pub struct LabCa {
    certificate: String,
    key: Secret,
}

impl LabCa {
    /// A new one, in memory.
    pub fn create() -> Result<Self, ServerError> {
        let issue = |source| ServerError::Issue { names: "the lab's authority".to_owned(), source };
        let key = KeyPair::generate().map_err(issue)?;
        let certificate = authority().self_signed(&key).map_err(issue)?;
        Ok(LabCa { certificate: certificate.pem(), key: Secret::new(key.serialize_pem()) })
    }

    /// The one kept in `folder`, else a new one, kept there from now on. The secret file can be read by its owner
    /// only; `lab-ca.pem` beside it is the certificate for the phones. Keep the folder outside any served one.
    pub fn load_or_create(folder: &Path) -> Result<Self, ServerError> {
        fs::create_dir_all(folder).map_err(|source| pem_error(folder, source))?;
        let secret = folder.join(SECRET_FILE);
        if !secret.exists() {
            let fresh = LabCa::create()?;
            let text = format!("{}{}", fresh.key.reveal(), fresh.certificate);
            keep(&secret, &text, Keep::First).map_err(|source| pem_error(&secret, source))?;
        }
        // Read in any case: another program may have been quicker, and then its authority counts.
        let ca = LabCa::from_pem(&read_pem(&secret)?, &secret)?;
        let public = folder.join(CERTIFICATE_FILE);
        if fs::read_to_string(&public).ok().as_deref() != Some(ca.certificate.as_str()) {
            keep(&public, &ca.certificate, Keep::Last).map_err(|source| pem_error(&public, source))?;
        }
        Ok(ca)
    }

    /// The authority's certificate as PEM text, to be trusted by phones.
    pub fn certificate(&self) -> &str {
        &self.certificate
    }

    /// A certificate for a server that is called by these host names and addresses, with a new key.
    pub fn issue(&self, names: &[&str]) -> Result<TlsIdentity, ServerError> {
        let failed = |source| ServerError::Issue { names: names.join(", "), source };
        let params = server(names).map_err(failed)?;
        let ca_key = KeyPair::from_pem(self.key.reveal()).map_err(failed)?;
        let key = KeyPair::generate().map_err(failed)?;
        let certificate = params.signed_by(&key, &Issuer::new(authority(), ca_key)).map_err(failed)?;
        Ok(TlsIdentity { certificates: certificate.pem(), key: Secret::new(key.serialize_pem()) })
    }

    fn from_pem(text: &str, file: &Path) -> Result<Self, ServerError> {
        let broken = || ServerError::Identity { what: file.display().to_string(), source: None };
        let begin = text.find("-----BEGIN CERTIFICATE-----").ok_or_else(broken)?;
        let (key, certificate) = text.split_at(begin);
        KeyPair::from_pem(key).map_err(|_| broken())?;
        CertificateDer::from_pem_slice(certificate.as_bytes()).map_err(|_| broken())?;
        Ok(LabCa { certificate: certificate.to_owned(), key: Secret::new(key) })
    }
}

/// What the authority says of itself. The same every time, so that the key alone is enough to sign again.
fn authority() -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, "Deskset lab vendor CA");
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    valid_for_long(&mut params);
    params
}

fn server(names: &[&str]) -> Result<CertificateParams, rcgen::Error> {
    let mut params = CertificateParams::new(names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>())?;
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, "Deskset file server");
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    params.use_authority_key_identifier_extension = true;
    valid_for_long(&mut params);
    Ok(params)
}

/// Labs keep their clocks at odd dates, and a lab's certificate protects nothing that outlives the lab.
fn valid_for_long(params: &mut CertificateParams) {
    params.not_before = date_time_ymd(1999, 1, 1);
    params.not_after = date_time_ymd(2099, 12, 31);
}

/// Who wins when two write at once.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keep {
    First,
    Last,
}

static DRAFTS: AtomicU64 = AtomicU64::new(0);

/// Writes a file that only its owner can read, and gives it its name when it is whole.
fn keep(file: &Path, text: &str, which: Keep) -> io::Result<()> {
    let number = DRAFTS.fetch_add(1, Ordering::Relaxed);
    let draft = file.with_extension(format!("draft-{}-{number}", std::process::id()));
    let mode = if which == Keep::First { 0o600 } else { 0o644 };
    let write = || {
        let mut open = OpenOptions::new().write(true).create(true).truncate(true).mode(mode).open(&draft)?;
        open.write_all(text.as_bytes())?;
        open.sync_all()?;
        match which {
            Keep::Last => fs::rename(&draft, file),
            Keep::First => match fs::hard_link(&draft, file) {
                Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
                _ => fs::remove_file(&draft),
            },
        }
    };
    write().inspect_err(|_| drop(fs::remove_file(&draft)))
}
