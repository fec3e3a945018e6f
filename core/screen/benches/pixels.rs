//! What a screen costs: `cargo bench -p deskset-screen --bench pixels` (with DESKSET_PLUGINS set).
//!
//! The figures stand in `docs/performance.md`.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "../tests/gallery/mod.rs"]
mod gallery;

use deskset_screen::{Depth, Picture, Renderer};
use divan::{Bencher, black_box, counter::ItemsCount};

/// One model of each kind of display.
const KINDS: [&str; 3] = ["4610SW", "4621SW", "4625SW"];

fn main() {
    divan::main();
}

/// Cells to pixels, screens with every script and with calls in turn.
#[divan::bench(args = KINDS)]
fn draw(bencher: Bencher, model: &str) {
    let display = gallery::display(model);
    let screens = gallery::all(&display);
    let mut renderer = Renderer::new(&display).unwrap();
    let mut picture = renderer.draw(&screens[0].1);
    bencher.counter(ItemsCount::new(screens.len())).bench_local(|| {
        for (_, screen) in &screens {
            renderer.draw_into(black_box(screen), &mut picture);
        }
        black_box(&picture).width()
    });
}

fn picture(model: &str) -> Picture {
    let display = gallery::display(model);
    Renderer::new(&display).unwrap().draw(&gallery::scripts(&display))
}

/// The first screen of a new renderer: every glyph is drawn out of its font.
#[divan::bench(args = KINDS)]
fn first_draw(bencher: Bencher, model: &str) {
    let display = gallery::display(model);
    let screen = gallery::scripts(&display);
    bencher.bench(|| Renderer::new(&display).unwrap().draw(black_box(&screen)));
}

#[divan::bench(args = KINDS)]
fn digest(bencher: Bencher, model: &str) {
    let picture = picture(model);
    bencher.bench(|| black_box(&picture).digest());
}

#[divan::bench(args = KINDS)]
fn png(bencher: Bencher, model: &str) {
    let picture = picture(model);
    bencher.bench(|| black_box(&picture).to_png());
}

#[divan::bench(args = KINDS)]
fn ansi(bencher: Bencher, model: &str) {
    let picture = picture(model);
    bencher.bench(|| black_box(&picture).to_ansi(Depth::True));
}
