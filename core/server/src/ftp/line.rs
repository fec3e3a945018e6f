//! What a client says, line by line, and what of it the library may hear.

use std::{
    collections::VecDeque,
    net::{IpAddr, Ipv4Addr, SocketAddrV4},
};

use super::parameter;
use crate::limits::{FTP_DATA_PORT_MIN, FTP_LINE_MAX};

/// Lines as they come in.
#[derive(Debug, Default)]
pub(super) struct Lines {
    whole: VecDeque<Line>,
    /// Bytes in whole lines.
    waiting: usize,
    begun: Vec<u8>,
    /// The line that has begun is longer than allowed: no more of it is kept.
    is_too_long: bool,
}

/// One line, with its end.
#[derive(Debug)]
pub(super) enum Line {
    Said(Vec<u8>),
    TooLong,
}

/// What becomes of a line.
pub(super) enum Judged {
    /// The library hears this.
    Passed(Vec<u8>),
    /// The library hears this, which it refuses by itself.
    Refused(&'static [u8], &'static str),
    /// The client is to be called at this port.
    Call(SocketAddrV4),
}

/// The library answers this with 500, and with 530 before a login.
const NO_COMMAND: &[u8] = b"X\r\n";

/// The library answers this with 501, and with 530 before a login. What it cannot read at all would end the session.
pub(super) const BAD_PARAMETER: &[u8] = b"PORT 0\r\n";

impl Lines {
    /// Takes what came; whether it ends a line that says `ABOR`.
    pub(super) fn add(&mut self, bytes: &[u8]) -> bool {
        let mut is_abort = false;
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            if self.begun.len() + part.len() > FTP_LINE_MAX {
                self.is_too_long = true;
                self.begun = Vec::new();
            }
            if !self.is_too_long {
                self.begun.extend_from_slice(part);
            }
            if part.ends_with(b"\n") {
                let said = Line::Said(std::mem::take(&mut self.begun));
                let line = if std::mem::take(&mut self.is_too_long) { Line::TooLong } else { said };
                is_abort |= line.is_abort();
                self.waiting += line.size();
                self.whole.push_back(line);
            }
        }
        is_abort
    }

    pub(super) fn next(&mut self) -> Option<Line> {
        let line = self.whole.pop_front()?;
        self.waiting -= line.size();
        Some(line)
    }

    /// Whether one of them says `ABOR`.
    pub(super) fn hold_abort(&self) -> bool {
        self.whole.iter().any(Line::is_abort)
    }

    /// Bytes in lines that were not fetched yet.
    pub(super) fn waiting(&self) -> usize {
        self.waiting
    }
}

impl Line {
    fn size(&self) -> usize {
        match self {
            Line::Said(line) => line.len(),
            Line::TooLong => 1,
        }
    }

    /// The verb, and what follows, parted where the library parts them.
    fn parts(&self) -> (&[u8], &[u8]) {
        let Line::Said(line) = self else { return (&[], &[]) };
        let end = line.iter().position(|byte| matches!(byte, b' ' | b'\r' | b'\n')).unwrap_or(line.len());
        (&line[..end], line.get(end + 1..).unwrap_or_default())
    }

    fn is(&self, verb: &str) -> bool {
        self.parts().0.eq_ignore_ascii_case(verb.as_bytes())
    }

    pub(super) fn begins_transfer(&self) -> bool {
        self.begins_store() || self.is("RETR")
    }

    pub(super) fn begins_store(&self) -> bool {
        ["STOR", "STOU", "APPE"].iter().any(|verb| self.is(verb))
    }

    pub(super) fn is_abort(&self) -> bool {
        self.abort().is_some()
    }

    /// The line without the Telnet signals that go before `ABOR` (RFC 959, section 4.1.3), if it says that.
    fn abort(&self) -> Option<&[u8]> {
        let Line::Said(line) = self else { return None };
        let begin = line.iter().position(u8::is_ascii)?;
        let said = &line[begin..];
        let end = said.iter().position(|byte| !byte.is_ascii_alphabetic())?;
        said[..end].eq_ignore_ascii_case(b"ABOR").then_some(said)
    }

    /// What becomes of it, where a client at `peer` speaks to `local`.
    pub(super) fn judged(self, peer: IpAddr, local: IpAddr) -> Judged {
        // The library knows no EPRT. With an IPv6 address it stays refused: PORT, which it hears instead, has none.
        let called = match self.parts() {
            (verb, port) if verb.eq_ignore_ascii_case(b"PORT") => Some(port_of(port)),
            (verb, port) if verb.eq_ignore_ascii_case(b"EPRT") && !port.starts_with(b"|2|") => {
                Some(extended_port_of(port))
            }
            _ => None,
        };
        if let Some(port) = called {
            let called = port.and_then(|port| allowed(port, peer));
            return called.map_or_else(|why| Judged::Refused(BAD_PARAMETER, why), Judged::Call);
        }
        if self.is("PASV") && local.is_ipv6() {
            return Judged::Refused(NO_COMMAND, "PASV cannot tell an IPv6 address; EPSV can");
        }
        if let Some(abort) = self.abort() {
            return Judged::Passed(abort.to_vec());
        }
        let (verb, rest) = self.parts();
        if verb.eq_ignore_ascii_case(b"NLST") {
            return Judged::Passed([b"NLST ", parameter::without_flags(rest)].concat());
        }
        if let Err(why) = parameter::check(verb, rest) {
            return Judged::Refused(BAD_PARAMETER, why);
        }
        match self {
            Line::Said(line) => Judged::Passed(line),
            Line::TooLong => Judged::Refused(NO_COMMAND, "its line is too long"),
        }
    }
}

/// What `PORT` names (RFC 959, section 4.1.2).
fn port_of(text: &[u8]) -> Result<SocketAddrV4, &'static str> {
    let text = std::str::from_utf8(text).unwrap_or_default().trim_end();
    let numbers: Option<Vec<u8>> = text.split(',').map(|number| number.parse().ok()).collect();
    let Some(&[a, b, c, d, high, low]) = numbers.as_deref() else { return Err("its PORT is no address") };
    Ok(SocketAddrV4::new(Ipv4Addr::new(a, b, c, d), u16::from_be_bytes([high, low])))
}

/// What `EPRT` names, with any sign between the parts (RFC 2428, section 2).
fn extended_port_of(text: &[u8]) -> Result<SocketAddrV4, &'static str> {
    let text = std::str::from_utf8(text).unwrap_or_default().trim_end();
    let between = text.chars().next().unwrap_or('|');
    let parts: Vec<&str> = text.split(between).collect();
    let address = match parts[..] {
        ["", "1", address, port, ""] => address.parse().ok().zip(port.parse().ok()),
        _ => None,
    };
    address.map(|(address, port)| SocketAddrV4::new(address, port)).ok_or("its EPRT is no address")
}

/// Where a client at `peer` may be called: at its own address, and at a port that no service of the system has (RFC
/// 2577, section 3).
fn allowed(port: SocketAddrV4, peer: IpAddr) -> Result<SocketAddrV4, &'static str> {
    if *port.ip() != peer {
        return Err("its data port is on another machine");
    }
    if port.port() < FTP_DATA_PORT_MIN {
        return Err("its data port is one of the system");
    }
    Ok(port)
}

/// The command that names this port.
pub(super) fn spelled(port: SocketAddrV4) -> Vec<u8> {
    let [a, b, c, d] = port.ip().octets();
    let [high, low] = port.port().to_be_bytes();
    format!("PORT {a},{b},{c},{d},{high},{low}\r\n").into_bytes()
}
