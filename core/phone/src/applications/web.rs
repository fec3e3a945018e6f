use super::{Front, softkeys};
use crate::{Key, Page, Phone};

/// The browser, before there is a page to show.
#[derive(Debug)]
pub(crate) struct Web;

impl Web {
    pub(super) fn draw(&self, phone: &Phone, page: &mut Page<'_>) {
        phone.draw_top_line(page, Some("Web"), None);
        page.put(page.line(0), "No page");
        softkeys::draw(page, [""; 4]);
    }

    pub(super) fn key(self, phone: &mut Phone, _key: Key) -> Front {
        phone.error_beep();
        Front::Web(self)
    }
}
