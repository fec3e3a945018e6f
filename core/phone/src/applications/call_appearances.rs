//! The Phone application: call appearances and feature buttons.
//!
//! Source: User Guide 16-300297, "Call Appearances" and "Line/Feature Buttons".

use deskset_models::Signaling;

use super::{
    CallLog, Front, SpeedDial,
    keys::{place_of, turned},
    softkeys,
};
use crate::{CallState, FeatureState, Field, Half, Key, Page, Phone, Shade, effects, names};

/// The default screen.
#[derive(Debug, Default)]
pub(crate) struct CallAppearances {
    /// Counted from 0.
    page: u16,
}

/// What stands at a button.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Item {
    /// Counted from 0.
    Appearance(usize),
    Feature(u16),
}

/// One item and the places it takes, of two in each row.
struct Slot {
    item: Item,
    /// Counted from 0 over all pages.
    place: u16,
    wide: bool,
}

impl CallAppearances {
    pub(super) fn draw(&self, phone: &Phone, page: &mut Page<'_>) {
        let per_page = phone.places_per_page();
        let slots = phone.slots();
        let pages = pages(&slots, per_page);
        phone.draw_top_line(page, None, (pages > 1).then_some(self.page));
        for slot in slots.iter().filter(|slot| slot.place / per_page == self.page) {
            let (line, right) = (slot.place % per_page / 2, slot.place % 2 == 1);
            let field = match (slot.wide, right) {
                (true, _) => page.line(line),
                (false, false) => page.half(line, Half::Left),
                (false, true) => page.half(line, Half::Right),
            };
            if !slot.wide {
                page.divide(line);
            }
            phone.draw_item(page, field, slot.item);
        }
        let administered = phone.administered();
        let log = if administered.shows_call_log() { "Log" } else { "" };
        let redial = if administered.shows_redial() { "Redial" } else { "" };
        let web = if phone.offers_web() { "Web" } else { "" };
        softkeys::draw(page, ["SpDial", log, web, redial]);
    }

    pub(super) fn key(self, phone: &mut Phone, key: Key) -> Front {
        let per_page = phone.places_per_page();
        let slots = phone.slots();
        if let Some(page) = turned(key, self.page, pages(&slots, per_page)) {
            return Front::Phone(CallAppearances { page });
        }
        match key {
            Key::Line(row, side) => {
                let place = self.page * per_page + place_of(row, side);
                let at = |slot: &&Slot| slot.place == place || slot.wide && slot.place + 1 == place;
                match slots.iter().find(at).map(|slot| slot.item) {
                    Some(Item::Appearance(at)) => phone.press_appearance(at),
                    Some(Item::Feature(number)) => phone.press_feature(number),
                    None => phone.error_beep(),
                }
            }
            Key::Soft(1) => return Front::SpeedDial(SpeedDial::at(0)),
            Key::Soft(2) if phone.administered().shows_call_log() => return Front::CallLog(CallLog::opened(phone)),
            Key::Soft(3) if phone.offers_web() => {
                phone.open_web();
                return std::mem::take(&mut phone.front);
            }
            _ => phone.error_beep(),
        }
        Front::Phone(self)
    }
}

fn pages(slots: &[Slot], per_page: u16) -> u16 {
    slots.last().map_or(1, |slot| slot.place / per_page + 1)
}

impl Phone {
    /// The Web application has something to show: its home page, or a page that was pushed.
    fn offers_web(&self) -> bool {
        let home = self.parameters.value(names::WMLHOME);
        self.has_browser() && (!home.is_empty() || self.has_web_page())
    }

    /// Two at each application row.
    pub(super) fn places_per_page(&self) -> u16 {
        self.setup.model.tables().display.zones.application_rows.max(1) * 2
    }

    /// Call appearances first, each a whole row or half of one, then the feature buttons, each half a row.
    fn slots(&self) -> Vec<Slot> {
        let effect = match self.setup.signaling {
            Signaling::H323 => effects::CALL_APPEARANCE_WIDTH,
            Signaling::Sip => effects::SESSION_APPEARANCE_WIDTH,
        };
        let wide = self.effect(effect) != Some("1");
        let appearances = (0..self.calls.appearances.len()).map(|at| (Item::Appearance(at), wide));
        let features = self.calls.features.keys().map(|number| (Item::Feature(*number), false));
        let mut next = 0;
        let mut slots = Vec::new();
        for (item, wide) in appearances.chain(features) {
            slots.push(Slot { item, place: next, wide });
            next += if wide { 2 } else { 1 };
        }
        slots
    }

    /// Shades: User Guide 16-300297, "Phone Screen": ringing white, active light, on hold dark; a feature in use
    /// white, else light.
    fn draw_item(&self, page: &mut Page<'_>, field: Field, item: Item) {
        match item {
            Item::Appearance(at) => {
                let Some(one) = self.calls.appearances.get(at) else { return };
                let shade = match one.state {
                    CallState::Idle | CallState::Alerting => Shade::Paper,
                    CallState::Active => Shade::Light,
                    CallState::Held | CallState::SoftHold => Shade::Dark,
                };
                page.shade(field, shade);
                let own = self.user.as_ref().and_then(|user| user.extension.as_ref()).map(ToString::to_string);
                let words = match one.state {
                    CallState::Idle => own.unwrap_or_default(),
                    _ => one.caller(),
                };
                let letter = ('a'..='z').nth(at).unwrap_or('z');
                page.put(field, &format!("{letter}={words}"));
                if let (CallState::Active, Some(seconds)) = (one.state, self.call_timer()) {
                    page.put_right(field, &format!(" {:02}:{:02}", seconds / 60, seconds % 60));
                }
            }
            Item::Feature(number) => {
                let state = self.calls.features.get(&number).map(|feature| feature.state).unwrap_or_default();
                page.shade(field, if state == FeatureState::On { Shade::Paper } else { Shade::Light });
                page.put(field, self.feature_label(number));
            }
        }
    }
}
