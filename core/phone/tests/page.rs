//! The grid: texts of any kind are put into fields, and every row keeps its cells.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::sync::Arc;

use common::{Desk, model, setup, sound_answer};
use deskset_models::{Display, Model, Palette, Repertoire, TableHooks, Values, effects};
use deskset_phone::{Cell, Command, Field, Glyph, Half, Input, Marks, Page, RECTANGLE, Screen, Shade, View, Zone};
use proptest::prelude::*;

/// The small display, with Latin-1, Cyrillic, Hebrew and everything up to the last Han character.
fn display() -> Display {
    let repertoire = Repertoire { ranges: vec![(0x20, 0x9FA5)], sets: vec![] };
    Display { repertoire, contrast_steps: 16, ..model().tables().display.clone() }
}

/// What one row shows of `text`.
fn row(text: &str) -> String {
    let display = display();
    let mut page = Page::new(&display);
    page.put(page.top_line(), text);
    page.finish().rows()[0].trim_end().to_owned()
}

fn glyphs(screen: &Screen, row: usize) -> Vec<Glyph> {
    screen.cells().nth(row).unwrap().iter().map(|cell| cell.glyph).collect()
}

/// Texts with everything in them that could move a grid.
fn any_text() -> impl Strategy<Value = String> {
    let awkward = prop::sample::select(vec![
        'a',
        ' ',
        '(',
        '1',
        'я',
        'ש',
        'ל',
        'カ',
        'ｶ',
        '国',
        '丂',
        '🦀',
        '👨',
        '\u{200D}',
        '\u{301}',
        '\u{AD}',
        '\n',
        '\u{2029}',
        '\u{202E}',
        '\u{2067}',
        '\u{200F}',
        '\0',
        '\u{7F}',
        '\u{FEFF}',
        '\u{3000}',
        'ا',
        '\u{10FFFF}',
    ]);
    prop::collection::vec(prop_oneof![3 => awkward, 1 => any::<char>()], 0..40)
        .prop_map(|characters| characters.into_iter().collect())
}

fn any_field() -> impl Strategy<Value = Field> {
    let near = || prop_oneof![4 => 0..40u16, 1 => any::<u16>()];
    (near(), near(), near()).prop_map(|(row, column, width)| Field { row: row % 7, column, width })
}

proptest! {
    // req: BR-15
    #[test]
    fn every_row_keeps_its_cells_whatever_is_put(
        puts in prop::collection::vec((any_field(), any_text(), 0..3), 1..6),
    ) {
        let display = display();
        let mut page = Page::new(&display);
        for (field, text, how) in puts {
            match how {
                0 => page.put(field, &text),
                1 => page.centre(field, &text),
                _ => page.put_right(field, &text),
            }
            page.shade(field, Shade::Light);
            page.frame(field);
            page.cursor(field, 3);
        }
        let screen = page.finish();
        prop_assert_eq!(Screen::from_sheet(&screen.sheet()), Ok(screen.clone()));
        prop_assert_eq!(screen.cells().len(), 5);
        for row in screen.cells() {
            prop_assert_eq!(row.len(), 28);
            for (at, cell) in row.iter().enumerate() {
                let left_is_wide = at > 0 && matches!(row[at - 1].glyph, Glyph::Wide(_));
                prop_assert_eq!(cell.glyph == Glyph::RightHalf, left_is_wide, "{:?}", row);
                if let Glyph::Narrow(c) | Glyph::Wide(c) = cell.glyph {
                    prop_assert!(!c.is_control(), "{:?}", c);
                }
            }
            prop_assert!(!matches!(row[27].glyph, Glyph::Wide(_)));
        }
    }

    #[test]
    fn text_outside_of_its_field_is_left_as_it_was(text in any_text(), column in 0..28u16, width in 0..30u16) {
        let display = display();
        let mut page = Page::new(&display);
        page.put(page.top_line(), &"x".repeat(28));
        page.put(Field { row: 0, column, width }, &text);
        let glyphs = glyphs(&page.finish(), 0);
        let outside = glyphs.iter().enumerate().filter(|(at, _)| {
            let at = u16::try_from(*at).unwrap();
            at < column || at >= column + width
        });
        for (at, glyph) in outside {
            prop_assert_eq!(*glyph, Glyph::Narrow('x'), "column {}", at);
        }
    }
}

// req: BR-14
#[test]
fn hebrew_is_drawn_from_right_to_left() {
    let table = [
        ("שלום", "םולש"),
        // Numbers keep their order inside of it, brackets change sides.
        ("שלום 12 (בית)", "(תיב) 12 םולש"),
        // A paragraph that begins with Latin stays one from the left, and so do the words inside of it.
        ("c=שלום", "c=םולש"),
        ("Front שלום desk", "Front םולש desk"),
        ("a b", "a b"),
        // Two lines at once are one line with rectangles.
        ("a\nב\u{2029}ג", "a▯ג▯ב"),
    ];
    assert_eq!(table.map(|(text, _)| row(text)), table.map(|(_, drawn)| drawn));
    // What is cut is the end of what was said, not of what is drawn.
    let display = display();
    let mut page = Page::new(&display);
    page.put(Field { row: 0, column: 0, width: 3 }, "שלום");
    assert_eq!(page.finish().rows()[0].trim_end(), "ולש");
}

// req: BR-15
#[test]
fn what_cannot_be_shown_is_a_rectangle_as_wide_as_the_character() {
    let display = Display { repertoire: Repertoire { ranges: vec![(0x20, 0x7E)], sets: vec![] }, ..display() };
    let mut page = Page::new(&display);
    page.put(page.top_line(), "a国e\u{301}\tb");
    let (narrow, r) = (Glyph::Narrow, RECTANGLE);
    let expected = [narrow('a'), Glyph::Wide(r), Glyph::RightHalf, narrow('e'), narrow(r), narrow(r), narrow('b')];
    let screen = page.finish();
    assert_eq!(glyphs(&screen, 0)[..7], expected);
    assert_eq!(screen.rows()[0].trim_end(), "a▯ e▯▯b");
}

#[test]
fn half_of_a_wide_character_that_is_written_over_is_blank() {
    let display = display();
    let mut page = Page::new(&display);
    page.put(page.line(0), "国国国");
    page.put(Field { row: 1, column: 1, width: 3 }, "abc");
    assert_eq!(page.finish().rows()[1].trim_end(), " abc国");
}

#[test]
fn fields_lie_where_the_display_says() {
    let display = display();
    let page = Page::new(&display);
    let field = |row, column, width| Field { row, column, width };
    assert_eq!(
        [page.top_line(), page.line(2), page.half(0, Half::Left), page.half(0, Half::Right), page.softkey(3)],
        [field(0, 0, 28), field(3, 0, 28), field(1, 0, 13), field(1, 14, 13), field(4, 21, 7)]
    );
}

#[test]
fn shades_boxes_dividers_and_the_cursor_are_in_the_cells() {
    let display = display();
    let mut page = Page::new(&display);
    let mut short = page.half(0, Half::Left);
    short.width = 3;
    page.put(short, "ab");
    page.shade(short, Shade::Dark);
    page.frame(short);
    page.divide(0);
    page.cursor(short, 2);
    let screen = page.finish();
    let cell = |c, marks, shade| Cell { glyph: Glyph::Narrow(c), zone: Zone::Application, shade, marks };
    let line: Vec<Cell> = screen.cells().nth(1).unwrap().to_vec();
    assert_eq!(
        line[..4],
        [
            cell('a', Marks::BOX | Marks::BOX_START, Shade::Dark),
            cell('b', Marks::BOX, Shade::Dark),
            cell(' ', Marks::BOX | Marks::BOX_END | Marks::CURSOR, Shade::Dark),
            cell(' ', Marks::empty(), Shade::Paper),
        ]
    );
    assert_eq!(line[13].marks, Marks::DIVIDER);
    let zones: Vec<Zone> = screen.cells().map(|row| row[0].zone).collect();
    assert_eq!(zones, [Zone::TopLine, Zone::Application, Zone::Application, Zone::Application, Zone::Softkeys]);
    assert_eq!((screen.contrast, screen.background, screen.lit), (8, [255; 3], false));
}

/// A setup whose display has light, sixteen steps of contrast and two colours.
fn coloured() -> deskset_phone::Setup {
    let mut setup = setup();
    let mut description = setup.model.tables().clone();
    let display = &mut description.display;
    (display.backlight, display.contrast_steps) = (true, 16);
    let palette = |index, rgb: &str| Palette { index, name: String::new(), rgb: rgb.to_owned() };
    display.backgrounds = vec![palette(1, "FFFFFF"), palette(2, "99CCFF")];
    for row in &mut description.options.rows {
        match row.name.as_str() {
            "Contrast" => effects::CONTRAST.clone_into(&mut row.effect),
            "Background" => {
                effects::BACKGROUND_SPEED_DIAL.clone_into(&mut row.effect);
                row.carried = false;
                row.values = Values::Number { min: 1, max: 8 };
            }
            _ => {}
        }
    }
    setup.model = Model::new(description, Arc::new(TableHooks)).unwrap();
    setup
}

// req: BR-16
#[test]
fn a_screen_has_the_contrast_and_the_background_of_its_user() {
    let mut desk = Desk::new(coloured());
    let seen = |desk: &Desk| {
        let screen = desk.phone.screen();
        (screen.contrast, screen.background, screen.lit)
    };
    assert_eq!(seen(&desk), (8, [255; 3], false), "without power");
    desk.hand(Input::PowerOn);
    assert_eq!(seen(&desk), (8, [255; 3], true));
    while let Some(wish) = desk.wishes.pop() {
        desk.hand(sound_answer(&wish));
    }
    // The backup file says Contrast=9.
    assert_eq!(seen(&desk), (9, [255; 3], true));
    for (name, value) in [("Contrast", "15"), ("Background", "2")] {
        desk.hand(Input::Command(Command::SetOption { name: name.to_owned(), value: value.to_owned() }));
    }
    desk.hand(Input::Command(Command::Save));
    desk.carry();
    assert_eq!(seen(&desk), (15, [255; 3], true), "the colour is the Speed Dial's");
    desk.hand(Input::Command(Command::Show(View::SpeedDial { page: 0 })));
    assert_eq!(seen(&desk), (15, [0x99, 0xCC, 0xFF], true));
}

#[test]
fn a_sheet_has_everything_of_a_screen_and_is_refused_where_it_is_damaged() {
    let display = display();
    let mut page = Page::new(&display);
    page.put(page.top_line(), "国\t丂|");
    page.shade(page.half(0, Half::Left), Shade::Dark);
    page.divide(0);
    page.frame(page.softkey(1));
    page.centre(page.softkey(1), "Redial");
    let mut screen = page.finish();
    (screen.contrast, screen.background, screen.lit) = (3, [0x99, 0xCC, 0xFF], true);
    let sheet = "\
28 columns, contrast 3, background 99CCFF, lit
|国▯丂|                      | top line: 28 paper
|                            | application: 13 dark, 1 paper divider, 14 paper
|                            | application: 28 paper
|                            | application: 28 paper
|       Redial               | softkeys: 7 paper, 1 paper box box_start shifted, 5 paper box shifted, 1 paper box box_end, 14 paper
";
    assert_eq!(screen.sheet(), sheet);
    assert_eq!(Screen::from_sheet(sheet), Ok(screen));
    for (right, wrong, line) in [
        ("28 columns", "0 columns", 1),
        ("99CCFF", "1199CCFF", 1),
        (", lit", "", 1),
        ("国", "国国", 2),
        ("13 dark", "13 black", 3),
        ("divider", "fence", 3),
        (
            "14 paper\n|                            | application: 28",
            "15 paper\n|                            | application: 28",
            3,
        ),
        ("softkeys", "keys", 6),
    ] {
        let refused = Screen::from_sheet(&sheet.replacen(right, wrong, 1)).unwrap_err();
        assert_eq!(refused.line, line, "{refused}");
    }
}
