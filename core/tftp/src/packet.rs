//! The packets of RFC 1350 and RFC 2347, as bytes and as values.

use std::borrow::Cow;

use crate::limits::{BLOCK_MAX, ERROR_TEXT_MAX, OPTIONS_MAX, REQUEST_MAX};

/// One TFTP packet, borrowing from the datagram it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Packet<'a> {
    /// Read request.
    Rrq(Request<'a>),
    /// Write request.
    Wrq(Request<'a>),
    /// One block of the file.
    Data {
        /// Block number; the first is 1, what follows 65535 says [`Rollover`](crate::Rollover).
        block: u16,
        /// The bytes; fewer than the block size ends the file.
        payload: &'a [u8],
    },
    /// The blocks up to this one have arrived.
    Ack {
        /// Number of the block.
        block: u16,
    },
    /// The transfer is over.
    Error {
        /// Why.
        code: ErrorCode,
        /// The sender's words, without control characters.
        message: Cow<'a, str>,
    },
    /// The options that the server takes, RFC 2347.
    Oack(Vec<OptionPair<'a>>),
}

/// What a read or write request says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request<'a> {
    /// The file's name as sent.
    pub file: Cow<'a, str>,
    /// How the bytes are to be understood.
    pub mode: Mode,
    /// The options in the order sent.
    pub options: Vec<OptionPair<'a>>,
}

/// An option's name and value as sent; names are compared without regard to case (RFC 2347).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionPair<'a> {
    /// Name.
    pub name: Cow<'a, str>,
    /// Value.
    pub value: Cow<'a, str>,
}

/// The transfer mode, RFC 1350.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Bytes as they are.
    Octet,
    /// Text with network line ends.
    Netascii,
    /// Obsolete: to a user's mailbox.
    Mail,
}

/// The error codes of RFC 1350 and RFC 2347.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorCode {
    /// 0: see the message.
    NotDefined,
    /// 1: file not found.
    NotFound,
    /// 2: access violation.
    Denied,
    /// 3: disk full or allocation exceeded.
    DiskFull,
    /// 4: illegal TFTP operation.
    Illegal,
    /// 5: unknown transfer id.
    UnknownTransfer,
    /// 6: file already exists.
    Exists,
    /// 7: no such user.
    NoUser,
    /// 8: option negotiation failed.
    BadOption,
    /// Any other number.
    Other(u16),
}

/// Why a datagram is no TFTP packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadPacket {
    /// Fewer bytes than its kind needs.
    #[error("the datagram is too short")]
    Short,
    /// More bytes than its kind may have.
    #[error("the datagram is too long")]
    Long,
    /// The first two bytes are no operation.
    #[error("{0} is no TFTP operation")]
    Operation(u16),
    /// A text without its closing zero byte.
    #[error("a text does not end")]
    Unterminated,
    /// A text that is not UTF-8.
    #[error("a text is not UTF-8")]
    NotText,
    /// A request without a file name.
    #[error("the request names no file")]
    NoFile,
    /// A mode other than octet, netascii or mail.
    #[error("the transfer mode is unknown")]
    Mode,
}

impl<'a> Packet<'a> {
    /// Reads a datagram.
    ///
    /// # Errors
    /// [`BadPacket`] if it is none of the six packets.
    pub fn parse(datagram: &'a [u8]) -> Result<Self, BadPacket> {
        let (operation, rest) = number(datagram)?;
        match operation {
            1 => Ok(Self::Rrq(Request::parse(rest)?)),
            2 => Ok(Self::Wrq(Request::parse(rest)?)),
            3 => {
                let (block, payload) = number(rest)?;
                if payload.len() > usize::from(BLOCK_MAX) {
                    return Err(BadPacket::Long);
                }
                Ok(Self::Data { block, payload })
            }
            4 => Ok(Self::Ack { block: number(rest)?.0 }),
            5 => {
                let (code, text) = number(rest)?;
                Ok(Self::Error { code: ErrorCode::from_number(code), message: message(text) })
            }
            6 => {
                if rest.len() > REQUEST_MAX {
                    return Err(BadPacket::Long);
                }
                Ok(Self::Oack(options(rest)?))
            }
            other => Err(BadPacket::Operation(other)),
        }
    }

    /// The datagram. A zero byte inside a text is left out, since it would end the text.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(match self {
            Self::Data { payload, .. } => 4 + payload.len(),
            _ => 64,
        });
        match self {
            Self::Rrq(request) => request.put(1, &mut out),
            Self::Wrq(request) => request.put(2, &mut out),
            Self::Data { block, payload } => {
                put_number(3, &mut out);
                put_number(*block, &mut out);
                out.extend_from_slice(payload);
            }
            Self::Ack { block } => {
                put_number(4, &mut out);
                put_number(*block, &mut out);
            }
            Self::Error { code, message } => {
                put_number(5, &mut out);
                put_number(code.number(), &mut out);
                put_text(message, &mut out);
            }
            Self::Oack(options) => {
                put_number(6, &mut out);
                put_options(options, &mut out);
            }
        }
        out
    }
}

impl<'a> Request<'a> {
    fn parse(rest: &'a [u8]) -> Result<Self, BadPacket> {
        if rest.len() > REQUEST_MAX - 2 {
            return Err(BadPacket::Long);
        }
        let (file, rest) = text(rest)?;
        if file.is_empty() {
            return Err(BadPacket::NoFile);
        }
        let (mode, rest) = text(rest)?;
        Ok(Self { file: Cow::Borrowed(file), mode: Mode::parse(mode).ok_or(BadPacket::Mode)?, options: options(rest)? })
    }

    fn put(&self, operation: u16, out: &mut Vec<u8>) {
        put_number(operation, out);
        put_text(&self.file, out);
        put_text(self.mode.name(), out);
        put_options(&self.options, out);
    }
}

impl<'a> OptionPair<'a> {
    /// A name with its value.
    pub fn new(name: &'a str, value: impl Into<Cow<'a, str>>) -> Self {
        Self { name: Cow::Borrowed(name), value: value.into() }
    }
}

impl Mode {
    /// The mode of this name, in any case.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Octet, Self::Netascii, Self::Mail].into_iter().find(|mode| name.eq_ignore_ascii_case(mode.name()))
    }

    /// The name as sent.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Octet => "octet",
            Self::Netascii => "netascii",
            Self::Mail => "mail",
        }
    }
}

impl ErrorCode {
    const NAMED: [Self; 9] = [
        Self::NotDefined,
        Self::NotFound,
        Self::Denied,
        Self::DiskFull,
        Self::Illegal,
        Self::UnknownTransfer,
        Self::Exists,
        Self::NoUser,
        Self::BadOption,
    ];

    /// The code with this number.
    #[must_use]
    pub fn from_number(number: u16) -> Self {
        Self::NAMED.get(usize::from(number)).copied().unwrap_or(Self::Other(number))
    }

    /// The number as sent.
    #[must_use]
    pub const fn number(self) -> u16 {
        match self {
            Self::NotDefined => 0,
            Self::NotFound => 1,
            Self::Denied => 2,
            Self::DiskFull => 3,
            Self::Illegal => 4,
            Self::UnknownTransfer => 5,
            Self::Exists => 6,
            Self::NoUser => 7,
            Self::BadOption => 8,
            Self::Other(number) => number,
        }
    }
}

/// What an ERROR says, fit for a log line: some servers send control characters, or leave out the closing zero.
fn message(bytes: &[u8]) -> Cow<'_, str> {
    let end = bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len());
    let all = String::from_utf8_lossy(&bytes[..end]);
    if all.chars().count() <= ERROR_TEXT_MAX && !all.chars().any(char::is_control) {
        return all;
    }
    Cow::Owned(all.chars().filter(|c| !c.is_control()).take(ERROR_TEXT_MAX).collect())
}

/// An empty name ends the list: some clients fill their request up with zeros.
fn options(mut rest: &[u8]) -> Result<Vec<OptionPair<'_>>, BadPacket> {
    let mut found = Vec::new();
    while !rest.is_empty() && found.len() < OPTIONS_MAX {
        let (name, after) = text(rest)?;
        if name.is_empty() {
            break;
        }
        let (value, after) = text(after)?;
        found.push(OptionPair { name: Cow::Borrowed(name), value: Cow::Borrowed(value) });
        rest = after;
    }
    Ok(found)
}

fn number(bytes: &[u8]) -> Result<(u16, &[u8]), BadPacket> {
    let (head, rest) = bytes.split_first_chunk::<2>().ok_or(BadPacket::Short)?;
    Ok((u16::from_be_bytes(*head), rest))
}

fn text(bytes: &[u8]) -> Result<(&str, &[u8]), BadPacket> {
    let end = bytes.iter().position(|&byte| byte == 0).ok_or(BadPacket::Unterminated)?;
    let text = std::str::from_utf8(&bytes[..end]).map_err(|_| BadPacket::NotText)?;
    Ok((text, &bytes[end + 1..]))
}

fn put_number(number: u16, out: &mut Vec<u8>) {
    out.extend_from_slice(&number.to_be_bytes());
}

fn put_text(text: &str, out: &mut Vec<u8>) {
    out.extend(text.bytes().filter(|&byte| byte != 0));
    out.push(0);
}

fn put_options(options: &[OptionPair<'_>], out: &mut Vec<u8>) {
    for pair in options {
        put_text(&pair.name, out);
        put_text(&pair.value, out);
    }
}
