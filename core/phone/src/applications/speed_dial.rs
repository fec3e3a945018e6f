//! The Speed Dial application: buttons that dial.

use super::{
    Front,
    keys::{place_of, turned},
    softkeys,
};
use crate::{Half, Key, Page, Phone, effects};

/// The list of buttons.
#[derive(Debug)]
pub(crate) struct SpeedDial {
    /// Counted from 0.
    page: u16,
}

impl SpeedDial {
    pub(crate) fn at(page: u16) -> Self {
        SpeedDial { page }
    }

    pub(super) fn page(&self) -> u16 {
        self.page
    }

    /// Two columns of labels, in the order of the buttons: left and right of each row.
    pub(super) fn draw(&self, phone: &Phone, page: &mut Page<'_>) {
        let rules = &phone.setup.model.tables().speed_dial;
        phone.draw_top_line(page, None, (phone.speed_dial_pages() > 1).then_some(self.page));
        for line in 0..rules.per_page.div_ceil(2) {
            page.divide(line);
        }
        let first = self.page.saturating_mul(rules.per_page);
        let dials = phone.user.as_ref().map(|user| &user.data.speed_dials);
        for place in 0..rules.per_page {
            let Some(dial) = dials.and_then(|dials| dials.get(&first.saturating_add(place + 1))) else { continue };
            let side = if place % 2 == 0 { Half::Left } else { Half::Right };
            page.put(page.half(place / 2, side), &dial.label);
        }
        softkeys::draw(page, [""; 4]);
    }

    pub(super) fn key(self, phone: &mut Phone, key: Key) -> Front {
        if let Some(page) = turned(key, self.page, phone.speed_dial_pages()) {
            return Front::SpeedDial(SpeedDial { page });
        }
        let Key::Line(row, side) = key else {
            phone.error_beep();
            return Front::SpeedDial(self);
        };
        let per_page = phone.setup.model.tables().speed_dial.per_page;
        let position = self.page.saturating_mul(per_page).saturating_add(place_of(row, side) + 1);
        let dial = phone.user.as_ref().and_then(|user| user.data.speed_dials.get(&position)).cloned();
        match dial {
            Some(dial) if phone.place_call(&dial.label, &dial.number) => phone.after_calling(Front::SpeedDial(self)),
            Some(_) => Front::SpeedDial(self),
            None => {
                phone.error_beep();
                Front::SpeedDial(self)
            }
        }
    }
}

impl Phone {
    fn speed_dial_pages(&self) -> u16 {
        let rules = &self.setup.model.tables().speed_dial;
        rules.entries.div_ceil(rules.per_page.max(1))
    }

    /// What is in front after a call was placed from `front`.
    pub(super) fn after_calling(&self, front: Front) -> Front {
        if self.effect(effects::PHONE_SCREEN_ON_CALLING) == Some("0") { front } else { Front::default() }
    }
}
