use std::{collections::BTreeSet, fmt};

use super::{Evaluation, Ignored, Incident, Origin, Parameter, Target};

/// Why a parameter has the value it has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Explanation {
    /// In capitals.
    pub name: String,
    /// What holds, if anything was set.
    pub holds: Option<Parameter>,
    /// The default, if the model knows the parameter.
    pub default: Option<String>,
    /// Everything that was tried, in order.
    pub attempts: Vec<Attempt>,
    /// Why the value does nothing on this phone.
    pub without_effect: Vec<WithoutEffect>,
}

/// One try to set a value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attempt {
    /// Who tried.
    pub origin: Origin,
    /// The value as written.
    pub value: String,
    /// What became of it.
    pub fate: Fate,
}

/// What became of one try.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fate {
    /// It holds.
    Holds,
    /// It was taken; another one was taken after it.
    Overridden(Origin),
    /// It came later than the one that holds, which stays all the same: STATIC or LLDP keeps it.
    KeptOut(Origin),
    /// It was not taken.
    Ignored(Ignored),
}

/// Why a value does nothing on a phone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum WithoutEffect {
    /// No such parameter.
    Unknown,
    /// A parameter of younger series, which share the file.
    Later,
    /// It belongs to the other signaling.
    Signaling(String),
    /// The phone's release is older than it.
    Since(String),
    /// The model lacks what it is for.
    Needs(String),
}

impl fmt::Display for Fate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fate::Holds => f.write_str("holds"),
            Fate::Overridden(by) => write!(f, "overridden by {by}"),
            Fate::KeptOut(Origin::Lldp) => f.write_str("kept out: LLDP is the authority on VLANs"),
            Fate::KeptOut(_) => f.write_str("kept out: STATIC keeps what was entered at the phone"),
            Fate::Ignored(why) => write!(f, "ignored: {why}"),
        }
    }
}

impl fmt::Display for WithoutEffect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WithoutEffect::Unknown => f.write_str("this model knows no such parameter"),
            WithoutEffect::Later => f.write_str("only younger series know this parameter"),
            WithoutEffect::Signaling(only) => write!(f, "it means something under {only} only"),
            WithoutEffect::Since(release) => write!(f, "software knows it from release {release} on"),
            WithoutEffect::Needs(ability) => write!(f, "this model has no {}", ability.replace('_', " ")),
        }
    }
}

impl Evaluation {
    /// Why the parameter `name` has the value it has.
    pub fn explain(&self, name: &str, target: &Target<'_>) -> Explanation {
        let name = name.to_ascii_uppercase();
        let holds = self.parameters.get(&name);
        let mut attempts = self.attempts(&name);
        self.judge_attempts(&name, holds, &mut attempts);
        Explanation {
            holds: holds.cloned(),
            default: target.model.tables().parameters.find(&name).map(|row| row.default.clone()),
            attempts,
            without_effect: without_effect(&name, target),
            name,
        }
    }

    /// The names, in capitals, of everything that somebody tried to set.
    pub fn names(&self) -> BTreeSet<String> {
        let tried = self.path.iter().filter_map(|incident| match incident {
            Incident::Set { name, .. } => Some(name.to_ascii_uppercase()),
            _ => None,
        });
        self.parameters.iter().map(|(name, _)| name.to_owned()).chain(tried).collect()
    }

    /// What others set before the files, then what the files tried. Each as if it were taken and nothing followed.
    fn attempts(&self, name: &str) -> Vec<Attempt> {
        let before = self.parameters.layers().iter().filter_map(|layer| layer.get(name));
        let before = before.filter(|parameter| !matches!(parameter.origin, Origin::File { .. }));
        let before =
            before.map(|set| Attempt { origin: set.origin.clone(), value: set.value.clone(), fate: Fate::Holds });
        let tried = self.path.iter().filter_map(|incident| match incident {
            Incident::Set { at, name: other, value, ignored } if other.eq_ignore_ascii_case(name) => {
                let fate = ignored.clone().map_or(Fate::Holds, Fate::Ignored);
                Some(Attempt { origin: at.clone(), value: value.clone(), fate })
            }
            _ => None,
        });
        before.chain(tried).collect()
    }

    fn judge_attempts(&self, name: &str, holds: Option<&Parameter>, attempts: &mut [Attempt]) {
        let winner = holds.and_then(|holds| {
            let at = attempts.iter().rposition(|attempt| attempt.origin == holds.origin)?;
            Some((at, holds.origin.clone()))
        });
        let mut after: Option<Origin> = None;
        for (at, attempt) in attempts.iter_mut().enumerate().rev() {
            if matches!(attempt.fate, Fate::Ignored(_)) {
                continue;
            }
            if !self.parameters.layers().iter().any(|layer| same_file(layer.get(name), &attempt.origin)) {
                attempt.fate = Fate::Ignored(Ignored::TooMany);
                continue;
            }
            if let Some((_, by)) = winner.as_ref().filter(|(winner, _)| at > *winner) {
                attempt.fate = Fate::KeptOut(by.clone());
                continue;
            }
            if let Some(by) = after.replace(attempt.origin.clone()) {
                attempt.fate = Fate::Overridden(by);
            }
        }
    }
}

/// Whether a layer's value came from where `origin` is: a file's later lines take the place of its earlier ones.
fn same_file(set: Option<&Parameter>, origin: &Origin) -> bool {
    match (set.map(|set| &set.origin), origin) {
        (Some(Origin::File { file, .. }), Origin::File { file: other, .. }) => file == other,
        (set, origin) => set == Some(origin),
    }
}

fn without_effect(name: &str, target: &Target<'_>) -> Vec<WithoutEffect> {
    let tables = target.model.tables();
    let Some(row) = tables.parameters.find(name) else {
        let later = tables.later_parameters.iter().any(|later| later.eq_ignore_ascii_case(name));
        return vec![if later { WithoutEffect::Later } else { WithoutEffect::Unknown }];
    };
    let mut reasons = Vec::new();
    if !row.signaling.is_empty() && !row.signaling.contains(&target.signaling) {
        let words: Vec<String> = row.signaling.iter().map(ToString::to_string).collect();
        reasons.push(WithoutEffect::Signaling(words.join(" and ")));
    }
    if let Some(since) = row.since.filter(|since| *since > target.release) {
        reasons.push(WithoutEffect::Since(since.to_string()));
    }
    if !row.needs.is_empty() && !tables.capabilities.contains(&row.needs) {
        reasons.push(WithoutEffect::Needs(row.needs.clone()));
    }
    reasons
}
