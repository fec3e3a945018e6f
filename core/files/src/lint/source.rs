use std::sync::Arc;

use crate::script::{Script, ScriptError};

/// A file to be checked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SourceFile {
    /// What it says.
    pub script: Arc<Script>,
    /// What it is made of, for the rules on encodings and line ends.
    pub bytes: Arc<[u8]>,
}

impl SourceFile {
    /// Reads a file.
    ///
    /// # Errors
    /// [`ScriptError::TooLarge`]; everything else that is wrong is found by [`super::check`].
    pub fn read(name: &str, bytes: impl Into<Arc<[u8]>>) -> Result<Self, ScriptError> {
        let bytes = bytes.into();
        Ok(SourceFile { script: Arc::new(Script::parse(name, &bytes)?), bytes })
    }
}
