//! Where pages, images and contents come from: `http://` and nothing else.

use fluent_uri::{Uri, UriRef};

use crate::limits::URL_CHARS_MAX;

/// An absolute `http` URL (RFC 3986), written in one way: scheme and host in lower case, dots of the path resolved,
/// without user information.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Url(Uri<String>);

/// Why text is no URL that can be asked for. Texts in it have lost their query.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UrlError {
    /// It has more characters than a URL may have.
    #[error("the address has {0} characters, more than {URL_CHARS_MAX}")]
    TooLong(usize),
    /// It has no `://`.
    #[error("{0} is no full address; begin it with http://")]
    NotFull(String),
    /// It is not `http`.
    #[error("{0}: only http:// can be asked for")]
    Scheme(String),
    /// It has no host, or characters where none may be.
    #[error("{0} is no address")]
    Malformed(String),
}

impl Url {
    /// Reads a full URL.
    ///
    /// # Errors
    /// [`UrlError`], the length first, then a missing `://`, then another scheme, then the rest.
    pub fn parse(text: &str) -> Result<Self, UrlError> {
        let text = text.trim();
        check_length(text)?;
        let Some((scheme, _)) = text.split_once("://") else { return Err(UrlError::NotFull(shown(text))) };
        if !scheme.eq_ignore_ascii_case("http") {
            return Err(UrlError::Scheme(shown(text)));
        }
        let malformed = || UrlError::Malformed(shown(text));
        let uri = Uri::parse(escaped(text)).map_err(|_| malformed())?;
        Self::tidy(&uri).ok_or_else(malformed)
    }

    /// What a reference on a page at this URL means (RFC 3986, section 5.2).
    ///
    /// # Errors
    /// [`UrlError`] if nothing that can be asked for comes out.
    pub fn join(&self, reference: &str) -> Result<Self, UrlError> {
        let reference = reference.trim();
        check_length(reference)?;
        let malformed = || UrlError::Malformed(shown(reference));
        let parsed = UriRef::parse(escaped(reference)).map_err(|_| malformed())?;
        if parsed.scheme().is_some_and(|scheme| !scheme.as_str().eq_ignore_ascii_case("http")) {
            return Err(UrlError::Scheme(shown(reference)));
        }
        // RFC 3986 resolves against a base without its fragment.
        let joined = parsed.resolve_against(&self.0.strip_fragment()).map_err(|_| malformed())?;
        let joined = Self::tidy(&joined).ok_or_else(malformed)?;
        check_length(joined.as_str())?;
        Ok(joined)
    }

    fn tidy(uri: &Uri<String>) -> Option<Self> {
        let authority = uri.authority().filter(|authority| !authority.host().is_empty())?;
        authority.port_to_u16().ok()?;
        let whole = uri.as_str();
        let plain = match authority.userinfo() {
            // Only the text up to the first `@` after `//` is taken out; fluent-uri lets no other `@` into an authority.
            Some(user) => whole.replacen(&format!("{user}@"), "", 1),
            None => whole.to_owned(),
        };
        let mut tidied = Uri::parse(plain).ok()?.normalize();
        if tidied.path().is_empty() {
            let (before, after) =
                tidied.as_str().split_at(tidied.as_str().find(['?', '#']).unwrap_or(tidied.as_str().len()));
            tidied = Uri::parse(format!("{before}/{after}")).ok()?;
        }
        Some(Self(tidied))
    }

    /// All of it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The host, in lower case; an IPv6 address in brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        self.0.authority().map_or("", |authority| authority.host())
    }

    /// The TCP port, 80 if none is named.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.0.authority().and_then(|authority| authority.port_to_u16().ok().flatten()).unwrap_or(80)
    }

    /// The path, at least `/`.
    #[must_use]
    pub fn path(&self) -> &str {
        self.0.path().as_str()
    }

    /// What stands in the request line: path and query.
    #[must_use]
    pub fn path_and_query(&self) -> String {
        match self.0.query() {
            Some(query) => format!("{}?{query}", self.path()),
            None => self.path().to_owned(),
        }
    }

    /// The part after `#`, decoded.
    #[must_use]
    pub fn fragment(&self) -> Option<String> {
        self.0.fragment().map(|fragment| fragment.decode().to_string_lossy().into_owned())
    }

    /// The same without the part after `#`.
    #[must_use]
    pub fn without_fragment(&self) -> Self {
        Self(self.0.strip_fragment().to_owned())
    }

    /// The same with names and values added to its query, url-encoded: with `?`, or with `&` if there is a query.
    ///
    /// # Errors
    /// [`UrlError::TooLong`].
    pub fn with_items<'a>(&self, items: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, UrlError> {
        let items = form(items);
        if items.is_empty() {
            return Ok(self.clone());
        }
        let plain = self.0.strip_fragment();
        let sign = match plain.query() {
            None => "?",
            Some(query) if query.as_str().is_empty() => "",
            Some(_) => "&",
        };
        let text = format!("{plain}{sign}{items}");
        check_length(&text)?;
        Uri::parse(text.clone()).map(Self).map_err(|_| UrlError::Malformed(shown(&text)))
    }
}

impl std::fmt::Display for Url {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

fn check_length(text: &str) -> Result<(), UrlError> {
    let characters = text.chars().count();
    if characters > URL_CHARS_MAX { Err(UrlError::TooLong(characters)) } else { Ok(()) }
}

/// Without its query, which may hold what a user typed.
pub(crate) fn shown(text: &str) -> String {
    text[..text.find('?').unwrap_or(text.len())].to_owned()
}

/// Authors leave spaces, letters outside of ASCII and single `%` as they are.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        let stray = match character {
            '%' => {
                let digits = text.as_bytes().get(at + 1..at + 3);
                !digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
            }
            ' ' | '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => true,
            _ => !character.is_ascii_graphic(),
        };
        if stray { push_escaped(&mut out, character) } else { out.push(character) }
    }
    out
}

fn push_escaped(out: &mut String, character: char) {
    for byte in character.encode_utf8(&mut [0; 4]).bytes() {
        out.push_str(&format!("%{byte:02X}"));
    }
}

/// Everything but letters, digits and a few marks as `%xx` (WML 1.3, 10.3.1: escaping as in RFC 2396).
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        let plain = character.is_ascii_alphanumeric() || "-_.!~*'()".contains(character);
        if plain { out.push(character) } else { push_escaped(&mut out, character) }
    }
    out
}

/// `%xx` as characters; what is no UTF-8 becomes a replacement character.
pub(crate) fn unescape(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let digit = |at: usize| bytes.get(at).and_then(|digit| char::from(*digit).to_digit(16));
        match (byte, digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                at += 3;
            }
            _ => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Names and values as `application/x-www-form-urlencoded`.
pub fn form<'a>(items: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let encoded = |text: &str| {
        let mut out = String::with_capacity(text.len());
        for character in text.chars() {
            match character {
                ' ' => out.push('+'),
                _ if character.is_ascii_alphanumeric() || "-_.*".contains(character) => out.push(character),
                _ => push_escaped(&mut out, character),
            }
        }
        out
    };
    let items: Vec<String> =
        items.into_iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
    items.join("&")
}

/// A value of `application/x-www-form-urlencoded`.
pub(crate) fn unform(value: &str) -> String {
    unescape(&value.replace('+', " "))
}
