//! The login screen of a phone whose user has left.
//!
//! ```text
//!  Ext =
//!  Extension: 4711
//!  Password:  ***_
//!  Change               Login
//! ```
//!
//! Source: user guides, "Logging On".

use super::prompt::{extension_entry, password_entry};
use crate::{Field, Key, Login, Page, Phone, applications::softkeys, entry::Entry, phone::Stage};

/// Two fields, once a key has been pressed.
#[derive(Debug, Default)]
pub(crate) struct LoginScreen(Option<Box<Fields>>);

#[derive(Debug)]
struct Fields {
    entries: [Entry; 2],
    open: usize,
    /// Somebody else has the extension, and whoever enters this login again takes it over.
    takes_over: Option<Login>,
}

/// Where both fields begin.
const TITLES: [&str; 2] = ["Extension: ", "Password:  "];

impl LoginScreen {
    /// With empty fields.
    pub(super) fn open(takes_over: Option<Login>) -> Self {
        let entries = [extension_entry(""), password_entry()];
        LoginScreen(Some(Box::new(Fields { entries, open: 0, takes_over })))
    }

    pub(crate) fn entry(&mut self) -> Option<&mut Entry> {
        self.0.as_mut().map(|fields| &mut fields.entries[fields.open])
    }

    pub(crate) fn draw(&self, page: &mut Page<'_>) {
        let Some(fields) = &self.0 else { return };
        for (at, (title, entry)) in (0..).zip(TITLES.iter().zip(&fields.entries)) {
            let line = page.line(at);
            let column = u16::try_from(title.len()).unwrap_or(0);
            page.put(line, title);
            let field = Field { column, width: line.width.saturating_sub(column), ..line };
            entry.draw(page, field, usize::from(at) == fields.open);
        }
        let change = if fields.takes_over.is_some() { "Change" } else { "" };
        softkeys::draw(page, [change, "", "", "Login"]);
    }
}

impl Phone {
    pub(super) fn key_at_login_screen(&mut self, key: Key) {
        let now = self.now;
        let Stage::LoggedOff(screen) = &mut self.stage else { return };
        if screen.0.is_none() {
            *screen = LoginScreen::open(None);
        }
        let Some(fields) = &mut screen.0 else { return };
        let open = fields.open;
        let entry = &mut fields.entries[open];
        let taken = match key {
            Key::Soft(4) => return self.log_in_as_entered(),
            // Another extension after all.
            Key::Soft(1) if fields.takes_over.is_some() => {
                *screen = LoginScreen::open(None);
                true
            }
            Key::Digit(digit) if digit.sign() == '#' => {
                if open == 1 {
                    return self.log_in_as_entered();
                }
                fields.open = 1;
                true
            }
            Key::Digit(digit) if digit.sign() == '*' => entry.erase(),
            Key::Digit(digit) => entry.press(digit, now),
            Key::PageLeft => entry.left(),
            Key::PageRight => entry.right(),
            Key::Line(row, _) if (1..=2).contains(&row) => {
                fields.open = usize::from(row) - 1;
                true
            }
            _ => false,
        };
        if !taken {
            self.error_beep();
        }
    }

    /// The Login softkey. Without an extension nobody is logged in.
    fn log_in_as_entered(&mut self) {
        let Stage::LoggedOff(LoginScreen(Some(fields))) = &self.stage else { return self.error_beep() };
        let [extension, password] = &fields.entries;
        let Ok(extension) = extension.text().parse() else { return self.error_beep() };
        let login = Login { extension, password: password.secret() };
        let takes_over = fields.takes_over.as_ref() == Some(&login);
        self.enter_login(Some(login), takes_over);
    }
}
