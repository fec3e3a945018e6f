use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
};

use abi_stable::std_types::{RErr, RResult, RString};

/// Begins the text of an error that was a panic.
pub const PANIC_MARK: &str = "panicked: ";

/// Runs `body` so that no panic reaches the edge of the library: a panic becomes an error that begins with
/// [`PANIC_MARK`].
///
/// Without it abi_stable ends the whole process. Under `panic = "abort"` there is nothing to catch, so the host
/// refuses libraries that were built so.
pub fn guard<T>(body: impl FnOnce() -> Result<T, RString>) -> RResult<T, RString> {
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(answer) => answer.into(),
        Err(panic) => RErr(format!("{PANIC_MARK}{}", words_of(panic)).into()),
    }
}

fn words_of(panic: Box<dyn Any + Send>) -> String {
    let words = panic
        .downcast_ref::<&str>()
        .map(|words| (*words).to_owned())
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "without words".to_owned());
    // Dropping a foreign payload could panic again, this time outside of the guard.
    std::mem::forget(panic);
    words
}
