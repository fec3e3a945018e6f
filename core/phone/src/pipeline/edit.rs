//! What a user changes. It holds only after Save.

use deskset_files::backup::{SpeedDial, UserData};
use deskset_models::{SpeedDialRules, ValueFault};

use super::Phone;
use crate::EventKind;

impl Phone {
    pub(crate) fn set_option(&mut self, name: &str, value: &str) {
        if let Err(why) = self.try_set_option(name, value) {
            self.refuse(name, why);
        }
    }

    pub(crate) fn try_set_option(&mut self, name: &str, value: &str) -> Result<(), String> {
        let model = self.setup.model.clone();
        let row = model.tables().options.find(name).map(|(_, row)| row);
        let row = row.filter(|row| row.is_on(self.setup.signaling)).ok_or("this phone has no such option")?;
        if !self.administered().allows(row) {
            return Err("the administrator does not let it be changed".to_owned());
        }
        if let Err(fault) = model.check_value(&row.name, &row.values, value) {
            if let ValueFault::Hook(why) = &fault {
                self.event(EventKind::HookFailed(why.clone()));
            }
            return Err(fault.to_string());
        }
        let draft = self.draft()?;
        draft.options.insert(row.name.clone(), value.to_owned());
        Ok(())
    }

    pub(crate) fn edit_speed_dial(&mut self, position: u16, dial: Option<SpeedDial>) {
        if let Err(why) = self.try_edit_speed_dial(position, dial) {
            self.refuse(&format!("speed dial {position}"), why);
        }
    }

    pub(crate) fn try_edit_speed_dial(&mut self, position: u16, dial: Option<SpeedDial>) -> Result<(), String> {
        let setup = self.setup.clone();
        let rules = &setup.model.tables().speed_dial;
        if !self.administered().dials_may_change() {
            return Err("the administrator does not let Speed Dial be changed".to_owned());
        }
        if !(1..=rules.entries).contains(&position) {
            return Err(format!("positions go from 1 to {}", rules.entries));
        }
        let dial = dial.map(|dial| sound(dial, rules)).transpose()?;
        let draft = self.draft()?;
        match dial {
            Some(dial) => draft.speed_dials.insert(position, dial),
            None => draft.speed_dials.remove(&position),
        };
        Ok(())
    }

    pub(crate) fn edit_label(&mut self, buttons: Buttons, number: u16, label: &str) {
        if let Err(why) = self.try_edit_label(buttons, number, label) {
            self.refuse(&format!("{} label {number}", buttons.name()), why);
        }
    }

    pub(crate) fn try_edit_label(&mut self, buttons: Buttons, number: u16, label: &str) -> Result<(), String> {
        let setup = self.setup.clone();
        let (tables, rules) = (setup.model.tables(), &setup.model.tables().speed_dial);
        if !self.administered().labels_may_change() {
            return Err("the administrator does not let labels be changed (OPSTAT)".to_owned());
        }
        let count = match buttons {
            Buttons::Feature => rules.feature_labels,
            Buttons::Unit => tables.keys.expansion_buttons,
        };
        if !(1..=count).contains(&number) {
            return Err(format!("this phone has {count} such buttons"));
        }
        sound_label(label, rules.feature_label_chars)?;
        let draft = self.draft()?;
        let labels = match buttons {
            Buttons::Feature => &mut draft.feature_labels,
            Buttons::Unit => &mut draft.unit_labels,
        };
        match label {
            // The call server's own label is there again.
            "" => labels.remove(&number),
            label => labels.insert(number, label.to_owned()),
        };
        Ok(())
    }

    /// An edit screen may open: somebody uses the phone, and nothing is about to take the place of their data.
    pub(crate) fn may_edit(&self) -> bool {
        self.in_use() && self.user.is_some() && !self.pipeline.retrieves()
    }

    pub(crate) fn begin_edit(&mut self) {
        let may = self.may_edit();
        match &mut self.user {
            Some(user) if may => user.editing = true,
            _ => self.refuse("edit", "nobody uses the phone now, or data are being retrieved"),
        }
    }

    pub(crate) fn end_edit(&mut self) {
        if let Some(user) = &mut self.user {
            user.editing = false;
        }
        if self.in_use() {
            self.retrieve_if_it_waits();
        }
    }

    /// The Cancel softkey.
    pub(crate) fn cancel(&mut self) {
        if let Some(user) = &mut self.user {
            user.draft = None;
        }
        self.end_edit();
    }

    /// What is being edited: a copy of what holds, until Save.
    fn draft(&mut self) -> Result<&mut UserData, &'static str> {
        let nobody = "nobody uses the phone now";
        if !self.in_use() {
            return Err(nobody);
        }
        if self.pipeline.retrieves() {
            return Err("data are being retrieved; try again after the result");
        }
        let user = self.user.as_mut().ok_or(nobody)?;
        let draft = match user.draft.take() {
            Some(draft) => draft,
            None => Box::new(self.pipeline.newest().unwrap_or(user.data()).clone()),
        };
        Ok(user.draft.insert(draft))
    }

    pub(crate) fn refuse(&mut self, what: &str, why: impl Into<String>) {
        self.event(EventKind::EditRefused { what: what.to_owned(), why: why.into() });
    }
}

/// Buttons whose names a user may change.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Buttons {
    /// The phone's own feature buttons.
    Feature,
    /// Those of an expansion unit.
    Unit,
}

impl Buttons {
    fn name(self) -> &'static str {
        match self {
            Buttons::Feature => "feature button",
            Buttons::Unit => "expansion unit button",
        }
    }
}

fn is_longer(text: &str, most: u16) -> bool {
    text.chars().count() > usize::from(most)
}

fn sound_label(label: &str, most: u16) -> Result<(), String> {
    if is_longer(label, most) {
        return Err(format!("a label has at most {most} characters"));
    }
    if label.chars().any(char::is_control) {
        return Err("a label has no control characters".to_owned());
    }
    Ok(())
}

/// A Speed Dial entry within the model's rules; without a label the number is the label.
fn sound(mut dial: SpeedDial, rules: &SpeedDialRules) -> Result<SpeedDial, String> {
    if dial.label.is_empty() {
        dial.label = dial.number.chars().take(rules.label_chars.into()).collect();
    }
    sound_label(&dial.label, rules.label_chars)?;
    if is_longer(&dial.number, rules.number_chars) {
        return Err(format!("a number has at most {} characters", rules.number_chars));
    }
    if dial.number.is_empty() {
        return Err("a number is missing".to_owned());
    }
    if !dial.number.chars().all(|c| rules.number_characters.contains(c)) {
        return Err(format!("a number consists of {}", rules.number_characters));
    }
    Ok(dial)
}
