use std::collections::HashMap;

use super::{Findings, Sheet, flow::reachable, rules, values::Taken};
use crate::script::Statement;

/// SETs that another SET of the same name follows on every path, whatever the phone.
pub(super) fn check(sheet: &Sheet<'_>, taken: &Taken, findings: &mut Findings) {
    let reached = reachable(sheet);
    let sound = |at: usize| taken.by_all(sheet.at, at);
    let set_at: HashMap<usize, usize> = sheet.sets.iter().enumerate().map(|(number, set)| (set.at, number)).collect();
    let mut last: HashMap<usize, usize> = HashMap::new();
    // Jumps so far that lead further than all after them: statement, and where to. Falling, so that the first one after
    // a statement is the furthest.
    let mut jumps: Vec<(usize, usize)> = Vec::new();
    for (at, said) in sheet.statements.iter().enumerate().filter(|(at, _)| reached.get(*at) == Some(&true)) {
        match said.statement {
            Statement::Tag { .. } => {}
            // A file that is found, or a tag that is not, ends this script.
            Statement::Get { .. } => push(&mut jumps, at, usize::MAX),
            Statement::If { .. } | Statement::Goto { .. } => push(&mut jumps, at, said.to.unwrap_or(usize::MAX)),
            Statement::Set { .. } => {
                let Some(number) = set_at.get(&at).copied().filter(|number| sound(*number)) else { continue };
                let Some(set) = sheet.sets.get(number) else { continue };
                let earlier = last.insert(set.id, number).and_then(|number| sheet.sets.get(number));
                let Some(earlier) = earlier else { continue };
                let furthest = jumps.get(jumps.partition_point(|(jump, _)| *jump < earlier.at));
                if furthest.is_some_and(|(_, to)| *to > at) {
                    continue;
                }
                if earlier.value == set.value {
                    let what = format!("line {} sets {} to the same value", earlier.line, set.name);
                    findings.add(&rules::SET_TWICE, sheet.name_spot(set), what, "take one of them out");
                } else {
                    let what = format!("line {} always sets {} again", set.line, set.name);
                    findings.add(&rules::OVERRIDDEN, sheet.name_spot(earlier), what, "take one of them out");
                }
            }
        }
    }
}

fn push(jumps: &mut Vec<(usize, usize)>, at: usize, to: usize) {
    while jumps.last().is_some_and(|(_, other)| *other <= to) {
        jumps.pop();
    }
    jumps.push((at, to));
}
