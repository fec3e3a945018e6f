use std::collections::{HashMap, HashSet};

use super::{
    Findings, Sheet,
    closest::{closest, did_you_mean},
    near_tags::{self, Missed},
    rules, sections,
};
use crate::script::Statement;

/// More tags or lost jumps than this are not compared with each other.
const SUGGEST_MAX: usize = 200;

/// Tags and jumps: what no run can do right, whatever phone it is.
pub(super) fn check(sheet: &Sheet<'_>, findings: &mut Findings) {
    lost_jumps(sheet, findings);
    tags(sheet, findings);
    unreachable(sheet, findings);
    sections::check(sheet, findings);
    for pair in sheet.statements.windows(2) {
        let [get, next] = pair else { continue };
        let is_setting = matches!(next.statement, Statement::Set { .. } | Statement::If { .. });
        if matches!(get.statement, Statement::Get { .. }) && is_setting {
            let what = "this runs only if the file of the GET above is missing";
            let remedy = "move it before the GET, or into that file";
            findings.add(&rules::RUNS_IF_GET_FAILS, sheet.whole(next.line), what, remedy);
        }
    }
}

/// Jumps that find no tag ahead.
fn lost_jumps(sheet: &Sheet<'_>, findings: &mut Findings) {
    let mut names: Vec<&str> = Vec::new();
    let mut behind: HashSet<String> = HashSet::new();
    // Line, tag as written, in small letters, whether it lies behind.
    let mut lost: Vec<(u32, &str, String, bool)> = Vec::new();
    for said in &sheet.statements {
        match said.statement {
            Statement::Tag { name } => {
                behind.insert(name.to_ascii_lowercase());
                names.push(name);
            }
            Statement::If { tag, .. } | Statement::Goto { tag } if said.to.is_none() => {
                let key = tag.to_ascii_lowercase();
                let is_behind = behind.contains(&key);
                lost.push((said.line, tag, key, is_behind));
            }
            _ => {}
        }
    }
    let mut missed = Missed::new();
    for (line, _, key, _) in &lost {
        missed.entry(key).or_insert(*line);
    }
    let explained = near_tags::check(sheet, &missed, findings);
    let suggest = names.len() <= SUGGEST_MAX && lost.len() <= SUGGEST_MAX;
    for (line, tag, key, is_behind) in &lost {
        if explained.get(key).is_some_and(|near| near > line) {
            continue;
        }
        let spot = sheet.spot(*line, tag);
        if *is_behind {
            let what = format!("`{tag}` stands only above: the rest of the file is ignored");
            findings.add(&rules::BACKWARD_JUMP, spot, what, "jumps lead forward only: move the tag below");
        } else {
            let what = format!("there is no tag `{tag}`: the rest of the file is ignored");
            let meant = if suggest { closest(tag, names.iter().copied()) } else { None };
            findings.add(&rules::MISSING_TAG, spot, what, did_you_mean(meant, &format!("add a line `# {tag}`")));
        }
    }
}

/// Tags that stand twice, and those that nothing jumps to.
fn tags(sheet: &Sheet<'_>, findings: &mut Findings) {
    let used: HashSet<usize> = sheet.statements.iter().filter_map(|said| said.to).collect();
    let mut first: HashMap<String, u32> = HashMap::new();
    for (at, said) in sheet.statements.iter().enumerate() {
        let Statement::Tag { name } = said.statement else { continue };
        let spot = sheet.spot(said.line, name);
        let key = name.to_ascii_lowercase();
        // `to` is the statement after the tag.
        let is_used = used.contains(&(at + 1));
        if let Some(earlier) = first.get(&key).filter(|_| is_word(name)) {
            let what = format!("`{name}` stands on line {earlier} too; a jump takes the next one ahead");
            findings.add(&rules::DUPLICATE_TAG, spot, what, "give each tag a name of its own");
            continue;
        }
        first.insert(key, said.line);
        if is_used {
            continue;
        }
        if is_word(name) {
            let what = format!("nothing jumps to `{name}`");
            findings.add(&rules::UNUSED_TAG, spot, what, "take it out, or write `##` for a comment");
        } else {
            let what = format!("`# {name}` is a tag, not a comment");
            findings.add(&rules::ACCIDENTAL_TAG, spot, what, "write `##` for a comment");
        }
    }
}

/// What people name tags.
fn is_word(name: &str) -> bool {
    name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-') && name.contains(char::is_alphanumeric)
}

/// The first statement of each part that no path leads to.
fn unreachable(sheet: &Sheet<'_>, findings: &mut Findings) {
    let reached = reachable(sheet);
    // Inside of a part that is already told, or that a lost GOTO cut off.
    let mut told = false;
    for (at, said) in sheet.statements.iter().enumerate() {
        if reached.get(at) == Some(&true) {
            told = matches!(said.statement, Statement::Goto { .. }) && said.to.is_none();
            continue;
        }
        let matters = !matches!(said.statement, Statement::Tag { .. } | Statement::Goto { .. });
        if matters && !told {
            let what = "no path leads here: the lines above always jump away";
            findings.add(&rules::UNREACHABLE, sheet.whole(said.line), what, "jump here, or take it out");
            told = true;
        }
    }
}

/// Which statements some run could reach: every IF may go either way, every GET may fail.
pub(super) fn reachable(sheet: &Sheet<'_>) -> Vec<bool> {
    let count = sheet.statements.len();
    let mut reached = vec![false; count];
    let reach = |reached: &mut Vec<bool>, at: Option<usize>| {
        if let Some(flag) = at.and_then(|at| reached.get_mut(at)) {
            *flag = true;
        }
    };
    reach(&mut reached, Some(0));
    for (at, said) in sheet.statements.iter().enumerate() {
        if reached.get(at) != Some(&true) {
            continue;
        }
        match said.statement {
            Statement::Goto { .. } => reach(&mut reached, said.to),
            Statement::If { .. } => {
                reach(&mut reached, said.to);
                reach(&mut reached, Some(at + 1));
            }
            _ => reach(&mut reached, Some(at + 1)),
        }
    }
    reached
}
