use std::{fmt, time::Duration};

use deskset_browser::{Method, Url};
use deskset_models::Secret;

use crate::WishId;

/// One HTTP request. The carrier adds `Host` and the headers of the connection, and follows no redirect.
#[derive(Clone, PartialEq, Eq)]
pub struct WebRequest {
    /// To be named in the answer.
    pub wish: WishId,
    /// GET or POST.
    pub method: Method,
    /// Where to: `http://` only.
    pub url: Url,
    /// Names and values, in order. `User-Agent` is among them.
    pub headers: Vec<(String, String)>,
    /// Empty for GET.
    pub body: String,
    /// The proxy to ask, else the URL's own host.
    pub via: Option<Proxy>,
    /// What a 401 and a 407 asked for, to be sent as `Authorization` and `Proxy-Authorization`: one each at most.
    pub credentials: Vec<Credentials>,
    /// An answer with a longer body, in bytes, is a failure.
    pub size_limit: usize,
    /// When to give up if there is no connection.
    pub connect_within: Duration,
    /// When to give up in all.
    pub within: Duration,
}

/// An HTTP proxy: WMLPROXY and WMLPORT.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proxy {
    /// Address or name.
    pub host: String,
    /// Port.
    pub port: u16,
}

impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

/// Name and password for a page.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// As the user typed it.
    pub name: String,
    /// As the user typed it.
    pub password: Secret,
    /// The proxy asked, not the server.
    pub proxy: bool,
    /// The header that asked: scheme and realm.
    pub challenge: String,
}

/// Nothing of it is printed.
impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credentials(***)")
    }
}

/// Query and body may hold what a user typed: both are left out.
impl fmt::Debug for WebRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { wish, method, url, via, body, .. } = self;
        let place = format!("http://{}:{}{}", url.host(), url.port(), url.path());
        write!(f, "WebRequest {} {method:?} {place} + {} bytes via {via:?}", wish.0, body.len())
    }
}
