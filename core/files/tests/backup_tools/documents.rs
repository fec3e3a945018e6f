//! What the rules say of themselves, and the page that is made of it.

use std::{fmt::Write as _, path::Path};

use deskset_files::{
    backup::{BACKUP_RULES, BACKUP_THEMES, fix, is_mended},
    lint::{Rule, Severity},
};

use crate::lab::{USUAL, found, told, with_check};

const NOT_EVERY: &str = "not-on-every-model";

/// An example's bytes. Where a sentence stands for them, they are made here.
fn example(rule: &Rule, text: &str) -> (String, Vec<u8>) {
    let bytes = match (rule.id, text == rule.example.0) {
        ("too-large", true) => vec![b'\n'; 65_537],
        ("utf-16", true) => [&b"\xFF\xFE"[..], &b"\n\0C\0o\0n\0t\0r\0a\0s\0t\0=\x008\0\n\0"[..]].concat(),
        ("not-utf-8", true) => b"\nPHNLABEL01=Caf\xE9\n".to_vec(),
        ("carried-too-long", true) => format!("\nRedial=1\nRoom Color={}\n", "1".repeat(256)).into_bytes(),
        (NOT_EVERY, true) => b"\nDisplay Language=German\n".to_vec(),
        _ => text.as_bytes().to_vec(),
    };
    match text.strip_prefix("=== ").and_then(|named| named.split_once('\n')) {
        Some((name, rest)) => (name.to_owned(), rest.as_bytes().to_vec()),
        None => (USUAL.to_owned(), bytes),
    }
}

/// Rules whose example is told in words.
fn is_in_words(rule: &Rule) -> bool {
    ["too-large", "utf-16", "not-utf-8", "carried-too-long", NOT_EVERY].contains(&rule.id)
}

fn phones(rule: &Rule, before: bool) -> &'static str {
    if rule.id == NOT_EVERY && before { "X100 h323, X120 h323" } else { "X100 h323" }
}

// req: BR-13, BR-19
#[test]
fn the_first_half_of_every_example_is_found_and_the_second_half_is_fine() {
    for rule in BACKUP_RULES {
        let (name, bytes) = example(rule, rule.example.0);
        let there = told(&found(phones(rule, true), &name, &bytes));
        // A file of which nothing can be used is told to be so, besides.
        let others = |line: &&String| !line.contains(rule.id) && !line.ends_with("nothing-usable");
        assert_eq!(there.iter().filter(others).collect::<Vec<_>>(), [""; 0], "{}", rule.id);
        assert!(there.iter().any(|line| line.contains(rule.id)), "{}: {there:?}", rule.id);
        let (name, bytes) = example(rule, rule.example.1);
        assert_eq!(told(&found(phones(rule, false), &name, &bytes)), [""; 0], "{} after", rule.id);
    }
}

// req: BR-13
#[test]
fn the_first_half_of_an_example_is_mended_if_the_rule_says_so() {
    for rule in BACKUP_RULES {
        let (name, bytes) = example(rule, rule.example.0);
        let fixed = with_check(phones(rule, true), |check| fix(check, &name, &bytes));
        let Ok(fixed) = fixed else { continue };
        let left = told(&fixed.left).iter().any(|line| line.contains(rule.id));
        assert_eq!(left, !is_mended(rule), "{}", rule.id);
    }
}

#[test]
fn every_rule_has_a_name_of_its_own_and_says_why_with_a_source() {
    let mut ids: Vec<&str> = BACKUP_RULES.iter().map(|rule| rule.id).collect();
    for rule in BACKUP_RULES {
        let kebab = rule.id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        assert!(kebab, "{}", rule.id);
        assert!(rule.why.ends_with(".)") && rule.why.contains(" ("), "{}: the source stands in brackets", rule.id);
        assert!(!rule.title.ends_with('.'), "{}", rule.id);
    }
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), BACKUP_RULES.len());
}

#[test]
fn the_page_of_rules_says_what_the_rules_say() {
    let page = page();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/backup-rules.md");
    if std::env::var_os("DESKSET_UPDATE").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(
        written, page,
        "run DESKSET_UPDATE=1 cargo test -p deskset-files --test backup_tools and review the difference"
    );
}

fn page() -> String {
    let mut page = String::new();
    let count = |severity| BACKUP_RULES.iter().filter(|rule| rule.severity == severity).count();
    let _ = write!(
        page,
        "# Rules for backup files\n\n\
         What `backup check` finds before a phone does: {} rules. This page is made from the rules by \
         `DESKSET_UPDATE=1 cargo test -p deskset-files --test backup_tools`; what the files are is told in \
         [backup.md](backup.md).\n\n\
         - **error** ({}): the phone ignores it, or does something else than is written.\n\
         - **warning** ({}): it works, but hardly as meant.\n\
         - **hint** ({}): it could be better.\n\n\
         What is *mended* is no more after `backup fix`; the rest a person has to decide.\n\n\
         In the examples the file is `4711_data.txt` unless a line `=== name` begins it. The phone that reads it is \
         made up: an X100 under H.323, which shows ASCII and Latin letters. `\\u{{…}}` stands for a character that \
         cannot be seen.\n",
        BACKUP_RULES.len(),
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Hint),
    );
    for (title, rules) in BACKUP_THEMES {
        let _ = write!(page, "\n## {title}\n\n| rule | | | what it finds |\n| --- | --- | --- | --- |\n");
        for rule in rules {
            let mended = if is_mended(rule) { "mended" } else { "" };
            let _ =
                writeln!(page, "| [`{0}`](#{0}) | {1} | {mended} | {2} |", rule.id, rule.severity.key(), rule.title);
        }
        for rule in rules {
            let (id, title, why) = (rule.id, rule.title, rule.why);
            let _ = write!(page, "\n### {id}\n\n**{title}** ({}). {why}\n\n", rule.severity.key());
            let (before, after) = rule.example;
            let word = if is_in_words(rule) { "Before, in words" } else { "Before" };
            // Where line ends matter they are written out.
            let odd = |text: &str| text.contains('\r') || !text.ends_with('\n');
            let ends = !is_in_words(rule) && !before.is_empty() && (odd(before) || odd(after));
            let _ = write!(
                page,
                "{word}:\n\n```text\n{}\n```\n\nAfter:\n\n```text\n{}\n```\n",
                shown(before, ends),
                shown(after, ends)
            );
        }
    }
    page
}

/// An example's text with what cannot be seen written out.
fn shown(text: &str, ends: bool) -> String {
    let mut shown = String::new();
    for c in text.chars() {
        match c {
            '\n' if ends => shown.push_str("\\n\n"),
            '\n' => shown.push('\n'),
            '\r' => shown.push_str("\\r"),
            '\u{feff}' => shown.push_str("\\u{feff}"),
            c if c.is_control() => {
                let _ = write!(shown, "\\u{{{:x}}}", u32::from(c));
            }
            c => shown.push(c),
        }
    }
    let blank = |line: &str| line.strip_suffix(' ').map_or(line.to_owned(), |line| format!("{line}\\u{{20}}"));
    let shown: Vec<String> = shown.lines().map(blank).collect();
    shown.join("\n")
}
