//! The Speed Dial application: buttons that dial, and what is written on them.
//!
//! ```text
//! list ─Add─► form          list ─Edit─► which? ─► form          list ─Delete─► which? ─► sure?
//! ```
//!
//! Source: end user guides, "Speed Dial"; the words on the softkeys are a project rule.

use deskset_files::backup::SpeedDial as Dial;

use super::{
    Front,
    form::{Done, Form},
    keys::{place_of, turned},
    softkeys,
};
use crate::{
    Half, Key, Page, Phone, effects,
    entry::{Content, Entry},
};

/// One page of buttons, or what is being done to one of them.
#[derive(Debug)]
pub(crate) struct SpeedDial {
    /// Counted from 0.
    page: u16,
    doing: Doing,
}

#[derive(Debug)]
enum Doing {
    Nothing,
    /// A button is to be chosen.
    Choosing(What),
    /// Position, counted from 1, and what is entered for it.
    Entering(u16, Box<Form>),
    /// The entry there is to go, if the user is sure.
    Deleting(u16),
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum What {
    Edit,
    Delete,
}

impl SpeedDial {
    pub(crate) fn at(page: u16) -> Self {
        SpeedDial { page, doing: Doing::Nothing }
    }

    /// A new entry is to be made of a call or a page: a form on the first button that is free. Not of a number that no
    /// button takes.
    pub(super) fn adding(phone: &Phone, label: &str, number: &str) -> Option<Self> {
        let position = phone.free_position(0).filter(|_| phone.dials_may_change_now())?;
        let rules = &phone.setup.model.tables().speed_dial;
        let sound: String = number.chars().filter(|c| rules.number_characters.contains(*c)).collect();
        // Half of a number would be another one.
        if sound.len() > rules.number_chars.into() {
            return None;
        }
        let dial = Dial { label: label.chars().take(rules.label_chars.into()).collect(), number: sound };
        let form = Box::new(phone.dial_form(format!("Add button {position}"), &dial));
        let page = (position - 1) / phone.dials_per_page();
        Some(SpeedDial { page, doing: Doing::Entering(position, form) })
    }

    pub(super) fn page(&self) -> u16 {
        self.page
    }

    pub(super) fn form(&mut self) -> Option<&mut Form> {
        match &mut self.doing {
            Doing::Entering(_, form) => Some(form),
            _ => None,
        }
    }

    pub(super) fn draw(&self, phone: &Phone, page: &mut Page<'_>) {
        let pages = (phone.speed_dial_pages() > 1).then_some(self.page);
        let (prompt, labels) = match &self.doing {
            Doing::Entering(_, form) => return form.draw(phone, page),
            Doing::Nothing if phone.administered().dials_may_change() => (None, ["Add", "Edit", "Delete", ""]),
            Doing::Nothing => (None, [""; 4]),
            Doing::Choosing(What::Edit) => (Some("Edit which button?".to_owned()), ["", "", "", "Cancel"]),
            Doing::Choosing(What::Delete) => (Some("Delete which button?".to_owned()), ["", "", "", "Cancel"]),
            Doing::Deleting(position) => {
                let label = phone.dial(*position).map_or("", |dial| &dial.label);
                (Some(format!("Delete {label}?")), ["Yes", "", "", "No"])
            }
        };
        phone.draw_top_line(page, prompt.as_deref(), pages);
        self.draw_labels(phone, page);
        softkeys::draw(page, labels);
    }

    /// Two columns of labels, in the order of the buttons: left and right of each row.
    fn draw_labels(&self, phone: &Phone, page: &mut Page<'_>) {
        let per_page = phone.dials_per_page();
        for line in 0..per_page.div_ceil(2) {
            page.divide(line);
        }
        let first = self.page.saturating_mul(per_page);
        for place in 0..per_page {
            let Some(dial) = phone.dial(first.saturating_add(place + 1)) else { continue };
            let side = if place % 2 == 0 { Half::Left } else { Half::Right };
            page.put(page.half(place / 2, side), &dial.label);
        }
    }

    pub(super) fn key(mut self, phone: &mut Phone, key: Key) -> Front {
        if let Doing::Entering(position, form) = &mut self.doing {
            match form.key(phone, key) {
                Done::Open => {}
                Done::Cancel => self.doing = Doing::Nothing,
                Done::Save => {
                    let text = |at| form.field(at).map_or("", Entry::text).to_owned();
                    let dial = Dial { label: text(0), number: text(1) };
                    match phone.try_edit_speed_dial(*position, Some(dial)) {
                        Ok(()) => {
                            phone.save();
                            self.doing = Doing::Nothing;
                        }
                        Err(why) => {
                            phone.complain(why);
                        }
                    }
                }
            }
            return Front::SpeedDial(self);
        }
        if let Some(page) = turned(key, self.page, phone.speed_dial_pages()) {
            return Front::SpeedDial(SpeedDial { page, ..self });
        }
        match (&self.doing, key) {
            (_, Key::Line(row, side)) => return self.button(phone, place_of(row, side)),
            (Doing::Nothing, Key::Soft(at @ 1..=3)) if phone.dials_may_change_now() => self.begin(phone, at),
            (Doing::Choosing(_) | Doing::Deleting(_), Key::Soft(4)) => self.doing = Doing::Nothing,
            (Doing::Deleting(position), Key::Soft(1)) => {
                // What is refused is told as an event.
                phone.edit_speed_dial(*position, None);
                phone.save();
                self.doing = Doing::Nothing;
            }
            _ => phone.error_beep(),
        }
        Front::SpeedDial(self)
    }

    /// Add, Edit, Delete.
    fn begin(&mut self, phone: &mut Phone, softkey: u8) {
        self.doing = match softkey {
            1 => match phone.free_position(self.page) {
                Some(position) => {
                    let empty = Dial { label: String::new(), number: String::new() };
                    Doing::Entering(position, Box::new(phone.dial_form(format!("Add button {position}"), &empty)))
                }
                None => {
                    phone.error_beep();
                    Doing::Nothing
                }
            },
            2 => Doing::Choosing(What::Edit),
            _ => Doing::Choosing(What::Delete),
        };
    }

    fn button(mut self, phone: &mut Phone, place: u16) -> Front {
        let position = self.page.saturating_mul(phone.dials_per_page()).saturating_add(place + 1);
        let Some(dial) = phone.dial(position).cloned() else {
            phone.error_beep();
            return Front::SpeedDial(self);
        };
        match &self.doing {
            Doing::Choosing(What::Edit) if phone.dials_may_change_now() => {
                let form = phone.dial_form(format!("Edit button {position}"), &dial);
                self.doing = Doing::Entering(position, Box::new(form));
            }
            Doing::Choosing(What::Delete) => self.doing = Doing::Deleting(position),
            Doing::Nothing => {
                if phone.place_call(&dial.label, &dial.number) {
                    return phone.after_calling(Front::SpeedDial(self));
                }
            }
            _ => phone.error_beep(),
        }
        Front::SpeedDial(self)
    }
}

impl Phone {
    fn dial(&self, position: u16) -> Option<&Dial> {
        self.user.as_ref()?.data().speed_dials.get(&position)
    }

    fn dials_per_page(&self) -> u16 {
        self.setup.model.tables().speed_dial.per_page.max(1)
    }

    fn speed_dial_pages(&self) -> u16 {
        self.setup.model.tables().speed_dial.entries.div_ceil(self.dials_per_page())
    }

    /// The first button without an entry, from a page on and then from the beginning.
    fn free_position(&self, page: u16) -> Option<u16> {
        let entries = self.setup.model.tables().speed_dial.entries;
        let first = page.saturating_mul(self.dials_per_page()).saturating_add(1);
        (first..=entries).chain(1..first.min(entries + 1)).find(|position| self.dial(*position).is_none())
    }

    pub(super) fn dials_may_change_now(&self) -> bool {
        self.administered().dials_may_change() && self.may_edit()
    }

    fn dial_form(&self, prompt: String, dial: &Dial) -> Form {
        let rules = &self.setup.model.tables().speed_dial;
        let alphabet = self.alphabet();
        let number = Content::Number { pause: rules.number_characters.contains(',') };
        let fields = vec![
            ("Label:", Entry::new(&dial.label, rules.label_chars.into(), Content::Text, alphabet)),
            ("Number:", Entry::new(&dial.number, rules.number_chars.into(), number, alphabet)),
        ];
        Form::new(prompt, fields)
    }

    /// What is in front after a call was placed from `front`.
    pub(super) fn after_calling(&self, front: Front) -> Front {
        if self.effect(effects::PHONE_SCREEN_ON_CALLING) == Some("0") { front } else { Front::default() }
    }
}
