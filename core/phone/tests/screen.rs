//! What a person sees: which characters, how wide, and the messages of start-up.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use common::{Desk, repertoire, setup, sound_answer};
use deskset_files::backup::SpeedDial;
use deskset_models::{CharacterSet, Repertoire};
use deskset_phone::{Command, Input, Output, RECTANGLE, View, can_show};

fn shows(set: &str, text: &str) -> Vec<bool> {
    let sets = vec![CharacterSet { first: 0, last: 0x10_FFFF, sets: vec![set.to_owned()] }];
    let repertoire = Repertoire { ranges: vec![], sets };
    text.chars().map(|c| can_show(&repertoire, c)).collect()
}

// req: BR-14
#[test]
fn han_characters_belong_to_the_sets_that_have_them() {
    // 国 and 们 are simplified, 國 and 総 are Japanese, 丂 is in neither, 龜 only in the Japanese set.
    let table = [
        ("gb2312", "国们啊齄一", true),
        ("gb2312", "國総丂龜鿿", false),
        ("jisx0208", "国國総亜熙一", true),
        ("jisx0208", "们啊丂鿿", false),
        ("jisx0208", "①Ⅰ㈱", false),
        ("jisx0208", "ｱa ", false),
        ("gb2312", "a \u{80}€", false),
        ("klingon", "国", false),
    ];
    for (set, text, expected) in table {
        assert!(shows(set, text).into_iter().all(|shown| shown == expected), "{set}: {text}: {:?}", shows(set, text));
    }
}

// req: BR-14
#[test]
fn each_set_has_as_many_han_characters_as_its_standard() {
    let count = |set: &str| {
        let sets = vec![CharacterSet { first: 0x4E00, last: 0x9FA5, sets: vec![set.to_owned()] }];
        let repertoire = Repertoire { ranges: vec![], sets };
        (0x4E00..=0x9FA5).filter_map(char::from_u32).filter(|c| can_show(&repertoire, *c)).count()
    };
    // GB 2312-1980: 3755 and 3008. JIS X 0208:1990: 2965 and 3390, and 仝 among its symbols.
    assert_eq!((count("gb2312"), count("jisx0208")), (3755 + 3008, 2965 + 3390 + 1));
}

// req: BR-15
#[test]
fn wide_characters_take_two_columns_and_what_is_not_shown_is_a_rectangle() {
    let mut desk = Desk::new(setup());
    desk.hand(Input::PowerOn);
    desk.carry();
    let labels = ["國国カナ", "丂x丂", "שלום", "総総総総総総総", "🦀!", "e\u{301}"];
    for (position, label) in (1..).zip(labels) {
        let dial = Some(SpeedDial { label: label.to_owned(), number: "1".to_owned() });
        desk.hand(Input::Command(Command::EditSpeedDial { position, dial }));
    }
    desk.hand(Input::Command(Command::Save));
    desk.carry();
    desk.hand(Input::Command(Command::Show(View::SpeedDial { page: 0 })));
    let r = RECTANGLE;
    assert_eq!(
        desk.rows()[1..4],
        [
            format!("國国カナ      {r} x{r}"),
            // A wide character that does not fit whole into the 13 columns is left out.
            format!("{r}{r}{r}{r}          総総総総総総"),
            format!("{r} !           e{r}"),
        ]
    );
    let kept = &desk.phone.memory().users[&common::login().extension].data.speed_dials;
    assert_eq!(kept.values().map(|dial| dial.label.as_str()).collect::<Vec<_>>(), labels);
    assert!(!can_show(&repertoire(), RECTANGLE), "it is drawn all the same");
}

// req: FS-8, FS-10
#[test]
fn a_boot_shows_what_it_is_doing() {
    let mut desk = Desk::new(setup());
    assert_eq!(desk.rows(), ["", "", "", "", ""], "without power");
    desk.hand(Input::PowerOn);
    let Output::Fetch(script) = desk.wishes[0].clone() else { panic!("{:?}", desk.wishes) };
    desk.hand(Input::Attempt { wish: script.wish, number: 2 });
    assert_eq!(desk.rows()[0], "HTTP: 2 files.lab");
    desk.hand(Input::Received { wish: script.wish, bytes: 1025 });
    assert_eq!(desk.rows()[..2], ["UPGRADE.SCR", "2 KB received"]);
    desk.answer();
    let Output::Fetch(application) = desk.wishes[0].clone() else { panic!("{:?}", desk.wishes) };
    desk.hand(Input::Received { wish: script.wish, bytes: 1 });
    desk.hand(Input::Received { wish: application.wish, bytes: 0 });
    assert_eq!(desk.rows()[..2], ["APP.BIN", "0 KB received"]);
    desk.answer();
    assert_eq!(desk.rows()[0], "Saving to flash");
}

// req: FS-1
#[test]
fn a_tftp_request_is_shown_with_its_number_and_address() {
    let mut setup = setup();
    setup.site = setup.site.iter().filter(|(name, _)| name == "TFTPSRVR").cloned().collect();
    let mut desk = Desk::new(setup);
    desk.hand(Input::PowerOn);
    let Output::Fetch(script) = &desk.wishes[0] else { panic!("{:?}", desk.wishes) };
    let wish = script.wish;
    desk.hand(Input::Attempt { wish, number: 3 });
    assert_eq!(desk.rows()[..2], ["TFTP: 3", "files.lab"]);
}

#[test]
fn a_screen_is_drawn_in_a_frame() {
    let mut desk = Desk::new(setup());
    desk.hand(Input::PowerOn);
    while let Some(wish) = desk.wishes.pop() {
        desk.hand(sound_answer(&wish));
    }
    let expected = "\
┌────────────────────────────┐
│Retrieval successful        │
│a=4711                      │
│b=4711                      │
│c=4711                      │
│SpDial   Log         Redial │
└────────────────────────────┘";
    assert_eq!(desk.phone.screen().to_string(), expected);
}
