//! What stands behind a command. The library ends a session over a parameter that it cannot read, where a client
//! expects to hear 501 and to go on (RFC 959, section 4.2): such lines must not reach it.

/// Commands that are nothing without a parameter.
const WITH: [&str; 16] = [
    "RETR", "STOR", "APPE", "DELE", "RMD", "MKD", "XMKD", "RNFR", "RNTO", "SIZE", "MDTM", "CWD", "XCWD", "REST",
    "PBSZ", "OPTS",
];
/// Commands that have none.
const WITHOUT: [&str; 12] =
    ["NOOP", "PASV", "QUIT", "BYE", "ABOR", "STOU", "CCC", "FEAT", "PWD", "XPWD", "CDUP", "XCUP"];

/// Whether the library can read it; `rest` has the end of the line in it.
///
/// # Errors
/// Why not.
pub(super) fn check(verb: &[u8], rest: &[u8]) -> Result<(), &'static str> {
    let Ok(verb) = std::str::from_utf8(verb) else { return Err("its command is no text") };
    let verb = verb.to_ascii_uppercase();
    let text = rest.strip_suffix(b"\n").unwrap_or(rest);
    let text = text.strip_suffix(b"\r").unwrap_or(text);
    // Of a name, a line end may be part, if a zero byte follows (RFC 2640, section 3.1).
    let lone_return = |at: usize| text[at] == b'\r' && text.get(at + 1) != Some(&0);
    if (0..text.len()).any(lone_return) {
        return Err("its line has a line end in it");
    }
    let known = match verb.as_str() {
        "OPTS" => [&b"UTF8 ON"[..], b"UTF8 OFF", b"utf8 on", b"utf8 off"].contains(&text),
        "AUTH" => [&b"TLS"[..], b"SSL"].iter().any(|known| text.eq_ignore_ascii_case(known)),
        "MODE" => [&b"S"[..], b"B", b"C"].contains(&text),
        "STRU" => [&b"F"[..], b"R", b"P"].contains(&text),
        "PROT" => [&b"C"[..], b"S", b"E", b"P"].contains(&text),
        "PBSZ" => text == b"0",
        "REST" => std::str::from_utf8(text).is_ok_and(|offset| offset.parse::<u64>().is_ok()),
        verb if WITH.contains(&verb) => !text.is_empty(),
        verb if WITHOUT.contains(&verb) => text.is_empty(),
        _ => true,
    };
    if known { Ok(()) } else { Err("its parameter is not known") }
}

/// Without what `ls` would take for flags: some clients say `NLST -1`, where the library looks for a folder of that
/// name. Of `LIST` it leaves them out by itself.
pub(super) fn without_flags(mut rest: &[u8]) -> &[u8] {
    while rest.starts_with(b"-") {
        let end = rest.iter().position(|byte| matches!(byte, b' ' | b'\r' | b'\n')).unwrap_or(rest.len());
        rest = if rest.get(end) == Some(&b' ') { &rest[end + 1..] } else { &rest[end..] };
    }
    // The blank that parts it from the command may have been the line's end.
    if rest == b"\n" || rest.is_empty() { b"\r\n" } else { rest }
}
