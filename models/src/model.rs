use std::{fmt, sync::Arc};

use rustc_hash::FxHashMap;

use serde::{Deserialize, Serialize};

use crate::{
    Description, Extension, FileName, Flaw, NameError, ParameterRow, Release, Signaling, SignalingRules, Values,
};

/// A model that can be run: a description without flaws, and the hooks of the plugin that gave it.
#[derive(Clone, Debug)]
pub struct Model {
    description: Arc<Description>,
    /// Where each parameter's row stands, by its name in capitals. Only looked up, never gone through; its keys come
    /// from a plugin, so a quick hash will do.
    parameters: Arc<FxHashMap<String, usize>>,
    hooks: Arc<dyn Hooks>,
}

/// What a plugin computes beyond its tables. Hooks are pure and quick: they run while a file is named or a value is set.
pub trait Hooks: Send + Sync + fmt::Debug {
    /// The name of a file, or `None` to follow the table.
    fn file_name(&self, ask: &FileAsk) -> Result<Option<String>, HookError>;

    /// Why `value` must not be stored under the row or parameter `name`, or `None` to follow the table.
    fn check_value(&self, name: &str, value: &str) -> Result<Option<String>, HookError>;
}

/// Hooks that leave everything to the tables.
#[derive(Clone, Copy, Debug, Default)]
pub struct TableHooks;

impl Hooks for TableHooks {
    fn file_name(&self, _: &FileAsk) -> Result<Option<String>, HookError> {
        Ok(None)
    }

    fn check_value(&self, _: &str, _: &str) -> Result<Option<String>, HookError> {
        Ok(None)
    }
}

/// Which file is to be named, for whom.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FileAsk {
    /// Which kind of file.
    pub kind: FileKind,
    /// The phone's signaling.
    pub signaling: Signaling,
    /// Whose file; `None` for files that belong to nobody.
    #[serde(default)]
    pub extension: Option<Extension>,
    /// The running release.
    pub release: Release,
}

/// The files a model names itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// The first file of every boot.
    UpgradeScript,
    /// A user's backup file.
    Backup,
}

impl FileKind {
    /// The word that crosses the plugin boundary.
    pub fn key(self) -> &'static str {
        match self {
            FileKind::UpgradeScript => "upgrade_script",
            FileKind::Backup => "backup",
        }
    }
}

/// A hook that did not answer, or answered nonsense.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum HookError {
    /// The hook panicked or reported an error of its own.
    #[error("plugin {plugin}: hook {hook} failed: {why}; report it to the plugin's maker, other phones go on")]
    Failed {
        /// The plugin's id.
        plugin: String,
        /// The hook's name.
        hook: &'static str,
        /// What it said.
        why: String,
    },
    /// The answer or the table's name cannot name a file.
    #[error("the name of the {kind} is not usable", kind = .kind.key())]
    Name {
        /// Which file was to be named.
        kind: FileKind,
        /// Why not.
        #[source]
        source: NameError,
    },
    /// The model has no file of that kind under that signaling.
    #[error("model {model} has no {kind} under {signaling}", kind = .kind.key())]
    NoSuchFile {
        /// The model's name.
        model: String,
        /// Which file was to be named.
        kind: FileKind,
        /// The phone's signaling.
        signaling: Signaling,
    },
}

/// Why a value is not taken.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum ValueFault {
    /// Not among the row's values.
    #[error("{name}: \"{value}\" is not {allowed}")]
    NotAllowed {
        /// Row or parameter.
        name: String,
        /// What was written.
        value: String,
        /// What may be written.
        allowed: String,
    },
    /// The plugin objects.
    #[error("{name}: \"{value}\" is refused by the model: {why}")]
    Refused {
        /// Row or parameter.
        name: String,
        /// What was written.
        value: String,
        /// The plugin's words.
        why: String,
    },
    /// The plugin could not say.
    #[error(transparent)]
    Hook(#[from] HookError),
}

impl Model {
    /// A model of this description, or everything that is wrong with it.
    pub fn new(description: Description, hooks: Arc<dyn Hooks>) -> Result<Self, Vec<Flaw>> {
        let flaws = description.flaws();
        if !flaws.is_empty() {
            return Err(flaws);
        }
        let rows = description.parameters.rows.iter().enumerate();
        let parameters = Arc::new(rows.map(|(at, row)| (row.name.to_ascii_uppercase(), at)).collect());
        Ok(Model { description: Arc::new(description), parameters, hooks })
    }

    /// The tables.
    pub fn tables(&self) -> &Description {
        &self.description
    }

    /// The parameter row of a name spelled in capitals.
    pub fn parameter(&self, name: &str) -> Option<&ParameterRow> {
        self.description.parameters.rows.get(*self.parameters.get(name)?)
    }

    /// The model's name.
    pub fn name(&self) -> &str {
        &self.description.name
    }

    /// The rules of a signaling, if the model has it.
    pub fn under(&self, signaling: Signaling) -> Option<&SignalingRules> {
        self.description.signaling.get(&signaling)
    }

    /// The first file of a boot.
    pub fn upgrade_script(&self, signaling: Signaling, release: Release) -> Result<FileName, HookError> {
        let ask = FileAsk { kind: FileKind::UpgradeScript, signaling, extension: None, release };
        self.named(&ask, || Some(self.description.files.upgrade_script.parse()))
    }

    /// The file that holds what `extension` owns.
    pub fn backup_file(
        &self,
        extension: &Extension,
        signaling: Signaling,
        release: Release,
    ) -> Result<FileName, HookError> {
        let ask = FileAsk { kind: FileKind::Backup, signaling, extension: Some(extension.clone()), release };
        self.named(&ask, || self.description.files.backup_file(extension, signaling))
    }

    fn named(
        &self,
        ask: &FileAsk,
        by_table: impl FnOnce() -> Option<Result<FileName, NameError>>,
    ) -> Result<FileName, HookError> {
        let kind = ask.kind;
        let name = match self.hooks.file_name(ask)? {
            Some(name) => name.parse(),
            None => by_table().ok_or_else(|| HookError::NoSuchFile {
                model: self.name().to_owned(),
                kind,
                signaling: ask.signaling,
            })?,
        };
        name.map_err(|source| HookError::Name { kind, source })
    }

    /// Whether `value` may be stored under `name`, whose table row allows `values`.
    pub fn check_value(&self, name: &str, values: &Values, value: &str) -> Result<(), ValueFault> {
        if !values.accepts(value) {
            return Err(ValueFault::NotAllowed {
                name: name.to_owned(),
                value: value.to_owned(),
                allowed: values.in_words(),
            });
        }
        match self.hooks.check_value(name, value)? {
            None => Ok(()),
            Some(why) => Err(ValueFault::Refused { name: name.to_owned(), value: value.to_owned(), why }),
        }
    }
}
