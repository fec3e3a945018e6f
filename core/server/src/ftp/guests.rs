//! Who may log in.

use std::{fmt, net::SocketAddr, sync::Arc};

use async_trait::async_trait;
use deskset_files::tree::Visitor;
use unftp_core::auth::{
    AuthenticationError, Authenticator, Credentials, Principal, UserDetail, UserDetailError, UserDetailProvider,
};

use super::Store;
use crate::settings::AnonymousFtp;

/// The names that nobody needs a password for (RFC 1635).
const ANONYMOUS: [&str; 2] = ["anonymous", "ftp"];

/// Somebody who logged in.
#[derive(Debug)]
pub(super) struct Guest(pub(super) Visitor);

/// Makes guests of those the doorkeeper let in.
#[derive(Debug)]
pub(super) struct Guests;

/// Compares passwords.
pub(super) struct Doorkeeper {
    pub(super) store: Arc<Store>,
    pub(super) peer: SocketAddr,
}

impl Doorkeeper {
    fn admits(&self, name: &str, password: &str) -> Result<(), AuthenticationError> {
        if let Some(user) = self.store.users.iter().find(|user| user.name == name) {
            let same = equal(user.password.reveal().as_bytes(), password.as_bytes());
            return if same { Ok(()) } else { Err(AuthenticationError::BadPassword) };
        }
        match self.store.anonymous {
            AnonymousFtp::MayStore(_) if is_anonymous(name) => Ok(()),
            _ => Err(AuthenticationError::BadUser),
        }
    }
}

#[async_trait]
impl Authenticator for Doorkeeper {
    async fn authenticate(&self, name: &str, credentials: &Credentials) -> Result<Principal, AuthenticationError> {
        let password = credentials.password.as_deref().unwrap_or_default();
        match self.admits(name, password) {
            Ok(()) => {
                tracing::info!(peer = %self.peer, user = name, "FTP login");
                Ok(Principal { username: name.to_owned() })
            }
            Err(why) => {
                tracing::warn!(peer = %self.peer, user = name, %why, "FTP login refused");
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
