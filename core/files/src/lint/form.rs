use std::collections::HashSet;

use super::{Findings, Sheet, rules, statement_form, target::Targets};
use crate::script::{Line, Statement, reads_as};

const BLANKS: [char; 2] = [' ', '\t'];

/// How lines are written: first of all, whether what was meant as a statement is one.
pub(super) fn check(sheet: &mut Sheet<'_>, targets: &Targets<'_>, findings: &mut Findings) {
    let tags = sheet.statements.iter().filter_map(|said| match said.statement {
        Statement::Tag { name } => Some(name.to_ascii_lowercase()),
        _ => None,
    });
    let known = Known { tags: tags.collect(), targets };
    let mut cut = HashSet::new();
    for (at, line) in sheet.lines.iter().enumerate() {
        match &line.statement {
            Some(statement) => {
                if !statement_form::check(sheet, line, statement, findings) {
                    cut.insert(line.number);
                }
            }
            None => no_statement(sheet, line, sheet.lines.get(at + 1), &known, findings),
        }
    }
    sheet.cut = cut;
}

/// What gives a misspelled line away.
struct Known<'k> {
    tags: HashSet<String>,
    targets: &'k Targets<'k>,
}

impl Known<'_> {
    fn tag(&self, name: &str) -> bool {
        self.tags.contains(&name.to_ascii_lowercase())
    }

    fn parameter(&self, name: &str) -> bool {
        let name = name.to_ascii_uppercase();
        self.targets.families.iter().any(|family| family.rows.contains_key(&name) || family.later.contains(&name))
    }
}

fn no_statement(
    sheet: &Sheet<'_>,
    line: &Line<'_>,
    next: Option<&Line<'_>>,
    known: &Known<'_>,
    findings: &mut Findings,
) {
    let text = line.text;
    if text.starts_with(BLANKS) {
        let said = text.trim_start_matches(BLANKS);
        // A tag moved to the right matters only to its jumps.
        let meant = !said.starts_with('#') && reads_as(said).is_some();
        if meant {
            let blanks = text.get(..text.len() - said.len()).unwrap_or_default();
            let what = "blanks before the first word make this line a comment";
            findings.add(&rules::LEADING_BLANK, sheet.spot(line.number, blanks), what, "begin in the first column");
        }
        return;
    }
    let mut words = text.split(BLANKS).filter(|word| !word.is_empty());
    let Some(first) = words.next().filter(|word| word.starts_with(|c: char| c.is_ascii_alphabetic())) else { return };
    let words: Vec<&str> = words.take(WORDS_MAX).collect();
    match first.to_ascii_uppercase().as_str() {
        "SET" => set(sheet, line, next, &words, findings),
        "IF" => condition(sheet, line, &words, findings),
        "GOTO" | "GET" if words.iter().any(|word| word.starts_with('"') && *word != "\"\"") => {
            unclosed(sheet, line, findings);
        }
        "GOTO" | "GET" => {
            let what = format!("{first} names nothing");
            findings.add(&rules::INCOMPLETE_STATEMENT, sheet.whole(line.number), what, "name a tag or a file");
        }
        _ => misspelled(sheet, line, first, &words, known, findings),
    }
}

/// More words than any statement has.
const WORDS_MAX: usize = 12;

fn unclosed(sheet: &Sheet<'_>, line: &Line<'_>, findings: &mut Findings) {
    let from = line.text.find('"').unwrap_or(0);
    let spot = sheet.spot(line.number, line.text.get(from..).unwrap_or_default());
    findings.add(&rules::UNCLOSED_QUOTE, spot, "a quotation mark is never closed: the line is a comment", "close it");
}

fn set(sheet: &Sheet<'_>, line: &Line<'_>, next: Option<&Line<'_>>, words: &[&str], findings: &mut Findings) {
    let whole = sheet.whole(line.number);
    match words {
        [] => findings.add(&rules::INCOMPLETE_STATEMENT, whole, "SET names nothing", "write SET NAME value"),
        [name, ..] if name.contains('=') => equals(sheet, line, name, findings),
        [name] => {
            let value = next.filter(|next| next.statement.is_none()).map(|next| next.text.trim());
            let value = value.filter(|value| !value.is_empty() && !value.starts_with('#'));
            match (value, next) {
                (Some(value), Some(next)) if !value.contains(BLANKS) || value.starts_with('"') => {
                    let what = format!("the value of {name} stands on a line of its own: both lines are comments");
                    let spot = sheet.spot(next.number, next.text);
                    findings.add(&rules::VALUE_ON_NEXT_LINE, spot, what, "write name and value on one line");
                }
                _ => {
                    let what = format!("{name} has no value: the line is a comment");
                    let remedy = format!("write SET {name} \"\" for the null value");
                    findings.add(&rules::MISSING_VALUE, whole, what, remedy);
                }
            }
        }
        _ => unclosed(sheet, line, findings),
    }
}

fn equals(sheet: &Sheet<'_>, line: &Line<'_>, word: &str, findings: &mut Findings) {
    let name = word.split('=').next().unwrap_or_default();
    let what = "an equals sign stands between name and value";
    findings.add(&rules::SET_WITH_EQUALS, sheet.spot(line.number, word), what, format!("write SET {name} value"));
}

/// Many comments begin with the word "if": only what has more of a condition is one.
fn condition(sheet: &Sheet<'_>, line: &Line<'_>, words: &[&str], findings: &mut Findings) {
    let jumps = words.iter().any(|word| word.eq_ignore_ascii_case("GOTO"));
    let is_seq = |word: &&str| word.eq_ignore_ascii_case("SEQ");
    let compares = |word: &&str| {
        COMPARISONS.iter().any(|comparison| word.eq_ignore_ascii_case(comparison)) || word.starts_with(['=', '!', '<'])
    };
    let whole = sheet.whole(line.number);
    match words {
        [variable, seq, ..] if !variable.starts_with('$') && jumps && (is_seq(seq) || compares(seq)) => {
            let what = format!("`{variable}` has no `$`: the line is a comment");
            let spot = sheet.spot(line.number, variable);
            findings.add(&rules::IF_WITHOUT_DOLLAR, spot, what, format!("write ${variable}"));
        }
        [variable, ..] if !variable.starts_with('$') => {}
        [_, seq, ..] if compares(seq) => {
            let what = format!("`{seq}` is no comparison: the line is a comment");
            findings.add(&rules::IF_COMPARISON, sheet.spot(line.number, seq), what, "write SEQ");
        }
        [_, seq, text, ..] if is_seq(seq) && text.starts_with('"') && line.text.matches('"').count() == 1 => {
            unclosed(sheet, line, findings);
        }
        [_, ..] => {
            let what = "the condition is not complete: the line is a comment";
            findings.add(&rules::MALFORMED_IF, whole, what, "write IF $NAME SEQ text GOTO tag");
        }
        [] => findings.add(&rules::INCOMPLETE_STATEMENT, whole, "IF asks nothing", "write IF $NAME SEQ text GOTO tag"),
    }
}

/// What other languages write for SEQ.
const COMPARISONS: [&str; 8] = ["EQ", "EQUALS", "IS", "NE", "SNE", "NEQ", "LIKE", "SEQUAL"];

fn misspelled(
    sheet: &Sheet<'_>,
    line: &Line<'_>,
    first: &str,
    words: &[&str],
    known: &Known<'_>,
    findings: &mut Findings,
) {
    let near = |keyword: &str| first.len() <= 6 && strsim::osa_distance(&first.to_ascii_uppercase(), keyword) == 1;
    let glued = |keyword: &str| {
        let (start, rest) = first.split_at_checked(keyword.len())?;
        (start.eq_ignore_ascii_case(keyword) && !rest.is_empty()).then_some(rest)
    };
    let meant = match words {
        [to, tag] if first.eq_ignore_ascii_case("GO") && to.eq_ignore_ascii_case("TO") && known.tag(tag) => "GOTO",
        [name, _, ..] if near("SET") && known.parameter(name) => "SET",
        [_, ..] if glued("SET").is_some_and(|name| known.parameter(name)) => "SET",
        [tag] if near("GOTO") && known.tag(tag) => "GOTO",
        [] if glued("GOTO").is_some_and(|tag| known.tag(tag)) => "GOTO",
        [file] if near("GET") && file.contains('.') => "GET",
        [variable, _, _, _, ..] if variable.starts_with('$') && (near("IF") || first.eq_ignore_ascii_case("WHEN")) => {
            "IF"
        }
        _ => return,
    };
    let what = format!("`{first}` begins no statement: the line is a comment");
    findings.add(
        &rules::MISSPELLED_KEYWORD,
        sheet.spot(line.number, first),
        what,
        format!("did you mean `{meant}`, with a blank after it?"),
    );
}
