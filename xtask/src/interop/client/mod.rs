//! Our transport fetches from foreign servers and stores on them.

pub(super) mod files;
pub(super) mod ftp;
pub(super) mod http;
mod relay;
pub(super) mod tftp;
mod tftp_line;

/// What one server does otherwise than a case says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quirk {
    case: &'static str,
    /// What is seen instead; none: the server cannot be asked, and the table has no such cell.
    seen: Option<&'static str>,
    why: &'static str,
}

impl Quirk {
    const fn new(case: &'static str, seen: &'static str, why: &'static str) -> Self {
        Quirk { case, seen: Some(seen), why }
    }

    const fn absent(case: &'static str) -> Self {
        Quirk { case, seen: None, why: "" }
    }
}

/// The cases of a server: what is seen with it, and why if that is something of its own or by a rule of ours.
fn cases_of(
    all: impl Iterator<Item = (&'static str, Option<&'static str>)>,
    quirks: &'static [Quirk],
) -> Vec<(&'static str, Option<&'static str>)> {
    let quirk = |case: &str| quirks.iter().find(|quirk| quirk.case == case);
    all.filter_map(|(case, rule)| match quirk(case) {
        None => Some((case, rule)),
        Some(Quirk { seen: None, .. }) => None,
        Some(Quirk { why, .. }) => Some((case, Some(*why))),
    })
    .collect()
}

/// Whether `seen` is what the case, or the server's quirk, says: from its beginning on.
fn compare(case: &str, expected: &str, quirks: &'static [Quirk], seen: &str) -> Result<(), String> {
    let quirk = quirks.iter().find(|quirk| quirk.case == case).and_then(|quirk| quirk.seen);
    let expected = quirk.unwrap_or(expected);
    // What a server says beyond that is in words of its own.
    let same = seen == expected || expected.strip_suffix("...").is_some_and(|begin| seen.starts_with(begin));
    if same { Ok(()) } else { Err(format!("seen: {seen}; expected: {expected}")) }
}
