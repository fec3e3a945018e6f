//! Screens that pushes make, of every model: seen by a phone that is really in use.
#![allow(missing_docs, clippy::unwrap_used)]

mod golden;
mod pushing;

use golden::assert_screen;
use pushing::Desk;

// req: PU-4, PU-6, PU-7
#[test]
fn pushed_screens_of_all_models_are_as_they_were() {
    for model in pushing::MODELS {
        let mut desk = Desk::in_use(model);
        let name = model.to_lowercase();
        let look = |desk: &Desk, what: &str| {
            let display = &desk.phone.setup().model.tables().display;
            assert_screen(&format!("{name}-{what}"), display, &desk.phone.screen());
        };
        desk.push("topline", "text.xml");
        look(&desk, "topline");
        desk.call();
        desk.push("audio", "audio.xml");
        look(&desk, "audio");
        desk.push("display", "page.wml");
        look(&desk, "page");
    }
}
