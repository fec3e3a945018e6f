//! Push Content: the file with root `<Response>` that a trusted server gives out. A page of a display push is a deck.

use crate::{
    limits::{PUSH_BYTES_MAX, TOPLINE_CHARS_MAX, URL_CHARS_MAX},
    xml::{self, Element, XmlError},
};

/// What a `<Response>` holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A text for the top line, its white space trimmed, at most 56 characters.
    Topline(String),
    /// A stream to play.
    Audio(Audio),
    /// `RTPRx://STOP`: the stream that plays ends.
    AudioStop,
    /// A wish that the phone subscribes anew.
    Subscribe(Subscribe),
}

/// A stream to play (API Guide 16-300256, p. 52).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audio {
    /// How it is coded.
    pub codec: Codec,
    /// What one packet holds.
    pub packet_time: PacketTime,
    /// The stream ends after so many seconds without a packet, 5 to 30.
    pub timer_seconds: u8,
    /// The server it comes from: a name or an address.
    pub host: String,
    /// The phone's receive port, as the content names it.
    pub port: Option<u16>,
}

/// G.711, in one of its two laws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Codec {
    /// Mu-law, RTP payload type 0.
    #[default]
    Pcmu,
    /// A-law, RTP payload type 8.
    Pcma,
}

/// How many milliseconds one packet holds: 10, 20, 30, 40, 50 or 60.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PacketTime(u8);

impl PacketTime {
    /// So many milliseconds, if a packet can hold them.
    #[must_use]
    pub fn new(milliseconds: u8) -> Option<Self> {
        (milliseconds.is_multiple_of(10) && (10..=60).contains(&milliseconds)).then_some(Self(milliseconds))
    }

    /// In milliseconds.
    #[must_use]
    pub fn milliseconds(self) -> u8 {
        self.0
    }
}

impl Default for PacketTime {
    fn default() -> Self {
        Self(40)
    }
}

/// Whom the phone subscribes with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subscribe {
    /// Every server in its list.
    All,
    /// The one server whose entry in the list equals this text.
    Me(String),
}

/// Why a file is no push content.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ContentError {
    /// It is no XML, or too large.
    #[error("the push content is no XML: {0}")]
    Xml(#[source] XmlError),
    /// The root element is another one.
    #[error("the root element is <{0}>, not <Response>")]
    Root(String),
    /// An element or attribute is missing, unknown, or has a value it cannot have.
    #[error("the push content is not valid: {0}")]
    Invalid(String),
}

impl Content {
    /// Reads a file; `content_type` is the whole header, for its charset.
    ///
    /// # Errors
    /// [`ContentError`].
    pub fn parse(bytes: &[u8], content_type: Option<&str>) -> Result<Self, ContentError> {
        let root = xml::parse(bytes, content_type, PUSH_BYTES_MAX).map_err(ContentError::Xml)?;
        if root.name != "Response" {
            return Err(ContentError::Root(root.name));
        }
        let mut elements = root.elements();
        let (Some(payload), None) = (elements.next(), elements.next()) else {
            return Err(invalid("<Response> needs exactly one element"));
        };
        if root.stray_text().is_some() {
            return Err(invalid("text in <Response>"));
        }
        match payload.name.as_str() {
            "Topline" => Ok(Self::Topline(topline(&payload.text()))),
            "Audio" => audio(payload),
            "Subscribe" => subscribe(payload).map(Self::Subscribe),
            other => Err(invalid(format!("<{other}> in <Response>"))),
        }
    }

    /// The file as a server gives it out.
    #[must_use]
    pub fn to_xml(&self) -> String {
        let payload = match self {
            Self::Topline(text) => format!("<Topline>{}</Topline>", xml::quoted(text)),
            Self::Audio(Audio { codec, packet_time, timer_seconds, host, port }) => {
                let codec = if *codec == Codec::Pcma { "PCMA" } else { "PCMU" };
                let port = port.map(|port| format!(":{port}")).unwrap_or_default();
                format!(
                    "<Audio packetsize=\"{}\" codec=\"{codec}\"><AudioTimer value=\"{timer_seconds}\"/><Url \
                     href=\"RTPRx://{}{port}\"/></Audio>",
                    packet_time.0,
                    xml::quoted(host)
                )
            }
            Self::AudioStop => "<Audio><Url href=\"RTPRx://STOP\"/></Audio>".to_owned(),
            Self::Subscribe(Subscribe::All) => "<Subscribe type=\"all\"/>".to_owned(),
            Self::Subscribe(Subscribe::Me(url)) => {
                format!("<Subscribe type=\"me\"><Url href=\"{}\"/></Subscribe>", xml::quoted(url))
            }
        };
        response(&payload)
    }
}

/// A payload within `<Response>`.
fn response(payload: &str) -> String {
    format!("<?xml version=\"1.0\"?>\n<Response>{payload}</Response>\n")
}

/// White space within counts as one space each time; the rest of a long text is ignored.
fn topline(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().take(TOPLINE_CHARS_MAX).collect::<String>().trim_end().to_owned()
}

fn audio(element: &Element) -> Result<Content, ContentError> {
    let address = url(element)?.ok_or_else(|| invalid("<Audio> needs a <Url>"))?;
    let place = address.get(..RTP.len()).filter(|scheme| scheme.eq_ignore_ascii_case(RTP));
    let place = place.map(|scheme| address[scheme.len()..].trim_end_matches('/'));
    let place = place.ok_or_else(|| invalid(format!("the stream's address is no {RTP}: {address:?}")))?;
    if place.eq_ignore_ascii_case("STOP") {
        return Ok(Content::AudioStop);
    }
    let (host, port) = match place.rsplit_once(':') {
        Some((host, port)) => (host, Some(port.parse().map_err(|_| invalid(format!("no port: {port:?}")))?)),
        None => (place, None),
    };
    let is_host = |letter: u8| letter.is_ascii_alphanumeric() || matches!(letter, b'.' | b'-');
    if host.is_empty() || !host.bytes().all(is_host) {
        return Err(invalid(format!("no host: {host:?}")));
    }
    let codec = match element.attribute("codec") {
        None | Some("PCMU") => Codec::Pcmu,
        Some("PCMA") => Codec::Pcma,
        Some(other) => return Err(invalid(format!("codec cannot be {other:?}"))),
    };
    let packet_time = match element.attribute("packetsize") {
        None => PacketTime::default(),
        Some(text) => {
            let known = text.parse().ok().and_then(PacketTime::new);
            known.ok_or_else(|| invalid(format!("packetsize cannot be {text:?}")))?
        }
    };
    let timer_seconds = match element.elements().find(|child| child.name == "AudioTimer") {
        None => TIMER_DEFAULT,
        Some(timer) => {
            let text = timer.attribute("value").unwrap_or_default();
            let seconds: u32 = text.parse().map_err(|_| invalid(format!("AudioTimer cannot be {text:?}")))?;
            // Outside of 5 to 30 it is the nearer end (project rule).
            u8::try_from(seconds).unwrap_or(u8::MAX).clamp(5, 30)
        }
    };
    Ok(Content::Audio(Audio { codec, packet_time, timer_seconds, host: host.to_owned(), port }))
}

fn subscribe(element: &Element) -> Result<Subscribe, ContentError> {
    match element.attribute("type") {
        Some("all") => Ok(Subscribe::All),
        Some("me") => {
            let url = url(element)?.ok_or_else(|| invalid("<Subscribe type=\"me\"> needs a <Url>"))?;
            Ok(Subscribe::Me(url))
        }
        other => Err(invalid(format!("Subscribe's type cannot be {:?}", other.unwrap_or_default()))),
    }
}

fn url(parent: &Element) -> Result<Option<String>, ContentError> {
    let Some(element) = parent.elements().find(|child| child.name == "Url") else { return Ok(None) };
    let href = element.attribute("href").ok_or_else(|| invalid("<Url> needs the attribute href"))?;
    if href.chars().count() > URL_CHARS_MAX {
        return Err(invalid(format!("an address of more than {URL_CHARS_MAX} characters")));
    }
    Ok(Some(href.to_owned()))
}

fn invalid(why: impl Into<String>) -> ContentError {
    ContentError::Invalid(why.into())
}

const RTP: &str = "RTPRx://";

/// Seconds without a packet after which a stream ends, if the content does not say.
const TIMER_DEFAULT: u8 = 20;
