use std::sync::Arc;

use super::{Ignored, Origin, Outcome, Parameters};
use crate::{
    limits::{GET_DEPTH_MAX, GETS_MAX},
    script::{Branch, Position, Script, Step, Stop, Variables},
};

/// What a phone would make of a script and the files it GETs, and how it came to it.
#[derive(Clone, Debug)]
pub struct Evaluation {
    /// What holds at the end.
    pub parameters: Parameters,
    /// Everything that happened on the way, in order.
    pub path: Vec<Incident>,
}

/// One thing that happened on the way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Incident {
    /// A SET, and why it was not taken if it was not.
    Set {
        /// File and line.
        at: Origin,
        /// As written.
        name: String,
        /// As written.
        value: String,
        /// Why it was ignored.
        ignored: Option<Ignored>,
    },
    /// An IF or a GOTO.
    Branch {
        /// File and line.
        at: Origin,
        /// The tag named in it.
        tag: String,
        /// What became of it.
        branch: Branch,
    },
    /// A GET.
    Get {
        /// File and line.
        at: Origin,
        /// The file.
        file: String,
        /// Whether it was there.
        found: bool,
    },
    /// The chain of GETs is deeper or longer than a phone follows.
    TooManyGets {
        /// File and line.
        at: Origin,
    },
}

/// Runs `script` and what it GETs on a phone whose parameters so far are `given`. `file` finds the files of a GET;
/// `get_continues`: a failed GET goes on with the next line (R2.2 and later), else it ends.
pub fn evaluate(
    script: Arc<Script>,
    given: Parameters,
    model: &deskset_models::Model,
    variables: &Variables,
    get_continues: bool,
    file: impl Fn(&str) -> Option<Arc<Script>>,
) -> Evaluation {
    let mut told = Evaluation { parameters: given, path: Vec::new() };
    let (mut script, mut from, mut depth, mut gets) = (script, Position::default(), 0, 0);
    loop {
        tell(&script, from, model, variables, &mut told.path);
        let outcome = Outcome::of(&script, from, model, variables);
        told.parameters.push(outcome.layer);
        let Stop::Get { file: name, line, next } = outcome.stop else { return told };
        let at = Origin::File { file: script.shared_name().clone(), line };
        gets += 1;
        if gets > GETS_MAX || depth >= GET_DEPTH_MAX {
            told.path.push(Incident::TooManyGets { at });
            return told;
        }
        let found = file(&name);
        told.path.push(Incident::Get { at, file: name, found: found.is_some() });
        match found {
            Some(other) => (script, from, depth) = (other, Position::default(), depth + 1),
            None if get_continues => from = next,
            None => return told,
        }
    }
}

fn tell(
    script: &Arc<Script>,
    from: Position,
    model: &deskset_models::Model,
    variables: &Variables,
    path: &mut Vec<Incident>,
) {
    let at = |line| Origin::File { file: script.shared_name().clone(), line };
    script.run(from, variables, |step| {
        path.push(match step {
            Step::Set(set) => {
                let source = deskset_models::ParameterSource::Files;
                let ignored = super::judge(model, &set.name.to_ascii_uppercase(), set.value, source).err();
                let (name, value) = (set.name.to_owned(), set.value.to_owned());
                Incident::Set { at: at(set.line), name, value, ignored }
            }
            Step::Branch { line, tag, branch } => Incident::Branch { at: at(line), tag: tag.to_owned(), branch },
        });
    });
}
