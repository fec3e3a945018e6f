use std::collections::HashMap;

use deskset_models::ParameterRow;

use super::{
    closest::closest,
    target::{Targets, Who},
};
use crate::{limits::LINT_SUGGESTIONS_MAX, site::newest_release};

/// The parameter names of all files, each with a number: everything about a name is looked up once.
#[derive(Default)]
pub(super) struct Names {
    numbers: HashMap<String, usize>,
    /// In capitals.
    pub(super) all: Vec<String>,
}

/// What the tables of one family say of a name.
pub(super) struct Facts<'t> {
    /// In capitals.
    pub(super) name: String,
    pub(super) members: Who,
    pub(super) row: Option<&'t ParameterRow>,
    /// Of a younger series.
    pub(super) later: bool,
    /// A row's name that is nearly the same.
    pub(super) meant: Option<&'t str>,
    pub(super) other_signaling: Who,
    pub(super) too_old: Who,
    pub(super) lacks: Who,
}

impl Names {
    pub(super) fn id(&mut self, name: &str) -> usize {
        let name = name.to_ascii_uppercase();
        if let Some(known) = self.numbers.get(&name) {
            return *known;
        }
        let id = self.all.len();
        self.all.push(name.clone());
        self.numbers.insert(name, id);
        id
    }

    /// The number of a name spelled in capitals, if some file sets it.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.numbers.get(name).copied()
    }

    /// Per family, per name.
    pub(super) fn facts<'t>(&self, targets: &Targets<'t>) -> Vec<Vec<Facts<'t>>> {
        let mut unknown = 0;
        let family = |family: &super::target::Family<'t>| {
            let mut known: Vec<&'t str> = family.rows.values().map(|row| row.name.as_str()).collect();
            known.sort_unstable();
            let facts = |name: &String| {
                let row = family.rows.get(name).copied();
                let later = row.is_none() && family.later.contains(name);
                unknown += usize::from(row.is_none() && !later);
                let ask = row.is_none() && !later && unknown <= LINT_SUGGESTIONS_MAX;
                let those = |holds: &dyn Fn(&super::Target<'t>, &ParameterRow) -> bool| {
                    row.map_or(Who::NOBODY, |row| targets.those(|target| holds(target, row)) & family.members)
                };
                Facts {
                    name: name.clone(),
                    members: family.members,
                    row,
                    later,
                    meant: if ask { closest(name, known.iter().copied()) } else { None },
                    other_signaling: those(&|target, row| {
                        !row.signaling.is_empty() && !row.signaling.contains(&target.signaling)
                    }),
                    // Releases are counted per signaling: where none is new enough, another count is meant.
                    too_old: those(&|target, row| {
                        let newest = newest_release(target.model, target.signaling);
                        row.since.is_some_and(|since| target.release < since && newest >= Some(since))
                    }),
                    lacks: those(&|target, row| {
                        !row.needs.is_empty() && !target.model.tables().capabilities.contains(&row.needs)
                    }),
                }
            };
            self.all.iter().map(facts).collect()
        };
        targets.families.iter().map(family).collect()
    }
}
