//! From cells to pixels.

#[path = "../../../core/screen/tests/gallery/mod.rs"]
mod gallery;

use std::hint::black_box;

use deskset_host::Catalog;
use deskset_models::Display;
use deskset_screen::Renderer;

use super::{
    Figure, Pace,
    inside::{Work, measured},
};

/// Frames a second that a wall of phones may need.
const FRAMES: f64 = 2_000.0;

pub(super) fn run(pace: &Pace, catalog: &Catalog, tell: &dyn Fn(&str)) -> Result<Vec<Figure>, String> {
    let mut displays: Vec<&Display> = Vec::new();
    for model in catalog.models() {
        let display = &model.tables().display;
        if !displays.iter().any(|known| size(known) == size(display)) {
            displays.push(display);
        }
    }
    displays.sort_by_key(|display| size(display));
    let mut figures = Vec::new();
    for display in displays {
        let (width, height) = size(display);
        let named = |what: &str| ("screens", format!("{width} x {height} points: {what}"));
        tell(&format!("{width} x {height} points"));
        let mut renderer = Renderer::new(display).map_err(|why| why.to_string())?;
        let screens: Vec<_> = gallery::all(display).into_iter().map(|(_, screen)| screen).collect();
        let mut picture = renderer.draw(&screens[0]);
        let mut draw = || {
            for screen in &screens {
                renderer.draw_into(black_box(screen), &mut picture);
            }
        };
        let work = Work { name: "deskset", worth: screens.len() as f64, work: &mut draw };
        figures.push(measured(pace, named("cells to pixels, a second"), "frames", Some(FRAMES), work, None));
        let mut png = || drop(black_box(picture.to_png()));
        let work = Work { name: "deskset", worth: 1.0, work: &mut png };
        figures.push(measured(pace, named("pixels to PNG, a second"), "pictures", None, work, None));
    }
    Ok(figures)
}

fn size(display: &Display) -> (u16, u16) {
    (display.width, display.height)
}
