#![allow(missing_docs)]

use abi_stable::std_types::{RErr, ROk, RResult, RString};
use deskset_abi::guard;

fn guarded(body: impl FnOnce() -> Result<u8, RString>) -> RResult<u8, RString> {
    guard(body)
}

#[test]
fn an_answer_and_an_error_pass_unchanged() {
    assert_eq!(guarded(|| Ok(7)), ROk(7));
    assert_eq!(guarded(|| Err("no keys".into())), RErr("no keys".into()));
}

#[test]
fn a_panic_becomes_an_error_that_says_so() {
    assert_eq!(guarded(|| panic!("plain words")), RErr("panicked: plain words".into()));
    assert_eq!(guarded(|| panic!("words of {}", 4711)), RErr("panicked: words of 4711".into()));
    assert_eq!(guarded(|| std::panic::panic_any(4711)), RErr("panicked: without words".into()));
}

#[test]
fn what_a_panic_carries_is_not_dropped_where_it_could_panic_again() {
    struct Bomb;
    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!("again");
        }
    }
    assert_eq!(guarded(|| std::panic::panic_any(Bomb)), RErr("panicked: without words".into()));
}
