//! The same story in a real browser, which `cargo xtask test --peers` installs: it ends as over the control interface,
//! and that as in a terminal.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used)]

#[path = "../../core/console/tests/browser/driver.rs"]
#[allow(dead_code, reason = "its owner presses other keys")]
mod driver;
#[path = "telling/in_browser.rs"]
mod in_browser;
mod running;
mod telling;

use in_browser::InBrowser;
use running::Program;
use telling::{a_user_moves, over_http::OverHttp, serving_with_console};

// req: DC-6, BR-1, BR-3, AR-1, AR-2, AR-3, AR-4
#[test]
fn a_user_moves_to_another_model_by_keys_in_a_browser_and_over_http_alike() {
    let program = Program::new();
    let (_serving, address) = serving_with_console(&program);
    let mut browser = InBrowser::open(address);
    let in_browser = a_user_moves(&program, &mut browser);
    browser.close();
    in_browser.is_as_promised();

    let other = Program::new();
    let (_serving, address) = serving_with_console(&other);
    assert_eq!(a_user_moves(&other, &mut OverHttp::at(address)), in_browser);
}
