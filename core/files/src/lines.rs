use memchr::memchr2_iter;

/// The lines of a text. CR LF, LF and CR each end one: editors of all ages wrote these files.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = &str> {
    lines_with_places(text).map(|(_, line)| line)
}

/// The same, each with the byte it begins at.
pub(crate) fn lines_with_places(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut ends = memchr2_iter(b'\r', b'\n', text.as_bytes()).peekable();
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let start = next?;
        let Some(end) = ends.next() else {
            next = None;
            return Some((start, &text[start..]));
        };
        // An LF right behind a CR belongs to it.
        let bytes = text.as_bytes();
        let ended_by_both = bytes[end] == b'\r' && ends.next_if(|at| *at == end + 1 && bytes[*at] == b'\n').is_some();
        next = Some(if ended_by_both { end + 2 } else { end + 1 });
        Some((start, &text[start..end]))
    })
}
