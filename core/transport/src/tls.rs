//! TLS that trusts the vendor's own CA and nothing else.

use std::io;
use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{AlertDescription, CertificateError, ClientConfig, RootCertStore};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::endpoint::Endpoint;
use crate::fetch_error::TlsFault;
use crate::settings::SettingsError;

/// A configuration whose only roots are these. The provider is named: with two of them compiled in, the library's
/// default choice panics.
pub(crate) fn vendor_only(pem: &[u8]) -> Result<Arc<ClientConfig>, SettingsError> {
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_slice_iter(pem) {
        roots.add(certificate.map_err(SettingsError::CaUnreadable)?).map_err(SettingsError::CaUnusable)?;
    }
    if roots.is_empty() {
        return Err(SettingsError::CaEmpty);
    }
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_protocol_versions(&[&rustls::version::TLS13, &rustls::version::TLS12])
        .map_err(SettingsError::CaUnusable)?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(Arc::new(config))
}

pub(crate) async fn handshake(
    config: Arc<ClientConfig>,
    server: &Endpoint,
    stream: TcpStream,
) -> Result<TlsStream<TcpStream>, TlsFault> {
    let name = ServerName::try_from(server.host.clone()).map_err(|_| TlsFault::Name(server.host.clone()))?;
    TlsConnector::from(config).connect(name, stream).await.map_err(fault)
}

fn fault(error: io::Error) -> TlsFault {
    match error.downcast::<rustls::Error>() {
        Ok(refused) => reason(refused),
        Err(broken) => TlsFault::Broken(broken),
    }
}

fn reason(error: rustls::Error) -> TlsFault {
    use rustls::Error as E;
    match &error {
        E::InvalidCertificate(certificate) => match certificate {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => TlsFault::Expired(error),
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => TlsFault::NotYetValid(error),
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                TlsFault::WrongName(error)
            }
            CertificateError::UnknownIssuer | CertificateError::BadSignature => TlsFault::OtherAuthority(error),
            _ => TlsFault::NotForServers(error),
        },
        E::PeerIncompatible(_)
        | E::AlertReceived(
            AlertDescription::ProtocolVersion
            | AlertDescription::HandshakeFailure
            | AlertDescription::InsufficientSecurity,
        ) => TlsFault::OldTls(error),
        _ => TlsFault::Handshake(error),
    }
}
