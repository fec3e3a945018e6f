//! The Web application of the phone, and the XML of the push feature. No IO.
//!
//! Start at [`Browser`] for pages, at [`push`] for what push initiators and trusted servers write. Every reader here
//! takes bytes from outside: each has a size limit in [`limits`] and a fuzz target.
//!
//! Sources: LAN Administrator Guide 555-233-507, Appendix C; API Guide 16-300256; WML 1.3 (WAP-191), where both are
//! silent.

mod abilities;
mod browser;
mod deck;
mod encoding;
mod error;
mod layout;
pub mod limits;
mod mask;
mod page;
mod picture;
pub mod push;
mod request;
mod url;
pub mod variables;
mod wtai;
mod xml;

pub use abilities::{Abilities, ImageKind};
pub use browser::{Browser, Key, Side};
pub use error::BrowserError;
pub use page::{Cursor, Icon, Page, Piece, PlacedPicture, Row, Softkey, Target};
pub use picture::{Picture, PictureError};
pub use request::{Answer, Method, Output, Purpose, Request, RequestId};
pub use url::{Url, UrlError, form};
pub use xml::{Place, XmlError};
