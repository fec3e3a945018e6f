use std::collections::{BTreeMap, BTreeSet};

use super::{Files, Parameters, Target};

/// A parameter that two sets of files give different values, and the phones it is so for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Change {
    /// The parameter, in capitals.
    pub name: String,
    /// What it is with the first set of files: set or default.
    pub old: String,
    /// What it is with the second.
    pub new: String,
    /// The phones, as places in the list that was asked about.
    pub targets: Vec<usize>,
}

/// What changes for whom when `new` takes the place of `old`, by parameter; phones that agree stand together.
///
/// What counts is the value in force: a SET to the default changes nothing. `None` stands for files that a phone does
/// not even begin to read.
pub fn difference(
    targets: &[Target<'_>],
    old: impl Fn(&Target<'_>) -> Option<Files>,
    new: impl Fn(&Target<'_>) -> Option<Files>,
) -> Vec<Change> {
    let mut changes: BTreeMap<(String, String, String), Vec<usize>> = BTreeMap::new();
    let after = |files: Option<Files>, target: &Target<'_>| match files {
        Some(files) => files.evaluate(target, Parameters::new(target.model)).parameters,
        None => Parameters::new(target.model),
    };
    for (at, target) in targets.iter().enumerate() {
        let (old, new) = (after(old(target), target), after(new(target), target));
        let names: BTreeSet<&str> = old.iter().chain(new.iter()).map(|(name, _)| name).collect();
        for name in names {
            let (before, then) = (old.value(name), new.value(name));
            if before != then {
                changes.entry((name.to_owned(), before.to_owned(), then.to_owned())).or_default().push(at);
            }
        }
    }
    changes.into_iter().map(|((name, old, new), targets)| Change { name, old, new, targets }).collect()
}
