use super::{Findings, Sheet, encoding::first_non_ascii, rules};
use crate::script::{Line, Statement};

const BLANKS: [char; 2] = [' ', '\t'];

/// How a statement is written: whether its value is what was meant.
pub(super) fn check(sheet: &Sheet<'_>, line: &Line<'_>, statement: &Statement<'_>, findings: &mut Findings) -> bool {
    blanks(sheet, line, findings);
    let mut whole = true;
    match statement {
        Statement::Tag { .. } => return true,
        Statement::Set { name, value } => whole = set(sheet, line, name, value, findings),
        Statement::Get { file } => whole = after_value(sheet, line, file, findings),
        Statement::Goto { tag } | Statement::If { tag, .. } => {
            let rest = rest_after(line, tag).trim_matches(BLANKS);
            if !rest.is_empty() {
                let what = format!("what follows the tag `{tag}` is not read");
                let remedy = "a tag is one word; put comments on lines of their own";
                findings.add(&rules::TEXT_AFTER_JUMP, sheet.spot(line.number, rest), what, remedy);
            }
        }
    }
    keywords(sheet, line, statement, findings);
    whole
}

fn blanks(sheet: &Sheet<'_>, line: &Line<'_>, findings: &mut Findings) {
    let said = line.text.trim_end_matches(BLANKS);
    let trailing = line.text.get(said.len()..).unwrap_or_default();
    if !trailing.is_empty() {
        findings.add(
            &rules::TRAILING_BLANKS,
            sheet.spot(line.number, trailing),
            "blanks end the line",
            "take them out",
        );
    }
    // A tab inside of quotes is a part of the value.
    let outside = said.find('"').and_then(|quote| said.get(..quote)).unwrap_or(said);
    if let Some(tab) = outside.find('\t').and_then(|at| outside.get(at..=at)) {
        findings.add(&rules::TAB, sheet.spot(line.number, tab), "a tab stands between words", "write one blank");
    }
}

fn keywords(sheet: &Sheet<'_>, line: &Line<'_>, statement: &Statement<'_>, findings: &mut Findings) {
    let mut words = line.text.split(BLANKS).filter(|word| !word.is_empty());
    let first = words.next();
    let goto = match statement {
        Statement::If { .. } => words.find(|word| word.eq_ignore_ascii_case("GOTO")),
        _ => None,
    };
    let small = |word: &&str| word.contains(|c: char| c.is_ascii_lowercase());
    if let Some(word) = first.into_iter().chain(goto).find(small) {
        let what = format!("`{word}` is written in small letters");
        let remedy = format!("write {}", word.to_ascii_uppercase());
        findings.add(&rules::LOWER_CASE_KEYWORD, sheet.spot(line.number, word), what, remedy);
    }
}

fn rest_after<'l>(line: &Line<'l>, part: &str) -> &'l str {
    let end = part.as_ptr().addr().wrapping_sub(line.text.as_ptr().addr()).wrapping_add(part.len());
    line.text.get(end..).unwrap_or_default()
}

fn set(sheet: &Sheet<'_>, line: &Line<'_>, name: &str, value: &str, findings: &mut Findings) -> bool {
    if name.ends_with('=') || value.starts_with('=') {
        let what = "an equals sign stands between name and value";
        let part = if name.ends_with('=') { name } else { value };
        let remedy = format!("write SET {} value", name.trim_end_matches('='));
        findings.add(&rules::SET_WITH_EQUALS, sheet.spot(line.number, part), what, remedy);
        return false;
    }
    let quote = value.chars().next().filter(|c| CURLY.contains(c) || SINGLE.contains(c));
    if let Some(quote) = quote {
        let rule = if CURLY.contains(&quote) { &rules::CURLY_QUOTES } else { &rules::SINGLE_QUOTES };
        let spot = sheet.spot(line.number, value.get(..quote.len_utf8()).unwrap_or_default());
        let what = format!("{quote} is no quotation mark to a phone: it becomes a part of the value");
        findings.add(rule, spot, what, "write straight double quotes (ASCII 34)");
        return false;
    }
    if let Some(foreign) = first_non_ascii(value) {
        let what = format!("`{foreign}` is not ASCII");
        findings.add(&rules::NON_ASCII, sheet.spot(line.number, foreign), what, "write ASCII");
    }
    if let Some(at) = value.find('"') {
        let what = "a quotation mark stands inside of the value";
        let spot = sheet.spot(line.number, value.get(at..=at).unwrap_or_default());
        findings.add(&rules::QUOTE_IN_VALUE, spot, what, "put one pair of quotes around the whole value");
        return false;
    }
    after_value(sheet, line, value, findings)
}

/// What follows a value that was not quoted, or that was.
fn after_value(sheet: &Sheet<'_>, line: &Line<'_>, value: &str, findings: &mut Findings) -> bool {
    let rest = rest_after(line, value);
    let quoted = rest.starts_with('"');
    let rest = rest.trim_start_matches('"').trim_matches(BLANKS);
    if rest.is_empty() {
        return true;
    }
    let spot = sheet.spot(line.number, rest);
    if quoted || ["#", "//", ";", "--", "/*"].iter().any(|mark| rest.starts_with(mark)) {
        let what = "what follows the value is not read";
        findings.add(&rules::COMMENT_AFTER_VALUE, spot, what, "put comments on lines of their own");
        return true;
    }
    if value.ends_with(',') || rest.starts_with(',') {
        let what = "the list ends at its first blank: the rest is lost";
        findings.add(&rules::BLANK_IN_LIST, spot, what, "separate with commas, without blanks");
    } else {
        let what = "the value ends at its first blank: the rest is lost";
        findings.add(&rules::BLANK_IN_VALUE, spot, what, "put the value in double quotes");
    }
    false
}

const CURLY: [char; 7] = ['“', '”', '„', '‟', '‘', '’', '«'];
const SINGLE: [char; 3] = ['\'', '`', '´'];
