//! Trusted push servers: what `TPSLIST` says.

use std::net::Ipv4Addr;

use crate::url::Url;

/// The list of trusted push servers. Entries that cannot be read, such as those with `*`, match nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TrustedServers(Vec<Entry>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Entry {
    Everyone,
    Server { host: String, port: Option<u16>, path: Option<String> },
}

impl TrustedServers {
    /// Reads the value of the parameter: entries with commas between them.
    #[must_use]
    pub fn parse(list: &str) -> Self {
        Self(list.split(',').filter_map(|entry| Entry::parse(entry.trim())).collect())
    }

    /// Nobody is trusted: push is off.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The list trusts the server of this URL. A name matches at the end of the host's name, with no regard to its dots
    /// (API Guide 16-300256, p. 62: `company.com` also matches `hackercompany.com`).
    #[must_use]
    pub fn trust(&self, url: &Url) -> bool {
        self.0.iter().any(|entry| entry.matches(url, |host, name| host.ends_with(name)))
    }

    /// The same, but names match at a dot only.
    #[must_use]
    pub fn trust_strictly(&self, url: &Url) -> bool {
        let at_a_dot = |host: &str, name: &str| match host.strip_suffix(name) {
            Some(before) => before.is_empty() || before.ends_with('.') || name.starts_with('.'),
            None => false,
        };
        self.0.iter().any(|entry| entry.matches(url, at_a_dot))
    }
}

impl Entry {
    fn parse(text: &str) -> Option<Self> {
        if text == "/" {
            return Some(Self::Everyone);
        }
        let text = text.strip_prefix("http://").unwrap_or(text);
        let (place, path) = match text.find('/') {
            Some(at) => (&text[..at], Some(text[at..].trim_end_matches('/').to_owned())),
            None => (text, None),
        };
        let (host, port) = match place.split_once(':') {
            Some((host, port)) => (host, Some(port.parse().ok()?)),
            None => (place, None),
        };
        let is_host = |letter: u8| letter.is_ascii_alphanumeric() || matches!(letter, b'.' | b'-' | b'_');
        let readable = !host.is_empty() && host.bytes().all(is_host);
        readable.then(|| Self::Server { host: host.to_ascii_lowercase(), port, path })
    }

    fn matches(&self, url: &Url, name_matches: impl Fn(&str, &str) -> bool) -> bool {
        let Self::Server { host, port, path } = self else { return true };
        // Addresses compare whole.
        let is_address = |text: &str| text.parse::<Ipv4Addr>().is_ok();
        let host_matches = if is_address(host) || is_address(url.host()) {
            host == url.host()
        } else {
            name_matches(url.host(), host)
        };
        let path_matches = path.as_deref().is_none_or(|path| match url.path().strip_prefix(path) {
            Some(rest) => rest.is_empty() || rest.starts_with('/'),
            None => false,
        });
        host_matches && path_matches && port.is_none_or(|port| port == url.port())
    }
}
