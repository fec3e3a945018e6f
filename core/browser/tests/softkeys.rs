//! The bottom row.
#![allow(missing_docs)]

mod common;

use common::{Desk, deck_request};
use deskset_browser::Output;

fn labels(desk: &Desk) -> Vec<String> {
    desk.browser.page().softkeys.into_iter().map(|key| key.label).collect()
}

#[test]
fn a_do_is_a_label_and_one_without_label_has_the_label_of_its_type() {
    let kinds = ["accept", "prev", "help", "reset", "options", "delete", "unknown", "x-a", "vnd.avaya.a"];
    let expected = ["ACCEPT", "BACK", "HELP", "RELOAD", "OPTION", "DELETE", "UNKNOW", "UNKNOW", "AVAYA"];
    for (kind, label) in kinds.iter().zip(expected) {
        let desk = Desk::card(&format!("<do type=\"{kind}\"><prev/></do>"));
        assert_eq!(labels(&desk), [label]);
    }
    let desk = Desk::card("<do type=\"accept\" label=\"Send it now\"><go href=\"x\"/></do><p>a</p>");
    assert_eq!(labels(&desk), ["Send i"]);
    assert_eq!(labels(&Desk::card("<p>a</p>")), [""; 0]);
}

#[test]
fn more_than_four_are_three_and_more() {
    let dos: String = (1..=7)
        .map(|n| format!("<do type=\"accept\" name=\"n{n}\" label=\"L{n}\"><go href=\"{n}.wml\"/></do>"))
        .collect();
    let mut desk = Desk::card(&dos);
    let mut seen = Vec::new();
    for _ in 0..4 {
        seen.push(labels(&desk).join(" "));
        assert_eq!(desk.softkey(3), []);
    }
    assert_eq!(seen, ["L1 L2 L3 MORE", "L4 L5 L6 MORE", "L7   MORE", "L1 L2 L3 MORE"]);
    // The second page is on the keys now.
    let request = deck_request(&desk.softkey(1));
    assert_eq!(request.url.as_str(), "http://web.example.com/dir/5.wml");
    let four: String = (1..=4).map(|n| format!("<do type=\"help\" name=\"n{n}\"><prev/></do>")).collect();
    assert_eq!(labels(&Desk::card(&four)), ["HELP"; 4]);
}

#[test]
fn a_cards_do_wins_over_the_decks_and_the_last_of_its_name_wins() {
    let key = |kind: &str, name: &str, label: &str| {
        format!("<do type=\"{kind}\" name=\"{name}\" label=\"{label}\"><prev/></do>")
    };
    let template = [key("accept", "a", "deck a"), key("help", "b", "deck b"), key("prev", "c", "deck c")].concat();
    let card = [
        key("accept", "a", "one"),
        key("accept", "a", "two"),
        "<do type=\"options\" name=\"b\"><noop/></do>".to_owned(),
        "<do type=\"reset\" optional=\"true\"><prev/></do>".to_owned(),
    ]
    .concat();
    let desk = Desk::showing(&format!("<wml><template>{template}</template><card>{card}</card></wml>"));
    assert_eq!(labels(&desk), ["deck c", "two"]);
}

#[test]
fn a_key_without_a_label_is_ignored() {
    let mut desk = Desk::card("<do type=\"accept\"><noop/></do><do type=\"help\"><prev/></do>");
    assert_eq!(labels(&desk), ["HELP"]);
    for number in 1..8 {
        assert_eq!(desk.softkey(number), []);
    }
    // There is no page to go back to.
    assert_eq!(desk.softkey(0), [Output::ErrorTone]);
}
