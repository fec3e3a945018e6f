//! Whatever comes: nothing panics, everything ends, no row is too long.
#![allow(missing_docs)]
#![allow(clippy::unwrap_used)]

mod common;

use common::{Desk, START, answer};
use deskset_browser::{
    Abilities, Browser, ImageKind, Key, Method, Output, Page, Picture, RequestId, Side, Url,
    push::{Alert, Audio, Codec, Content, Mode, PacketTime, PushMessage, PushType, Subscribe},
    variables::{Conversion, Template, Variables},
};
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr as _;

/// Pieces of decks, in any order; most orders are wrong.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<br/>",
        "text ",
        "漢字",
        "e\u{301}",
        "&amp;",
        "$(x:e)",
        "$$",
        "$x",
        "&nbsp;",
        "word",
        "<p align=\"right\" mode=\"nowrap\">",
        "<img src=\"a\" alt=\"alt\"/>",
        "<input name=\"x\" format=\"3N\"/>",
        "<a href=\"wtai://wp/mc;1\">",
        "</a>",
        "<a href=\"#b\">",
        "<select name=\"x\" multiple=\"true\">",
        "</select>",
        "<option value=\"1\" onpick=\"#b\">",
        "</option>",
        "<do type=\"accept\">",
        "<prev/>",
        "<noop/>",
        "</do>",
        "<pre>",
        "</pre>",
        "<table>",
        "<tr>",
        "<td>",
        "</td>",
        "</tr>",
        "</table>",
        "\n  ",
        "longlonglonglonglonglonglonglonglong",
        "<anchor>",
        "<refresh><setvar name=\"x\" value=\"$x$x!\"/></refresh>",
        "</anchor>",
        "<timer value=\"1\"/>",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// Content that is mostly right.
fn content() -> impl Strategy<Value = String> {
    let text = prop::sample::select(vec![
        "word ",
        "漢字",
        "e\u{301}",
        "\u{200b}",
        "&nbsp;",
        "<br/>",
        "$x",
        "verylongwordverylongwordverylongwordverylong",
        "<b>bold</b>",
        "<a href=\"wtai://wp/mc;1\">漢dial</a>",
        "<img src=\"a\" alt=\"alt\"/>",
        "<a href=\"b\">l i n k</a>",
        "<input name=\"x\" value=\"漢字漢字漢字漢字漢字漢字漢字漢字\"/>",
        "<input name=\"y\" type=\"password\" ivalue=\"abc\"/>",
        "<select><option>漢字 option of some length, and more</option></select>",
        "</p><p mode=\"nowrap\">",
        "</p><p align=\"center\">",
        "</p><pre> a  b\n</pre><p>",
        "<table><tr><td>a</td><td>漢</td></tr></table>",
    ]);
    prop::collection::vec(text, 0..40).prop_map(|pieces| format!("<p>{}</p>", pieces.concat()))
}

fn key() -> impl Strategy<Value = Key> {
    prop_oneof![
        (0..8u16, any::<bool>())
            .prop_map(|(row, left)| Key::Row { row, side: if left { Side::Left } else { Side::Right } }),
        (0..6u8).prop_map(Key::Softkey),
        prop::sample::select(vec![
            Key::PageLeft,
            Key::PageRight,
            Key::Dialpad('1'),
            Key::Type('1'),
            Key::Type('漢'),
            Key::Replace('b'),
            Key::Erase,
            Key::CursorLeft,
            Key::CursorRight,
            Key::Done,
            Key::Cancel,
        ]),
    ]
}

fn assert_fits(page: &Page, columns: u16, rows: u16) {
    assert!(page.rows.len() <= usize::from(rows));
    assert!(page.title.width() <= usize::from(columns), "{:?}", page.title);
    for row in &page.rows {
        let wide: usize = row.text().chars().map(|one| unicode_width::UnicodeWidthChar::width(one).unwrap_or(0)).sum();
        assert!(wide <= usize::from(columns), "{:?}", row.text());
    }
    if let Some(cursor) = page.cursor {
        assert!(cursor.row < rows && cursor.column < columns, "{cursor:?}");
    }
}

/// Shows a deck, answers its images, presses keys, and looks at every page.
fn use_it(deck: &[u8], image: &[u8], keys: &[Key], columns: u16, rows: u16) {
    let images = vec![ImageKind::Wbmp, ImageKind::Jpeg];
    let mut browser = Browser::new(Abilities { columns, rows, images, ..Abilities::default() });
    browser.open(common::HOME);
    browser.answer(START, RequestId(1), &answer(200, "text/vnd.wap.wml", deck));
    let mut now = START;
    let mut outputs = 0;
    for key in keys {
        for _ in 0..100 {
            match browser.poll_output() {
                Some(Output::Request(request)) => {
                    browser.answer(now, request.id, &answer(200, "", image));
                }
                Some(_) => outputs += 1,
                None => break,
            }
        }
        assert_fits(&browser.page(), columns, rows);
        browser.press(now, *key);
        assert_fits(&browser.page(), columns, rows);
        now = browser.deadline().unwrap_or(now);
        browser.handle_timeout(now);
    }
    assert!(outputs <= 200 * (keys.len() + 1));
}

proptest! {
    #[test]
    fn any_bytes_are_a_deck_or_are_refused(deck in prop::collection::vec(any::<u8>(), 0..300)) {
        use_it(&deck, &deck, &[Key::PageRight], 28, 6);
        let _ = PushMessage::parse(&deck, |_| true);
        let _ = PushMessage::from_form(&deck, |_| true);
        let _ = Content::parse(&deck, None);
        let _ = Picture::wbmp(&deck);
        let _ = Picture::jpeg(&deck);
    }

    #[test]
    fn any_soup_of_tags_is_a_deck_or_is_refused(
        soup in soup(), wrapped in any::<bool>(), keys in prop::collection::vec(key(), 0..20),
    ) {
        let deck = if wrapped {
            format!("<wml><card ontimer=\"#b\">{soup}</card><card id=\"b\" onenterforward=\"#b\"/></wml>")
        } else {
            soup
        };
        use_it(deck.as_bytes(), b"\0\0\x09\x01\xff\xff", &keys, 28, 6);
    }

    #[test]
    fn no_row_has_more_columns_than_the_page(
        content in content(), keys in prop::collection::vec(key(), 0..30), columns in 4..40u16, rows in 1..8u16,
    ) {
        let deck = format!(
            "<wml><card title=\"漢字漢字漢字\"><onevent type=\"onenterforward\"><refresh>\
             <setvar name=\"x\" value=\"v a l u e\"/></refresh></onevent>{content}</card></wml>"
        );
        let desk = Desk::showing(&deck);
        prop_assert_eq!(desk.browser.url().map(Url::as_str), Some(common::HOME), "{}", desk.screen());
        use_it(deck.as_bytes(), b"\0\0\x20\x01\xff\xff\xff\xff", &keys, columns, rows);
    }

    #[test]
    fn a_value_comes_out_of_a_text_as_it_went_in(
        name in "[A-Za-z_][A-Za-z0-9_]{0,8}", value in any::<String>(), before in any::<String>(), after in any::<String>(),
    ) {
        let mut variables = Variables::default();
        variables.set(&name, &value);
        let (before, after) = (Template::quote(&before), Template::quote(&after));
        let plain = Template::parse(&format!("{before}$({name}){after}"), Conversion::Plain);
        let expected = format!("{}{value}{}", before.replace("$$", "$"), after.replace("$$", "$"));
        prop_assert_eq!(plain.map(|template| template.fill(&variables)), Ok(expected));
        let escaped = Template::parse(&format!("$({name}:e)"), Conversion::Plain).unwrap_or_default().fill(&variables);
        prop_assert!(escaped.is_ascii() && !escaped.contains(' '));
        variables.set("back", &escaped);
        let back = Template::parse("$(back:unesc)", Conversion::Plain).unwrap_or_default().fill(&variables);
        prop_assert_eq!(back, value);
    }

    #[test]
    fn a_push_message_is_read_as_it_was_written(
        kind in prop::sample::select(vec![PushType::Display, PushType::Topline, PushType::Audio, PushType::Subscribe]),
        barge in any::<bool>(), pings in 0..4u8, path in "[a-z0-9 &?<>\"'äß%]{0,30}", value in "\\PC{0,40}",
    ) {
        let url = Url::parse(&format!("http://push.example.com:81/{path}")).unwrap();
        let message = PushMessage {
            kind,
            mode: if barge { Mode::Barge } else { Mode::Normal },
            alert: Alert::new(pings).unwrap(),
            url,
            method: Method::Post,
            postfields: vec![("name".to_owned(), value)],
        };
        prop_assert_eq!(PushMessage::parse(message.to_xml().as_bytes(), |_| true), Ok(message.clone()));
        prop_assert_eq!(PushMessage::from_form(message.to_form().as_bytes(), |_| true), Ok(message));
    }

    #[test]
    fn push_content_is_read_as_it_was_written(
        which in 0..5u8, text in "\\PC{0,60}", seconds in 5..=30u8, packet in 1..=6u8, port in any::<Option<u16>>(),
    ) {
        let content = match which {
            0 => Content::Topline(text.split_whitespace().collect::<String>().chars().take(56).collect()),
            1 => Content::AudioStop,
            2 => Content::Subscribe(Subscribe::All),
            3 => Content::Subscribe(Subscribe::Me(text)),
            _ => Content::Audio(Audio {
                codec: Codec::Pcma,
                packet_time: PacketTime::new(packet * 10).unwrap(),
                timer_seconds: seconds,
                host: "audio-1.example.com".to_owned(),
                port,
            }),
        };
        prop_assert_eq!(Content::parse(content.to_xml().as_bytes(), None), Ok(content));
    }
}
