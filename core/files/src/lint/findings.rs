use std::collections::HashMap;

use super::{
    Diagnostic, Rule, Sheet,
    allow::Allowed,
    sheet::Spot,
    target::{Targets, Who},
};

/// What was found so far.
#[derive(Default)]
pub(super) struct Findings {
    all: Vec<Finding>,
    /// What one target after the other finds: rule, file, line and first byte to its number.
    known: HashMap<(&'static str, usize, u32, usize), usize>,
}

pub(super) struct Finding {
    pub(super) rule: &'static Rule,
    pub(super) spot: Spot,
    what: String,
    remedy: String,
    who: Who,
}

impl Findings {
    /// Something that holds for every phone.
    pub(super) fn add(&mut self, rule: &'static Rule, spot: Spot, what: impl Into<String>, remedy: impl Into<String>) {
        self.add_for(Who::EVERYBODY, rule, spot, what, remedy);
    }

    /// Something that holds for some.
    pub(super) fn add_for(
        &mut self,
        who: Who,
        rule: &'static Rule,
        spot: Spot,
        what: impl Into<String>,
        remedy: impl Into<String>,
    ) {
        if who != Who::NOBODY {
            self.all.push(Finding { rule, spot, what: what.into(), remedy: remedy.into(), who });
        }
    }

    /// Something that many targets find in many places, and that reads the same for each of them.
    pub(super) fn add_once(
        &mut self,
        who: Who,
        rule: &'static Rule,
        spot: Spot,
        says: impl FnOnce() -> (String, &'static str),
    ) {
        let key = (rule.id, spot.file, spot.line, spot.place.range().start);
        match self.known.get(&key).and_then(|known| self.all.get_mut(*known)) {
            Some(finding) => finding.who = finding.who | who,
            None => {
                self.known.insert(key, self.all.len());
                let (what, remedy) = says();
                self.add_for(who, rule, spot, what, remedy);
            }
        }
    }

    /// Sorted, each once, without what the files allow.
    pub(super) fn finish(mut self, sheets: &[Sheet<'_>], targets: &Targets<'_>) -> Vec<Diagnostic> {
        let mut allowed = Allowed::read(sheets);
        self.all.retain(|finding| !allowed.silences(finding));
        allowed.report_useless(sheets, &mut self);
        self.all.sort_by(|one, other| one.key().cmp(&other.key()));
        self.all.dedup_by(|next, kept| {
            let same = next.key() == kept.key();
            if same {
                kept.who = kept.who | next.who;
            }
            same
        });
        let diagnostic = |finding: Finding| {
            Some(Diagnostic {
                rule: finding.rule,
                file: sheets.get(finding.spot.file)?.source.script.shared_name().clone(),
                line: finding.spot.line,
                place: finding.spot.place,
                what: finding.what,
                remedy: finding.remedy,
                only_for: targets.labels(finding.who),
            })
        };
        self.all.into_iter().filter_map(diagnostic).collect()
    }
}

impl Finding {
    fn key(&self) -> (usize, u32, usize, usize, &'static str, &str, &str) {
        let place = self.spot.place.range();
        (self.spot.file, self.spot.line, place.start, place.end, self.rule.id, &self.what, &self.remedy)
    }
}
