//! What a transport is made from.

use std::sync::Arc;
use std::time::Duration;

use deskset_tftp::{Patience, Rollover};
use tokio::sync::Semaphore;

use crate::slots::Slots;
use crate::tls;

/// Carries files for any number of phones. Cheap to clone; the clones share the slots.
#[derive(Debug, Clone)]
pub struct Transport {
    pub(crate) inner: Arc<Inner>,
}

#[derive(Debug)]
pub(crate) struct Inner {
    pub(crate) slots: Slots,
    /// Push initiators that are served at once, over all phones.
    pub(crate) visitors: Arc<Semaphore>,
    pub(crate) tls: Option<Arc<rustls::ClientConfig>>,
    pub(crate) limits: TransferLimits,
    pub(crate) tftp: TftpSettings,
}

/// What a transport is made from.
#[derive(Debug, Clone, Default)]
pub struct TransportSettings {
    /// Certificates of the vendor's own CA, PEM: the only roots that HTTPS accepts. Without it HTTPS fails.
    pub vendor_ca_pem: Option<Vec<u8>>,
    /// Transfers at once; at most as many as the limit on open files allows. None: 500.
    pub slots: Option<usize>,
    /// Limits in time.
    pub limits: TransferLimits,
    /// How TFTP asks.
    pub tftp: TftpSettings,
}

/// How long a transfer and its steps may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TransferLimits {
    /// Looking a name up, and opening a connection with its TLS handshake: each.
    pub connect: Duration,
    /// Until the next piece comes: the first byte of an answer, more of a body, each FTP reply, FTP's data connection.
    pub reply: Duration,
    /// A whole fetch.
    pub file: Duration,
    /// A whole backup on its way out or in, over FTP or HTTP.
    pub ftp: Duration,
    /// The farewell of an FTP session, and the rest of an HTTP answer without a file: the outcome is known by then.
    pub quit: Duration,
    /// How long a connection is kept for the next file when nothing moves on it.
    pub idle: Duration,
}

impl Default for TransferLimits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            reply: Duration::from_secs(10),
            file: Duration::from_secs(120),
            ftp: Duration::from_secs(30),
            quit: Duration::from_secs(1),
            // Less than the 5 seconds after which Apache, the quickest of the common servers, closes.
            idle: Duration::from_secs(4),
        }
    }
}

/// How TFTP asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TftpSettings {
    /// Block size asked for, in bytes; a server that ignores it sends 512. None: no option is sent at all.
    pub block_size: Option<u16>,
    /// Blocks per acknowledgement asked for (RFC 7440).
    pub window: Option<u16>,
    /// When packets are repeated. The telephones repeat a request once a second.
    pub patience: Patience,
    /// How long repeats of the last block are still answered while slots are plenty.
    pub linger: Duration,
    /// What comes after block 65535.
    pub rollover: Rollover,
}

impl Default for TftpSettings {
    /// 1428 bytes: the largest block that fits into an Ethernet frame with common tunnels (RFC 2348 uses it too).
    fn default() -> Self {
        Self {
            block_size: Some(1428),
            window: None,
            patience: Patience::default(),
            linger: Duration::from_secs(2),
            rollover: Rollover::default(),
        }
    }
}

/// Why a transport cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The text is no PEM.
    #[error("the vendor CA is no readable PEM file; give the CA's certificate as written by openssl or the lab")]
    CaUnreadable(#[source] rustls::pki_types::pem::Error),
    /// No certificate in it.
    #[error("the vendor CA file holds no certificate; it needs a BEGIN CERTIFICATE block")]
    CaEmpty,
    /// The certificate cannot be a root, or the TLS library refuses the whole.
    #[error("the vendor CA certificate cannot be used as a root")]
    CaUnusable(#[source] rustls::Error),
}

impl Transport {
    /// A transport with these settings.
    ///
    /// # Errors
    /// [`SettingsError`] if the vendor CA cannot be used.
    pub fn new(settings: TransportSettings) -> Result<Self, SettingsError> {
        let tls = settings.vendor_ca_pem.as_deref().map(tls::vendor_only).transpose()?;
        let slots = Slots::new(settings.slots);
        let visitors = Arc::new(Semaphore::new(slots.all()));
        Ok(Self { inner: Arc::new(Inner { slots, visitors, tls, limits: settings.limits, tftp: settings.tftp }) })
    }

    /// Transfers that may run at once.
    #[must_use]
    pub fn slots(&self) -> usize {
        self.inner.slots.all()
    }
}
