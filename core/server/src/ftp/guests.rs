//! Who may log in.

use std::{
    fmt,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
};

use async_trait::async_trait;
use deskset_files::tree::Visitor;
use unftp_core::auth::{
    AuthenticationError, Authenticator, Credentials, Principal, UserDetail, UserDetailError, UserDetailProvider,
};

use super::{Store, control::Control};
use crate::{limits::FTP_LOGINS_MAX, settings::AnonymousFtp};

/// The names that nobody needs a password for (RFC 1635).
const ANONYMOUS: [&str; 2] = ["anonymous", "ftp"];

/// Said to a client whose passwords were all wrong, or whose address guesses (RFC 959, section 4.2.1: any command may be answered so).
const TOO_OFTEN: &[u8] = b"421 Too many wrong passwords\r\n";

/// Somebody who logged in.
#[derive(Debug)]
pub(super) struct Guest(pub(super) Visitor);

/// Makes guests of those the doorkeeper let in.
#[derive(Debug)]
pub(super) struct Guests;

/// Compares passwords.
pub(super) struct Doorkeeper {
    pub(super) store: Arc<Store>,
    pub(super) control: Arc<Control>,
    pub(super) peer: SocketAddr,
    pub(super) entry: Arc<Entry>,
}

/// How far a session has come.
#[derive(Debug, Default)]
pub(super) struct Entry {
    logged_in: AtomicBool,
    refusals: AtomicU32,
}

impl Entry {
    pub(super) fn logged_in(&self) -> bool {
        self.logged_in.load(Ordering::Relaxed)
    }
}

impl Doorkeeper {
    fn admits(&self, name: &str, password: &str) -> Result<(), AuthenticationError> {
        if self.needs_no_password(name) {
            return Ok(());
        }
        if self.store.refusals.bar(self.peer.ip()) {
            return Err(AuthenticationError::BadPassword);
        }
        if let Some(user) = self.store.users.iter().find(|user| user.name == name) {
            let same = equal(user.password.reveal().as_bytes(), password.as_bytes());
            return if same { Ok(()) } else { Err(AuthenticationError::BadPassword) };
        }
        Err(AuthenticationError::BadUser)
    }

    /// An address that guesses passwords goes on as a visitor: there is nothing to guess.
    fn needs_no_password(&self, name: &str) -> bool {
        let is_user = self.store.users.iter().any(|user| user.name == name);
        !is_user && is_anonymous(name) && matches!(self.store.anonymous, AnonymousFtp::MayStore(_))
    }
}

#[async_trait]
impl Authenticator for Doorkeeper {
    async fn authenticate(&self, name: &str, credentials: &Credentials) -> Result<Principal, AuthenticationError> {
        let password = credentials.password.as_deref().unwrap_or_default();
        match self.admits(name, password) {
            Ok(()) => {
                tracing::info!(peer = %self.peer, user = name, "FTP login");
                self.entry.logged_in.store(true, Ordering::Relaxed);
                Ok(Principal { username: name.to_owned() })
            }
            Err(why) => {
                tracing::warn!(peer = %self.peer, user = name, %why, "FTP login refused");
                let of_session = self.entry.refusals.fetch_add(1, Ordering::Relaxed) + 1;
                let is_barred = self.store.refusals.add(self.peer.ip());
                if is_barred || of_session >= FTP_LOGINS_MAX {
                    self.control.dismiss(TOO_OFTEN);
                }
                Err(why)
            }
        }
    }
}

#[async_trait]
impl UserDetailProvider for Guests {
    type User = Guest;

    async fn provide_user_detail(&self, principal: &Principal) -> Result<Guest, UserDetailError> {
        Ok(Guest(if is_anonymous(&principal.username) {
            Visitor::Anonymous
        } else {
            Visitor::User(principal.username.clone())
        }))
    }
}

impl UserDetail for Guest {}

impl fmt::Display for Guest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Doorkeeper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Doorkeeper")
    }
}

fn is_anonymous(name: &str) -> bool {
    ANONYMOUS.iter().any(|anonymous| name.eq_ignore_ascii_case(anonymous))
}

/// Takes as long for a wrong password whose beginning is right.
fn equal(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |differing, (a, b)| differing | (a ^ b)) == 0
}
