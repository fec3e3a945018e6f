//! Any bytes are a deck or are refused; its keys can be pressed, and no page is larger than the screen.
#![no_main]

use std::time::Duration;

use deskset_browser::{Abilities, Answer, Browser, Key, Output, Purpose, Side};
use libfuzzer_sys::fuzz_target;

const COLUMNS: u16 = 28;
const ROWS: u16 = 6;

fn look(browser: &Browser) {
    let page = browser.page();
    assert!(page.rows.len() <= usize::from(ROWS));
    for row in &page.rows {
        // Each character has at least one column, unless it joins the one before it.
        let plain = row.text().bytes().filter(|byte| byte.is_ascii_graphic()).count();
        assert!(plain <= usize::from(COLUMNS));
    }
    if let Some(cursor) = page.cursor {
        assert!(cursor.row < ROWS && cursor.column < COLUMNS);
    }
}

fuzz_target!(|bytes: &[u8]| {
    let mut browser = Browser::new(Abilities { columns: COLUMNS, rows: ROWS, ..Abilities::default() });
    let mut now = Duration::ZERO;
    let answer = |body: &[u8]| Answer { status: 200, body: body.to_vec(), ..Answer::default() };
    let image = answer(b"\0\0\x09\x02\xff\xff\xff\xff");
    browser.open("http://web.example.com/");
    let rows = (0..ROWS).map(|row| Key::Row { row, side: Side::Left });
    let keys = rows.chain((0..4).map(Key::Softkey)).chain([Key::Type('1'), Key::Done, Key::PageRight]);
    for key in keys.collect::<Vec<_>>().repeat(2) {
        for _ in 0..64 {
            match browser.poll_output() {
                Some(Output::Request(request)) if request.purpose == Purpose::Image => {
                    browser.answer(now, request.id, &image);
                }
                Some(Output::Request(request)) => browser.answer(now, request.id, &answer(bytes)),
                Some(_) => {}
                None => break,
            }
        }
        look(&browser);
        browser.press(now, key);
        now = browser.deadline().unwrap_or(now);
        browser.handle_timeout(now);
    }
    look(&browser);
});
