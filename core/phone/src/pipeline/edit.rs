//! What a user changes. It holds only after Save.

use deskset_files::backup::{SpeedDial, UserData};
use deskset_models::SpeedDialRules;

use super::Phone;
use crate::EventKind;

impl Phone {
    pub(crate) fn set_option(&mut self, name: &str, value: &str) {
        if let Err(why) = self.try_set_option(name, value) {
            self.refuse(name, why);
        }
    }

    fn try_set_option(&mut self, name: &str, value: &str) -> Result<(), String> {
        let model = self.setup.model.clone();
        let row = model.tables().options.find(name).map(|(_, row)| row);
        let row = row.filter(|row| row.is_on(self.setup.signaling)).ok_or("this phone has no such option")?;
        if !self.administered().allows(row) {
            return Err("the administrator does not let it be changed".to_owned());
        }
        model.check_value(&row.name, &row.values, value).map_err(|fault| fault.to_string())?;
        let draft = self.draft()?;
        draft.options.insert(row.name.clone(), value.to_owned());
        Ok(())
    }

    pub(crate) fn edit_speed_dial(&mut self, position: u16, dial: Option<SpeedDial>) {
        if let Err(why) = self.try_edit_speed_dial(position, dial) {
            self.refuse(&format!("speed dial {position}"), why);
        }
    }

    fn try_edit_speed_dial(&mut self, position: u16, dial: Option<SpeedDial>) -> Result<(), String> {
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
        let newest = self.pipeline.newest().unwrap_or(&user.data);
        Ok(user.draft.get_or_insert_with(|| newest.clone()))
    }

    pub(super) fn refuse(&mut self, what: &str, why: impl Into<String>) {
        self.event(EventKind::EditRefused { what: what.to_owned(), why: why.into() });
    }
}

/// A Speed Dial entry within the model's rules; without a label the number is the label.
fn sound(mut dial: SpeedDial, rules: &SpeedDialRules) -> Result<SpeedDial, String> {
    if dial.label.is_empty() {
        dial.label = dial.number.chars().take(rules.label_chars.into()).collect();
    }
    let too_long = |text: &str, most: u16| text.chars().count() > usize::from(most);
    if too_long(&dial.label, rules.label_chars) {
        return Err(format!("a label has at most {} characters", rules.label_chars));
    }
    if dial.label.chars().any(char::is_control) {
        return Err("a label has no control characters".to_owned());
    }
    if too_long(&dial.number, rules.number_chars) {
        return Err(format!("a number has at most {} characters", rules.number_chars));
    }
    if dial.number.is_empty() || !dial.number.chars().all(|c| rules.number_characters.contains(c)) {
        return Err(format!("a number consists of {}", rules.number_characters));
    }
    Ok(dial)
}
