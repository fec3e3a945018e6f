//! What is on the screen.

use unicode_width::UnicodeWidthChar as _;

use super::Browser;
use crate::{
    deck::{Card, Do, Field},
    layout::{Aim, Layout, Sight, target},
    page::{Cursor, Page, PlacedPicture, Softkey, Target},
};

/// Leads to the next softkeys if there are more than fit.
const MORE: &str = "MORE";

/// Leads from the error page to the page before it.
const BACK: &str = "BACK";

impl Browser {
    /// What a person sees now.
    #[must_use]
    pub fn page(&self) -> Page {
        let rows = usize::from(self.abilities.rows);
        let top = self.view.top;
        let lines = &self.view.layout.lines;
        let card = self.history.last().and_then(|entry| entry.deck.cards.get(entry.card));
        let card = card.filter(|_| self.error.is_none());
        let seen = lines.iter().skip(top).take(rows);
        let cursor = self.view.layout.cursor.and_then(|(line, column)| {
            let row = line.checked_sub(top).filter(|row| *row < rows)?;
            Some(Cursor { row: u16::try_from(row).ok()?, column })
        });
        Page {
            title: self.title(card),
            rows: seen.map(|line| line.row(|aim| self.target(card, aim))).collect(),
            pictures: self.pictures(),
            softkeys: card.map_or_else(|| self.error_softkeys(), |card| self.softkeys(card)),
            before: top > 0,
            after: top + rows < lines.len(),
            cursor,
            loading: self.wanted.is_some() || !self.image_requests.is_empty(),
        }
    }

    fn title(&self, card: Option<&Card>) -> String {
        let first = self.view.layout.lines.get(self.view.top).map_or("", |line| line.title.as_str());
        let title = match card {
            Some(card) if first.is_empty() => card.title.fill(&self.variables),
            _ => first.to_owned(),
        };
        let words: Vec<&str> = title.split_whitespace().collect();
        cut(&words.join(" "), self.abilities.columns)
    }

    fn target(&self, card: Option<&Card>, aim: Aim) -> Target {
        match (aim, card) {
            (Aim::Link(number), Some(card)) => {
                card.links.get(number).map_or(Target::Link, |link| target(link, &self.variables))
            }
            (Aim::Input(number), Some(card)) => {
                let password = matches!(card.fields.get(number), Some(Field::Input(input)) if input.password);
                Target::Input { password }
            }
            (Aim::Option { .. }, _) => Target::Option,
            (_, None) => Target::Link,
        }
    }

    fn pictures(&self) -> Vec<PlacedPicture> {
        let (height, rows) = (i64::from(self.abilities.row_height()), i64::from(self.abilities.rows));
        let placed = self.view.layout.pictures.iter().filter_map(|placed| {
            let line = i64::try_from(placed.line).ok()? - i64::try_from(self.view.top).ok()?;
            let y = line * height + i64::from(placed.y);
            let seen = y < rows * height && y + i64::from(placed.picture.height()) > 0;
            let y = i32::try_from(y).ok().filter(|_| seen)?;
            Some(PlacedPicture { x: placed.x, y, picture: placed.picture.clone() })
        });
        placed.collect()
    }

    fn softkeys(&self, card: &Card) -> Vec<Softkey> {
        let keys = usize::from(self.abilities.softkeys);
        let all = card.dos.len();
        if all <= keys {
            return card.dos.iter().map(|key| self.softkey(key)).collect();
        }
        let shown = card.dos.iter().skip(self.first_softkey(all)).take(keys.saturating_sub(1));
        let mut softkeys: Vec<Softkey> = shown.map(|key| self.softkey(key)).collect();
        // MORE keeps its place.
        softkeys.resize(keys.saturating_sub(1), Softkey::default());
        softkeys.extend((keys > 0).then(|| self.labelled(MORE)));
        softkeys
    }

    /// The first `<do>` that has a key now.
    pub(super) fn first_softkey(&self, all: usize) -> usize {
        let keys = usize::from(self.abilities.softkeys);
        if all <= keys { 0 } else { self.view.softkey_page * keys.saturating_sub(1) }
    }

    fn softkey(&self, key: &Do) -> Softkey {
        let label = key.label.fill(&self.variables);
        let label = if label.trim().is_empty() { key.default_label } else { label.trim() };
        let picture = key.picture.as_ref().filter(|_| self.abilities.softkey_pictures);
        let picture = picture.and_then(|picture| self.view.pictures.get(&picture.src.fill(&self.variables))?.clone());
        Softkey { picture, ..self.labelled(label) }
    }

    fn error_softkeys(&self) -> Vec<Softkey> {
        if self.history.is_empty() { Vec::new() } else { vec![self.labelled(BACK)] }
    }

    fn labelled(&self, label: &str) -> Softkey {
        Softkey { label: cut(label, self.abilities.softkey_columns), picture: None }
    }

    /// From the error page to the page before it.
    pub(super) fn leave_error(&mut self) {
        self.error = None;
        self.view.top = 0;
        self.lay_out();
    }

    /// Draws the card anew as it is.
    pub(super) fn lay_out(&mut self) {
        if self.error.is_some() {
            return;
        }
        let layout = self.with_card(|browser, card| {
            let sight = Sight {
                abilities: &browser.abilities,
                variables: &browser.variables,
                pictures: &browser.view.pictures,
                chosen: &browser.view.chosen,
                editing: browser.view.editing.as_ref(),
            };
            Layout::of_card(card, &sight)
        });
        self.view.layout = layout.unwrap_or_default();
        let rows = usize::from(self.abilities.rows);
        // A card that has become shorter is seen at its last page.
        let last = self.view.layout.lines.len().saturating_sub(1) / rows * rows;
        self.view.top = self.view.top.min(last);
    }
}

/// As many characters as have room.
fn cut(text: &str, columns: u16) -> String {
    let mut used = 0;
    let kept = text.chars().filter(|character| !character.is_control()).take_while(|character| {
        used += character.width().unwrap_or(0);
        used <= usize::from(columns)
    });
    kept.collect()
}
