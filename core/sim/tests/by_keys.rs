//! A user does everything at the phone itself, with keys alone, and finds it again at another model.
#![allow(missing_docs, clippy::unwrap_used)]

mod common;

use std::time::Duration;

use common::{Bench, h323, ready};
use deskset_phone::{RECTANGLE, Setup, State};
use deskset_sim::PhoneId;

/// Without it there is no Web softkey.
const WEB: (&str, &str) = ("WMLHOME", "http://web.lab/");

/// A phone at its first question, and a user whose password can be typed.
fn at_prompt(bench: &mut Bench, model: &str) -> PhoneId {
    bench.lab.extension(&"4711".parse().unwrap(), "1234");
    bench.boot(Setup { login: None, ..h323(model) })
}

const LOG_IN: &str = "4 7 1 1 # 1 2 3 4 #";

/// Rows of the application alone.
fn middle(bench: &Bench, phone: PhoneId) -> Vec<String> {
    let rows = bench.rows(phone);
    rows[1..rows.len() - 1].to_vec()
}

fn frame(bench: &Bench, phone: PhoneId) -> String {
    bench.lab.at(phone).screen().to_string()
}

// req: AR-1, AR-3, BR-1
#[test]
fn a_user_sets_up_one_phone_by_keys_and_finds_it_all_at_another() {
    let mut bench = Bench::new();
    let first = at_prompt(&mut bench, "4621SW");
    assert_eq!(bench.rows(first)[..2], ["Extension=", "#=OK NEW=_"]);
    bench.keys(first, LOG_IN);
    assert_eq!(bench.state(first), ready("4711"));

    bench.keys(first, "options");
    assert_eq!(
        frame(&bench, first),
        "\
┌────────────────────────────┐
│Options                  <1>│
│Application Options         │
│View IP Settings            │
│Network Audio Quality       │
│Log Off                     │
│                            │
│                            │
│                            │
└────────────────────────────┘"
    );
    bench.keys(first, "page-right");
    assert_eq!(
        frame(&bench, first),
        "\
┌────────────────────────────┐
│Options                  <2>│
│Personal Ringing            │
│Contrast Control            │
│Backup/Restore              │
│Feature Button Labeling     │
│PC Ethernet interface       │
│Select Display Language     │
│                            │
└────────────────────────────┘"
    );
    // Call Timer on, darker by three, Russian.
    bench.keys(first, "page-left line1-left");
    assert_eq!(bench.rows(first)[4], "Call Timer               Off");
    bench.keys(first, "line4-left line1-left soft1");
    assert_eq!(bench.rows(first)[4], "Call Timer                On");
    bench.keys(first, "options page-right line2-left line3-left line3-left line3-left");
    assert_eq!(bench.lab.at(first).screen().contrast, 11, "it shows before it is saved");
    assert_eq!(middle(&bench, first)[..3], [">>>>>>>>>>>", "Lighter", "Darker"]);
    bench.keys(first, "soft1 line6-left");
    let at = middle(&bench, first).iter().position(|row| row.starts_with("Русский"));
    if at.is_none() {
        bench.keys(first, "page-right");
    }
    let at = middle(&bench, first).iter().position(|row| row.starts_with("Русский")).unwrap();
    bench.keys(first, &format!("line{}-left soft1", at + 1));

    // Two buttons: Да in Cyrillic, a capital and a small letter, and Lab.
    bench.keys(first, "phone-exit soft1 soft1");
    assert_eq!(bench.rows(first)[7], " Save    <-     абв  Cancel");
    bench.keys(first, "soft3 3 soft3 soft3 soft3 soft3 2 line2-left 4 7 1 2 soft1");
    bench.keys(first, "soft1 soft3 soft3 soft3 5 5 5");
    assert_eq!(bench.rows(first)[1], "Label: L");
    bench.text(first, "ab");
    bench.keys(first, "line2-left 2 1 0 soft1");
    assert_eq!(middle(&bench, first)[0], "Да            Lab");

    bench.lab.pass(Duration::from_secs(5));
    bench.keys(first, "options line4-left");
    assert_eq!(bench.rows(first)[0], "Do you want to log off?");
    bench.keys(first, "soft1");
    assert_eq!(bench.state(first), State::LoggedOff);

    let second = at_prompt(&mut bench, "4625SW");
    bench.keys(second, LOG_IN);
    bench.keys(second, "soft1");
    assert_eq!(middle(&bench, second)[0], "Да            Lab");
    assert_eq!(bench.lab.at(second).screen().contrast, 11);
    bench.keys(second, "options line1-left");
    assert_eq!(bench.rows(second)[4], "Call Timer                On");
    let told = bench.lab.story().to_string();
    assert!(!told.contains("1234"), "{told}");
}

// req: BR-14, BR-15
#[test]
fn a_cyrillic_label_is_drawn_as_rectangles_where_it_cannot_be_shown() {
    let mut bench = Bench::new();
    let first = at_prompt(&mut bench, "4621SW");
    bench.keys(first, LOG_IN);
    bench.keys(first, "soft1 soft1");
    bench.text(first, "Инна 1");
    bench.keys(first, "line2-left 5 soft1");
    bench.keys(first, "options line4-left soft1");
    let second = at_prompt(&mut bench, "4620");
    bench.keys(second, LOG_IN);
    bench.keys(second, "soft1");
    assert_eq!(middle(&bench, second)[0], format!("{} 1", RECTANGLE.to_string().repeat(4)));
    bench.keys(second, "soft1 5 soft1 soft4");
    assert_eq!(bench.owned(second, "4711").speed_dials[&1].label, "Инна 1", "what is kept keeps the characters");
}

// req: BR-2
#[test]
fn colours_are_chosen_where_there_are_any_and_only_the_four_applications_have_them() {
    let mut bench = Bench::with_settings(&[WEB]);
    let phone = at_prompt(&mut bench, "4625SW");
    bench.keys(phone, LOG_IN);
    bench.keys(phone, "options page-right page-right");
    assert_eq!(middle(&bench, phone)[0], "Colors");
    bench.keys(phone, "line1-left");
    assert_eq!(
        middle(&bench, phone)[..4],
        [
            "Phone Color            White",
            "Speed Dial Color       White",
            "Call Log Color         White",
            "Options Color          White"
        ]
    );
    for (row, color) in [(1, 2), (2, 3), (3, 4), (4, 5)] {
        bench.keys(phone, &format!("line{row}-left line{color}-left soft1"));
    }
    let background = |bench: &Bench, phone| bench.lab.at(phone).screen().background;
    assert_eq!(background(&bench, phone), [0xFF, 0xFF, 0xCC]);
    let backgrounds = |bench: &mut Bench, phone| {
        ["phone-exit", "soft1", "phone-exit soft2", "phone-exit soft3"].map(|keys| {
            bench.keys(phone, keys);
            background(bench, phone)
        })
    };
    let chosen = [[0xCC; 3], [0x99, 0xCC, 0xFF], [0xCC, 0xFF, 0xCC], [0xFF; 3]];
    assert_eq!(backgrounds(&mut bench, phone), chosen);
    bench.log_off(phone);
    let other = at_prompt(&mut bench, "4625SW");
    bench.keys(other, LOG_IN);
    assert_eq!(backgrounds(&mut bench, other), chosen, "they are shown at the next phone, too");
    let file = bench.backup("4711_4620data.txt").unwrap();
    assert!(file.contains("Options Application Background Color=5\r\n"), "{file}");
}

// req: BR-8
#[test]
fn opstat_and_appstat_take_rows_and_softkeys_away() {
    let softkeys = |bench: &Bench, phone| bench.rows(phone).last().unwrap().clone();
    let table = [
        ("1", " SpDial  Log    Web   Redial"),
        ("0", " SpDial         Web"),
        ("2", " SpDial         Web"),
        ("3", " SpDial  Log    Web   Redial"),
    ];
    for (appstat, labels) in table {
        let mut bench = Bench::with_settings(&[("APPSTAT", appstat), WEB]);
        let phone = at_prompt(&mut bench, "4610SW");
        bench.keys(phone, LOG_IN);
        assert_eq!(
            softkeys(&bench, phone).split_whitespace().collect::<Vec<_>>(),
            labels.split_whitespace().collect::<Vec<_>>(),
            "APPSTAT {appstat}"
        );
        bench.keys(phone, "soft1");
        assert_eq!(!softkeys(&bench, phone).is_empty(), appstat == "1", "APPSTAT {appstat}");
        bench.keys(phone, "soft1");
        assert_eq!(bench.rows(phone)[0].starts_with("Add"), appstat == "1", "APPSTAT {appstat}");
    }
    let menus = [
        ("011", vec!["Application Options", "View IP Settings", "Network Audio Quality"], vec!["Log Off"]),
        ("110", vec!["Application Options", "View IP Settings", "Network Audio Quality"], vec!["Personal Ringing"]),
        ("001", vec!["Application Options", "Log Off", ""], vec![]),
        ("000", vec!["Options are not available", "", ""], vec![]),
    ];
    for (opstat, first, second) in menus {
        let mut bench = Bench::with_settings(&[("OPSTAT", opstat)]);
        let phone = at_prompt(&mut bench, "4610SW");
        bench.keys(phone, LOG_IN);
        bench.keys(phone, "options");
        assert_eq!(middle(&bench, phone), first, "OPSTAT {opstat}");
        if let Some(words) = second.first() {
            bench.keys(phone, "page-right");
            assert_eq!(middle(&bench, phone)[0], *words, "OPSTAT {opstat}");
        }
    }
}
