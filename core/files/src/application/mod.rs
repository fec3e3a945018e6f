//! Application files: the software a phone downloads, keeps and runs.
//!
//! The format of real ones is not published, so the lab has a container of its own: a text header, an empty line, and
//! the payload. All lines end in LF.
//!
//! ```text
//! DESKSET APPLICATION 1
//! name: x100-2_8.bin
//! model: X100
//! signaling: h323
//! release: 2.8
//! length: 65536
//! sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
//!
//! (65536 bytes)
//! ```
//!
//! The digest is of everything else: all lines before it, and the payload. Each thing can be written in one way only, so
//! no byte of a container can be another one without notice.
//!
//! A file that does not begin with the first line is *foreign*: what is known of it has to come from elsewhere.

use deskset_models::{Release, Signaling};
use sha2::{Digest as _, Sha256};

use crate::limits::{APPLICATION_BYTES_MAX, APPLICATION_HEADER_BYTES_MAX};

mod header;

/// The first line of every container.
const MAGIC: &[u8] = b"DESKSET APPLICATION 1\n";

/// The SHA-256 of some bytes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint(pub [u8; 32]);

/// What an application file says of itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Application {
    /// The file's own name; a script's APPNAME is compared with it.
    pub name: String,
    /// The model it is for, by name.
    pub model: String,
    /// The signaling it speaks.
    pub signaling: Signaling,
    /// Its release: a phone running it has this release.
    pub release: Release,
    /// How many bytes follow the header.
    pub length: usize,
    /// Of the lines before it and those bytes.
    pub sha256: Fingerprint,
}

/// What a file turned out to be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ApplicationFile {
    /// A sound container.
    Lab(Application),
    /// Something else: somebody's real software, perhaps.
    Foreign {
        /// Of the whole file.
        sha256: Fingerprint,
    },
}

/// A damaged application file.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the sentence beside each variant says it")]
pub enum ApplicationError {
    #[error("the application file is empty; put a whole one on the file server")]
    Empty,
    #[error("the application file has {0} bytes, more than the {APPLICATION_BYTES_MAX} a phone can hold")]
    TooLarge(usize),
    #[error("line {line} of the application file's header is wrong ({why}); make the file anew")]
    Header { line: usize, why: String },
    #[error("the application file is truncated: {have} of {want} bytes are there; copy it to the server again")]
    Truncated { have: usize, want: usize },
    #[error("the application file has {extra} bytes too many; copy it to the server again")]
    Surplus { extra: usize },
    #[error("the application file is damaged: its SHA-256 is {found}, not {stated}; copy it to the server again")]
    Damaged { found: Fingerprint, stated: Fingerprint },
}

impl ApplicationFile {
    /// Reads and checks a whole file.
    pub fn read(bytes: &[u8]) -> Result<ApplicationFile, ApplicationError> {
        if bytes.is_empty() {
            return Err(ApplicationError::Empty);
        }
        let Some(rest) = bytes.strip_prefix(MAGIC) else {
            if bytes.len() > APPLICATION_BYTES_MAX {
                return Err(ApplicationError::TooLarge(bytes.len()));
            }
            return Ok(ApplicationFile::Foreign { sha256: Fingerprint::of(bytes) });
        };
        let (application, payload) = header::read(rest)?;
        let (have, want) = (payload.len(), application.length);
        if have < want {
            return Err(ApplicationError::Truncated { have, want });
        }
        if have > want {
            return Err(ApplicationError::Surplus { extra: have - want });
        }
        let found = application.fingerprint(payload);
        if found != application.sha256 {
            return Err(ApplicationError::Damaged { found, stated: application.sha256 });
        }
        Ok(ApplicationFile::Lab(application))
    }
}

impl Application {
    /// A whole container around `payload`.
    pub fn pack(name: &str, model: &str, signaling: Signaling, release: Release, payload: &[u8]) -> Vec<u8> {
        let (name, model, length) = (name.to_owned(), model.to_owned(), payload.len());
        let mut application = Application { name, model, signaling, release, length, sha256: Fingerprint([0; 32]) };
        application.sha256 = application.fingerprint(payload);
        [MAGIC, application.header().as_bytes(), payload].concat()
    }

    /// The lines between the first and the digest.
    fn lines(&self) -> String {
        let Application { name, model, signaling, release, length, .. } = self;
        let signaling = signaling.key();
        format!("name: {name}\nmodel: {model}\nsignaling: {signaling}\nrelease: {release}\nlength: {length}\n")
    }

    /// Everything between the first line and the payload.
    fn header(&self) -> String {
        format!("{}sha256: {}\n\n", self.lines(), self.sha256)
    }

    fn fingerprint(&self, payload: &[u8]) -> Fingerprint {
        let digest = Sha256::new().chain_update(MAGIC).chain_update(self.lines()).chain_update(payload);
        Fingerprint(digest.finalize().into())
    }
}

impl Fingerprint {
    /// The SHA-256 of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Fingerprint(Sha256::digest(bytes).into())
    }
}

impl std::fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl std::fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Fingerprint({self})")
    }
}

/// A text that is no SHA-256.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("\"{0}\" is no SHA-256: write 64 hexadecimal digits")]
pub struct FingerprintError(String);

impl std::str::FromStr for Fingerprint {
    type Err = FingerprintError;

    fn from_str(text: &str) -> Result<Self, FingerprintError> {
        let wrong = || FingerprintError(text.chars().take(80).collect());
        if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(wrong());
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| wrong())?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| wrong())?;
        }
        Ok(Fingerprint(bytes))
    }
}
