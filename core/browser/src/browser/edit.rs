//! Text entry.

use super::{Browser, Key};
use crate::{
    deck::{Field, Input},
    layout::Editing,
};

impl Browser {
    /// Begins to edit a field; the cursor stands at its left.
    pub(super) fn begin_entry(&mut self, field: usize) {
        let draft = self.with_input(field, |browser, input| {
            let value = browser.variables.get(&input.name);
            if value.is_empty() { input.mask.literals_after("") } else { value.to_owned() }
        });
        if let Some(draft) = draft {
            let cursor = if self.is_empty(field) { draft.chars().count() } else { 0 };
            self.view.editing = Some(Editing { field, draft, cursor });
            self.lay_out();
        }
    }

    fn is_empty(&mut self, field: usize) -> bool {
        self.with_input(field, |browser, input| browser.variables.get(&input.name).is_empty()).unwrap_or(true)
    }

    /// A key while a field is edited.
    pub(super) fn edit(&mut self, key: Key) {
        let Some(mut editing) = self.view.editing.clone() else { return self.error_tone() };
        let mut characters: Vec<char> = editing.draft.chars().collect();
        let cursor = editing.cursor.min(characters.len());
        match key {
            Key::Type(character) => {
                characters.insert(cursor, character);
                editing.cursor = cursor + 1;
            }
            Key::Replace(character) if cursor > 0 => characters[cursor - 1] = character,
            Key::Erase if cursor > 0 => {
                characters.remove(cursor - 1);
                editing.cursor = cursor - 1;
            }
            Key::CursorLeft if cursor > 0 => editing.cursor = cursor - 1,
            Key::CursorRight if cursor < characters.len() => editing.cursor = cursor + 1,
            _ => return self.error_tone(),
        }
        editing.draft = characters.iter().collect();
        let adds = matches!(key, Key::Type(_) | Key::Replace(_));
        let accepted = self.with_input(editing.field, |_, input| {
            let short_enough = characters.len() <= input.length_max;
            if adds && !(short_enough && input.mask.may_begin(&editing.draft)) {
                return false;
            }
            if adds && editing.cursor == characters.len() {
                editing.draft.push_str(&input.mask.literals_after(&editing.draft));
                editing.cursor = editing.draft.chars().count();
            }
            true
        });
        if accepted == Some(true) {
            self.view.editing = Some(editing);
            self.lay_out();
        } else {
            self.error_tone();
        }
    }

    /// Ends the entry; false if the value is not accepted. Then it must be typed again.
    pub(super) fn finish_entry(&mut self) -> bool {
        let Some(editing) = self.view.editing.take() else { return true };
        let accepted = self.with_input(editing.field, |browser, input| {
            let untouched = editing.draft == input.mask.literals_after("");
            let accepted = match editing.draft.as_str() {
                _ if untouched && input.empty_ok => Some(""),
                draft if !draft.is_empty() && input.mask.accepts(draft) => Some(draft),
                _ => None,
            };
            if let Some(value) = accepted {
                browser.variables.set(&input.name, value);
            }
            accepted.is_some()
        });
        let accepted = accepted.unwrap_or(true);
        if !accepted {
            let draft = self.with_input(editing.field, |_, input| input.mask.literals_after("")).unwrap_or_default();
            let cursor = draft.chars().count();
            self.view.editing = Some(Editing { field: editing.field, draft, cursor });
            self.error_tone();
        }
        self.lay_out();
        accepted
    }

    pub(super) fn cancel_entry(&mut self) {
        self.view.editing = None;
        self.lay_out();
    }

    fn with_input<T>(&mut self, field: usize, act: impl FnOnce(&mut Self, &Input) -> T) -> Option<T> {
        self.with_card(|browser, card| match card.fields.get(field) {
            Some(Field::Input(input)) => Some(act(browser, input)),
            _ => None,
        })
        .flatten()
    }
}
