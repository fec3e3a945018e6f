//! From cells to pixels: sizes, tones, glyphs, and the forms a picture takes.
#![allow(missing_docs, clippy::unwrap_used)]

mod gallery;

use std::collections::BTreeSet;

use deskset_models::{Colours, Display};
use deskset_phone::{Page, RECTANGLE, Screen, Shade, can_show};
use deskset_screen::{Depth, Picture, Renderer, ScreenError};
use proptest::prelude::*;

fn draw(display: &Display, screen: &Screen) -> Picture {
    Renderer::new(display).unwrap().draw(screen)
}

/// The colour in the middle of the first three rows of the application: paper, light, dark; and of the text on dark.
fn shades(display: &Display, change: impl Fn(&mut Screen)) -> [[u8; 3]; 4] {
    let mut page = Page::new(display);
    page.shade(page.line(1), Shade::Light);
    page.shade(page.line(2), Shade::Dark);
    page.put(page.line(2), "█l");
    let mut screen = page.finish();
    screen.lit = true;
    change(&mut screen);
    let colours: Vec<[u8; 3]> = draw(display, &screen).colours().collect();
    let at = |row: u16| {
        let (y, x) = (display.cell_height * row + display.cell_height / 2, display.width / 2);
        colours[usize::from(y) * usize::from(display.width) + usize::from(x)]
    };
    let dark = usize::from(display.cell_height * 3) * usize::from(display.width);
    let row = &colours[dark..dark + usize::from(display.cell_height) * usize::from(display.width)];
    // The brightest: text is brighter than what is behind it.
    let text = row.iter().copied().max().unwrap();
    [at(1), at(2), at(3), text]
}

// req: DC-4
#[test]
fn every_model_has_its_native_size() {
    let sizes = gallery::MODELS.map(|model| {
        let display = gallery::display(model);
        let picture = draw(&display, &gallery::calls(&display));
        (picture.width(), picture.height())
    });
    let (small, large, colour) = ((168, 80), (168, 132), (320, 240));
    assert_eq!(sizes, [small, large, large, large, large, colour]);
}

#[test]
fn a_grey_display_has_four_levels_and_held_lines_white_text() {
    let display = gallery::display("4622SW");
    assert_eq!(shades(&display, |_| ()), [[255; 3], [170; 3], [85; 3], [255; 3]]);
    let picture = draw(&display, &gallery::calls(&display));
    assert_eq!(picture.colours().collect::<BTreeSet<_>>(), [[0; 3], [85; 3], [170; 3], [255; 3]].into());
    // Two levels are black and white.
    let display = Display { colours: Colours::Gray { levels: 2 }, ..display };
    assert_eq!(shades(&display, |_| ()), [[255; 3], [255; 3], [0; 3], [255; 3]]);
}

// req: BR-16
#[test]
fn contrast_has_sixteen_steps_that_all_look_different() {
    let display = gallery::display("4621SW");
    let mut seen = BTreeSet::new();
    let mut last = [256; 4];
    for step in 0..16 {
        let mut screen = gallery::calls(&display);
        screen.contrast = step;
        let levels: BTreeSet<[u8; 3]> = draw(&display, &screen).colours().collect();
        let levels: Vec<u16> = levels.into_iter().map(|[level, ..]| level.into()).collect();
        assert_eq!(levels.len(), 4, "step {step}: {levels:?}");
        assert!(levels.iter().zip(last).all(|(now, before)| *now <= before), "step {step} is no lighter: {levels:?}");
        last = levels.clone().try_into().unwrap();
        seen.insert(levels);
    }
    assert_eq!(seen.len(), 16);
    let at = |step| shades(&display, |screen| screen.contrast = step).map(|[level, ..]| level);
    assert_eq!([at(0), at(8), at(15)], [[255, 227, 199, 255], [255, 170, 85, 255], [127, 85, 42, 127]]);
}

// req: BR-16
#[test]
fn all_eight_backgrounds_grow_a_quarter_and_sixty_percent_darker() {
    let display = gallery::display("4625SW");
    let seen: Vec<[[u8; 3]; 4]> = display
        .backgrounds
        .iter()
        .map(|palette| {
            let colour = u32::from_str_radix(&palette.rgb, 16).unwrap().to_be_bytes();
            shades(&display, |screen| screen.background.copy_from_slice(&colour[1..]))
        })
        .collect();
    let white = [255; 3];
    let expected = [
        [white, [191; 3], [102; 3], white],
        [[204; 3], [153; 3], [81; 3], white],
        [[153, 204, 255], [114, 153, 191], [61, 81, 102], white],
        [[204, 255, 204], [153, 191, 153], [81, 102, 81], white],
        [[255, 255, 204], [191, 191, 153], [102, 102, 81], white],
        [[255, 204, 153], [191, 153, 114], [102, 81, 61], white],
        [[255, 204, 255], [191, 153, 191], [102, 81, 102], white],
        [[204, 204, 255], [153, 153, 191], [81, 81, 102], white],
    ];
    assert_eq!(seen, expected);
    assert_eq!(shades(&display, |screen| screen.lit = false)[0], [127; 3], "without its light");
    let display = gallery::display("4622SW");
    assert_eq!(shades(&display, |screen| screen.lit = false)[0], white, "which needs no light");
}

// req: BR-14, BR-15
#[test]
fn every_character_that_a_model_shows_has_a_glyph_of_its_own() {
    for model in ["4621SW", "4625SW"] {
        let whole = gallery::display(model);
        let (width, height) = (whole.cell_width * 2, whole.cell_height);
        let display = Display { width, height, columns: 2, rows: 1, ..whole };
        let mut renderer = Renderer::new(&display).unwrap();
        let mut picture = |character: char| {
            let mut page = Page::new(&display);
            page.put(page.top_line(), &character.to_string());
            renderer.draw(&page.finish())
        };
        let (blank, narrow, wide) = (picture(' '), picture('\u{2063}'), picture('\u{1F980}'));
        assert!(!can_show(&display.repertoire, RECTANGLE) && narrow != wide && narrow != blank);
        let shown = ('\0'..='\u{FFFF}').filter(|c| can_show(&display.repertoire, *c));
        let lacking: String = shown
            .filter(|c| !c.is_whitespace())
            .filter(|c| {
                let drawn = picture(*c);
                drawn == blank || drawn == narrow || drawn == wide
            })
            .collect();
        assert_eq!(lacking, "", "{model}");
    }
}

#[test]
fn a_picture_is_scaled_by_whole_factors() {
    let display = gallery::display("4610SW");
    let picture = draw(&display, &gallery::scripts(&display));
    let large = picture.scaled(3).unwrap();
    assert_eq!((large.width(), large.height()), (504, 240));
    let (small, large): (Vec<_>, Vec<_>) = (picture.colours().collect(), large.colours().collect());
    for (at, colour) in large.iter().enumerate() {
        assert_eq!(*colour, small[at / 504 / 3 * 168 + at % 504 / 3]);
    }
    assert_eq!(picture.scaled(1).unwrap(), picture);
    for factor in [0, 17, u16::MAX] {
        let refused = picture.scaled(factor).unwrap_err();
        assert!(matches!(refused, ScreenError::Scale { factor: named, .. } if named == factor), "{refused}");
    }
    let display = Display { width: 1600, height: 1000, ..display };
    assert!(draw(&display, &gallery::calls(&display)).scaled(4).is_err(), "too many pixels");
}

#[test]
fn a_png_has_the_pixels() {
    let display = gallery::display("4625SW");
    let picture = draw(&display, &gallery::scripts(&display));
    let png = picture.to_png().unwrap();
    let mut decoder = png::Decoder::new(std::io::Cursor::new(png));
    decoder.set_transformations(png::Transformations::EXPAND);
    let mut reader = decoder.read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bytes).unwrap();
    assert_eq!((info.width, info.height, info.color_type), (320, 240, png::ColorType::Rgb));
    assert!(bytes.as_chunks::<3>().0.iter().copied().eq(picture.colours()));
}

#[test]
fn a_terminal_gets_two_pixels_a_character() {
    let display = Display {
        width: 2,
        height: 3,
        columns: 1,
        rows: 1,
        cell_width: 1,
        cell_height: 2,
        colours: Colours::Colour { count: 256 },
        ..Display::default()
    };
    let mut page = Page::new(&display);
    page.shade(page.top_line(), Shade::Dark);
    let mut screen = page.finish();
    screen.background = [0x99, 0xCC, 0xFF];
    let picture = draw(&display, &screen);
    assert_eq!(
        picture.to_ansi(Depth::True),
        "\x1b[38;2;61;81;102;48;2;61;81;102m▀\x1b[38;2;153;204;255;48;2;153;204;255m▀\x1b[0m\n\
         \x1b[38;2;153;204;255m▀▀\x1b[0m\n"
    );
    assert_eq!(
        picture.to_ansi(Depth::Indexed),
        "\x1b[38;5;66;48;5;66m▀\x1b[38;5;153;48;5;153m▀\x1b[0m\n\x1b[38;5;153m▀▀\x1b[0m\n"
    );
    screen.background = [255; 3];
    assert!(draw(&display, &screen).to_ansi(Depth::Indexed).starts_with("\x1b[38;5;241;48;5;241m▀\x1b[38;5;231"));
}

#[test]
fn a_display_without_pixels_or_with_too_many_is_refused() {
    for (width, height) in [(0, 132), (168, 0), (u16::MAX, u16::MAX)] {
        let display = Display { width, height, ..Display::default() };
        let refused = Renderer::new(&display).unwrap_err();
        assert_eq!(
            refused.to_string(),
            format!("a display of {width} x {height} pixels cannot be drawn: 1 to 4915200 pixels can")
        );
    }
}

proptest! {
    #[test]
    fn a_picture_has_its_size_whatever_the_cells_are(
        (width, height) in (1..200u16, 1..100u16),
        cells in (any::<u16>(), any::<u16>()).prop_flat_map(|any| prop_oneof![Just(any), (0..80u16, 0..80u16)]),
        (columns, rows) in (0..40u16, 0..10u16),
        text in "[aщשカ国ｶ\u{1F980}█]{0,20}",
    ) {
        let whole = gallery_display();
        let display = Display { width, height, cell_width: cells.0, cell_height: cells.1, columns, rows, ..whole };
        let mut page = Page::new(&display);
        for row in 0..rows {
            page.frame(page.row(row));
            page.put(page.row(row), &text);
            page.cursor(page.row(row), 2);
        }
        page.centre(page.softkey(1), &text);
        let picture = draw(&display, &page.finish());
        prop_assert_eq!(picture.colours().len(), usize::from(width) * usize::from(height));
    }
}

/// Shows everything; made without a plugin, because it is needed often.
fn gallery_display() -> Display {
    let mut display = Display { contrast_steps: 16, ..Display::default() };
    display.repertoire.ranges = vec![(0x20, 0xFFFF)];
    display
}
