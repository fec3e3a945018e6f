//! HTTP as a phone asks for it: pages, pictures, push content, subscriptions.

mod request;

pub use request::{Credentials, Proxy, WebRequest};
