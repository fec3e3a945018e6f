//! The numbers that were dialled last.

use super::{
    Front,
    list::{List, Pressed, Row},
};
use crate::{Key, Page, Phone};

/// The list of numbers.
#[derive(Debug, Default)]
pub(crate) struct Redial(List);

impl Redial {
    pub(super) fn draw(&self, phone: &Phone, page: &mut Page<'_>) {
        let rows: Vec<Row> = phone.calls.redial.iter().map(|number| (number.clone(), String::new())).collect();
        self.0.draw(phone, page, Some("Redial"), &rows, [""; 4]);
    }

    pub(super) fn key(mut self, phone: &mut Phone, key: Key) -> Front {
        match self.0.press(phone, key, phone.calls.redial.len()) {
            Pressed::Turned => {}
            Pressed::Row(at) => {
                let number = phone.calls.redial.get(at).cloned().unwrap_or_default();
                if phone.place_call("", &number) {
                    return phone.after_calling(Front::Redial(self));
                }
            }
            Pressed::Other => phone.error_beep(),
        }
        Front::Redial(self)
    }
}

impl Phone {
    /// The Redial key or softkey: the list, or the last number at once.
    pub(super) fn redial(&mut self) {
        let list = self.administered().shows_redial() && self.redial_is_a_list();
        match self.calls.redial.front().cloned() {
            None => self.error_beep(),
            Some(_) if list && !self.is_dialing() => self.show(Front::Redial(Redial::default())),
            Some(number) => {
                if self.place_call("", &number) {
                    self.front = self.after_calling(Front::default());
                }
            }
        }
    }
}
