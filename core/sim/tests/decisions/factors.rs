//! What the decisions may depend on.

use deskset_models::{Release, Signaling};

use super::common::model;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Factor {
    Software,
    AutomaticBackup,
    Ftpsrvr,
    Opstat,
    Appstat,
    Ftpuserstat,
    Restorestat,
}

impl Factor {
    pub const ALL: [Factor; 7] = [
        Factor::Software,
        Factor::AutomaticBackup,
        Factor::Ftpsrvr,
        Factor::Opstat,
        Factor::Appstat,
        Factor::Ftpuserstat,
        Factor::Restorestat,
    ];

    /// The word in the tables.
    pub fn word(self) -> &'static str {
        match self {
            Factor::Software => "software",
            Factor::AutomaticBackup => "Automatic_Backup",
            Factor::Ftpsrvr => "FTPSRVR",
            Factor::Opstat => "OPSTAT",
            Factor::Appstat => "APPSTAT",
            Factor::Ftpuserstat => "FTPUSERSTAT",
            Factor::Restorestat => "RESTORESTAT",
        }
    }

    /// Its levels, in the order of the tables. Software is one of the model's own.
    pub fn levels(self) -> &'static [&'static str] {
        match self {
            Factor::Software => &[],
            Factor::AutomaticBackup => &["Yes", "No"],
            Factor::Ftpsrvr => &["set", "empty"],
            Factor::Opstat => &["0", "000", "011", "110", "111"],
            Factor::Appstat => &["0", "1", "2", "3"],
            Factor::Ftpuserstat => &["0", "1", "2"],
            Factor::Restorestat => &["0", "1"],
        }
    }
}

/// One level of every factor, in the order of [`Factor::ALL`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Case(Vec<String>);

impl Case {
    pub fn level(&self, factor: Factor) -> &str {
        &self.0[factor as usize]
    }

    pub fn software(&self) -> (Signaling, Release) {
        let (signaling, release) = self.level(Factor::Software).split_once('-').unwrap();
        (signaling.parse().unwrap(), release.parse().unwrap())
    }
}

/// All cases of a model: each of its releases with everything that can be administered.
pub fn cases(name: &str) -> Vec<Case> {
    let model = model(name);
    let rules = Signaling::ALL.into_iter().filter_map(|signaling| Some((signaling, model.under(signaling)?)));
    let software = rules.flat_map(|(signaling, rules)| {
        rules.releases.iter().map(move |release| format!("{}-{release}", signaling.key()))
    });
    let mut cases: Vec<Vec<String>> = software.map(|one| vec![one]).collect();
    for factor in &Factor::ALL[1..] {
        cases = cases
            .into_iter()
            .flat_map(|case| {
                factor.levels().iter().map(move |level| [case.clone(), vec![(*level).to_owned()]].concat())
            })
            .collect();
    }
    cases.into_iter().map(Case).collect()
}
