//! The Options: menus, the screen of one value, and what can only be looked at.
//!
//! ```text
//!  main ─┬─ Application Options ─► value          value ─Save─► back, kept and backed up
//!        ├─ Backup/Restore ─┬─► value                   └Cancel─► back, nothing changed
//!        ├─ Colors ─► value └─► status
//!        ├─ View IP Settings, Network Audio Quality
//!        └─ Log Off ─► sure?
//! ```
//!
//! The rows come from the model's option table, whatever they are. Source: user guides, "Options"; LAN Administrator
//! Guide 555-233-507, the OPSTAT row; the order is a project rule.

mod menu;
mod readings;
mod value;

use menu::{Item, Menu};
use value::{Value, Went};

use super::{
    Front,
    form::Form,
    list::{List, Pressed, Row},
    softkeys,
};
use crate::{Key, Page, Phone};

/// What of the Options is on the screen.
#[derive(Debug)]
pub(crate) enum Options {
    /// OPSTAT lets nothing be seen.
    Blocked,
    Menu(Menu, List),
    /// One value, and the menu it was chosen from.
    Value(Menu, List, Box<Value>),
    LogOff,
}

impl Options {
    pub(super) fn opened(phone: &Phone) -> Self {
        if phone.administered().blocks_everything() {
            Options::Blocked
        } else {
            Options::Menu(Menu::Main, List::default())
        }
    }

    /// As one comes back to it: the value that was being changed stays as it was.
    pub(super) fn without_entry(self) -> Self {
        match self {
            Options::Value(menu, list, _) => Options::Menu(menu, list),
            other => other,
        }
    }

    /// An edit screen is open.
    pub(super) fn edits(&self) -> bool {
        matches!(self, Options::Value(..))
    }

    pub(super) fn form(&mut self) -> Option<&mut Form> {
        match self {
            Options::Value(_, _, value) => value.form(),
            _ => None,
        }
    }

    /// The contrast that is being tried.
    pub(super) fn tried_contrast(&self) -> Option<u8> {
        match self {
            Options::Value(_, _, value) => value.tried_contrast(),
            _ => None,
        }
    }

    pub(super) fn draw(&self, phone: &Phone, page: &mut Page<'_>) {
        match self {
            Options::Blocked => {
                phone.draw_top_line(page, Some("Options"), None);
                page.put(page.line(0), "Options are not available");
                softkeys::draw(page, [""; 4]);
            }
            Options::Menu(menu, list) => {
                let rows: Vec<Row> = phone.items(*menu).into_iter().map(|(row, _)| row).collect();
                list.draw(phone, page, Some(menu.title()), &rows, [""; 4]);
            }
            Options::Value(_, _, value) => value.draw(phone, page),
            Options::LogOff => {
                List::default().draw(phone, page, Some("Do you want to log off?"), &[], ["Yes", "", "", "No"]);
            }
        }
    }

    pub(super) fn key(self, phone: &mut Phone, key: Key) -> Front {
        match self {
            Options::Blocked => Front::default(),
            Options::Menu(menu, list) => Front::Options(menu_key(phone, menu, list, key)),
            Options::Value(menu, list, mut value) => Front::Options(match value.key(phone, key) {
                Went::On => Options::Value(menu, list, value),
                Went::Back => Options::Menu(menu, list),
            }),
            Options::LogOff => match key {
                Key::Soft(1) => {
                    phone.log_off();
                    Front::default()
                }
                Key::Soft(4) => Front::Options(Options::opened(phone)),
                _ => {
                    phone.error_beep();
                    Front::Options(self)
                }
            },
        }
    }
}

fn menu_key(phone: &mut Phone, menu: Menu, mut list: List, key: Key) -> Options {
    let items = phone.items(menu);
    let chosen = match list.press(phone, key, items.len()) {
        Pressed::Turned => return Options::Menu(menu, list),
        Pressed::Row(at) => items.into_iter().nth(at).map(|(_, item)| item),
        Pressed::Other => None,
    };
    let value = match chosen {
        Some(Item::Menu(below)) => return Options::Menu(below, List::default()),
        Some(Item::LogOff) => return Options::LogOff,
        Some(Item::Row(name)) => Value::of_row(phone, &name),
        Some(Item::Label(number)) => Value::of_label(phone, number),
        Some(Item::Password) => Value::of_password(phone, None),
        Some(Item::Transfer(transfer)) if phone.needs_a_password() => Value::of_password(phone, Some(transfer)),
        Some(Item::Transfer(transfer)) => {
            phone.transfer(transfer);
            return Options::Menu(menu, list);
        }
        Some(Item::Reading) | None => None,
    };
    match value {
        Some(value) => Options::Value(menu, list, Box::new(value)),
        None => {
            phone.error_beep();
            Options::Menu(menu, list)
        }
    }
}
