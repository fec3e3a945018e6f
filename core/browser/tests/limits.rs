//! What one page may not use up.
#![allow(missing_docs)]

mod common;

use common::{Desk, image_requests, wml};
use deskset_browser::{
    Abilities, Browser, Key, Output, RequestId,
    limits::{CELLS_MAX, COLUMNS_MIN, IMAGES_MAX, ROWS_MAX, TASKS_MAX, VALUE_BYTES_MAX, VARIABLES_MAX},
    variables::{Conversion, Template, Variables},
};

#[test]
fn variables_are_counted_and_their_values_are_cut() {
    let mut variables = Variables::default();
    for number in 0..=VARIABLES_MAX {
        variables.set(&format!("v{number}"), "x");
    }
    assert_eq!((variables.get("v499"), variables.get("v500")), ("x", ""));
    variables.set("v0", &"é".repeat(VALUE_BYTES_MAX));
    assert_eq!(variables.get("v0").len(), VALUE_BYTES_MAX);
    variables.set("no name", "x");
    assert_eq!(variables.get("no name"), "");
    let much = Template::parse(&"$(v0)".repeat(1000), Conversion::Plain).map(|much| much.fill(&variables).len());
    assert_eq!(much, Ok(VALUE_BYTES_MAX));
}

#[test]
fn a_text_with_a_wrong_variable_is_told() {
    for text in ["$", "$5", "$(x", "$(x:what)", "$()", "a $ b"] {
        assert!(Template::parse(text, Conversion::Plain).is_err(), "{text}");
    }
}

#[test]
fn a_card_asks_for_so_many_images() {
    let images: String = (0..40).map(|number| format!("<img src=\"{number}\" alt=\"\"/>")).collect();
    let mut browser = Browser::new(Abilities::default());
    browser.open(common::HOME);
    browser.answer(common::START, RequestId(1), &wml(&format!("<wml><card><p>{images}</p></card></wml>")));
    let outputs: Vec<Output> = std::iter::from_fn(|| browser.poll_output()).collect();
    assert_eq!(image_requests(&outputs).len(), IMAGES_MAX);
}

#[test]
fn a_card_has_so_many_rows() {
    let mut desk = Desk::with(
        Abilities { rows: CELLS_MAX, ..Abilities::default() },
        &format!("<wml><card><p>{}</p></card></wml>", "<br/>".repeat(3900)),
    );
    let mut rows = desk.browser.page().rows.len();
    while desk.browser.page().after {
        desk.press(Key::PageRight);
        rows += desk.browser.page().rows.len();
    }
    assert_eq!(rows, ROWS_MAX);
}

#[test]
fn a_screen_without_room_gets_the_least_there_can_be() {
    let abilities =
        Abilities { columns: 0, rows: 0, page_width: 0, page_height: 0, softkeys: 0, ..Abilities::default() };
    let desk = Desk::with(abilities, "<wml><card><do type=\"help\"><prev/></do><p>abcdef</p></card></wml>");
    let page = desk.browser.page();
    assert_eq!(page.rows.iter().map(deskset_browser::Row::text).collect::<Vec<_>>(), ["abcd"]);
    assert_eq!((usize::from(COLUMNS_MIN), page.softkeys.len()), (4, 0));
}

#[test]
fn a_page_that_fetches_the_next_one_by_itself_ends() {
    let mut browser = Browser::new(Abilities::default());
    browser.open(common::HOME);
    let mut fetched = 0;
    while let Some(output) = browser.poll_output() {
        if let Output::Request(request) = output {
            fetched += 1;
            let next = format!("<wml><card onenterforward=\"{fetched}.wml\"><p>a</p></card></wml>");
            browser.answer(common::START, request.id, &wml(&next));
        }
    }
    assert_eq!(fetched, 1 + TASKS_MAX);
}
