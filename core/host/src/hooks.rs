use std::fmt;

use abi_stable::std_types::{ROption, RResult, RString};
use deskset_abi::v1::ModelBox;
use deskset_models::{FileAsk, HookError, Hooks};

use crate::{limits::ANSWER_BYTES_MAX, refusal::words};

/// The hooks of a model inside a plugin.
pub(crate) struct HostHooks {
    plugin: String,
    model: ModelBox,
}

impl HostHooks {
    pub(crate) fn new(plugin: &str, model: ModelBox) -> Self {
        HostHooks { plugin: plugin.to_owned(), model }
    }

    fn failed(&self, hook: &'static str, why: impl fmt::Display) -> HookError {
        HookError::Failed { plugin: self.plugin.clone(), hook, why: words(why) }
    }

    fn answer(
        &self,
        hook: &'static str,
        told: RResult<ROption<RString>, RString>,
    ) -> Result<Option<String>, HookError> {
        let answer = told.into_result().map_err(|why| self.failed(hook, why))?.into_option();
        match answer {
            Some(text) if text.len() > ANSWER_BYTES_MAX => {
                Err(self
                    .failed(hook, format!("its answer has {} bytes, at most {ANSWER_BYTES_MAX} are read", text.len())))
            }
            answer => Ok(answer.map(RString::into_string)),
        }
    }
}

impl fmt::Debug for HostHooks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HostHooks({})", self.plugin)
    }
}

impl Hooks for HostHooks {
    fn file_name(&self, ask: &FileAsk) -> Result<Option<String>, HookError> {
        let ask = serde_json::to_string(ask).map_err(|wrong| self.failed("file_name", wrong))?;
        self.answer("file_name", self.model.file_name(ask.as_str().into()))
    }

    fn check_value(&self, name: &str, value: &str) -> Result<Option<String>, HookError> {
        self.answer("check_value", self.model.check_value(name.into(), value.into()))
    }
}
