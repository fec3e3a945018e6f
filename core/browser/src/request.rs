//! What the browser asks for, what it is given, and what else it says.

use crate::{
    error::BrowserError,
    url::{Url, shown},
};

/// How something is asked for over HTTP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Method {
    /// GET; names and values go into the URL.
    #[default]
    Get,
    /// POST; names and values go into the body.
    Post,
}

/// Tells requests of one browser apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub u64);

/// A wish: one HTTP request. Whoever carries it adds `Host` and the headers of the connection, chooses the proxy, and
/// follows no redirect.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// To be named in the answer.
    pub id: RequestId,
    /// What it is for.
    pub purpose: Purpose,
    /// GET or POST.
    pub method: Method,
    /// Where to.
    pub url: Url,
    /// Names and values, in order.
    pub headers: Vec<(String, String)>,
    /// Empty for GET.
    pub body: String,
    /// An answer with a longer body, in bytes, is of no use.
    pub size_limit: usize,
}

/// What a request is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// The next page.
    Deck,
    /// An image on the page that is shown.
    Image,
}

/// The printed form leaves out the query and the body: both may hold a password.
impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { id, purpose, method, url, body, .. } = self;
        write!(f, "{} {purpose:?} {method:?} {} + {} bytes", id.0, place(url), body.len())
    }
}

/// A URL for people.
pub(crate) fn place(url: &Url) -> String {
    shown(url.as_str())
}

/// What a server answered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// `Content-Type`, whole.
    pub content_type: Option<String>,
    /// `Location`.
    pub location: Option<String>,
    /// `WWW-Authenticate` or `Proxy-Authenticate`.
    pub challenge: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

/// What the browser says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Output {
    /// It wishes for something; the answer comes by [`Browser::answer`](crate::Browser::answer) or
    /// [`Browser::no_answer`](crate::Browser::no_answer).
    Request(Request),
    /// It no longer wishes for it.
    Abandon(RequestId),
    /// A server (401) or the proxy (407) asks for name and password. The phone asks the user, carries the same request
    /// again with them and answers it, or calls [`Browser::cancel`](crate::Browser::cancel).
    Unauthorized {
        /// Which request.
        request: RequestId,
        /// The proxy asks, not the server.
        proxy: bool,
        /// The header that says how, and for which realm.
        challenge: String,
    },
    /// Click to dial.
    Dial {
        /// Digits, `*`, `#`, and perhaps a leading `+`.
        number: String,
    },
    /// Add to Speed Dial, where the user may edit both before saving.
    AddSpeedDial {
        /// Digits, `*`, `#`, and perhaps a leading `+`.
        number: String,
        /// Possibly empty.
        name: String,
    },
    /// The key does nothing here, or the character is not accepted.
    ErrorTone,
    /// Another card is on the screen.
    Shown {
        /// Its title.
        title: String,
    },
    /// The browser's error page is on the screen.
    Failed(BrowserError),
}
