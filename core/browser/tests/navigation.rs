//! From page to page.
#![allow(missing_docs)]

mod common;

use std::time::Duration;

use common::{Desk, HOME, answer, deck_request, lines, url, wml};
use deskset_browser::{
    Abilities, Answer, Browser, BrowserError, Key, Method, Output, Purpose, Request, RequestId, UrlError,
};

fn shown(title: &str) -> Output {
    Output::Shown { title: title.to_owned() }
}

/// A deck with one card, a title and a link.
fn page(title: &str, href: &str) -> String {
    format!("<wml><card title=\"{title}\"><p><a href=\"{href}\">go</a></p></card></wml>")
}

// req: PR-17
#[test]
fn a_page_is_asked_for_with_what_the_phone_can_show() {
    let abilities = Abilities { user_agent: "AVAYA/X100".to_owned(), ..Abilities::default() };
    let mut browser = Browser::new(abilities);
    browser.open("HTTP://User:pw@WEB.example.com:8080/a%20b/../x y.wml#card");
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let expected = Request {
        id: RequestId(1),
        purpose: Purpose::Deck,
        method: Method::Get,
        url: url("http://web.example.com:8080/x%20y.wml"),
        headers: vec![
            header("User-Agent", "AVAYA/X100"),
            header("Accept", "text/vnd.wap.wml, image/vnd.wap.wbmp"),
            header("Accept-Charset", "utf-8, iso-8859-1"),
        ],
        body: String::new(),
        size_limit: 32 * 1024,
    };
    assert_eq!(browser.poll_output(), Some(Output::Request(expected)));
    assert_eq!(browser.poll_output(), None);
    assert!(browser.page().loading);
}

#[test]
fn links_are_resolved_against_the_page() {
    let cases = [
        ("next.wml", "http://web.example.com/dir/next.wml"),
        ("../up.wml?a=b#c", "http://web.example.com/up.wml?a=b"),
        ("/root.wml", "http://web.example.com/root.wml"),
        ("//other.example.com", "http://other.example.com/"),
        ("http://a.example.com:81/b?c", "http://a.example.com:81/b?c"),
        ("?q=ä|1", "http://web.example.com/dir/home.wml?q=%C3%A4%7C1"),
    ];
    for (href, expected) in cases {
        let mut desk = Desk::showing(&page("A", href));
        assert_eq!(deck_request(&desk.row(0)).url.as_str(), expected, "{href}");
    }
    for (href, error) in [
        ("https://a.example.com/", UrlError::Scheme("https://a.example.com/".to_owned())),
        ("mailto:a@example.com", UrlError::Scheme("mailto:a@example.com".to_owned())),
        ("https://a.example.com/?pin=$$1", UrlError::Scheme("https://a.example.com/".to_owned())),
        ("http://[", UrlError::Malformed("http://[".to_owned())),
    ] {
        let mut desk = Desk::showing(&page("A", href));
        assert_eq!(desk.row(0), [Output::Failed(BrowserError::Link(error))], "{href}");
    }
}

// req: PR-18
#[test]
fn going_back_asks_nobody_and_reaches_ten_decks() {
    let mut desk = Desk::showing(&page("0", "1"));
    for number in 1..=12 {
        let request = deck_request(&desk.row(0));
        let back = "<do type=\"prev\"><prev/></do>";
        let deck = page(&number.to_string(), &(number + 1).to_string()).replace("<p>", &format!("{back}<p>"));
        desk.answer(&request, &deck);
        assert_eq!(desk.outputs(), [shown(&number.to_string())]);
    }
    for number in (3..12).rev() {
        assert_eq!(desk.softkey(0), [shown(&number.to_string())]);
    }
    assert_eq!(desk.softkey(0), [Output::ErrorTone]);
}

#[test]
fn cards_of_one_deck_are_changed_without_a_server() {
    let mut desk = Desk::showing(
        "<wml><template><do type=\"prev\"><prev/></do></template>\
         <card id=\"a\" title=\"A\"><p><a href=\"#b\">b</a></p></card>\
         <card id=\"b\" title=\"B\"><onevent type=\"onenterbackward\"><refresh><setvar name=\"x\" value=\"again\"/></refresh>\
         </onevent><p>$x<a href=\"home.wml#c\">c</a></p></card><card id=\"c\" title=\"C\"><p>c</p></card></wml>",
    );
    assert_eq!(desk.row(0), [shown("B")]);
    assert_eq!(desk.row(0), [shown("C")]);
    assert_eq!(desk.browser.url().map(ToString::to_string), Some(format!("{HOME}#c")));
    assert_eq!(desk.softkey(0), [shown("B")]);
    assert_eq!(desk.screen(), lines(&["= B", "| again_c_ <Link>", "= BACK"]));
    assert_eq!(desk.softkey(0), [shown("A")]);
}

#[test]
fn a_link_sets_variables_when_its_page_has_come() {
    let mut desk = Desk::card(
        "<p><anchor>go<go href=\"$$$(x:e).wml\"><setvar name=\"x\" value=\"new\"/><setvar name=\"y\" value=\"$x!\"/></go>\
         </anchor><anchor>set<refresh><setvar name=\"x\" value=\"a b\"/></refresh></anchor></p>",
    );
    desk.press(Key::Row { row: 0, side: deskset_browser::Side::Right });
    let request = deck_request(&desk.row(0));
    assert_eq!(request.url.path(), "/dir/$a%20b.wml");
    assert_eq!(desk.browser.variables().get("x"), "a b");
    desk.answer(&request, "<wml><card><p>$x $(y:escape) $(y:unesc)</p></card></wml>");
    assert_eq!(desk.screen(), "= \n| new a%20b! a b!\n=");
}

#[test]
fn a_new_context_forgets_variables_and_pages() {
    let mut desk = Desk::card(
        "<p><input name=\"x\" value=\"1\"/><anchor>go<go href=\"b\"><setvar name=\"y\" value=\"2\"/></go></anchor></p>",
    );
    let request = deck_request(&desk.row(1));
    desk.answer(&request, "<wml><card newcontext=\"true\"><do type=\"prev\"><prev/></do><p>$(x)$y</p></card></wml>");
    assert_eq!(desk.screen(), "= \n| 2\n= BACK");
    desk.outputs();
    assert_eq!(desk.softkey(0), [Output::ErrorTone]);
}

#[test]
fn a_timer_leads_on_and_keeps_what_is_left_of_it() {
    let deck = "<wml><card title=\"A\" ontimer=\"#b\"><timer name=\"t\" value=\"50\"/>\
                <p><a href=\"#c\">c</a></p></card><card id=\"b\" title=\"B\"><p>b</p></card>\
                <card id=\"c\" title=\"C\"><do type=\"prev\"><prev/></do><p>$t left</p></card></wml>";
    let mut desk = Desk::showing(deck);
    assert_eq!(desk.browser.deadline(), Some(common::START + Duration::from_secs(5)));
    assert_eq!(desk.after(Duration::from_secs(2)), []);
    assert_eq!(desk.row(0), [shown("C")]);
    assert_eq!(desk.screen(), lines(&["= C", "| 30 left", "= BACK"]));
    assert_eq!(desk.browser.deadline(), None);
    desk.softkey(0);
    assert_eq!(desk.after(Duration::from_secs(3)), [shown("B")]);
    assert_eq!(desk.browser.variables().get("t"), "0");
}

#[test]
fn pages_that_send_each_other_on_end() {
    let deck = "<wml><card id=\"a\" onenterforward=\"#b\"><p>a</p></card>\
                <card id=\"b\" onenterforward=\"#a\"><p>b</p></card></wml>";
    let mut browser = Browser::new(Abilities::default());
    browser.open(HOME);
    browser.answer(common::START, RequestId(1), &wml(deck));
    let outputs: Vec<Output> = std::iter::from_fn(|| browser.poll_output()).collect();
    assert_eq!(outputs.last(), Some(&Output::Failed(BrowserError::Endless)));
    assert!(outputs.len() < 30);
}

#[test]
fn redirects_are_followed_a_few_times() {
    let moved = |status, location: &str| Answer { status, location: Some(location.to_owned()), ..Answer::default() };
    let mut desk =
        Desk::card("<do type=\"accept\"><go href=\"a\" method=\"post\"><postfield name=\"n\" value=\"v\"/></go></do>");
    let first = deck_request(&desk.softkey(0));
    desk.browser.answer(desk.now, first.id, &moved(307, "b"));
    let second = desk.request();
    assert_eq!((second.method, second.body.as_str(), second.url.path()), (Method::Post, "n=v", "/dir/b"));
    desk.browser.answer(desk.now, second.id, &moved(302, "/c"));
    let third = desk.request();
    assert_eq!((third.method, third.body.as_str(), third.url.path()), (Method::Get, "", "/c"));
    let mut next = third;
    for _ in 0..3 {
        desk.browser.answer(desk.now, next.id, &moved(301, "/c"));
        next = desk.request();
    }
    desk.browser.answer(desk.now, next.id, &moved(301, "/c"));
    let url = "http://web.example.com/c".to_owned();
    assert_eq!(desk.outputs(), [Output::Failed(BrowserError::Redirect { url })]);
}

#[test]
fn a_server_that_asks_for_a_password_waits_for_the_phone() {
    let mut desk = Desk::showing(&page("A", "secret?user=x"));
    let request = deck_request(&desk.row(0));
    let challenge = Some("Basic realm=\"Lab\"".to_owned());
    for (status, proxy) in [(407, true), (401, false)] {
        desk.browser.answer(
            desk.now,
            request.id,
            &Answer { status, challenge: challenge.clone(), ..Answer::default() },
        );
        let challenge = challenge.clone().unwrap_or_default();
        assert_eq!(desk.outputs(), [Output::Unauthorized { request: request.id, proxy, challenge }]);
    }
    desk.answer(&request, &page("B", "x"));
    assert_eq!(desk.outputs(), [shown("B")]);
    let request = deck_request(&desk.row(0));
    desk.browser.cancel();
    assert_eq!(desk.outputs(), [Output::Abandon(request.id)]);
    desk.answer(&request, &page("C", "x"));
    assert_eq!((desk.outputs(), desk.browser.page().title.as_str()), (vec![], "B"));
}

#[test]
fn what_the_server_does_not_give_is_told_without_the_query() {
    let url = || "http://web.example.com/dir/x".to_owned();
    let cases = [
        (answer(404, "text/html", b""), BrowserError::Status { url: url(), status: 404 }),
        (
            answer(200, "text/html; charset=utf-8", b"<html/>"),
            BrowserError::MediaType { url: url(), media_type: "text/html".to_owned() },
        ),
    ];
    for (answer, error) in cases {
        let mut desk = Desk::showing(&page("A", "x?pin=1234"));
        let request = deck_request(&desk.row(0));
        desk.browser.answer(desk.now, request.id, &answer);
        assert_eq!(desk.outputs(), [Output::Failed(error)]);
    }
    let mut desk = Desk::showing(&page("A", "x?pin=1234"));
    let request = deck_request(&desk.row(0));
    desk.browser.no_answer(request.id, "connection refused");
    let why = "connection refused".to_owned();
    assert_eq!(desk.outputs(), [Output::Failed(BrowserError::NoAnswer { url: url(), why })]);
}

#[test]
fn another_link_takes_the_place_of_what_was_asked_for() {
    let mut desk = Desk::showing(&page("A", "x"));
    let first = deck_request(&desk.row(0));
    let outputs = desk.row(0);
    assert_eq!(outputs[0], Output::Abandon(first.id));
    assert_ne!(deck_request(&outputs).id, first.id);
}

#[test]
fn a_pushed_page_replaces_the_page_and_the_entry_in_it() {
    let mut desk = Desk::card("<p><input name=\"a\"/></p>");
    desk.row(0);
    desk.type_text("half");
    let push = url("http://push.example.com/lunch.wml");
    let broken = desk.browser.push(desk.now, &push, &wml("<wml><card>"));
    assert!(matches!(broken, Err(BrowserError::NotXml { .. })), "{broken:?}");
    assert!(desk.browser.is_editing());
    assert_eq!(desk.outputs(), []);
    let pushed = wml("<wml><card title=\"Lunch\"><do type=\"prev\"><prev/></do><p>Soup</p></card></wml>");
    assert_eq!(desk.browser.push(desk.now, &push, &pushed), Ok(()));
    assert_eq!((desk.outputs(), desk.browser.is_editing()), (vec![shown("Lunch")], false));
    assert_eq!(desk.softkey(0), [shown("Title")]);
    assert_eq!(desk.screen(), lines(&["= Title", "| [enter text here] <Input { password: false }>", "="]));
}

#[test]
fn a_barge_push_that_fails_shows_why() {
    let mut browser = Browser::new(Abilities::default());
    let error = browser.push(common::START, &url("http://push.example.com/"), &answer(500, "", b"")).err();
    browser.show_error(error.unwrap_or(BrowserError::Endless));
    assert_eq!(
        common::screen(&browser.page()),
        lines(&["= ", "| http://push.example.com/:", "| the server answered 500", "="])
    );
}

// req: PR-20
#[test]
fn a_key_of_the_dial_pad_follows_its_link_unless_text_is_entered() {
    let mut desk = Desk::card(
        "<p><a accesskey=\"5\" href=\"five\">5</a><a accesskey=\"*\" href=\"star\">*</a><input name=\"i\"/></p>",
    );
    assert!(desk.browser.has_access_key('5') && !desk.browser.has_access_key('6'));
    assert_eq!(deck_request(&desk.press(Key::Dialpad('*'))).url.path(), "/dir/star");
    assert_eq!(desk.press(Key::Dialpad('6')), [Output::ErrorTone]);
    desk.row(1);
    assert!(!desk.browser.has_access_key('5'));
}

#[test]
fn a_cleared_browser_shows_nothing() {
    let mut desk = Desk::showing(&page("A", "x"));
    desk.browser.clear();
    assert_eq!((desk.outputs(), desk.screen()), (vec![], "= \n=".to_owned()));
}
