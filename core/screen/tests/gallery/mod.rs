//! Screens of every kind, for the displays of all models.
#![allow(dead_code, missing_docs, clippy::unwrap_used)]

use deskset_models::Display;
use deskset_phone::{Half, Page, Screen, Shade};

pub const MODELS: [&str; 6] = ["4610SW", "4620", "4620SW", "4621SW", "4622SW", "4625SW"];

pub fn display(model: &str) -> Display {
    let catalog = deskset_host::from_environment().unwrap_or_else(|why| panic!("{why}"));
    catalog.models().find(|known| known.name() == model).unwrap().tables().display.clone()
}

fn softkeys(page: &mut Page<'_>, labels: [&str; 4]) {
    for (at, label) in (0..).zip(labels) {
        page.frame(page.softkey(at));
        page.centre(page.softkey(at), label);
    }
}

/// Lines in each state: idle, active, on hold, and features in halves.
pub fn calls(display: &Display) -> Screen {
    let mut page = Page::new(display);
    page.put(page.top_line(), "Иван Petrov     00:12");
    let states = [("a=4711", Shade::Light), ("b=4711", Shade::Dark), ("c=4711", Shade::Paper)];
    for (line, (text, shade)) in (0..).zip(states) {
        page.shade(page.line(line), shade);
        page.put(page.line(line), text);
    }
    if display.zones.application_rows > 3 {
        let features =
            [("Forward", Shade::Light), ("Send All", Shade::Paper), ("Park", Shade::Paper), ("DND", Shade::Dark)];
        for (at, (text, shade)) in (0..).zip(features) {
            let field = page.half(3 + at / 2, if at % 2 == 0 { Half::Left } else { Half::Right });
            page.shade(field, shade);
            page.put(field, text);
            page.divide(3 + at / 2);
        }
    }
    softkeys(&mut page, ["Hold", "Conf", "Transf", "Drop"]);
    finish(page, display)
}

/// Labels in every script.
pub fn scripts(display: &Display) -> Screen {
    let mut page = Page::new(display);
    page.put(page.top_line(), "12:05 11/21/2026");
    let labels = [
        ("Café Zürich", "Ирина Ёжик"),
        ("שלום (בית)", "カタカナ"),
        ("ｶﾀｶﾅ ﾊﾞﾝｸ", "ひらがな"),
        ("北京办公室", "東京総務課"),
        ("们國齉亜熙丂", "c=שלום 12"),
        ("ｱｲｳｴｵｷｸｹｺｻｼｽｾ", "ﾁﾂﾃﾄﾆﾇﾈﾉﾊﾋﾌﾍﾎ"),
    ];
    for (line, (left, right)) in (0..display.zones.application_rows).zip(labels) {
        page.put(page.half(line, Half::Left), left);
        page.put(page.half(line, Half::Right), right);
        page.divide(line);
    }
    softkeys(&mut page, ["SpDial", "Log", "Web", "Redial"]);
    finish(page, display)
}

/// A text being entered.
pub fn entry(display: &Display) -> Screen {
    let mut page = Page::new(display);
    page.put(page.top_line(), "Enter a label");
    page.put(page.line(0), "Label:");
    let mut field = page.line(1);
    (field.column, field.width) = (2, 15);
    page.frame(field);
    page.put(field, "Grüße gy");
    page.cursor(field, 8);
    page.centre(page.line(2), "centred");
    softkeys(&mut page, ["Save", "ABC", "Clear", "Cancel"]);
    finish(page, display)
}

fn finish(page: Page<'_>, display: &Display) -> Screen {
    let mut screen = page.finish();
    screen.lit = display.backlight;
    if let Some(third) = display.backgrounds.get(2) {
        let colour = u32::from_str_radix(&third.rgb, 16).unwrap();
        screen.background.copy_from_slice(&colour.to_be_bytes()[1..]);
    }
    screen
}

pub fn all(display: &Display) -> [(&'static str, Screen); 3] {
    [("calls", calls(display)), ("scripts", scripts(display)), ("entry", entry(display))]
}
