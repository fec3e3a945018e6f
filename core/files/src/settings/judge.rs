use deskset_models::{Model, ParameterSource};

use super::names;
use crate::limits::{LONG_VALUE_CHARS_MAX, PARAMETERS_MAX, VALUE_CHARS_MAX};

/// Why a value is not taken. The value before it stays.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Ignored {
    /// Only the phone's own keys set it.
    #[error("it is set only at the phone")]
    Local,
    /// Not among the parameter's values. The value itself is not told: it may be a password.
    #[error("the value is not {0}")]
    Value(String),
    /// Longer than a phone takes.
    #[error("it is longer than {0} characters")]
    TooLong(usize),
    /// More parameters than a phone holds.
    #[error("no more than {PARAMETERS_MAX} parameters are taken")]
    TooMany,
}

/// The parameter whose values may be longer than all others'.
pub(crate) const DIALPLAN: &str = "DIALPLAN";

/// Parameters that no file and no server sets, whatever a table says.
pub(crate) const LOCAL_ONLY: [&str; 2] = [names::SIG, names::GROUP];

/// Whether a phone takes `value` for the parameter `name`, spelled in capitals, from `source`. A name that the table does
/// not know is kept all the same.
pub fn judge(model: &Model, name: &str, value: &str, source: ParameterSource) -> Result<(), Ignored> {
    let longest = if name == DIALPLAN { LONG_VALUE_CHARS_MAX } else { VALUE_CHARS_MAX };
    // Bytes first: hardly any value has more of them than characters are allowed.
    if (value.len() > longest && value.chars().count() > longest) || name.len() > VALUE_CHARS_MAX {
        return Err(Ignored::TooLong(longest));
    }
    let by_hand = source == ParameterSource::Manual;
    match model.parameter(name) {
        Some(row) => {
            if !by_hand && !row.may_come_from(source) {
                return Err(Ignored::Local);
            }
            // An empty value means the default wherever the table's own default says so.
            if value != row.default && !row.values.accepts(value) {
                return Err(Ignored::Value(row.values.in_words()));
            }
            Ok(())
        }
        None if !by_hand && LOCAL_ONLY.contains(&name) => Err(Ignored::Local),
        None => Ok(()),
    }
}
