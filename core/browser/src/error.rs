//! Why there is no page.

use crate::{
    url::UrlError,
    xml::{Place, XmlError},
};

/// Why there is no page. The text is what the error page shows; URLs in it have lost their query, which may hold a
/// password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BrowserError {
    /// A document breaks WML's rules (LAN Administrator Guide 555-233-507, Appendix C: "not a valid wml page").
    #[error("{url}: not a valid wml page: {place}: {why}")]
    NotWml {
        /// Which.
        url: String,
        /// Where in it.
        place: Place,
        /// What is wrong.
        why: String,
    },
    /// A document is no XML.
    #[error("{url}: not a valid wml page: {cause}")]
    NotXml {
        /// Which.
        url: String,
        /// What is wrong.
        #[source]
        cause: XmlError,
    },
    /// The server sent something else.
    #[error("{url}: {media_type} cannot be shown; only wml pages can")]
    MediaType {
        /// What was asked for.
        url: String,
        /// What came.
        media_type: String,
    },
    /// The server refused.
    #[error("{url}: the server answered {status}")]
    Status {
        /// What was asked for.
        url: String,
        /// The HTTP status.
        status: u16,
    },
    /// The server did not answer.
    #[error("{url}: no answer: {why}")]
    NoAnswer {
        /// What was asked for.
        url: String,
        /// What is known about it.
        why: String,
    },
    /// A redirect leads nowhere, or there are too many.
    #[error("{url}: redirected too often, or to nowhere")]
    Redirect {
        /// The last one that was asked for.
        url: String,
    },
    /// A link cannot be followed.
    #[error("the link cannot be followed: {0}")]
    Link(#[source] UrlError),
    /// Cards send each other on, without an act of the user.
    #[error("the page sends itself on without end")]
    Endless,
}
