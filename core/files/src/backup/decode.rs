use std::borrow::Cow;

use encoding_rs::{Encoding as Charset, UTF_8, UTF_16BE, UTF_16LE, mem::decode_latin1};

/// How a file's bytes were read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Encoding {
    /// UTF-8, which ASCII is part of.
    Utf8,
    /// UTF-8 behind a byte-order mark.
    Utf8WithMark,
    /// UTF-16, low byte first: a file of a younger series.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// ISO 8859-1: the guide's "extended ASCII".
    Latin1,
}

/// The text of a file, and how it was read. Every sequence of bytes has a reading.
pub fn decode(bytes: &[u8]) -> (Cow<'_, str>, Encoding) {
    match Charset::for_bom(bytes) {
        Some((charset, mark)) if charset == UTF_16LE => {
            (UTF_16LE.decode_without_bom_handling(&bytes[mark..]).0, Encoding::Utf16Le)
        }
        Some((charset, mark)) if charset == UTF_16BE => {
            (UTF_16BE.decode_without_bom_handling(&bytes[mark..]).0, Encoding::Utf16Be)
        }
        Some((_, mark)) => match UTF_8.decode_without_bom_handling_and_without_replacement(&bytes[mark..]) {
            Some(text) => (text, Encoding::Utf8WithMark),
            None => (decode_latin1(&bytes[mark..]), Encoding::Latin1),
        },
        None => match UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
            Some(text) => (text, Encoding::Utf8),
            None => (decode_latin1(bytes), Encoding::Latin1),
        },
    }
}
