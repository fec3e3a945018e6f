//! Fields, variables and what is sent.
#![allow(missing_docs)]

mod common;

use common::{Desk, deck_request, lines};
use deskset_browser::{Cursor, Key, Method, Output};

#[test]
fn an_entry_field_stands_in_brackets_on_a_row_of_its_own() {
    let desk = Desk::card(
        "<p>Name <input name=\"n\" title=\"Who\"/> end <input name=\"p\" type=\"password\" value=\"abc\"/>\
         <input name=\"v\" value=\"v\" ivalue=\"i\"/><input name=\"i\" ivalue=\"i\"/></p>",
    );
    assert_eq!(
        desk.screen(),
        lines(&[
            "= Title",
            "| Name",
            "| [enter text here] <Input { password: false }>",
            "| end",
            "| [***] <Input { password: true }>",
            "| [v] <Input { password: false }>",
            "| [i] <Input { password: false }>",
            "=",
        ])
    );
    assert_eq!(Desk::card("<p><input name=\"n\" title=\"Who\"/></p>").browser.page().title, "Who");
}

#[test]
fn what_is_typed_becomes_the_variable_and_is_posted() {
    let mut desk = Desk::card(
        "<p><input name=\"who\"/><input name=\"pin\" type=\"password\" format=\"4N\"/></p>\
         <do type=\"accept\" label=\"Send\"><go href=\"save.asp?x=$(who)\" method=\"post\" sendreferer=\"true\">\
         <postfield name=\"who\" value=\"$who\"/><postfield name=\"pin\" value=\"$(pin)\"/></go></do>",
    );
    assert_eq!(desk.row(0), []);
    assert_eq!(desk.browser.page().cursor, Some(Cursor { row: 0, column: 1 }));
    desk.type_text("Ann\u{e9} & Bo");
    assert_eq!(desk.browser.page().cursor, Some(Cursor { row: 0, column: 10 }));
    assert_eq!(desk.row(1), []);
    desk.type_text("12a34");
    assert_eq!(desk.outputs(), [Output::ErrorTone]);
    assert!(desk.screen().contains("[****]"));
    let request = deck_request(&desk.softkey(0));
    assert_eq!(request.method, Method::Post);
    assert_eq!(request.url.as_str(), "http://web.example.com/dir/save.asp?x=Ann%C3%A9%20%26%20Bo");
    assert_eq!(request.body, "who=Ann%C3%A9+%26+Bo&pin=1234");
    let header = |name: &str| request.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str());
    assert_eq!(header("Content-Type"), Some("application/x-www-form-urlencoded"));
    assert_eq!(header("Referer"), Some("http://web.example.com/dir/home.wml"));
    let printed = format!("{request:?} {:?} {:?}", desk.browser, desk.browser.variables());
    assert!(!printed.contains("1234") && !printed.contains("Ann"), "{printed}");
}

// req: PR-7
#[test]
fn fields_of_a_get_go_into_the_query() {
    let mut desk =
        Desk::card("<p><anchor>go<go href=\"a.asp?b=1\"><postfield name=\"c\" value=\"d e\"/></go></anchor></p>");
    assert_eq!(deck_request(&desk.row(0)).url.as_str(), "http://web.example.com/dir/a.asp?b=1&c=d+e");
}

#[test]
fn a_format_lets_in_what_it_names() {
    // Format, what is typed, what is held at the end, and whether it is accepted.
    let cases = [
        ("NNN", "12", "12", false),
        ("NNN", "1x23", "123", true),
        ("NNN\\-3N", "12345", "123-45", true),
        ("A*a", "aBcD", "Bc", true),
        ("2X", "a1B2", "1B", true),
        ("*x", "aB1", "a1", true),
        ("M*m", "Zz9!", "Zz9!", true),
        ("bad format", "anything", "anything", true),
    ];
    for (format, typed, held, accepted) in cases {
        let mut desk = Desk::card(&format!("<p><input name=\"n\" format=\"{format}\"/></p>"));
        desk.row(0);
        desk.type_text(typed);
        assert_eq!(desk.browser.page().rows[0].text(), format!("[{held}]"), "{format}");
        desk.outputs();
        let expected = if accepted { vec![] } else { vec![Output::ErrorTone] };
        assert_eq!(desk.press(Key::Done), expected, "{format}");
        assert_eq!(desk.browser.variables().get("n"), if accepted { held } else { "" }, "{format}");
        assert_eq!(desk.browser.is_editing(), !accepted);
    }
}

#[test]
fn an_entry_may_be_corrected_given_up_or_left_empty() {
    let mut desk = Desk::card("<p><input name=\"n\" value=\"old\" maxlength=\"5\"/></p>");
    desk.row(0);
    for key in [Key::CursorRight, Key::Erase, Key::Type('a'), Key::Replace('b')] {
        assert_eq!(desk.press(key), []);
    }
    assert_eq!(desk.browser.page().rows[0].text(), "[bld]");
    desk.press(Key::Cancel);
    assert_eq!(desk.browser.page().rows[0].text(), "[old]");
    desk.row(0);
    desk.type_text("123");
    assert_eq!(desk.outputs(), [Output::ErrorTone]);
    for _ in 0..5 {
        desk.press(Key::CursorRight);
        desk.press(Key::Erase);
    }
    desk.press(Key::CursorRight);
    for _ in 0..5 {
        desk.press(Key::Erase);
    }
    assert_eq!(desk.press(Key::Done), []);
    assert_eq!(desk.browser.variables().get("n"), "");
    let mut needed = Desk::card("<p><input name=\"n\" emptyok=\"false\"/></p>");
    needed.row(0);
    assert_eq!(needed.press(Key::Done), [Output::ErrorTone]);
}

#[test]
fn one_of_several_options_is_chosen_and_the_first_is_to_begin_with() {
    let mut desk = Desk::card(
        "<p><select name=\"c\" iname=\"i\"><optgroup title=\"Warm\"><option value=\"r\">Red</option>\
         <option value=\"y\">Yellow</option></optgroup><option value=\"b\">Blue</option></select></p>",
    );
    let screen = |marks: [&str; 3]| {
        lines(&[
            "= Title",
            "| Warm",
            &format!("| {} Red <Option>", marks[0]),
            &format!("| {} Yellow <Option>", marks[1]),
            &format!("| {} Blue <Option>", marks[2]),
            "=",
        ])
    };
    assert_eq!(desk.screen(), screen(["◉", "○", "○"]));
    desk.row(3);
    assert_eq!(desk.screen(), screen(["○", "○", "◉"]));
    let variables = desk.browser.variables();
    assert_eq!((variables.get("c"), variables.get("i")), ("b", "3"));
}

#[test]
fn any_number_of_options_is_chosen_in_multiple_choice() {
    let mut desk = Desk::card(
        "<p><select name=\"c\" ivalue=\"1;3\" multiple=\"true\"><option value=\"a\">A</option>\
         <option value=\"b\">B</option><option value=\"c\">C</option></select></p>",
    );
    desk.row(1);
    desk.row(0);
    assert_eq!(desk.screen(), lines(&["= Title", "| □ A <Option>", "| x B <Option>", "| x C <Option>", "="]));
    assert_eq!(desk.browser.variables().get("c"), "b;c");
}

#[test]
fn picking_an_option_may_lead_somewhere() {
    let mut desk = Desk::card(
        "<p><select><option onpick=\"a.wml\">A</option><option><onevent type=\"onpick\">\
         <go href=\"wtai://wp/mc;12\"/></onevent>B</option></select></p>",
    );
    assert_eq!(desk.row(1), [Output::Dial { number: "12".to_owned() }]);
    assert_eq!(deck_request(&desk.row(0)).url.path(), "/dir/a.wml");
}
