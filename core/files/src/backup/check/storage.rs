use super::{BackupCheck, BackupPhone, Encoding, Findings, Sheet, rules};
use crate::lint::is_utf_16;

/// Whether the bytes mean text under the encoding they were read in.
pub(super) fn is_text(encoding: Encoding, bytes: &[u8]) -> bool {
    matches!(encoding, Encoding::Utf16Le | Encoding::Utf16Be) || !is_utf_16(bytes)
}

/// How the file is stored.
pub(super) fn check<'t>(sheet: &Sheet<'t>, encoding: Encoding, findings: &mut Findings<'t>) {
    match encoding {
        Encoding::Utf8 => {}
        Encoding::Utf8WithMark => {
            let what = "a byte-order mark stands before the first line";
            findings.add_to_file(&rules::BYTE_ORDER_MARK, what, "save the file as UTF-8 without it");
        }
        Encoding::Utf16Le | Encoding::Utf16Be => {
            let what = "the file is UTF-16, which phones of younger series want; these want UTF-8";
            findings.add_to_file(&rules::UTF_16, what, "save it as UTF-8");
        }
        Encoding::Latin1 => {
            let odd = sheet.lines.iter().find(|line| !line.text.is_ascii());
            let what = "the file is not UTF-8; it is taken as ISO 8859-1";
            let (line, part) =
                odd.map_or((1, sheet.text.get(..0).unwrap_or_default()), |line| (line.number, line.text));
            findings.add(&rules::NOT_UTF_8, line, part, what, "save it as UTF-8, and look the letters over");
        }
    }
    if let Some(first) = sheet.lines.first().filter(|first| !first.text.is_empty()) {
        let what = "the file does not begin with a blank line: a phone may ignore its first line";
        findings.add(&rules::NO_BLANK_FIRST_LINE, 1, first.text, what, "put a blank line before it");
    }
    line_ends(sheet, findings);
    characters(sheet, findings);
}

fn line_ends<'t>(sheet: &Sheet<'t>, findings: &mut Findings<'t>) {
    let count = |end: &str| sheet.text.matches(end).count();
    let cr_lf = count("\r\n");
    let (cr, lf) = (count("\r") - cr_lf, count("\n") - cr_lf);
    if [cr_lf, lf, cr].iter().filter(|count| **count > 0).count() > 1 {
        let what = format!("{cr_lf} lines end with CR LF, {lf} with LF, {cr} with CR");
        findings.add_to_file(&rules::MIXED_LINE_ENDS, what, "save it with CR LF everywhere");
    } else if cr > 0 {
        findings.add_to_file(&rules::CR_LINE_ENDS, "lines end with CR alone", "save it with CR LF");
    }
    if let Some(last) = sheet.lines.last().filter(|last| !last.text.is_empty()) {
        let what = "the last line has no line end";
        findings.add(&rules::NO_LINE_END_AT_END, last.number, last.text, what, "end the last line");
    }
}

fn characters<'t>(sheet: &Sheet<'t>, findings: &mut Findings<'t>) {
    for line in &sheet.lines {
        let first = |wanted: fn(char) -> bool| {
            let (at, c) = line.text.char_indices().find(|(_, c)| wanted(*c))?;
            Some((c, line.text.get(at..at + c.len_utf8())?))
        };
        if let Some((c, part)) = first(char::is_control) {
            let what = format!("the control character U+{:04X} stands here", u32::from(c));
            findings.add(&rules::CONTROL_CHARACTER, line.number, part, what, "take it out");
        }
        if let Some((_, part)) = first(|c| c == char::REPLACEMENT_CHARACTER) {
            let what = "a character was lost here before";
            findings.add(&rules::LOST_CHARACTER, line.number, part, what, "type it again");
        }
    }
}

/// What the file is called.
pub(super) fn name(check: &BackupCheck<'_>, name: &str, findings: &mut Findings<'_>) {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let owner = check.phones.iter().find_map(|phone| Some((phone, phone.owner(name)?)));
    if let Some((phone, extension)) = owner {
        if let Some(usual) = phone.file_name(&extension).ok().filter(|usual| usual.as_str() != name) {
            let what = format!("phones write the name as `{usual}`");
            findings.add_to_file(&rules::FILE_NAME_CASE, what, "rename the file");
        }
        return;
    }
    let others = check.known.iter().filter(|phone| phone.owner(name).is_some());
    let others: Vec<String> = others.map(BackupPhone::kind).collect();
    // Any extension will do to show how a name looks.
    let example = "4711".parse().ok().and_then(|extension| check.phones.first()?.file_name(&extension).ok());
    let remedy = example.map_or_else(String::new, |example| format!("a name looks like `{example}`"));
    if others.is_empty() {
        findings.add_to_file(&rules::UNKNOWN_FILE_NAME, "no phone asks for a file of this name", remedy);
    } else {
        let what = format!("phones of other kinds ask for this file: {}", others.join(", "));
        findings.add_to_file(&rules::OTHER_PHONES_FILE, what, format!("{remedy}; `backup convert` makes one"));
    }
}
