//! XML of strangers, as a tree: no DTD is processed, no entities but the predefined ones and WML's, and everything is
//! counted.

use quick_xml::{
    Reader,
    errors::{IllFormedError, SyntaxError},
    events::{BytesStart, Event},
};

use crate::{
    encoding::{UnknownEncoding, decode},
    limits::{XML_ATTRIBUTES_MAX, XML_DEPTH_MAX, XML_ELEMENTS_MAX},
};

/// A place in a document, both counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The line.
    pub line: u32,
    /// The column, in characters.
    pub column: u32,
}

impl Place {
    const START: Self = Self { line: 1, column: 1 };

    fn after(mut self, text: &str) -> Self {
        for character in text.chars() {
            if character == '\n' {
                self = Self { line: self.line + 1, column: 1 };
            } else {
                self.column += 1;
            }
        }
        self
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// Why bytes are no XML document. The kinds are those that the push feature answers with numbers of their own.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum XmlError {
    /// Too many bytes.
    #[error("{bytes} bytes, more than {max}")]
    TooLarge {
        /// How many there are.
        bytes: usize,
        /// How many there may be.
        max: usize,
    },
    /// The encoding is not known, or the text is not in it.
    #[error("unknown encoding: {0}")]
    Encoding(String),
    /// Empty, or it ends before its root does.
    #[error("no element found")]
    NoElement,
    /// Not well-formed, or beyond a limit.
    #[error("{place}: {why}")]
    NotWellFormed {
        /// Where.
        place: Place,
        /// What is wrong there.
        why: String,
    },
}

/// An element with what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Element {
    pub name: String,
    pub place: Place,
    attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
}

/// What an element holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Node {
    Element(Element),
    Text { text: String, place: Place },
}

impl Element {
    /// The value of an attribute.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The names of all attributes.
    pub fn attribute_names(&self) -> impl Iterator<Item = &str> {
        self.attributes.iter().map(|(name, _)| name.as_str())
    }

    /// The elements in it.
    pub fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text { .. } => None,
        })
    }

    /// Where in it text other than white space stands.
    pub fn stray_text(&self) -> Option<Place> {
        self.children.iter().find_map(|node| match node {
            Node::Text { text, place } if !text.trim().is_empty() => Some(*place),
            _ => None,
        })
    }

    /// All text in it, its elements' too.
    pub fn text(&self) -> String {
        let parts = self.children.iter().map(|node| match node {
            Node::Element(element) => element.text(),
            Node::Text { text, .. } => text.clone(),
        });
        parts.collect()
    }
}

/// The root of a document of at most `max` bytes.
pub(crate) fn parse(bytes: &[u8], content_type: Option<&str>, max: usize) -> Result<Element, XmlError> {
    if bytes.len() > max {
        return Err(XmlError::TooLarge { bytes: bytes.len(), max });
    }
    let text = decode(bytes, content_type).map_err(|UnknownEncoding(name)| XmlError::Encoding(name))?;
    Tree { text: &text, at: 0, place: Place::START, open: Vec::new(), root: None, elements: 0 }.read()
}

/// A tree in the making.
struct Tree<'a> {
    text: &'a str,
    /// Up to where the place has been counted.
    at: usize,
    place: Place,
    open: Vec<Element>,
    root: Option<Element>,
    elements: usize,
}

impl Tree<'_> {
    fn read(mut self) -> Result<Element, XmlError> {
        let mut reader = Reader::from_str(self.text);
        reader.config_mut().check_comments = true;
        loop {
            let start = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
            self.go_to(start);
            let event = reader.read_event().map_err(|error| self.refused(&error))?;
            match event {
                Event::Start(start) => {
                    let element = self.element(&start)?;
                    self.open.push(element);
                    if self.open.len() > XML_DEPTH_MAX {
                        return Err(self.wrong(format!("elements are nested deeper than {XML_DEPTH_MAX}")));
                    }
                }
                Event::Empty(start) => {
                    let element = self.element(&start)?;
                    self.close(element);
                }
                Event::End(_) => {
                    let element = self.open.pop().ok_or_else(|| self.wrong("an end tag without a start"))?;
                    self.close(element);
                }
                Event::Text(text) => self.text(&text.xml10_content())?,
                Event::CData(text) => self.text(&text.xml10_content())?,
                Event::GeneralRef(reference) => {
                    let name = reference.xml10_content().into_owned();
                    let mut meant = String::new();
                    meant.push(entity(&name).ok_or_else(|| self.wrong(format!("unknown entity &{name};")))?);
                    self.text(&meant)?;
                }
                Event::DocType(declared) if declared.contains('[') => {
                    return Err(self.wrong("a document type with declarations of its own"));
                }
                Event::Decl(_) if start > 0 => return Err(self.wrong("a declaration that is not at the beginning")),
                Event::DocType(_) | Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
                Event::Eof => break,
            }
        }
        if self.open.is_empty() { self.root.ok_or(XmlError::NoElement) } else { Err(XmlError::NoElement) }
    }

    fn element(&mut self, start: &BytesStart<'_>) -> Result<Element, XmlError> {
        self.elements += 1;
        if self.elements > XML_ELEMENTS_MAX {
            return Err(self.wrong(format!("more than {XML_ELEMENTS_MAX} elements")));
        }
        let name = start.name();
        let name: &str = name.as_ref();
        if !is_name(name) {
            return Err(self.wrong("a tag without a name"));
        }
        if self.open.is_empty() && self.root.is_some() {
            return Err(self.wrong(format!("<{name}> after the end of the document")));
        }
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| self.wrong(format!("in <{name}>: {error}")))?;
            let key: &str = attribute.key.as_ref();
            if !is_name(key) || attribute.value.contains('<') {
                return Err(self.wrong(format!("in <{name}>: a misshapen attribute")));
            }
            attributes.push((key.to_owned(), self.attribute_value(&attribute.value)?));
            if attributes.len() > XML_ATTRIBUTES_MAX {
                return Err(self.wrong(format!("<{name}> has more than {XML_ATTRIBUTES_MAX} attributes")));
            }
        }
        Ok(Element { name: name.to_owned(), place: self.place, attributes, children: Vec::new() })
    }

    /// White space becomes spaces, references become characters (XML 1.0, 3.3.3).
    fn attribute_value(&self, raw: &str) -> Result<String, XmlError> {
        if raw.chars().any(|character| !is_allowed(character)) {
            return Err(self.wrong("a control character"));
        }
        let mut value = String::with_capacity(raw.len());
        let mut rest = raw;
        while let Some(at) = rest.find('&') {
            value.extend(rest[..at].chars().map(space));
            let Some((name, after)) = rest[at + 1..].split_once(';') else {
                return Err(self.wrong("an & that begins no entity"));
            };
            value.push(entity(name).ok_or_else(|| self.wrong("an & that begins no known entity"))?);
            rest = after;
        }
        value.extend(rest.chars().map(space));
        Ok(value)
    }

    fn text(&mut self, text: &str) -> Result<(), XmlError> {
        let place = self.place;
        if text.chars().any(|character| !is_allowed(character)) {
            return Err(self.wrong("a control character"));
        }
        let Some(parent) = self.open.last_mut() else {
            return if text.trim_matches(['\u{feff}', ' ', '\t', '\r', '\n']).is_empty() {
                Ok(())
            } else {
                Err(self.wrong("text outside of the root element"))
            };
        };
        match parent.children.last_mut() {
            Some(Node::Text { text: so_far, .. }) => so_far.push_str(text),
            _ if text.is_empty() => {}
            _ => parent.children.push(Node::Text { text: text.to_owned(), place }),
        }
        Ok(())
    }

    fn close(&mut self, element: Element) {
        match self.open.last_mut() {
            Some(parent) => parent.children.push(Node::Element(element)),
            None => self.root = Some(element),
        }
    }

    fn go_to(&mut self, position: usize) {
        if let Some(passed) = self.text.get(self.at..position) {
            self.place = self.place.after(passed);
            self.at = position;
        }
    }

    /// Input that ends inside of a tag ends before its root does.
    fn refused(&self, error: &quick_xml::Error) -> XmlError {
        match error {
            quick_xml::Error::Syntax(SyntaxError::InvalidBangMarkup) => self.wrong(error.to_string()),
            quick_xml::Error::Syntax(_) | quick_xml::Error::IllFormed(IllFormedError::MissingEndTag(_)) => {
                XmlError::NoElement
            }
            other => self.wrong(other.to_string()),
        }
    }

    fn wrong(&self, why: impl Into<String>) -> XmlError {
        XmlError::NotWellFormed { place: self.place, why: why.into() }
    }
}

/// The predefined entities, those that WML 1.3 declares besides, and references by number.
fn entity(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "apos" => Some('\''),
        "quot" => Some('"'),
        "nbsp" => Some('\u{a0}'),
        "shy" => Some('\u{ad}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let number = match number.strip_prefix('x') {
                Some(hexadecimal) if hexadecimal.bytes().all(|digit| digit.is_ascii_hexdigit()) => {
                    u32::from_str_radix(hexadecimal, 16)
                }
                None if number.bytes().all(|digit| digit.is_ascii_digit()) => number.parse(),
                _ => return None,
            };
            number.ok().and_then(char::from_u32).filter(|character| is_allowed(*character))
        }
    }
}

/// XML 1.0, production 2.
fn is_allowed(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Text as it stands in an element or in a double-quoted attribute. Characters that XML cannot hold are left out.
pub(crate) fn quoted(text: &str) -> String {
    let allowed: String = text.chars().filter(|character| is_allowed(*character)).collect();
    quick_xml::escape::escape(allowed.as_str()).into_owned()
}

fn is_name(name: &str) -> bool {
    let mut characters = name.chars();
    let begins = |first: char| first.is_alphabetic() || matches!(first, '_' | ':');
    characters.next().is_some_and(begins)
        && characters.all(|next| next.is_alphanumeric() || matches!(next, '_' | ':' | '-' | '.' | '\u{b7}'))
}

fn space(character: char) -> char {
    if matches!(character, '\t' | '\n' | '\r') { ' ' } else { character }
}
