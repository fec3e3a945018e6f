//! The Web application below its screen: the browser, its requests, the proxy, the page of an idle phone.
//!
//! ```text
//!  keys, pushes, answers ─► browse ─► Browser ─► says: requests ─► WebRequest, calls, tones
//! ```

mod browsing;
mod idle;
mod proxy;
mod request;

pub(crate) use browsing::{Asked, Browsing};
pub use request::{Credentials, Proxy, WebRequest};
