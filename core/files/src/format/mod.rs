//! One form for scripts and settings files, without a change of what they mean.
//!
//! Keywords in capitals, one blank between words, no blanks at the end of a line, one kind of line end, no byte-order
//! mark. Names, values, quotes and comments stay as they are written.

mod line;
mod line_end;

use encoding_rs::mem::encode_latin1_lossy;

use crate::{
    limits::SCRIPT_BYTES_MAX,
    script::{Script, ScriptError},
};
use line_end::LineEnd;

const MARK: &[u8] = b"\xEF\xBB\xBF";

/// The file in its one form. Formatting it once more changes nothing.
///
/// # Errors
/// [`ScriptError::TooLarge`] if the file is, or would become, larger than any script.
pub fn format(name: &str, bytes: &[u8]) -> Result<Vec<u8>, ScriptError> {
    let script = Script::parse(name, bytes)?;
    let end = LineEnd::mostly_of(script.text());
    let mut text = String::with_capacity(script.text().len());
    let mut lines = script.lines().peekable();
    while let Some(line) = lines.next() {
        // What follows the last line end is no line.
        if lines.peek().is_none() && line.text.is_empty() {
            break;
        }
        line::write(&mut text, &line);
        text.push_str(end.as_str());
    }
    let formatted = encoded(text, bytes);
    if formatted.len() > SCRIPT_BYTES_MAX {
        return Err(ScriptError::TooLarge { file: name.to_owned(), bytes: formatted.len() });
    }
    Ok(formatted)
}

/// The text in the encoding that the file has: a phone may not take another one.
fn encoded(text: String, bytes: &[u8]) -> Vec<u8> {
    let mut encoded = if std::str::from_utf8(bytes).is_ok() {
        text.into_bytes()
    } else {
        // It was read as single bytes: every character is one.
        encode_latin1_lossy(&text).into_owned()
    };
    // A second mark is text; without the first one it would be taken for one.
    if encoded.starts_with(MARK) {
        encoded.splice(0..0, MARK.iter().copied());
    }
    encoded
}
