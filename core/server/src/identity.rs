use std::{
    fs::File,
    io::{self, Read},
    path::Path,
    sync::Arc,
};

use deskset_models::Secret;
use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};

use crate::{ServerError, limits::PEM_MAX};

/// A certificate chain, the server's own first, and its private key, both as PEM text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TlsIdentity {
    /// One or more certificates.
    pub certificates: String,
    /// The private key.
    pub key: Secret,
}

impl TlsIdentity {
    /// Reads both from files.
    pub fn read(certificates: &Path, key: &Path) -> Result<Self, ServerError> {
        Ok(TlsIdentity { certificates: read_pem(certificates)?, key: Secret::new(read_pem(key)?) })
    }

    /// A server that shows this identity. TLS 1.2 and 1.3: what lies below has been withdrawn.
    pub(crate) fn server_config(&self) -> Result<Arc<ServerConfig>, ServerError> {
        let broken = |source| ServerError::Identity { what: "HTTPS identity".to_owned(), source };
        let chain: Vec<_> = CertificateDer::pem_slice_iter(self.certificates.as_bytes())
            .collect::<Result<_, _>>()
            .map_err(|_| broken(None))?;
        if chain.is_empty() {
            return Err(broken(None));
        }
        let key = PrivateKeyDer::from_pem_slice(self.key.reveal().as_bytes()).map_err(|_| broken(None))?;
        // The provider is named, so that another one in the same program does not lead to a panic.
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
            .map_err(|source| broken(Some(source)))?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Arc::new(config))
    }
}

pub(crate) fn read_pem(file: &Path) -> Result<String, ServerError> {
    let mut text = String::new();
    let read = File::open(file).and_then(|open| open.take(PEM_MAX).read_to_string(&mut text));
    match read {
        Ok(_) => Ok(text),
        Err(source) => Err(pem_error(file, source)),
    }
}

pub(crate) fn pem_error(file: &Path, source: io::Error) -> ServerError {
    ServerError::IdentityFile { file: file.to_owned(), source }
}
