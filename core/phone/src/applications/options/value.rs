//! The screen of one value, with Save and Cancel. Nothing holds before Save; only the contrast shows at once.

use deskset_models::{Choice, OptionRow, Values};

use super::{
    super::{
        form::{Done, Form},
        list::{List, Pressed, Row},
        softkeys,
    },
    menu::Transfer,
};
use crate::{
    EventKind, Key, Page, Phone, effects,
    entry::{Content, Entry},
    limits::PASSWORD_CHARS_MAX,
    pipeline::Buttons,
};

/// A value being changed.
#[derive(Debug)]
pub(crate) enum Value {
    /// One of a list.
    Choice { row: Box<OptionRow>, choices: Vec<Choice>, chosen: usize, list: List, warned: bool },
    /// Typed.
    Form { what: What, form: Form },
    /// A step of contrast.
    Contrast { name: String, step: u8 },
}

/// What a form is for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum What {
    Row(String),
    Label(u16),
    Password(Option<Transfer>),
}

/// What a key did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Went {
    On,
    Back,
}

/// The most characters of a value whose kind sets no limit.
const CHARS_MAX: usize = 255;

impl Value {
    pub(super) fn of_row(phone: &Phone, name: &str) -> Option<Value> {
        if !phone.may_edit() {
            return None;
        }
        let (_, row) = phone.setup.model.tables().options.find(name)?;
        let now = phone.option_value(row);
        if row.effect == effects::CONTRAST {
            return Some(Value::Contrast { name: row.name.clone(), step: now.parse().ok()? });
        }
        let (most, content) = match &row.values {
            Values::Choice { choices } => {
                let chosen = choices.iter().position(|choice| choice.value.eq_ignore_ascii_case(now)).unwrap_or(0);
                let page = u16::try_from(chosen / phone.lines()).unwrap_or(0);
                let (row, choices) = (Box::new(row.clone()), choices.clone());
                return Some(Value::Choice { row, choices, chosen, list: List { page }, warned: false });
            }
            Values::Number { .. } => (20, Content::Digits),
            Values::Digits { max_chars, .. } => (*max_chars, Content::Digits),
            Values::Text { max_chars } => (*max_chars, Content::Text),
            Values::Address | Values::AddressList | Values::Unknown => (CHARS_MAX, Content::Text),
        };
        let entry = Entry::new(now, most, content, phone.alphabet());
        let form = Form::new(row.label.clone(), vec![("", entry)]);
        Some(Value::Form { what: What::Row(row.name.clone()), form })
    }

    pub(super) fn of_label(phone: &Phone, number: u16) -> Option<Value> {
        let most = phone.setup.model.tables().speed_dial.feature_label_chars.into();
        let label = phone.feature_label(number).chars().take(most).collect::<String>();
        let entry = Entry::new(&label, most, Content::Text, phone.alphabet());
        let form = Form::new(format!("Feature button {number}"), vec![("Label:", entry)]);
        phone.may_edit().then_some(Value::Form { what: What::Label(number), form })
    }

    /// The password for the user's name on the server, and what is to be done with it at once.
    pub(super) fn of_password(phone: &Phone, then: Option<Transfer>) -> Option<Value> {
        let entry = Entry::new("", PASSWORD_CHARS_MAX, Content::Text, phone.alphabet()).masked();
        let form = Form::new("FTP Password".to_owned(), vec![("", entry)]);
        phone.may_edit().then_some(Value::Form { what: What::Password(then), form })
    }

    pub(super) fn form(&mut self) -> Option<&mut Form> {
        match self {
            Value::Form { form, .. } => Some(form),
            _ => None,
        }
    }

    pub(super) fn tried_contrast(&self) -> Option<u8> {
        match self {
            Value::Contrast { step, .. } => Some(*step),
            _ => None,
        }
    }

    pub(super) fn draw(&self, phone: &Phone, page: &mut Page<'_>) {
        match self {
            Value::Choice { row, choices, chosen, list, warned } => {
                let mark = |at: usize| if at == *chosen { "*" } else { "" }.to_owned();
                let rows: Vec<Row> =
                    choices.iter().enumerate().map(|(at, choice)| (choice.label.clone(), mark(at))).collect();
                // The 28 columns hold no more of the warning.
                let prompt = if *warned { "PC link may drop. Save?" } else { &row.label };
                list.draw(phone, page, Some(prompt), &rows, ["Save", "", "", "Cancel"]);
            }
            Value::Form { form, .. } => form.draw(phone, page),
            Value::Contrast { step, .. } => {
                phone.draw_top_line(page, Some("Contrast Control"), None);
                page.put(page.line(0), &">".repeat((*step).into()));
                page.put(page.line(1), "Lighter");
                page.put(page.line(2), "Darker");
                softkeys::draw(page, ["Save", "", "", "Cancel"]);
            }
        }
    }

    pub(super) fn key(&mut self, phone: &mut Phone, key: Key) -> Went {
        match self {
            Value::Form { what, form } => {
                return match form.key(phone, key) {
                    Done::Open => Went::On,
                    Done::Cancel => Went::Back,
                    Done::Save => {
                        let result = phone.take_form(what, form);
                        if let Err(why) = result {
                            phone.complain(why);
                            return Went::On;
                        }
                        Went::Back
                    }
                };
            }
            Value::Choice { .. } | Value::Contrast { .. } if key == Key::Soft(4) => return Went::Back,
            Value::Choice { row, choices, chosen, list, warned } => {
                match (key, list.press(phone, key, choices.len())) {
                    (Key::Soft(1), _) => {
                        let value = choices.get(*chosen).map(|choice| choice.value.clone()).unwrap_or_default();
                        if row.effect == effects::ETHERNET && !*warned && phone.option_value(row) != value {
                            *warned = true;
                            return Went::On;
                        }
                        return phone.save_option(&row.name, &value);
                    }
                    (_, Pressed::Turned) => {}
                    (_, Pressed::Row(at)) => {
                        (*chosen, *warned) = (at, false);
                        if row.effect == effects::RING
                            && let Some(pattern) = choices.get(at).and_then(|choice| choice.value.parse().ok())
                        {
                            phone.event(EventKind::RingPlayed { pattern });
                        }
                    }
                    (_, Pressed::Other) => phone.error_beep(),
                }
            }
            Value::Contrast { name, step } => match key {
                Key::Soft(1) => return phone.save_option(name, &step.to_string()),
                Key::Line(2, _) => phone.change_contrast(step, false),
                Key::Line(3, _) => phone.change_contrast(step, true),
                _ => phone.error_beep(),
            },
        }
        Went::On
    }
}

impl Phone {
    /// One step lighter or darker, with an error beep at either end.
    pub(crate) fn change_contrast(&mut self, step: &mut u8, darker: bool) {
        let steps = self.setup.model.tables().display.contrast_steps;
        let next = if darker { step.checked_add(1).filter(|next| *next < steps) } else { step.checked_sub(1) };
        match next {
            Some(next) => *step = next,
            None => self.error_beep(),
        }
    }

    fn save_option(&mut self, name: &str, value: &str) -> Went {
        match self.try_set_option(name, value) {
            Ok(()) => {
                self.save();
                Went::Back
            }
            Err(why) => {
                self.refuse(name, why);
                self.error_beep();
                Went::On
            }
        }
    }

    fn take_form(&mut self, what: &What, form: &Form) -> Result<(), String> {
        let entry = form.field(0);
        let text = || entry.map_or("", Entry::text).to_owned();
        match what {
            What::Row(name) => self.try_set_option(name, &text())?,
            What::Label(number) => {
                // The call server's own words are no name of the user's.
                let text = text();
                let own = self.calls.features.get(number).is_none_or(|feature| feature.label != text);
                self.try_edit_label(Buttons::Feature, *number, if own { &text } else { "" })?;
            }
            What::Password(then) => {
                if let (Some(user), Some(entry)) = (&mut self.user, entry) {
                    user.ftp_password = entry.secret();
                }
                if let Some(transfer) = then {
                    self.transfer(*transfer);
                }
                return Ok(());
            }
        }
        self.save();
        Ok(())
    }
}
