//! The Web application on the screen: rows and softkeys of a page, text typed on it, name and password for a server.
//!
//! Source: API Guide 16-300256, p. 95; LAN Administrator Guide 555-233-507, Appendix C.

use deskset_browser::{self as browser, Icon as BrowserIcon, Piece, Row};

use super::{
    Front,
    form::{Done, Form},
    softkeys,
};
use crate::{
    Credentials, Digit, Field, Icon, Key, Marks, Page, Phone, Side, Time, Zone,
    entry::{Alphabet, Content, Entry},
    limits::{NEXT_LETTER_AFTER, SIGN_IN_CHARS_MAX},
    web::Asked,
};

/// The browser in front; what it shows is kept beside it, for the time when it is not.
#[derive(Debug, Default)]
pub(crate) struct Web {
    sign_in: Option<Box<SignIn>>,
}

/// A server asks for name and password.
#[derive(Debug)]
struct SignIn {
    form: Form,
    asked: Asked,
    proxy: bool,
    challenge: String,
}

/// Keys of the dial pad that become characters: several presses of one key are one character.
#[derive(PartialEq, Eq, Debug, Default)]
pub(crate) struct Taps {
    alphabet: Option<Alphabet>,
    last: Option<(Digit, usize, Time)>,
}

/// Columns of the signs that there are pages before and after.
const PAGES_COLUMNS: u16 = 2;

impl Web {
    pub(super) fn form(&mut self) -> Option<&mut Form> {
        self.sign_in.as_mut().map(|sign_in| &mut sign_in.form)
    }

    pub(super) fn draw(&self, phone: &Phone, page: &mut Page<'_>) {
        if let Some(sign_in) = &self.sign_in {
            return sign_in.form.draw(phone, page);
        }
        let Some(seen) = phone.web_page() else {
            phone.draw_top_line(page, Some("Web"), None);
            page.put(page.line(0), "No page");
            return;
        };
        let title = if seen.title.is_empty() { "Web" } else { &seen.title };
        phone.draw_top_line(page, Some(title), None);
        if (seen.before || seen.after) && phone.top_line_is_free() {
            let line = page.top_line();
            let column = line.width.saturating_sub(PAGES_COLUMNS);
            let sign = Field { column, width: PAGES_COLUMNS, ..line };
            let (before, after) = (if seen.before { '<' } else { ' ' }, if seen.after { '>' } else { ' ' });
            page.put(sign, &format!("{before}{after}"));
        }
        if seen.rows.is_empty() && seen.loading {
            page.put(page.line(0), "Loading...");
        }
        for (at, row) in (0..).zip(&seen.rows) {
            draw_row(row, page.line(at), page);
        }
        for placed in &seen.pictures {
            page.picture(Zone::Application, (placed.x, placed.y), placed.picture.clone());
        }
        if let Some(cursor) = seen.cursor {
            page.cursor(page.line(cursor.row), cursor.column);
        }
        if phone.types_on_a_page() {
            return softkeys::draw(page, ["Done", "<-", phone.typing_alphabet().title(), "Cancel"]);
        }
        for (at, key) in (0..).zip(&seen.softkeys) {
            match &key.picture {
                Some(picture) => {
                    page.frame(page.softkey(at));
                    page.picture_on_softkey(at, picture.clone());
                }
                None if !key.label.is_empty() => {
                    page.frame(page.softkey(at));
                    page.centre(page.softkey(at), &key.label);
                }
                None => {}
            }
        }
    }

    pub(super) fn key(mut self, phone: &mut Phone, key: Key) -> Front {
        if let Some(mut sign_in) = self.sign_in.take() {
            match sign_in.form.key(phone, key) {
                Done::Open => self.sign_in = Some(sign_in),
                Done::Cancel => phone.browse(|browser| browser.cancel()),
                Done::Save => {
                    let name = sign_in.form.field(0).map_or("", Entry::text).to_owned();
                    let password = sign_in.form.field(1).map(Entry::secret).unwrap_or_default();
                    if name.is_empty() {
                        phone.error_beep();
                        self.sign_in = Some(sign_in);
                    } else {
                        let SignIn { asked, proxy, challenge, .. } = *sign_in;
                        phone.sign_in(asked, Credentials { name, password, proxy, challenge });
                    }
                }
            }
            return Front::Web(self);
        }
        if phone.types_on_a_page() {
            phone.key_into_a_page(key);
        } else {
            phone.key_on_a_page(key);
        }
        phone.browsing.leads_to.take().map_or(Front::Web(self), |front| *front)
    }
}

/// Text, small signs and gaps, one after another.
fn draw_row(row: &Row, line: Field, page: &mut Page<'_>) {
    let mut column = line.column;
    for piece in &row.pieces {
        let width = match piece {
            Piece::Text { text, .. } => crate::screen::text::columns_of(text),
            Piece::Icon(_) => BrowserIcon::COLUMNS,
            Piece::Gap(columns) => *columns,
        };
        let field = Field { column, width, ..line };
        match piece {
            Piece::Text { text, bold, link } => {
                page.put(field, text);
                page.look(field, if *bold { Marks::BOLD } else { Marks::empty() });
                page.look(field, if *link { Marks::LINK } else { Marks::empty() });
            }
            Piece::Icon(icon) => page.icon(field, icon_of(*icon)),
            Piece::Gap(_) => {}
        }
        column = column.saturating_add(width);
    }
}

fn icon_of(icon: BrowserIcon) -> Icon {
    match icon {
        BrowserIcon::Handset => Icon::Handset,
        BrowserIcon::SpeedDial => Icon::SpeedDial,
        BrowserIcon::Single { chosen: false } => Icon::Square,
        BrowserIcon::Single { chosen: true } => Icon::SquareWithDot,
        BrowserIcon::Multiple { chosen: false } => Icon::Square,
        BrowserIcon::Multiple { chosen: true } => Icon::SquareWithX,
    }
}

impl Phone {
    fn typing_alphabet(&self) -> Alphabet {
        self.browsing.taps.alphabet.unwrap_or_else(|| self.alphabet())
    }

    /// A key while text is typed on the page.
    fn key_into_a_page(&mut self, key: Key) {
        let now = self.browser_time();
        if let Key::Digit(digit) = key {
            return self.tap(digit);
        }
        self.browsing.taps.last = None;
        let key = match key {
            Key::Soft(1) => browser::Key::Done,
            Key::Soft(2) => browser::Key::Erase,
            Key::Soft(3) => {
                self.browsing.taps.alphabet = Some(self.typing_alphabet().next());
                return;
            }
            Key::Soft(4) => browser::Key::Cancel,
            Key::PageLeft => browser::Key::CursorLeft,
            Key::PageRight => browser::Key::CursorRight,
            Key::Line(row, side) => row_key(row, side),
            _ => return self.error_beep(),
        };
        self.browse(|browser| browser.press(now, key));
    }

    /// A key of the dial pad: its next character that the field takes.
    fn tap(&mut self, digit: Digit) {
        let letters = self.typing_alphabet().letters(digit);
        let now = self.browser_time();
        let again = self.browsing.taps.last.filter(|(key, _, until)| *key == digit && self.now < *until);
        let first = again.map_or(0, |(_, presses, _)| presses + 1);
        for presses in first..first + letters.len() {
            let Some(letter) = letters.get(presses % letters.len().max(1)).copied() else { break };
            let key = if again.is_some() { browser::Key::Replace(letter) } else { browser::Key::Type(letter) };
            if self.try_browse(|browser| browser.press(now, key)) {
                self.browsing.taps.last = Some((digit, presses, self.now.after(NEXT_LETTER_AFTER)));
                return;
            }
        }
        self.error_beep();
    }

    /// A keyboard types on the page.
    pub(super) fn text_into_a_page(&mut self, text: &str) {
        self.browsing.taps.last = None;
        let now = self.browser_time();
        for letter in text.chars() {
            if !self.try_browse(|browser| browser.press(now, browser::Key::Type(letter))) {
                return self.error_beep();
            }
        }
    }

    /// A key while nothing is typed.
    fn key_on_a_page(&mut self, key: Key) {
        let now = self.browser_time();
        self.browsing.taps.last = None;
        let key = match key {
            Key::Line(row, side) => row_key(row, side),
            Key::Soft(number) => browser::Key::Softkey(number - 1),
            Key::PageLeft => browser::Key::PageLeft,
            Key::PageRight => browser::Key::PageRight,
            Key::Digit(digit) if !self.calls.voice.is_open() && self.page_takes(digit.sign()) => {
                browser::Key::Dialpad(digit.sign())
            }
            _ => return self.error_beep(),
        };
        self.browse(|browser| browser.press(now, key));
    }

    /// The form for name and password; nothing of it is kept beyond the logoff.
    pub(crate) fn signing_in(&self, asked: Asked, proxy: bool, challenge: &str, realm: &str) -> Front {
        let alphabet = self.alphabet();
        let name = Entry::new("", SIGN_IN_CHARS_MAX, Content::Text, alphabet);
        let password = Entry::new("", SIGN_IN_CHARS_MAX, Content::Text, alphabet).masked();
        let form = Form::new(format!("Sign in: {realm}"), vec![("Name:", name), ("Password:", password)]);
        let form = form.ends_with("Submit");
        Front::Web(Web { sign_in: Some(Box::new(SignIn { form, asked, proxy, challenge: challenge.to_owned() })) })
    }

    /// Leaves the Web application; an open form is given up, the page stays for the next time.
    pub(super) fn leave_web(&mut self, web: Web) -> Front {
        if web.sign_in.is_some() {
            self.browse(|browser| browser.cancel());
        }
        self.front_after_exit()
    }

    pub(crate) fn shows_phone_on_calling(&self) -> bool {
        self.effect(crate::effects::PHONE_SCREEN_ON_CALLING) != Some("0")
    }

    /// What a page or a call gives to Speed Dial, to be edited before it is saved.
    pub(crate) fn adding_to_speed_dial(&self, label: &str, number: &str) -> Option<Front> {
        super::SpeedDial::adding(self, label, number).map(Front::SpeedDial)
    }
}

/// Rows of the browser count from 0.
fn row_key(row: u8, side: Side) -> browser::Key {
    let side = match side {
        Side::Left => browser::Side::Left,
        Side::Right => browser::Side::Right,
    };
    browser::Key::Row { row: u16::from(row).saturating_sub(1), side }
}
