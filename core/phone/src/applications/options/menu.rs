//! Which rows a menu has.

use deskset_models::OptionRow;

use super::super::list::Row;
use crate::{BackupReason, Phone, effects};

/// A screen of rows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Menu {
    Main,
    Applications,
    Backup,
    Status,
    Labels,
    Colors,
    Addresses,
    Quality,
}

impl Menu {
    pub(super) fn title(self) -> &'static str {
        match self {
            Menu::Main => "Options",
            Menu::Applications => "Application Options",
            Menu::Backup => "Backup/Restore",
            Menu::Status => "Backup/Restore Status",
            Menu::Labels => "Feature Button Labeling",
            Menu::Colors => "Colors",
            Menu::Addresses => "View IP Settings",
            Menu::Quality => "Network Audio Quality",
        }
    }
}

/// What a row of a menu leads to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Item {
    Menu(Menu),
    /// A row of the option table, by its name.
    Row(String),
    Label(u16),
    Password,
    Transfer(Transfer),
    LogOff,
    /// Nothing: it can only be read.
    Reading,
}

/// What can be asked for in the Backup/Restore menu.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Transfer {
    Backup,
    Retrieve,
}

/// Rows of the option table that stand in the Backup/Restore menu.
const BACKUP: [&str; 4] = [effects::AUTOMATIC_BACKUP, effects::FTP_SERVER, effects::FTP_DIRECTORY, effects::FTP_USER];
/// In the Colors menu.
const COLORS: [&str; 4] = [
    effects::BACKGROUND_PHONE,
    effects::BACKGROUND_SPEED_DIAL,
    effects::BACKGROUND_CALL_LOG,
    effects::BACKGROUND_OPTIONS,
];

impl Phone {
    pub(super) fn items(&self, menu: Menu) -> Vec<(Row, Item)> {
        match menu {
            // There is no room for the values beside the long names.
            Menu::Main => {
                self.main_items().into_iter().map(|((words, _), item)| ((words, String::new()), item)).collect()
            }
            Menu::Applications => self.row_items(|row| row.guards.opstat_digit == 0),
            Menu::Backup => self.backup_items(),
            Menu::Colors => self.row_items(|row| COLORS.contains(&row.effect.as_str())),
            Menu::Labels => self.label_items(),
            Menu::Status => reading(self.status_rows()),
            Menu::Addresses => reading(self.address_rows()),
            Menu::Quality => reading(self.quality_rows()),
        }
    }

    /// Two screens; where the rows of the first do not fill it, the second begins on a page of its own.
    fn main_items(&self) -> Vec<(Row, Item)> {
        let administered = self.administered();
        let to = |menu: Menu| ((menu.title().to_owned(), String::new()), Item::Menu(menu));
        let mut items = vec![to(Menu::Applications)];
        if administered.shows_addresses() {
            items.extend([to(Menu::Addresses), to(Menu::Quality)]);
        }
        items.extend(self.row_items(|row| row.guards.opstat_digit > 1));
        if administered.may_log_off() {
            items.push((("Log Off".to_owned(), String::new()), Item::LogOff));
        }
        if !administered.shows_second_screen() {
            return items;
        }
        let lines = self.lines();
        if items.len() < lines {
            items.resize(lines, (Row::default(), Item::Reading));
        }
        items.extend(self.row_with(effects::RING));
        items.extend(self.row_with(effects::CONTRAST));
        items.extend([to(Menu::Backup), to(Menu::Labels)]);
        items.extend(self.row_with(effects::ETHERNET));
        items.extend(self.row_with(effects::LANGUAGE));
        if !self.setup.model.tables().display.backgrounds.is_empty() {
            items.push(to(Menu::Colors));
        }
        // What else a plugin brings.
        let known = [effects::RING, effects::CONTRAST, effects::ETHERNET, effects::LANGUAGE];
        let elsewhere = |effect: &str| known.contains(&effect) || BACKUP.contains(&effect) || COLORS.contains(&effect);
        items.extend(self.row_items(|row| row.guards.opstat_digit == 1 && !elsewhere(&row.effect)));
        items
    }

    fn backup_items(&self) -> Vec<(Row, Item)> {
        let plain = |words: &str, item| ((words.to_owned(), String::new()), item);
        let mut items: Vec<_> = BACKUP.iter().filter_map(|effect| self.row_with(effect)).collect();
        items.push(plain("Password", Item::Password));
        if !self.backs_up_by_itself() {
            items.push(plain("Backup", Item::Transfer(Transfer::Backup)));
        }
        items.push(plain("Retrieve", Item::Transfer(Transfer::Retrieve)));
        items.push(plain("Status", Item::Menu(Menu::Status)));
        items
    }

    fn label_items(&self) -> Vec<(Row, Item)> {
        let named = self.calls.features.iter().filter(|(_, feature)| !feature.label.is_empty());
        let item = |number: &u16| ((self.feature_label(*number).to_owned(), String::new()), Item::Label(*number));
        let items: Vec<_> = named.map(|(number, _)| item(number)).collect();
        if items.is_empty() { reading(vec![("No feature buttons".to_owned(), String::new())]) } else { items }
    }

    fn row_with(&self, effect: &str) -> Option<(Row, Item)> {
        self.row_items(|row| row.effect == effect).into_iter().next()
    }

    /// The rows of the option table that are meant and that the administrator lets be changed, with their values.
    fn row_items(&self, meant: impl Fn(&OptionRow) -> bool) -> Vec<(Row, Item)> {
        let administered = self.administered();
        let options = &self.setup.model.tables().options;
        let rows = options.rows_on(self.setup.signaling).map(|(_, row)| row);
        rows.filter(|row| meant(row) && administered.allows(row))
            .map(|row| ((row.label.clone(), self.value_in_words(row)), Item::Row(row.name.clone())))
            .collect()
    }

    /// The words on the screen for what a row has.
    fn value_in_words(&self, row: &OptionRow) -> String {
        let value = self.option_value(row);
        match &row.values {
            deskset_models::Values::Choice { choices } => choices
                .iter()
                .find(|choice| choice.value.eq_ignore_ascii_case(value))
                .map_or_else(String::new, |choice| choice.label.clone()),
            _ => value.chars().take(12).collect(),
        }
    }

    /// There is a user name for the server, and nobody has typed its password yet.
    pub(super) fn needs_a_password(&self) -> bool {
        matches!(self.place(), Err(BackupReason::Login))
    }

    pub(super) fn transfer(&mut self, transfer: Transfer) {
        match transfer {
            Transfer::Backup => self.back_up_by_hand(),
            Transfer::Retrieve => self.retrieve_by_hand(),
        }
    }
}

fn reading(rows: Vec<Row>) -> Vec<(Row, Item)> {
    rows.into_iter().map(|row| (row, Item::Reading)).collect()
}
