use std::collections::HashMap;

use super::{Findings, Sheet, findings::Finding, rules};
use crate::{limits::LINT_ALLOW_FILE_LINES, script::Line};

/// What comments of the files silence.
#[derive(Default)]
pub(super) struct Allowed {
    wishes: Vec<Wish>,
    /// File, line (0: the whole file) and rule to the wishes' numbers.
    index: HashMap<(usize, u32, String), usize>,
}

struct Wish {
    file: usize,
    /// Where it is written.
    line: u32,
    rule: String,
    used: bool,
}

impl Allowed {
    pub(super) fn read(sheets: &[Sheet<'_>]) -> Self {
        let mut allowed = Allowed::default();
        for sheet in sheets {
            // Several comments may stand one above the other: all mean the line below them.
            let mut waiting: Vec<(u32, &str)> = Vec::new();
            for line in &sheet.lines {
                match read(line) {
                    Some((WHOLE_FILE, rule_names)) if line.number <= LINT_ALLOW_FILE_LINES => {
                        rule_names.for_each(|rule| allowed.add(sheet.at, 0, line.number, rule));
                    }
                    Some((_, rule_names)) => waiting.extend(rule_names.map(|rule| (line.number, rule))),
                    None => {
                        waiting.drain(..).for_each(|(at, rule)| allowed.add(sheet.at, line.number, at, rule));
                    }
                }
            }
            waiting.drain(..).for_each(|(at, rule)| allowed.add(sheet.at, u32::MAX, at, rule));
        }
        allowed
    }

    fn add(&mut self, file: usize, means: u32, line: u32, rule: &str) {
        self.index.entry((file, means, rule.to_owned())).or_insert(self.wishes.len());
        self.wishes.push(Wish { file, line, rule: rule.to_owned(), used: false });
    }

    pub(super) fn silences(&mut self, finding: &Finding) -> bool {
        if self.wishes.is_empty() {
            return false;
        }
        [finding.spot.line, 0].iter().any(|line| {
            let wish = self.index.get(&(finding.spot.file, *line, finding.rule.id.to_owned()));
            let wish = wish.and_then(|number| self.wishes.get_mut(*number));
            wish.map(|wish| wish.used = true).is_some()
        })
    }

    pub(super) fn report_useless(&self, sheets: &[Sheet<'_>], findings: &mut Findings) {
        for wish in self.wishes.iter().filter(|wish| !wish.used) {
            let Some(sheet) = sheets.get(wish.file) else { continue };
            let known = rules::RULES.iter().any(|rule| rule.id == wish.rule);
            let what = if known {
                format!("`{}` finds nothing there", wish.rule)
            } else {
                format!("there is no rule `{}`", wish.rule)
            };
            findings.add(&rules::USELESS_ALLOW, sheet.whole(wish.line), what, "take it out");
        }
    }
}

const WHOLE_FILE: &str = "allow-file";

/// `# deskset: allow RULE, RULE`: the word and the rules.
fn read<'f>(line: &Line<'f>) -> Option<(&'f str, impl Iterator<Item = &'f str> + use<'f>)> {
    let said = line.text.strip_prefix('#')?.trim_start_matches('#').trim().strip_prefix("deskset:")?.trim();
    let (word, rule_names) = said.split_once([' ', '\t'])?;
    let known = word == "allow" || word == WHOLE_FILE;
    let rule_names = rule_names.split([',', ' ', '\t']).filter(|rule| !rule.is_empty());
    known.then_some((word, rule_names))
}
