use memchr::memchr2;

/// The lines of a text. CR LF, LF and CR each end one: editors of all ages wrote these files.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = &str> {
    lines_with_places(text).map(|(_, line)| line)
}

/// The same, each with the byte it begins at.
pub(crate) fn lines_with_places(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next?;
        let rest = &text[start..];
        let Some(length) = memchr2(b'\r', b'\n', rest.as_bytes()) else {
            next = None;
            return Some((start, rest));
        };
        let ended_by = if rest[length..].starts_with("\r\n") { 2 } else { 1 };
        next = Some(start + length + ended_by);
        Some((start, &rest[..length]))
    })
}
