use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use deskset_models::Model;

use super::{Ignored, Layer, Origin, Shared, layer::LayerDraft};
use crate::{
    limits::{LIBRARY_OUTCOMES_MAX, LIBRARY_SCRIPTS_MAX},
    script::{Position, Script, ScriptError, Step, Stop, Variables},
};

/// Remembers what has been parsed and run, for phones that get the same files: each file is parsed once, and phones of
/// one model with equal variables share one outcome. Phones that are given equal values share these as well.
///
/// It is a memory only: with or without it the same comes out.
#[derive(Debug, Default)]
pub struct Library {
    inner: Mutex<Inner>,
    layers: Shared<Layer>,
}

#[derive(Debug, Default)]
struct Inner {
    scripts: BTreeMap<File, Arc<Script>>,
    outcomes: BTreeMap<Run, Arc<Outcome>>,
}

/// A file's name and bytes.
type File = (Box<str>, Arc<[u8]>);

/// Which run of which script, with the variables that the script asks for: scripts are told apart by where they live,
/// which is why the outcome keeps them alive.
#[derive(PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Run {
    script: usize,
    from: Position,
    model: String,
    variables: Variables,
}

/// What came of running a script as far as it goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outcome {
    /// The script.
    pub script: Arc<Script>,
    /// The values that were taken.
    pub layer: Arc<Layer>,
    /// How many SETs were taken.
    pub taken: usize,
    /// Line, name and reason of each SET that was not.
    pub ignored: Vec<(u32, String, Ignored)>,
    /// Where it stopped.
    pub stop: Stop,
}

impl Library {
    /// An empty library.
    pub fn new() -> Self {
        Library::default()
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        // Every change of the maps is one insertion: a panicking holder leaves nothing half-done.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The script in a file; the same one for the same name and bytes.
    pub fn script(&self, name: &str, bytes: &Arc<[u8]>) -> Result<Arc<Script>, ScriptError> {
        let key = (Box::from(name), bytes.clone());
        if let Some(known) = self.inner().scripts.get(&key) {
            return Ok(known.clone());
        }
        let script = Arc::new(Script::parse(name, bytes)?);
        let mut inner = self.inner();
        if inner.scripts.len() >= LIBRARY_SCRIPTS_MAX {
            inner.scripts.clear();
            inner.outcomes.clear();
        }
        inner.scripts.insert(key, script.clone());
        Ok(script)
    }

    /// What comes of running `script` from `from` on a phone of `model` with these variables.
    pub fn run(&self, script: &Arc<Script>, from: Position, model: &Model, variables: &Variables) -> Arc<Outcome> {
        let key = Run {
            script: Arc::as_ptr(script).addr(),
            from,
            model: model.name().to_owned(),
            variables: variables.only(|name| script.asks_for(name)),
        };
        if let Some(known) = self.inner().outcomes.get(&key) {
            return known.clone();
        }
        let outcome = Arc::new(Outcome::of(script, from, model, variables));
        let mut inner = self.inner();
        if inner.outcomes.len() >= LIBRARY_OUTCOMES_MAX {
            inner.outcomes.clear();
        }
        inner.outcomes.insert(key, outcome.clone());
        outcome
    }

    /// The same values: those of an earlier phone, if they are equal.
    pub fn shared(&self, layer: Layer) -> Arc<Layer> {
        self.layers.shared(Arc::new(layer))
    }
}

impl Outcome {
    /// Runs a script.
    pub fn of(script: &Arc<Script>, from: Position, model: &Model, variables: &Variables) -> Outcome {
        let (mut layer, mut taken, mut ignored) = (LayerDraft::default(), 0, Vec::new());
        let stop = script.run(from, variables, |step| {
            let Step::Set(set) = step else { return };
            let origin = Origin::File { file: script.shared_name().clone(), line: set.line };
            match layer.set(model, set.name, set.value, origin) {
                Ok(()) => taken += 1,
                Err(why) => ignored.push((set.line, set.name.to_owned(), why)),
            }
        });
        Outcome { script: script.clone(), layer: Arc::new(layer.done()), taken, ignored, stop }
    }
}
