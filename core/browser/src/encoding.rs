//! From bytes to text.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::limits::XML_DECLARATION_BYTES_MAX;

/// The encoding is not known, or the bytes are not in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UnknownEncoding(pub String);

/// The text of a document. A byte order mark comes first, then the charset of the Content-Type (RFC 3023), then the
/// document's own declaration; without all three it is UTF-8.
pub(crate) fn decode(bytes: &[u8], content_type: Option<&str>) -> Result<String, UnknownEncoding> {
    let (encoding, mark) = match Encoding::for_bom(bytes) {
        Some(found) => found,
        None => (named(bytes, content_type)?, 0),
    };
    let (text, malformed) = encoding.decode_without_bom_handling(&bytes[mark..]);
    if malformed { Err(UnknownEncoding(format!("not {}", encoding.name()))) } else { Ok(text.into_owned()) }
}

fn named(bytes: &[u8], content_type: Option<&str>) -> Result<&'static Encoding, UnknownEncoding> {
    if let Some(name) = content_type.and_then(charset) {
        return Encoding::for_label(name.as_bytes()).ok_or(UnknownEncoding(name));
    }
    // Without a mark, UTF-16 shows by the zero beside the first `<` (XML 1.0, appendix F).
    match bytes {
        [b'<', 0, ..] => return Ok(UTF_16LE),
        [0, b'<', ..] => return Ok(UTF_16BE),
        _ => {}
    }
    let Some(name) = declared(bytes) else { return Ok(UTF_8) };
    match Encoding::for_label(name.as_bytes()) {
        // The declaration was read byte by byte, so it is none of these.
        Some(wide) if wide == UTF_16LE || wide == UTF_16BE => Ok(UTF_8),
        Some(encoding) => Ok(encoding),
        None => Err(UnknownEncoding(name)),
    }
}

/// The charset of a Content-Type.
fn charset(content_type: &str) -> Option<String> {
    let mut parameters = content_type.split(';').skip(1);
    let value = parameters.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then_some(value)
    })?;
    let value = value.trim().trim_matches('"').trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// The encoding that `<?xml … encoding="…"?>` names.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(XML_DECLARATION_BYTES_MAX)];
    let head = String::from_utf8_lossy(head);
    let (declaration, _) = head.strip_prefix("<?xml")?.split_once("?>")?;
    let (_, after) = declaration.split_once("encoding")?;
    let after = after.trim_start().strip_prefix('=')?.trim_start();
    let quote = after.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let (name, _) = after[1..].split_once(quote)?;
    Some(name.trim().to_owned())
}
