//! The Call Log: three lists, the details of a call, calling back.
//!
//! Source: end user guides, "Call Log"; the layout is a project rule.

use super::{
    Front, SpeedDial,
    list::{List, Pressed, Row},
    top_line::date_and_time,
};
use crate::{Key, LoggedCall, Page, Phone, Which};

/// A list, or one call of it.
#[derive(Debug, Default)]
pub(crate) struct CallLog {
    which: Which,
    list: List,
    /// The call whose details are shown.
    call: Option<Box<LoggedCall>>,
}

/// Softkeys, lists and their titles.
const LISTS: [(Which, &str); 3] =
    [(Which::Missed, "Missed Calls"), (Which::Answered, "Answered Calls"), (Which::Outgoing, "Outgoing Calls")];

impl CallLog {
    /// The missed calls; they have been seen then.
    pub(super) fn opened(phone: &mut Phone) -> Self {
        if let Some(log) = phone.calls.log.there() {
            log.unseen = 0;
        }
        CallLog::default()
    }

    pub(super) fn draw(&self, phone: &Phone, page: &mut Page<'_>) {
        let title = LISTS.iter().find(|(which, _)| *which == self.which).map_or("", |(_, title)| title);
        match &self.call {
            Some(call) => {
                let add = if phone.administered().dials_may_change() { "SpDial" } else { "" };
                let rows =
                    [&call.name, &call.number, &date_and_time(call.at)].map(|words| (words.clone(), String::new()));
                List::default().draw(phone, page, Some(title), &rows, ["Call", add, "Delete", "Back"]);
            }
            None => {
                let row = |call: &LoggedCall| -> Row { (call.title().to_owned(), clock(call)) };
                let mut rows: Vec<Row> = phone.calls.log.list(self.which).iter().map(row).collect();
                if rows.is_empty() {
                    rows.push(("No calls".to_owned(), String::new()));
                }
                self.list.draw(phone, page, Some(title), &rows, ["Missed", "Answd", "Outgo", ""]);
            }
        }
    }

    pub(super) fn key(mut self, phone: &mut Phone, key: Key) -> Front {
        if let Some(call) = self.call.take() {
            return self.key_at_details(phone, call, key);
        }
        match self.list.press(phone, key, phone.calls.log.list(self.which).len()) {
            Pressed::Turned => {}
            Pressed::Row(at) => self.call = phone.calls.log.list(self.which).get(at).cloned().map(Box::new),
            Pressed::Other => match key {
                Key::Soft(softkey @ 1..=3) => {
                    self = CallLog { which: LISTS[usize::from(softkey) - 1].0, ..CallLog::default() };
                }
                _ => phone.error_beep(),
            },
        }
        Front::CallLog(self)
    }

    fn key_at_details(mut self, phone: &mut Phone, call: Box<LoggedCall>, key: Key) -> Front {
        match key {
            Key::Soft(1) if phone.place_call(&call.name, &call.number) => {
                return phone.after_calling(Front::CallLog(self));
            }
            Key::Soft(1) => {}
            Key::Soft(2) => match SpeedDial::adding(phone, &call.name, &call.number) {
                Some(form) => return Front::SpeedDial(form),
                None => phone.error_beep(),
            },
            Key::Soft(3) => {
                phone.calls.log.remove(self.which, &call);
                self.list = List::default();
                return Front::CallLog(self);
            }
            Key::Soft(4) => return Front::CallLog(self),
            _ => phone.error_beep(),
        }
        Front::CallLog(CallLog { call: Some(call), ..self })
    }
}

/// Hour and minute of a call.
fn clock(call: &LoggedCall) -> String {
    date_and_time(call.at).chars().take(5).collect()
}
