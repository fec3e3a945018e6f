//! What the rules say of themselves, and the page that is made of it.

use std::{fmt::Write as _, path::Path};

use deskset_files::lint::{RULES, Rule, Severity, SourceFile, THEMES, check};

use crate::lab;

/// Rules whose example cannot be a text of UTF-8, or would be a very long one: a sentence stands for it.
const IN_WORDS: [&str; 2] = ["not-utf-8", "large-file"];

fn example_files(rule: &Rule, text: &str) -> Vec<SourceFile> {
    if text == rule.example.0 && rule.id == "not-utf-8" {
        return vec![SourceFile::read("settings.txt", &b"## caf\xE9\n"[..]).unwrap()];
    }
    if text == rule.example.0 && rule.id == "large-file" {
        return vec![SourceFile::read("settings.txt", "## long\n".repeat(200_000).into_bytes()).unwrap()];
    }
    lab::files("settings.txt", text)
}

// req: FS-13
#[test]
fn the_first_half_of_every_example_is_found_and_the_second_half_is_fine() {
    let models = lab::example_models();
    let targets = lab::example_targets(&models);
    for rule in RULES {
        let (before, after) = rule.example;
        let before = example_files(rule, before);
        let found = lab::told(&before, &check(&before, &targets));
        assert!(found.iter().all(|line| line.contains(&format!(" {} ", rule.id))), "{}: {found:?}", rule.id);
        assert!(!found.is_empty(), "{}: nothing found", rule.id);
        let after = example_files(rule, after);
        let found = lab::told(&after, &check(&after, &targets));
        assert!(found.is_empty(), "{} after: {found:?}", rule.id);
    }
}

#[test]
fn every_rule_has_a_name_of_its_own_and_says_why_with_a_source() {
    let mut ids: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    for rule in RULES {
        let kebab = rule.id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        assert!(kebab, "{}", rule.id);
        assert!(rule.why.ends_with(".)") && rule.why.contains(" ("), "{}: the source stands in brackets", rule.id);
        assert!(!rule.title.ends_with('.'), "{}", rule.id);
    }
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), RULES.len());
    assert_eq!(THEMES.iter().map(|(_, rules)| rules.len()).sum::<usize>(), RULES.len());
}

#[test]
fn the_page_of_rules_says_what_the_rules_say() {
    let page = page();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/settings-rules.md");
    if std::env::var_os("DESKSET_UPDATE").is_some() {
        std::fs::write(&path, &page).unwrap();
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(written, page, "run DESKSET_UPDATE=1 cargo test -p deskset-files --test lint and review the difference");
}

fn page() -> String {
    let mut page = String::new();
    let count = |severity| RULES.iter().filter(|rule| rule.severity == severity).count();
    let _ = write!(
        page,
        "# Rules for scripts and settings files\n\n\
         What is found before a phone does: {} rules. This page is made from the rules by \
         `DESKSET_UPDATE=1 cargo test -p deskset-files --test lint`.\n\n\
         - **error** ({}): the phone ignores it, or does something else than is written.\n\
         - **warning** ({}): it works, but hardly as meant.\n\
         - **hint** ({}): it could be better.\n\n\
         A comment `# deskset: allow RULE, RULE` silences rules on the line below it; `# deskset: allow-file RULE` \
         among the first ten lines silences them in the whole file.\n\n\
         In the examples the file is `settings.txt` unless a line `=== name` begins another one. The phones that read \
         it are made up: an X100 and an X120 with the newest H.323 software, and an X100 whose old software knows TFTP \
         only. `\\u{{…}}` stands for a character that cannot be seen.\n",
        RULES.len(),
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Hint),
    );
    for (title, rules) in THEMES {
        let _ = write!(page, "\n## {title}\n\n| rule | | what it finds |\n| --- | --- | --- |\n");
        for rule in rules {
            let _ = writeln!(page, "| [`{0}`](#{0}) | {1} | {2} |", rule.id, rule.severity.key(), rule.title);
        }
        for rule in rules {
            let (id, title, why) = (rule.id, rule.title, rule.why);
            let _ = write!(page, "\n### {id}\n\n**{title}** ({}). {why}\n\n", rule.severity.key());
            let (before, after) = rule.example;
            // Where line ends matter they are written out.
            let odd = |text: &str| text.contains('\r') || !text.ends_with('\n');
            let ends = !IN_WORDS.contains(&id) && (odd(before) || odd(after));
            let word = if IN_WORDS.contains(&id) { "Before, in words" } else { "Before" };
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
            '\t' => shown.push_str("\\t"),
            '\u{feff}' => shown.push_str("\\u{feff}"),
            c if c.is_control() => {
                let _ = write!(shown, "\\u{{{:x}}}", u32::from(c));
            }
            c => shown.push(c),
        }
    }
    if text.lines().any(|line| line.ends_with(' ')) {
        shown = shown
            .lines()
            .map(|line| line.strip_suffix(' ').map_or(line.to_owned(), |line| format!("{line}\\u{{20}}")))
            .collect::<Vec<_>>()
            .join("\n");
    }
    shown.trim_end_matches('\n').to_owned()
}
