use super::{super::password::is_named_so, Findings, Line, rules};
use crate::{backup::is_password_line, lint::shortened};

/// How a line is written. Whether there is more to say of what it means.
pub(super) fn check<'t>(line: &Line<'t>, findings: &mut Findings<'t>) -> bool {
    if is_password_line(line.text) {
        let (part, what) = match line.name {
            Some(name) if is_named_so(name) => (name, "the name says that this is a password"),
            Some(name) => (name, "user and password stand in this address"),
            None => (line.text, "this looks like a password"),
        };
        let remedy = "take the line out, and change the password if others could read the file";
        findings.add(&rules::PASSWORD, line.number, part, what, remedy);
        return false;
    }
    if line.text.trim_start().starts_with(['#', ';']) {
        let what = "backup files have no comments: phones ignore the line";
        findings.add(&rules::COMMENT, line.number, line.text, what, "keep notes elsewhere");
        return false;
    }
    let Some(name) = line.name else {
        let what = if line.text.trim().is_empty() {
            "the line holds blanks only".to_owned()
        } else {
            "there is no equal sign: phones ignore the line".to_owned()
        };
        let setting = line.text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("SET "));
        let remedy = if setting { "SET belongs into settings files; write NAME=VALUE" } else { "write NAME=VALUE" };
        findings.add(&rules::NO_EQUAL_SIGN, line.number, line.text, what, remedy);
        return false;
    };
    if name.trim_matches(' ').is_empty() {
        let what = "no name stands before the equal sign";
        findings.add(&rules::NO_NAME, line.number, line.text, what, "write NAME=VALUE");
        return false;
    }
    if name.trim_matches(' ') != name {
        let what = format!("blanks stand around the name `{}`", shortened(name.trim_matches(' ')));
        findings.add(&rules::BLANKS_AROUND_NAME, line.number, name, what, "take them out");
    }
    value(line, findings);
    true
}

fn value<'t>(line: &Line<'t>, findings: &mut Findings<'t>) {
    let value = line.value;
    let is_blank = |c: char| c == ' ' || c == '\t' || c == '\u{a0}';
    if value.ends_with(is_blank) {
        let blanks = value.get(value.trim_end_matches(is_blank).len()..).unwrap_or_default();
        let what = "the value ends with a blank, which is a part of it";
        findings.add(&rules::BLANK_AT_END, line.number, blanks, what, "take it out");
    } else if value.starts_with(is_blank) {
        let blanks = value.get(..value.len() - value.trim_start_matches(is_blank).len()).unwrap_or_default();
        let what = "the value begins with a blank, which is a part of it";
        findings.add(&rules::BLANK_BEFORE_VALUE, line.number, blanks, what, "begin right behind the equal sign");
    }
    if value.len() > 1 && value.starts_with('"') && value.ends_with('"') {
        let what = "the quotation marks are a part of the value";
        findings.add(&rules::QUOTED_VALUE, line.number, value, what, "take them out");
    }
}
