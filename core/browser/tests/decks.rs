//! What a deck looks like.
#![allow(missing_docs)]

mod common;

use common::{Desk, HOME, lines, wml};
use deskset_browser::{Abilities, Browser, BrowserError, Key, Output};

// req: PR-20
#[test]
fn words_wrap_at_the_rows_end_and_styles_are_bold_or_plain() {
    let desk = Desk::card(
        "<p>The quick brown fox <b>jumps over</b> the <i>lazy</i>\n   dog.</p><p align=\"center\">middle</p>\
         <p align=\"right\">right</p><p>one<br/><br/>two &amp; &#x33;&nbsp;&nbsp;four &lt;</p>",
    );
    assert_eq!(
        desk.screen(),
        lines(&[
            "= Title",
            "| The quick brown fox *jumps*",
            "| *over* the lazy dog.",
            "|            middle",
            "|                        right",
            "| one",
            "| ",
            "=  >",
        ])
    );
}

// req: PR-20
#[test]
fn a_paragraph_without_wrapping_is_cut_and_preformatted_text_keeps_its_spaces() {
    let desk = Desk::card(
        "<p mode=\"nowrap\">The quick brown fox jumps o漢 the lazy dog.</p><pre>a  b\n  c</pre>\
         <p>Pneumonoultramicroscopicsilicovolcanoconiosis</p>",
    );
    assert_eq!(
        desk.screen(),
        lines(&[
            "= Title",
            "| The quick brown fox jumps o",
            "| a  b",
            "|   c",
            "| Pneumonoultramicroscopicsili",
            "| covolcanoconiosis",
            "=",
        ])
    );
}

// req: PR-20
#[test]
fn a_row_of_a_table_is_a_row_of_text() {
    let desk = Desk::card(
        "<p>before<table columns=\"2\"><tr><td>Anna</td><td><b>4711</b></td></tr>\
         <tr><td>a<br/>b</td><td><a href=\"x.wml\">c</a></td></tr></table>after</p>",
    );
    assert_eq!(desk.screen(), lines(&["= Title", "| before", "| Anna *4711*", "| a b _c_ <Link>", "| after", "="]));
}

#[test]
fn wide_characters_take_two_columns_and_break_anywhere() {
    let desk = Desk::card(&format!("<p>{}</p>", "漢".repeat(15)));
    assert_eq!(desk.screen(), lines(&["= Title", &format!("| {}", "漢".repeat(14)), "| 漢", "="]));
}

#[test]
fn what_wml_knows_and_the_phone_does_not_draw_is_passed_over() {
    let desk = Desk::showing(
        "<?xml version=\"1.0\"?><!DOCTYPE wml PUBLIC \"-//WAPFORUM//DTD WML 1.3//EN\" \
         \"http://www.wapforum.org/DTD/wml13.dtd\"><wml xml:lang=\"en\"><head><access domain=\"a\"/>\
         <meta name=\"a\" content=\"b\"/></head><card id=\"a\" title=\" A   card \" class=\"c\"><!-- no -->\
         <p id=\"p\"><fieldset title=\"no\">inside<img src=\"a.wbmp\" alt=\"(alt)\" localsrc=\"x\"/></fieldset></p>\
         </card></wml>",
    );
    assert_eq!(desk.screen(), lines(&["= A card", "| inside(alt)", "=  …"]));
}

#[test]
fn a_document_that_breaks_the_rules_is_named_with_line_and_column() {
    let cases = [
        ("<wml>\n <card>\n  <p>a <blink>b</blink></p></card></wml>", "line 3, column 8: unknown tag <blink>"),
        ("<wml></wml>", "line 1, column 1: <wml> needs a <card>"),
        ("<WML/>", "line 1, column 1: the root element is <WML>, not <wml>"),
        ("<wml><card>text</card></wml>", "line 1, column 12: text in <card>"),
        ("<wml><card>\n<a href=\"x\">b</a></card></wml>", "line 2, column 1: <a> in <card>"),
        ("<wml><card><p><option/></p></card></wml>", "line 1, column 15: <option> in <p>"),
        ("<wml><card><do><noop/></do></card></wml>", "line 1, column 12: <do> needs the attribute type"),
        ("<wml><card><do type=\"help\"/></card></wml>", "line 1, column 12: <do> needs one task"),
        ("<wml><card><p><input/></p></card></wml>", "line 1, column 15: <input> needs the attribute name"),
        ("<wml><card><p>\n$5</p></card></wml>", "line 1, column 15: $5 begins no variable; write $$ for the character"),
        (
            "<wml><card><onevent type=\"onpick\"><noop/></onevent></card></wml>",
            "line 1, column 12: <card> has no event \"onpick\"",
        ),
    ];
    for (deck, why) in cases {
        let error = shown_error(deck);
        assert_eq!(error.to_string(), format!("{HOME}: not a valid wml page: {why}"), "{deck}");
        assert!(matches!(error, BrowserError::NotWml { .. }));
    }
}

#[test]
fn a_document_that_is_no_xml_is_refused() {
    let deep = format!("<wml>{}", "<card>".repeat(40));
    let many = format!("<wml>{}</wml>", "<card/>".repeat(4100));
    let cases = [
        ("", "no element found"),
        ("<wml><card>", "no element found"),
        ("<wml><card><p", "no element found"),
        ("<wml><card></wml>", "line 1, column 12: ill-formed document: expected `</card>`, but `</wml>` was found"),
        ("<wml/><wml/>", "line 1, column 7: <wml> after the end of the document"),
        (
            "<wml a=\"1\" a=\"2\"/>",
            "line 1, column 1: in <wml>: position 10: duplicated attribute, previous declaration at position 4",
        ),
        (
            "<!DOCTYPE wml [<!ENTITY a \"b\">]><wml>&a;</wml>",
            "line 1, column 1: a document type with declarations of its own",
        ),
        ("<wml>&lol;</wml>", "line 1, column 6: unknown entity &lol;"),
        ("<wml>&#0;</wml>", "line 1, column 6: unknown entity &#0;"),
        ("<wml a=\"&x;\"/>", "line 1, column 1: an & that begins no known entity"),
        (deep.as_str(), "line 1, column 192: elements are nested deeper than 32"),
        (many.as_str(), "line 1, column 27999: more than 4000 elements"),
        ("text", "line 1, column 1: text outside of the root element"),
        ("<?xml version=\"1.0\" encoding=\"klingon\"?><wml/>", "unknown encoding: klingon"),
    ];
    for (deck, why) in cases {
        let error = shown_error(deck);
        assert_eq!(error.to_string(), format!("{HOME}: not a valid wml page: {why}"), "{deck:.80}");
    }
}

// req: PR-18
#[test]
fn a_deck_beyond_the_limit_is_refused() {
    let large = format!("<wml><card><p>{}</p></card></wml>", "x".repeat(32 * 1024));
    let bytes = large.len();
    assert_eq!(
        shown_error(&large).to_string(),
        format!("{HOME}: not a valid wml page: {bytes} bytes, more than 32768")
    );
}

#[test]
fn the_error_page_wraps_and_its_softkey_leads_back() {
    let mut desk = Desk::card("<p><a href=\"next.wml\">next</a></p>");
    let request = common::deck_request(&desk.row(0));
    desk.answer(&request, "<html/>");
    assert_eq!(
        desk.screen(),
        lines(&[
            "= ",
            "| http://web.example.com/dir/n",
            "| ext.wml: not a valid wml",
            "| page: line 1, column 1: the",
            "| root element is <html>, not",
            "| <wml>",
            "= BACK",
        ])
    );
    desk.outputs();
    assert_eq!(desk.softkey(0), []);
    assert_eq!(desk.screen(), lines(&["= Title", "| _next_ <Link>", "="]));
}

#[test]
fn page_keys_turn_pages_while_the_mark_is_there() {
    let mut desk = Desk::with(
        Abilities { rows: 2, ..Abilities::default() },
        "<wml><card><p>1<br/>2<br/>3<br/>4<br/>5</p></card></wml>",
    );
    let mut seen = vec![desk.screen()];
    for key in [Key::PageLeft, Key::PageRight, Key::PageRight, Key::PageRight, Key::PageLeft] {
        assert_eq!(desk.press(key), []);
        seen.push(desk.screen());
    }
    let pages = ["= \n| 1\n| 2\n=  >", "= \n| 3\n| 4\n=  <>", "= \n| 5\n=  <"];
    assert_eq!(seen, [pages[0], pages[0], pages[1], pages[2], pages[2], pages[1]]);
}

#[test]
fn encodings_come_from_the_mark_the_header_or_the_declaration() {
    let text = "<wml><card><p>Grüße</p></card></wml>";
    let latin = |text: &str| text.chars().map(|character| character as u8).collect::<Vec<u8>>();
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let declared = latin(&format!("<?xml version='1.0' encoding='ISO-8859-1'?>{text}"));
    let cases: [(&str, Vec<u8>); 6] = [
        ("text/vnd.wap.wml", text.into()),
        ("text/vnd.wap.wml; charset=iso-8859-1", latin(text)),
        ("text/vnd.wap.wml", declared.clone()),
        ("text/vnd.wap.wml; charset=\"latin1\"", declared),
        ("text/vnd.wap.wml; charset=iso-8859-1", wide.clone()),
        ("text/xml", wide[2..].to_vec()),
    ];
    for (content_type, body) in cases {
        let mut desk = Desk { browser: Browser::new(Abilities::default()), now: common::START };
        desk.browser.open(HOME);
        let request = desk.request();
        desk.browser.answer(desk.now, request.id, &common::answer(200, content_type, &body));
        assert_eq!(desk.screen(), "= \n| Grüße\n=", "{content_type}");
    }
}

/// The error that a deck ends with.
fn shown_error(deck: &str) -> BrowserError {
    let mut desk = Desk { browser: Browser::new(Abilities::default()), now: common::START };
    desk.browser.open(HOME);
    let request = desk.request();
    desk.browser.answer(desk.now, request.id, &wml(deck));
    match desk.outputs().as_slice() {
        [Output::Failed(error)] => error.clone(),
        other => panic!("{other:?}"),
    }
}
