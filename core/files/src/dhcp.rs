//! What a DHCP server says to phones, as values: the site option's string, and the fields of an answer.
//!
//! Source: LAN Administrator Guide 555-233-507, "DHCP Generic Setup" and Table 3.

use std::net::Ipv4Addr;

use crate::{limits::SITE_OPTION_CHARS_MAX, settings::names};

/// How exactly the string must follow the guide.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Order {
    /// Names in any order.
    #[default]
    Free,
    /// As the guide of R2.2 says: TFTPDIR before TFTPSRVR; one that comes later has no effect.
    DirectoryFirst,
}

/// Something in the string that has no effect.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SiteFault {
    /// Nothing to its left.
    #[error("\"{0}\" belongs to no name; write NAME=value, separated by commas")]
    NoName(String),
    /// An opening quote without a closing one.
    #[error("a quotation mark is never closed; the value reaches to the end")]
    OpenQuote,
    /// TFTPDIR after TFTPSRVR, where that matters.
    #[error("TFTPDIR stands after TFTPSRVR and has no effect; put it before")]
    LateDirectory,
    /// Longer than any server sends.
    #[error("the string has more than {SITE_OPTION_CHARS_MAX} characters; the rest is cut off")]
    TooLong,
}

/// The site option's string, taken apart.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SiteOption {
    /// Names, in capitals, and values, from left to right.
    pub values: Vec<(String, String)>,
    /// What was ignored.
    pub faults: Vec<SiteFault>,
}

impl SiteOption {
    /// Takes a string apart: at commas outside of quotes; a piece without `=` goes on with the value before it, so that
    /// lists of addresses need no quotes; blanks around names and values do not count.
    pub fn parse(text: &str, order: Order) -> SiteOption {
        let mut site = SiteOption::default();
        let cut: String = text.chars().take(SITE_OPTION_CHARS_MAX).collect();
        if cut.len() < text.len() {
            site.faults.push(SiteFault::TooLong);
        }
        for piece in pieces(&cut, &mut site.faults) {
            match piece.split_once('=') {
                Some((name, value)) if !name.trim().is_empty() => site.take(name.trim(), value, order),
                _ => site.continue_value(piece.trim()),
            }
        }
        site
    }

    fn take(&mut self, name: &str, value: &str, order: Order) {
        let name = name.to_ascii_uppercase();
        let late = name == names::TFTPDIR && self.values.iter().any(|(earlier, _)| earlier == names::TFTPSRVR);
        if late && order == Order::DirectoryFirst {
            self.faults.push(SiteFault::LateDirectory);
            return;
        }
        self.values.push((name, unquoted(value).to_owned()));
    }

    fn continue_value(&mut self, piece: &str) {
        if piece.is_empty() {
            return;
        }
        match self.values.last_mut() {
            Some((_, value)) if !piece.contains('=') => {
                value.push(',');
                value.push_str(unquoted(piece));
            }
            _ => self.faults.push(SiteFault::NoName(piece.chars().take(40).collect())),
        }
    }
}

fn pieces<'t>(text: &'t str, faults: &mut Vec<SiteFault>) -> Vec<&'t str> {
    let (mut start, mut quoted, mut pieces) = (0, false, Vec::new());
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => {
                pieces.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    if quoted {
        faults.push(SiteFault::OpenQuote);
    }
    pieces.push(&text[start..]);
    pieces
}

fn unquoted(value: &str) -> &str {
    let value = value.trim();
    let inner = value.strip_prefix('"').unwrap_or(value);
    inner.strip_suffix('"').unwrap_or(inner)
}

/// The fields of a DHCP answer that name servers.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Answer {
    /// The address of the next server, in the fixed part.
    pub siaddr: Option<Ipv4Addr>,
    /// Option 6, as text.
    pub dns_servers: String,
    /// Option 15.
    pub domain: String,
    /// Option 66: names or addresses of TFTP servers.
    pub tftp_server_name: String,
    /// The site option's string.
    pub site: String,
    /// Whether `siaddr` also names the HTTP and TLS servers, as on younger series.
    pub siaddr_serves_http: bool,
}

impl Answer {
    /// All values in the order in which they are taken: fixed fields and standard options first, the site option last,
    /// so that it wins.
    pub fn values(&self, order: Order) -> Vec<(String, String)> {
        let mut values = Vec::new();
        let mut give = |name: &str, value: &str| {
            if !value.is_empty() {
                values.push((name.to_owned(), value.to_owned()));
            }
        };
        if let Some(next) = self.siaddr.filter(|address| !address.is_unspecified()) {
            let next = next.to_string();
            give(names::TFTPSRVR, &next);
            if self.siaddr_serves_http {
                give(names::HTTPSRVR, &next);
                give(names::TLSSRVR, &next);
            }
        }
        give("DNSSRVR", &self.dns_servers);
        give(names::DOMAIN, &self.domain);
        give(names::TFTPSRVR, &self.tftp_server_name);
        values.extend(SiteOption::parse(&self.site, order).values);
        values
    }
}
