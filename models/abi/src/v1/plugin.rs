use abi_stable::{
    prefix_type::PrefixTypeTrait,
    sabi_trait::TD_Opaque,
    std_types::{ROption, RResult, RStr, RString, RVec},
};
use deskset_models::{Description, FileAsk};

use super::{HostBox, Model, Model_TO, ModelBox, PluginRoot, PluginRootRef, log::meet};
use crate::{Identity, guard};

/// What a plugin's author writes for one model. Only [`describe`](PluginModel::describe) is needed.
///
/// All of it is synchronous, pure and quick: the hooks run while a phone names a file or takes a value. Each call runs
/// inside a guard, so a panic becomes an error that names plugin and hook; a function that never returns is not covered.
pub trait PluginModel: Send + Sync + 'static {
    /// Everything the model says in tables.
    fn describe(&self) -> Description;

    /// The description as JSON. To be written only by who adds keys of their own.
    fn document(&self) -> Result<String, String> {
        serde_json::to_string(&self.describe()).map_err(|wrong| wrong.to_string())
    }

    /// The name of a file that no table can give; `None`: the table decides.
    fn file_name(&self, ask: &FileAsk) -> Option<String> {
        let _ = ask;
        None
    }

    /// Why `value` must not be stored under the row or parameter `name`, as a sentence; `None`: the table decides.
    fn check_value(&self, name: &str, value: &str) -> Option<String> {
        let _ = (name, value);
        None
    }

    /// The answer, as JSON, to a question that came up after this interface; `None`: unknown question.
    fn extension(&self, id: &str, input: &str) -> Option<String> {
        let _ = (id, input);
        None
    }
}

/// What [`export_plugin!`](crate::export_plugin) makes of its arguments.
pub trait Plugin: 'static {
    /// Who made it.
    fn identity() -> Identity;

    /// Its models.
    fn models() -> Vec<Box<dyn PluginModel>>;
}

/// The root module of `P`.
pub fn root<P: Plugin>() -> PluginRootRef {
    PluginRoot { identity: identity::<P>, models: models::<P> }.leak_into_prefix()
}

extern "C" fn identity<P: Plugin>() -> RResult<RString, RString> {
    guard(|| serde_json::to_string(&P::identity()).map(RString::from).map_err(|wrong| wrong.to_string().into()))
}

extern "C" fn models<P: Plugin>(host: HostBox) -> RResult<RVec<ModelBox>, RString> {
    guard(|| {
        meet(host);
        Ok(P::models().into_iter().map(|model| Model_TO::from_value(Guarded(model), TD_Opaque)).collect())
    })
}

/// A model whose every function runs inside the guard.
struct Guarded(Box<dyn PluginModel>);

impl Model for Guarded {
    fn describe(&self) -> RResult<RString, RString> {
        guard(|| self.0.document().map(RString::from).map_err(RString::from))
    }

    fn file_name(&self, ask: RStr<'_>) -> RResult<ROption<RString>, RString> {
        guard(|| {
            // A newer host may ask for files this interface does not know yet: those the table names.
            let Ok(ask) = serde_json::from_str(&ask) else { return Ok(ROption::RNone) };
            Ok(self.0.file_name(&ask).map(RString::from).into())
        })
    }

    fn check_value(&self, name: RStr<'_>, value: RStr<'_>) -> RResult<ROption<RString>, RString> {
        guard(|| Ok(self.0.check_value(name.as_str(), value.as_str()).map(RString::from).into()))
    }

    fn extension(&self, id: RStr<'_>, input: RStr<'_>) -> RResult<ROption<RString>, RString> {
        guard(|| Ok(self.0.extension(id.as_str(), input.as_str()).map(RString::from).into()))
    }
}
