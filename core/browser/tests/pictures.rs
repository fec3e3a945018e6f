//! Images on a page.
#![allow(missing_docs)]

mod common;

use common::{Desk, answer, image_requests, lines, wml};
use deskset_browser::{Abilities, Browser, ImageKind, Output, Page, Picture, PictureError, RequestId};

/// All white.
fn wbmp(width: u8, height: u8) -> Vec<u8> {
    let bytes = usize::from(width).div_ceil(8) * usize::from(height);
    [&[0, 0, width, height][..], &vec![0xff; bytes]].concat()
}

/// 8 x 8 pixels, all of one red.
const JPEG: &[u8] = include_bytes!("red.jpg");

/// A page whose images have come.
fn page(abilities: Abilities, content: &str, image: &[u8]) -> Page {
    let mut browser = Browser::new(abilities);
    browser.open(common::HOME);
    browser.answer(common::START, RequestId(1), &wml(&format!("<wml><card>{content}</card></wml>")));
    let outputs: Vec<Output> = std::iter::from_fn(|| browser.poll_output()).collect();
    for request in image_requests(&outputs) {
        browser.answer(common::START, request.id, &answer(200, "application/octet-stream", image));
    }
    browser.page()
}

#[test]
fn a_wbmp_is_read_bit_by_bit() {
    let picture = Picture::wbmp(&[0, 0, 9, 2, 0b1000_0000, 0b1000_0000, 0b0100_0000, 0]);
    let picture = picture.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((picture.width(), picture.height()), (9, 2));
    let white: Vec<(u16, u16)> = (0..2)
        .flat_map(|y| (0..9).map(move |x| (x, y)))
        .filter(|(x, y)| picture.pixel(*x, *y) == Some([0xff; 3]))
        .collect();
    assert_eq!(white, [(0, 0), (8, 0), (1, 1)]);
    assert_eq!(picture.pixel(9, 0), None);
    // 300 is two bytes: 10 and 44 behind seven bits.
    let wide = [&[0, 0, 0x82, 0x2c, 1][..], &[0; 38]].concat();
    assert_eq!(Picture::wbmp(&wide).map(|picture| picture.width()), Ok(300));
}

#[test]
fn what_is_no_wbmp_is_refused() {
    let cases: [(&[u8], PictureError); 7] = [
        (&[], PictureError::Wbmp),
        (&[1, 0, 1, 1, 0], PictureError::Wbmp),
        (&[0, 1, 1, 1, 0], PictureError::Wbmp),
        (&[0, 0, 8, 2, 0], PictureError::Wbmp),
        (&[0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 1], PictureError::Wbmp),
        (&[0, 0, 0, 1], PictureError::Size { width: 0, height: 1 }),
        (&[0, 0, 1, 0x8f, 0xff, 0x7f], PictureError::Size { width: 1, height: 262_143 }),
    ];
    for (bytes, error) in cases {
        assert_eq!(Picture::wbmp(bytes), Err(error), "{bytes:?}");
    }
}

/// Found by fuzzing: a progressive JPEG whose colours are sampled finer than its brightness.
const FINE_COLOURS: &[u8] = include_bytes!("../fuzz/corpus/wbmp/fine-colours.jpg");

// req: PR-20
#[test]
fn what_the_jpeg_library_panics_over_is_a_damaged_picture() {
    let Err(PictureError::Jpeg(why)) = Picture::jpeg(FINE_COLOURS) else { panic!("there is nothing to see on it") };
    assert_eq!(why, "the decoder gave it up");
}

#[test]
fn a_jpeg_is_shown_where_the_phone_can() {
    let picture = Picture::jpeg(JPEG).unwrap_or_else(|error| panic!("{error}"));
    let red = picture.pixel(4, 4).unwrap_or_default();
    assert!(red[0] > 200 && red[1] < 60 && red[2] < 60, "{red:?}");
    let content = "<p><img src=\"a.jpg\" alt=\"no\"/></p>";
    assert_eq!(page(Abilities::default(), content, JPEG).rows[0].text(), "no");
    let images = vec![ImageKind::Wbmp, ImageKind::Jpeg];
    let able = page(Abilities { images, ..Abilities::default() }, content, JPEG);
    assert_eq!(able.pictures.iter().map(|placed| placed.picture.as_ref()).collect::<Vec<_>>(), [&picture]);
    assert!(matches!(Picture::jpeg(&JPEG[..100]), Err(PictureError::Jpeg(_))));
}

#[test]
fn a_low_image_stands_in_its_line_and_a_high_one_has_lines_of_its_own() {
    let low = page(Abilities::default(), "<p>ab <img src=\"a\" alt=\"no\"/> cd</p>", &wbmp(13, 16));
    assert_eq!(low.rows.iter().map(deskset_browser::Row::text).collect::<Vec<_>>(), ["ab     cd"]);
    assert_eq!((low.pictures[0].x, low.pictures[0].y), (3 * 6, 0));
    let high = page(
        Abilities { rows: 2, page_height: 32, ..Abilities::default() },
        "<p align=\"right\">ab<a href=\"x\"><img src=\"a\" vspace=\"2\" alt=\"no\"/></a>cd</p>",
        &wbmp(12, 40),
    );
    assert_eq!(common::screen(&high), lines(&["= ", &format!("| {}ab", " ".repeat(26)), "|  <Link>", "=  >"]));
    assert_eq!((high.pictures[0].x, high.pictures[0].y), (26 * 6, 16 + 2));
}

#[test]
fn an_image_that_goes_on_on_the_next_page_is_placed_above_it() {
    let mut browser = Browser::new(Abilities { rows: 2, page_height: 32, ..Abilities::default() });
    browser.open(common::HOME);
    browser.answer(common::START, RequestId(1), &wml("<wml><card><p><img src=\"a\" alt=\"no\"/></p></card></wml>"));
    browser.answer(common::START, RequestId(2), &answer(200, "image/vnd.wap.wbmp", &wbmp(8, 40)));
    browser.press(common::START, deskset_browser::Key::PageRight);
    assert_eq!(browser.page().pictures.iter().map(|placed| placed.y).collect::<Vec<_>>(), [-32]);
}

#[test]
fn an_image_that_fails_leaves_its_alternative_text() {
    let mut desk = Desk::card("<p>a</p><p><a href=\"x\">b</a></p>");
    let request = common::deck_request(&desk.row(1));
    desk.answer(
        &request,
        "<wml><card><p><img src=\"a.wbmp\" alt=\"A\"/><img src=\"b.wbmp\" alt=\"B\"/>\
         <img src=\"a.wbmp\" alt=\"A\"/></p></card></wml>",
    );
    let requests = image_requests(&desk.outputs());
    let urls: Vec<&str> = requests.iter().map(|request| request.url.as_str()).collect();
    assert_eq!(urls, ["http://web.example.com/dir/a.wbmp", "http://web.example.com/dir/b.wbmp"]);
    assert_eq!(desk.screen(), "= \n| ABA\n=  …");
    desk.browser.no_answer(requests[0].id, "no route");
    desk.browser.answer(desk.now, requests[1].id, &answer(404, "text/html", b"no"));
    assert_eq!(desk.screen(), "= \n| ABA\n=");
}

#[test]
fn images_of_a_page_that_is_left_are_no_longer_wanted() {
    let mut desk = Desk::showing(
        "<wml><card><p><img src=\"a\" alt=\"A\"/><a href=\"#b\">b</a></p></card><card id=\"b\"><p>b</p></card></wml>",
    );
    assert_eq!(desk.row(0), [Output::Abandon(RequestId(2)), Output::Shown { title: String::new() }]);
}

#[test]
fn a_softkey_shows_its_image_where_the_phone_can() {
    let content = "<do type=\"accept\" label=\"Go\"><prev/><img src=\"a\" alt=\"A\"/></do>";
    for (able, drawn) in [(false, false), (true, true)] {
        let page = page(Abilities { softkey_pictures: able, ..Abilities::default() }, content, &wbmp(8, 8));
        assert_eq!((page.softkeys[0].label.as_str(), page.softkeys[0].picture.is_some()), ("Go", drawn));
    }
}
