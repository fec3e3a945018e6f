//! Pictures on pages and softkeys: WBMP everywhere, JPEG and softkeys with pictures on the colour model.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::push::{Pushed, TPS};
use deskset_phone::{Policy, Zone, browser::Picture};
use deskset_sim::WebReply;

const PAGE: &str = "<wml><card title=\"Cup\"><do type=\"accept\" label=\"Order\"><go href=\"order.wml\"/><img \
                    src=\"red.jpg\" alt=\"o\"/></do><do type=\"prev\"><prev/><img src=\"none.jpg\" alt=\"x\"/></do>\
                    <p><img src=\"red.jpg\" alt=\"red\"/><br/><img src=\"dots.wbmp\" alt=\"dots\"/><br/>\
                    <img src=\"cat.gif\" alt=\"cat\"/></p></card></wml>";

/// 8 x 8 pixels, all of one red.
const JPEG: &[u8] = include_bytes!("../../browser/tests/red.jpg");

fn shown(model: &str) -> Pushed {
    let mut pushed = Pushed::with(model, &[]);
    let lab = &mut pushed.bench.lab;
    lab.web(&format!("{TPS}/cup.wml"), WebReply::page(PAGE));
    lab.web(&format!("{TPS}/red.jpg"), WebReply::file("image/jpeg", JPEG));
    lab.web(&format!("{TPS}/dots.wbmp"), WebReply::file("image/vnd.wap.wbmp", [0, 0, 8, 1, 0b1010_1010]));
    lab.web(&format!("{TPS}/cat.gif"), WebReply::file("image/gif", b"GIF89a"));
    assert_eq!(pushed.push("display", "barge", 0, "cup.wml"), Some(200));
    pushed.pass(1);
    pushed
}

/// Each picture as its place, size and the colour of its first pixel.
fn pictures(pushed: &Pushed) -> Vec<String> {
    let screen = pushed.bench.lab.at(pushed.phone).screen();
    let of = |picture: &Picture| {
        let [red, green, blue] = picture.pixel(0, 0).unwrap();
        let colour = match (red, green, blue) {
            (200.., ..60, ..60) => "red",
            (255, 255, 255) => "white",
            _ => "another colour",
        };
        format!("{}x{} {colour}", picture.width(), picture.height())
    };
    screen.images.iter().map(|image| format!("{:?} {}", image.zone, of(&image.picture))).collect()
}

#[test]
fn the_colour_model_shows_jpeg_and_pictures_on_softkeys() {
    let pushed = shown("4625SW");
    assert_eq!(
        pictures(&pushed),
        [
            format!("{:?} 8x8 red", Zone::Application),
            format!("{:?} 8x1 white", Zone::Application),
            format!("{:?} 8x8 red", Zone::Softkeys),
        ]
    );
    let rows = pushed.rows();
    assert!(rows.iter().any(|row| row.contains("cat")), "{rows:?}");
    // A picture that does not come leaves the label.
    let softkeys = rows.last().unwrap();
    assert!(softkeys.contains("BACK") && !softkeys.contains("Order"), "{softkeys}");
    let asked = |name: &str| pushed.bench.lab.web_asked().iter().filter(|line| line.ends_with(name)).count();
    assert_eq!((asked("red.jpg"), asked("none.jpg")), (1, 1));
}

// req: PR-18
#[test]
fn pages_and_pictures_are_as_large_as_the_lab_lets_them_be() {
    let bytes = |body: &str| format!("{body}<!-- {} -->", "x".repeat(1024 - body.len() - 9));
    let page = bytes("<wml><card title=\"Cup\"><p><img src=\"red.jpg\" alt=\"red\"/></p></card></wml>");
    assert_eq!(page.len(), 1024);
    for (page_bytes, picture_bytes, title, pictures) in
        [(1024, 32_768, "Cup", 1), (1023, 32_768, "Web", 0), (1024, 20, "Cup", 0)]
    {
        let policy = Policy { page_bytes, picture_bytes, ..Policy::default() };
        let mut pushed = Pushed::with_policy("4625SW", &[], policy);
        pushed.bench.lab.web(&format!("{TPS}/cup.wml"), WebReply::page(&page));
        pushed.bench.lab.web(&format!("{TPS}/red.jpg"), WebReply::file("image/jpeg", JPEG));
        pushed.push("display", "barge", 0, "cup.wml");
        pushed.pass(1);
        let seen = pushed.bench.lab.at(pushed.phone).screen().images.len();
        assert_eq!((pushed.top().as_str(), seen), (title, pictures), "{page_bytes} {picture_bytes}");
    }
}

#[test]
fn the_grey_models_show_wbmp_and_say_the_rest_in_words() {
    for model in ["4610SW", "4620", "4620SW", "4621SW", "4622SW"] {
        let pushed = shown(model);
        assert_eq!(pictures(&pushed), [format!("{:?} 8x1 white", Zone::Application)], "{model}");
        let rows = pushed.rows();
        assert!(rows.iter().any(|row| row == "red") && rows.iter().any(|row| row == "cat"), "{rows:?}");
        assert!(rows.last().unwrap().contains("Order") && rows.last().unwrap().contains("BACK"), "{rows:?}");
        // For keys that show no pictures none is asked for.
        assert!(pushed.bench.lab.web_asked().iter().all(|line| !line.ends_with("none.jpg")), "{model}");
    }
}
