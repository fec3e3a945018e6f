//! The Push Message: which content to fetch, what it is, and how urgent.

use crate::{
    limits::PUSH_BYTES_MAX,
    request::Method,
    url::{Url, UrlError, unform},
    variables::is_name,
    xml::{self, Element, XmlError},
};

/// What is pushed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PushType {
    /// A page.
    Display,
    /// A text for the top line.
    Topline,
    /// Something to hear.
    Audio,
    /// A wish that the phone subscribes anew.
    Subscribe,
}

/// How urgent it is; what is more urgent is greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Mode {
    /// It may have to wait, or never be seen. Also what holds if nothing is said (project rule).
    #[default]
    Normal,
    /// It comes before almost everything.
    Barge,
}

/// How many ring pings announce it, 0 to 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Alert(u8);

impl Alert {
    /// So many pings, if so many there can be.
    #[must_use]
    pub fn new(pings: u8) -> Option<Self> {
        (pings <= 3).then_some(Self(pings))
    }

    /// How many pings.
    #[must_use]
    pub fn pings(self) -> u8 {
        self.0
    }
}

/// A Push Message, whole and checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushMessage {
    /// What is pushed.
    pub kind: PushType,
    /// How urgent it is; without meaning for [`PushType::Subscribe`].
    pub mode: Mode,
    /// The pings before it; without meaning for [`PushType::Subscribe`].
    pub alert: Alert,
    /// Where the content is.
    pub url: Url,
    /// How it is fetched.
    pub method: Method,
    /// Names and values that go with the fetch.
    pub postfields: Vec<(String, String)>,
}

/// Why a posted text is no Push Message, in the order in which it is checked. Each kind has a number in the guide.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MessageError {
    /// It is too large (307), has an unknown encoding (304), no element (303), or is not well-formed (302).
    #[error("the push message is no XML: {0}")]
    Xml(#[source] XmlError),
    /// The root element is another one (305).
    #[error("the root element is <{0}>, not <Push>")]
    Root(String),
    /// An element or attribute is missing, unknown, or has a value it cannot have (301).
    #[error("the push message is not valid: {0}")]
    Invalid(String),
    /// The URL is not fully qualified or too long (501).
    #[error("the content's address cannot be used: {0}")]
    Url(#[source] UrlError),
    /// The URL is not `http://` (402).
    #[error("the content's address is not http: {0}")]
    Scheme(#[source] UrlError),
    /// The phone does not trust the URL's server (402).
    #[error("{0} is not a trusted push server")]
    Untrusted(String),
    /// The method is `post`, and there is nothing to post (306).
    #[error("method=\"post\" without a <postfield>")]
    EmptyPost,
}

impl PushMessage {
    /// The message in the body of a POST: the value of the form variable `XMLData`, plain or url-encoded. `trust` says
    /// whether content may come from a URL, see [`TrustedServers`](super::TrustedServers).
    ///
    /// # Errors
    /// As [`PushMessage::parse`]; a body without the variable, or with an empty one, has no element.
    pub fn from_form(body: &[u8], trust: impl Fn(&Url) -> bool) -> Result<Self, MessageError> {
        let missing = || MessageError::Xml(XmlError::NoElement);
        // Encoding triples a text at most.
        let bytes = body.len();
        if bytes > 3 * PUSH_BYTES_MAX + FORM_NAME.len() {
            return Err(MessageError::Xml(XmlError::TooLarge { bytes, max: PUSH_BYTES_MAX }));
        }
        let name = FORM_NAME.as_bytes();
        let begins = |at: &usize| body[*at..].starts_with(name) && (*at == 0 || body[*at - 1] == b'&');
        let at = (0..body.len()).find(begins).ok_or_else(missing)?;
        let value = &body[at + name.len()..];
        if value.contains(&b'<') {
            return Self::parse(value, trust);
        }
        let value = std::str::from_utf8(value).map_err(|_| missing())?;
        // Other variables of the form follow behind an `&`, which an encoded value cannot hold.
        Self::parse(unform(value.split('&').next().unwrap_or_default()).as_bytes(), trust)
    }

    /// Reads a message. `trust` says whether content may come from a URL.
    ///
    /// # Errors
    /// [`MessageError`], the first thing that is wrong in the order of its variants.
    pub fn parse(bytes: &[u8], trust: impl Fn(&Url) -> bool) -> Result<Self, MessageError> {
        let root = xml::parse(bytes, None, PUSH_BYTES_MAX).map_err(MessageError::Xml)?;
        if root.name != "Push" {
            return Err(MessageError::Root(root.name));
        }
        let go = only_child(&root, "go")?;
        only_attributes(&root, &["alert", "type", "mode"])?;
        only_attributes(go, &["href", "method"])?;
        let kind = match required(&root, "type")? {
            "display" => PushType::Display,
            "topline" => PushType::Topline,
            "audio" => PushType::Audio,
            "subscribe" => PushType::Subscribe,
            other => return Err(bad_value("type", other)),
        };
        let mode = match root.attribute("mode") {
            None | Some("normal") => Mode::Normal,
            Some("barge") => Mode::Barge,
            Some(other) => return Err(bad_value("mode", other)),
        };
        let alert = match root.attribute("alert") {
            None => Alert::default(),
            Some(pings) => {
                let number = Some(pings).filter(|text| text.len() == 1).and_then(|text| text.parse().ok());
                number.and_then(Alert::new).ok_or_else(|| bad_value("alert", pings))?
            }
        };
        let method = match go.attribute("method") {
            None | Some("get") => Method::Get,
            Some("post") => Method::Post,
            Some(other) => return Err(bad_value("method", other)),
        };
        let postfields = go.elements().map(postfield).collect::<Result<Vec<_>, _>>()?;
        no_text(go)?;
        let url = Url::parse(required(go, "href")?).map_err(|error| match error {
            UrlError::Scheme(_) => MessageError::Scheme(error),
            other => MessageError::Url(other),
        })?;
        if !trust(&url) {
            return Err(MessageError::Untrusted(url.host().to_owned()));
        }
        if method == Method::Post && postfields.is_empty() {
            return Err(MessageError::EmptyPost);
        }
        Ok(Self { kind, mode, alert, url, method, postfields })
    }

    /// The message as an initiator writes it.
    #[must_use]
    pub fn to_xml(&self) -> String {
        let kind = match self.kind {
            PushType::Display => "display",
            PushType::Topline => "topline",
            PushType::Audio => "audio",
            PushType::Subscribe => "subscribe",
        };
        let mode = if self.mode == Mode::Barge { "barge" } else { "normal" };
        let method = if self.method == Method::Post { "post" } else { "get" };
        let fields = self.postfields.iter().map(|(name, value)| {
            format!("<postfield name=\"{}\" value=\"{}\"/>", xml::quoted(name), xml::quoted(value))
        });
        format!(
            "<?xml version=\"1.0\"?>\n<Push alert=\"{}\" type=\"{kind}\" mode=\"{mode}\">\n<go href=\"{}\" \
             method=\"{method}\">{}</go>\n</Push>\n",
            self.alert.0,
            xml::quoted(self.url.as_str()),
            fields.collect::<String>(),
        )
    }

    /// The body of the POST that brings it.
    #[must_use]
    pub fn to_form(&self) -> String {
        crate::url::form([(FORM_NAME.trim_end_matches('='), self.to_xml().as_str())])
    }
}

const FORM_NAME: &str = "XMLData=";

fn postfield(element: &Element) -> Result<(String, String), MessageError> {
    if element.name != "postfield" {
        return Err(MessageError::Invalid(format!("<{}> in <go>", element.name)));
    }
    only_attributes(element, &["name", "value"])?;
    if !element.children.is_empty() {
        return Err(MessageError::Invalid("something in <postfield>".to_owned()));
    }
    let name = required(element, "name")?;
    if !is_name(name) {
        return Err(bad_value("name", name));
    }
    Ok((name.to_owned(), required(element, "value")?.to_owned()))
}

fn only_child<'a>(parent: &'a Element, name: &str) -> Result<&'a Element, MessageError> {
    no_text(parent)?;
    let mut children = parent.elements();
    match (children.next(), children.next()) {
        (Some(child), None) if child.name == name => Ok(child),
        _ => Err(MessageError::Invalid(format!("<{}> needs one <{name}> and nothing else", parent.name))),
    }
}

fn no_text(element: &Element) -> Result<(), MessageError> {
    match element.stray_text() {
        Some(place) => Err(MessageError::Invalid(format!("{place}: text in <{}>", element.name))),
        None => Ok(()),
    }
}

fn only_attributes(element: &Element, known: &[&str]) -> Result<(), MessageError> {
    match element.attribute_names().find(|name| !known.contains(name)) {
        Some(name) => Err(MessageError::Invalid(format!("<{}> has no attribute {name}", element.name))),
        None => Ok(()),
    }
}

fn required<'a>(element: &'a Element, name: &str) -> Result<&'a str, MessageError> {
    let missing = || MessageError::Invalid(format!("<{}> needs the attribute {name}", element.name));
    element.attribute(name).ok_or_else(missing)
}

fn bad_value(name: &str, value: &str) -> MessageError {
    MessageError::Invalid(format!("{name} cannot be {value:?}"))
}
