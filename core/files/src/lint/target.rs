use std::{
    collections::{HashMap, HashSet},
    ops::{BitAnd, BitOr, Not},
};

use deskset_models::{ParameterRow, ParameterTable};

use crate::{limits::LINT_TARGETS_MAX, settings::Target};

/// Whether two are one and the same kind of phone.
fn same(one: &Target<'_>, other: &Target<'_>) -> bool {
    let key = |target: &Target<'_>| (target.signaling, target.release, target.group);
    one.model.name() == other.model.name() && key(one) == key(other)
}

/// Some of the targets, by their numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Who(u128);

impl Who {
    pub(super) const NOBODY: Who = Who(0);
    pub(super) const EVERYBODY: Who = Who(u128::MAX);

    /// Numbers stay below [`LINT_TARGETS_MAX`].
    pub(super) fn one(number: usize) -> Who {
        Who(1 << number)
    }

    pub(super) fn has(self, number: usize) -> bool {
        self & Who::one(number) != Who::NOBODY
    }

    /// Those, or everybody if there are none.
    pub(super) fn or_everybody(self) -> Who {
        if self == Who::NOBODY { Who::EVERYBODY } else { self }
    }
}

impl BitAnd for Who {
    type Output = Who;
    fn bitand(self, other: Who) -> Who {
        Who(self.0 & other.0)
    }
}

impl BitOr for Who {
    type Output = Who;
    fn bitor(self, other: Who) -> Who {
        Who(self.0 | other.0)
    }
}

impl Not for Who {
    type Output = Who;
    fn not(self) -> Who {
        Who(!self.0)
    }
}

/// All targets, each once, and the parameter tables they share.
pub(super) struct Targets<'t> {
    pub(super) all: Vec<Target<'t>>,
    pub(super) everybody: Who,
    pub(super) families: Vec<Family<'t>>,
}

/// Targets with one parameter table: what is said of a value is said once for all of them.
pub(super) struct Family<'t> {
    table: &'t ParameterTable,
    later_names: &'t [String],
    pub(super) rows: HashMap<String, &'t ParameterRow>,
    pub(super) later: HashSet<String>,
    pub(super) members: Who,
}

impl<'t> Targets<'t> {
    pub(super) fn new(given: &[Target<'t>]) -> Self {
        let mut all: Vec<Target<'t>> = Vec::new();
        for target in given {
            if all.len() < LINT_TARGETS_MAX && !all.iter().any(|known| same(known, target)) {
                all.push(*target);
            }
        }
        let mut families: Vec<Family<'t>> = Vec::new();
        let mut everybody = Who::NOBODY;
        for (number, target) in all.iter().enumerate() {
            everybody = everybody | Who::one(number);
            let tables = target.model.tables();
            let (table, later_names) = (&tables.parameters, tables.later_parameters.as_slice());
            match families.iter_mut().find(|family| family.table == table && family.later_names == later_names) {
                Some(family) => family.members = family.members | Who::one(number),
                None => families.push(Family {
                    table,
                    later_names,
                    rows: table.rows.iter().map(|row| (row.name.to_ascii_uppercase(), row)).collect(),
                    later: later_names.iter().map(|name| name.to_ascii_uppercase()).collect(),
                    members: Who::one(number),
                }),
            }
        }
        Targets { all, everybody, families }
    }

    /// The targets for which something holds.
    pub(super) fn those(&self, holds: impl Fn(&Target<'t>) -> bool) -> Who {
        let numbers = self.all.iter().enumerate().filter(|(_, target)| holds(target)).map(|(number, _)| number);
        numbers.fold(Who::NOBODY, |who, number| who | Who::one(number))
    }

    /// The row of a parameter spelled in capitals, in the first table that has one.
    pub(super) fn row(&self, name: &str) -> Option<&'t ParameterRow> {
        self.families.iter().find_map(|family| family.rows.get(name).copied())
    }

    /// Whether phones begin with a file of that name.
    pub(super) fn begins_with(&self, file: &str) -> bool {
        self.all.iter().any(|target| target.model.tables().files.upgrade_script.eq_ignore_ascii_case(file))
    }

    /// For reports: nothing if it is everybody.
    pub(super) fn labels(&self, who: Who) -> Vec<String> {
        if who & self.everybody == self.everybody {
            return Vec::new();
        }
        let chosen = self.all.iter().enumerate().filter(|(number, _)| who.has(*number));
        chosen.map(|(_, target)| self.label(target)).collect()
    }

    /// Model and signaling; release and group only where they tell targets apart.
    fn label(&self, target: &Target<'t>) -> String {
        let alike =
            |other: &&Target<'t>| other.model.name() == target.model.name() && other.signaling == target.signaling;
        let mut label = format!("{} {}", target.model.name(), target.signaling);
        if self.all.iter().filter(alike).any(|other| other.release != target.release) {
            label += &format!(" {}", target.release);
        }
        if self.all.iter().filter(alike).any(|other| other.group != target.group) {
            label += &format!(" group {}", target.group);
        }
        label
    }
}
