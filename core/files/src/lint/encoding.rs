use super::{Findings, Sheet, rules};
use crate::limits::LINT_LARGE_BYTES;

/// How many bytes tell UTF-16 from text.
const SAMPLE_BYTES: usize = 4096;

/// Whether a file is UTF-16: by its mark, or because at least every third byte of its beginning is null.
pub(crate) fn is_utf_16(bytes: &[u8]) -> bool {
    let sample = bytes.get(..SAMPLE_BYTES).unwrap_or(bytes);
    let nulls = sample.iter().filter(|byte| **byte == 0).count();
    sample.starts_with(b"\xFF\xFE") || sample.starts_with(b"\xFE\xFF") || (nulls > 2 && nulls * 3 >= sample.len())
}

/// What a file is made of.
pub(super) fn check(sheet: &Sheet<'_>, findings: &mut Findings) {
    let bytes = &*sheet.source.bytes;
    let beginning = sheet.beginning();
    if !sheet.readable {
        findings.add(
            &rules::UTF_16,
            beginning,
            "the file is UTF-16: phones find no statement in it",
            "save it as plain text (ASCII or UTF-8)",
        );
        return;
    }
    if bytes.len() > LINT_LARGE_BYTES {
        let what = format!("the file has {} bytes; every phone fetches all of it at every start", bytes.len());
        findings.add(&rules::LARGE_FILE, beginning, what, "take out comments, or split it by model and GET the parts");
    }
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        let what = "a byte-order mark stands before the first line";
        findings.add(&rules::BYTE_ORDER_MARK, beginning, what, "save the file without it");
    }
    line_ends(sheet, findings);
    characters(sheet, findings);
}

fn line_ends(sheet: &Sheet<'_>, findings: &mut Findings) {
    let bytes = &*sheet.source.bytes;
    let (mut cr_lf, mut lf, mut cr) = (0usize, 0usize, 0usize);
    for at in memchr::memchr2_iter(b'\r', b'\n', bytes) {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        match (bytes.get(at), bytes.get(at + 1)) {
            (Some(b'\r'), Some(b'\n')) => cr_lf += 1,
            (Some(b'\r'), _) => cr += 1,
            _ if before == Some(&b'\r') => {}
            _ => lf += 1,
        }
    }
    let beginning = sheet.beginning();
    if [cr_lf, lf, cr].iter().filter(|count| **count > 0).count() > 1 {
        let what = format!("{cr_lf} lines end with CR LF, {lf} with LF, {cr} with CR");
        findings.add(&rules::MIXED_LINE_ENDS, beginning, what, "save it with one kind of line end");
    } else if cr > 0 {
        let what = "lines end with CR alone";
        findings.add(&rules::CR_LINE_ENDS, beginning, what, "save it with CR LF or LF");
    }
    if let Some(last) = sheet.lines.last().filter(|line| line.statement.is_some()) {
        let what = "the last statement has no line end";
        findings.add(&rules::NO_NEWLINE_AT_END, sheet.whole(last.number), what, "end the last line");
    }
}

fn characters(sheet: &Sheet<'_>, findings: &mut Findings) {
    let text = sheet.source.script.text();
    if std::str::from_utf8(&sheet.source.bytes).is_err() {
        let not_ascii = sheet.lines.iter().find_map(|line| Some((line.number, first_non_ascii(line.text)?)));
        let spot = not_ascii.map_or(sheet.beginning(), |(line, part)| sheet.spot(line, part));
        let what = "the file is not UTF-8; it is taken as Western single-byte text";
        findings.add(&rules::NOT_UTF_8, spot, what, "save it as UTF-8, or write ASCII only");
    }
    let odd = |c: char| c.is_control() && !matches!(c, '\t' | '\r' | '\n');
    if text.contains(odd) {
        let mut lines = sheet.lines.iter().filter_map(|line| Some((line.number, first_char(line.text, odd)?)));
        if let Some((line, part)) = lines.next() {
            let more = lines.count();
            let what = match more {
                0 => "a control character stands here".to_owned(),
                _ => format!("a control character stands here, and on {more} more lines"),
            };
            findings.add(&rules::CONTROL_CHARACTER, sheet.spot(line, part), what, "take it out");
        }
    }
}

/// The first character that is not ASCII.
pub(super) fn first_non_ascii(text: &str) -> Option<&str> {
    if text.is_ascii() { None } else { first_char(text, |c| !c.is_ascii()) }
}

fn first_char(text: &str, wanted: impl Fn(char) -> bool) -> Option<&str> {
    let (at, c) = text.char_indices().find(|(_, c)| wanted(*c))?;
    text.get(at..at + c.len_utf8())
}
