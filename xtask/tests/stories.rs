//! One user's story, by keys alone: told in a terminal and over the control interface, it ends the same.
#![allow(missing_docs, clippy::unwrap_used)]

mod running;
mod telling;

use running::{Program, serving::Serving};
use telling::{a_user_moves, in_terminal::InTerminal, over_http::OverHttp, serving_with_console};

// req: DC-6, BR-1, BR-3, AR-1, AR-2, AR-3, AR-4
#[test]
fn a_user_moves_to_another_model_by_keys_in_a_terminal_and_over_http_alike() {
    let program = Program::new();
    let serving = Serving::start(&program);
    let site = serving.site("HTTPSRVR", "http");
    let in_terminal = a_user_moves(&program, &mut InTerminal::of(&program, site));
    in_terminal.is_as_promised();

    let other = Program::new();
    let (_serving, address) = serving_with_console(&other);
    assert_eq!(a_user_moves(&other, &mut OverHttp::at(address)), in_terminal);
}
