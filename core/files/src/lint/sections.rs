use std::collections::HashMap;

use super::{Findings, Sheet, rules};
use crate::script::Statement;

/// Who jumps to a tag: one kind of question, asked from there on.
struct Section<'s> {
    /// `None`: something else than IFs on one variable.
    variable: Option<&'s str>,
    first_jump: usize,
}

/// Settings for one kind of phone that run on into those for another.
pub(super) fn check(sheet: &Sheet<'_>, findings: &mut Findings) {
    let mut sections: HashMap<usize, Section<'_>> = HashMap::new();
    for (at, said) in sheet.statements.iter().enumerate() {
        let asks = match said.statement {
            Statement::If { variable, .. } => Some(variable),
            _ => None,
        };
        // The tag stands before the statement that a jump leads to.
        let Some(tag) = said.to.and_then(|to| to.checked_sub(1)) else { continue };
        let section = sections.entry(tag).or_insert(Section { variable: asks, first_jump: at });
        let same = |other: &str| asks.is_some_and(|asks| asks.eq_ignore_ascii_case(other));
        section.variable = section.variable.filter(|variable| same(variable));
    }
    let mut before: Option<(usize, &str)> = None;
    let mut only_sets = false;
    for (at, said) in sheet.statements.iter().enumerate() {
        match said.statement {
            Statement::Tag { name } => {
                let section = sections.get(&at);
                let variable = section.and_then(|section| section.variable);
                if let (Some((tag, above)), Some(section), Some(variable)) = (before, section, variable) {
                    let other = sections.get(&tag).and_then(|section| section.variable);
                    let same = other.is_some_and(|other| other.eq_ignore_ascii_case(variable));
                    if only_sets && same && section.first_jump < tag {
                        let what = format!("the settings of `{above}` run on into those of `{name}`");
                        let remedy = format!("end `{above}` with a GOTO past `{name}`");
                        findings.add(&rules::RUNS_ON, sheet.spot(said.line, name), what, remedy);
                    }
                }
                before = Some((at, name));
                only_sets = false;
            }
            Statement::Set { .. } => only_sets = true,
            Statement::If { .. } => {}
            Statement::Goto { .. } | Statement::Get { .. } => (before, only_sets) = (None, false),
        }
    }
}
