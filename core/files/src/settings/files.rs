use std::sync::Arc;

use deskset_models::FilePath;

use super::{Evaluation, Parameters, Target, evaluate};
use crate::{script::Script, tree::choose};

/// The files that a phone finds on its server: the one it begins with, and those that GET may name.
#[derive(Clone, Debug)]
pub struct Files {
    scripts: Vec<Arc<Script>>,
}

impl Files {
    /// A phone begins with `first`. Scripts may be named by a path; a GET finds them by its last part.
    pub fn new(first: Arc<Script>, others: impl IntoIterator<Item = Arc<Script>>) -> Files {
        Files { scripts: [first].into_iter().chain(others).collect() }
    }

    /// All of them, the first one first.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Script>> {
        self.scripts.iter()
    }

    /// The file of exactly this name.
    pub fn named(&self, name: &str) -> Option<&Arc<Script>> {
        self.scripts.iter().find(|script| script.name() == name)
    }

    /// What `GET asked` brings: names match in any case, an exact match first.
    pub fn find(&self, asked: &str) -> Option<&Arc<Script>> {
        let path: FilePath = asked.parse().ok()?;
        let chosen = choose(path.name(), self.scripts.iter().map(|script| last_part(script.name())))?;
        self.scripts.iter().find(|script| last_part(script.name()) == chosen)
    }

    /// What a phone of this kind, whose parameters so far are `given`, makes of them.
    pub fn evaluate(&self, target: &Target<'_>, given: Parameters) -> Evaluation {
        let find = |name: &str| self.find(name).cloned();
        match self.scripts.first() {
            Some(first) => {
                evaluate(first.clone(), given, target.model, &target.variables(), target.get_continues(), find)
            }
            None => Evaluation { parameters: given, path: Vec::new() },
        }
    }
}

fn last_part(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
