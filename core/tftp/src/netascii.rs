//! Text as it travels in `netascii` mode (RFC 1350, by way of RFC 764): a line ends with CR LF, a CR that ends no
//! line is followed by NUL.

/// From a file to the wire: LF becomes CR LF, a bare CR becomes CR NUL. A CR LF in the file is a line end already and
/// travels as it is: settings files are often written with them.
#[must_use]
pub fn encode(file: &[u8]) -> Vec<u8> {
    let mut wire = Vec::with_capacity(file.len() + file.len() / 16);
    let mut rest = file.iter().copied().peekable();
    while let Some(byte) = rest.next() {
        match byte {
            b'\r' if rest.next_if_eq(&b'\n').is_some() => wire.extend(b"\r\n"),
            b'\r' => wire.extend(b"\r\0"),
            b'\n' => wire.extend(b"\r\n"),
            other => wire.push(other),
        }
    }
    wire
}

/// From the wire to a file with LF line ends: CR LF becomes LF, CR NUL becomes CR. Anything else, a lone CR or LF of
/// a careless sender too, is kept as it came.
#[must_use]
pub fn decode(wire: &[u8]) -> Vec<u8> {
    let mut file = Vec::with_capacity(wire.len());
    let mut rest = wire.iter().copied().peekable();
    while let Some(byte) = rest.next() {
        match byte {
            b'\r' if rest.next_if_eq(&b'\n').is_some() => file.push(b'\n'),
            b'\r' if rest.next_if_eq(&0).is_some() => file.push(b'\r'),
            other => file.push(other),
        }
    }
    file
}
