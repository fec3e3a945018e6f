use std::collections::BTreeSet;

use super::UserData;

/// Something that two users' data do not share.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// The row's name, `Speed Dial 14`, `Feature label 5` or `Expansion unit label 4`.
    pub what: String,
    /// In the first; `None` if it is not there.
    pub old: Option<String>,
    /// In the second.
    pub new: Option<String>,
}

/// Everything in which `new` differs from `old`: rows by name, then speed dials, then labels. Whether a row is read or
/// only carried does not matter, nor how the files were written.
pub fn difference(old: &UserData, new: &UserData) -> Vec<Difference> {
    let row = |data: &UserData, name: &str| data.options.get(name).or_else(|| data.carried.get(name)).cloned();
    let all = [old, new].into_iter().flat_map(|data| data.options.keys().chain(data.carried.keys()));
    let names: BTreeSet<&String> = all.collect();
    let mut found: Vec<Difference> = Vec::new();
    let mut compare = |what: String, old: Option<String>, new: Option<String>| {
        if old != new {
            found.push(Difference { what, old, new });
        }
    };
    for name in names {
        compare(name.clone(), row(old, name), row(new, name));
    }
    let positions: BTreeSet<u16> = old.speed_dials.keys().chain(new.speed_dials.keys()).copied().collect();
    let dial =
        |data: &UserData, at: u16| data.speed_dials.get(&at).map(|dial| format!("{} = {}", dial.label, dial.number));
    for at in positions {
        compare(format!("Speed Dial {at}"), dial(old, at), dial(new, at));
    }
    for (thing, old, new) in [
        ("Feature label", &old.feature_labels, &new.feature_labels),
        ("Expansion unit label", &old.unit_labels, &new.unit_labels),
    ] {
        let numbers: BTreeSet<u16> = old.keys().chain(new.keys()).copied().collect();
        for at in numbers {
            compare(format!("{thing} {at}"), old.get(&at).cloned(), new.get(&at).cloned());
        }
    }
    found
}
