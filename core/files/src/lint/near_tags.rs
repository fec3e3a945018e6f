use std::collections::HashMap;

use super::{Findings, Rule, Sheet, rules};

/// Tags that jumps look for and do not find, spelled in small letters: the line of the first such jump.
pub(super) type Missed<'m> = HashMap<&'m str, u32>;

/// Lines that nearly are the tags which jumps look for: per tag, the last such line.
pub(super) fn check(sheet: &Sheet<'_>, missed: &Missed<'_>, findings: &mut Findings) -> HashMap<String, u32> {
    let mut explained = HashMap::new();
    if missed.is_empty() {
        return explained;
    }
    for line in sheet.lines.iter().filter(|line| line.statement.is_none()) {
        let Some((rule, name)) = near_tag(line.text) else { continue };
        let key = name.to_ascii_lowercase();
        if missed.get(key.as_str()).is_some_and(|jump| *jump < line.number) {
            let what = format!("this is no tag, and a jump to `{name}` leads here");
            findings.add(rule, sheet.whole(line.number), what, format!("write `# {name}`"));
            explained.insert(key, line.number);
        }
    }
    explained
}

/// What is wrong with a tag, and its name.
fn near_tag(text: &str) -> Option<(&'static Rule, &str)> {
    let (moved, text) = (text.starts_with([' ', '\t']), text.trim_start());
    let after = text.strip_prefix('#')?;
    let name = after.split_whitespace().next()?.trim_start_matches('#');
    let alone = after.split_whitespace().nth(1).is_none();
    let rule = match (moved, alone) {
        (true, _) => &rules::LEADING_BLANK,
        (false, false) => &rules::TAG_WITH_BLANKS,
        (false, true) if after.starts_with([' ', '\t']) => &rules::TAG_TWO_BLANKS,
        (false, true) => &rules::TAG_WITHOUT_BLANK,
    };
    Some((rule, name))
}
