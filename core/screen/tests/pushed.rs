//! Screens that pushes make, of every model: seen by a phone that is really in use.
#![allow(missing_docs, clippy::unwrap_used)]

mod golden;
mod pushing;

use deskset_phone::CallState;
use golden::assert_screen;
use pushing::Desk;

fn look(desk: &Desk, what: &str) {
    let model = &desk.phone.setup().model;
    let name = format!("{}-{what}", model.name().to_lowercase());
    assert_screen(&name, &model.tables().display, &desk.phone.screen());
}

// req: PU-4, PU-6, PU-7
#[test]
fn pushed_screens_of_all_models_are_as_they_were() {
    for model in pushing::MODELS {
        let mut desk = Desk::in_use(model);
        desk.push("barge", "topline", "text.xml");
        look(&desk, "topline");
        desk.call(CallState::Active);
        desk.push("barge", "audio", "audio.xml");
        look(&desk, "audio");
        desk.push("barge", "display", "page.wml");
        look(&desk, "page");
    }
}

// req: PU-4, PU-5
#[test]
fn a_page_that_waits_is_announced_and_one_that_barges_in_is_shown_on_all_models() {
    for model in pushing::MODELS {
        let mut desk = Desk::in_use(model);
        desk.push("normal", "display", "page.wml");
        look(&desk, "waiting");
        desk.call(CallState::Alerting);
        desk.push("barge", "display", "alarm.wml");
        look(&desk, "barge");
    }
}

// req: PU-8, PR-25
#[test]
fn the_top_line_of_all_models_shows_how_loud_a_stream_is() {
    for model in pushing::MODELS {
        let mut desk = Desk::in_use(model);
        desk.push("normal", "audio", "audio.xml");
        look(&desk, "level");
    }
}
