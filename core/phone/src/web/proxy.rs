use deskset_browser::Url;

use super::Proxy;
use crate::{Phone, names};

/// The port of a proxy where WMLPORT says nothing.
const USUAL_PORT: u16 = 8000;

impl Phone {
    /// The proxy for a page: WMLPROXY and WMLPORT, unless WMLEXCEPT names the page's host or its domain.
    pub(crate) fn proxy_for(&self, url: &Url) -> Option<Proxy> {
        let host = self.parameters.value(names::WMLPROXY).trim();
        let except = self.parameters.value(names::WMLEXCEPT).split(',').map(str::trim);
        let named = |entry: &str| !entry.is_empty() && is_within(url.host(), &entry.to_ascii_lowercase());
        if host.is_empty() || except.into_iter().any(named) {
            return None;
        }
        let port = self.parameters.value(names::WMLPORT).parse().unwrap_or(USUAL_PORT);
        Some(Proxy { host: host.to_owned(), port })
    }
}

/// The host itself, or a host of the domain.
fn is_within(host: &str, entry: &str) -> bool {
    match host.strip_suffix(entry.trim_start_matches('.')) {
        Some("") => !entry.starts_with('.'),
        // An address has no parts that are domains.
        Some(before) => before.ends_with('.') && host.parse::<std::net::Ipv4Addr>().is_err(),
        None => false,
    }
}
