use deskset_models::{Model, OptionRow};

use super::{
    BackupFile, Entry, UserData,
    line::{DIAL_LABEL, DIAL_NUMBER, FEATURE_LABEL, UNIT_LABEL, numbered},
};

impl BackupFile {
    /// `old` with this file's data in place of it, for those rows that `takes`. Speed Dial and labels are replaced as a
    /// whole; an option that is not in the file keeps its value. `old` itself is left as it is.
    ///
    /// What is not taken is carried: without any effect here, but the next backup does not lose it (LAN Administrator
    /// Guide 555-233-507, "The Application Status Flag": entries survive a move to where they cannot be changed).
    pub fn adopt(
        self,
        old: &UserData,
        takes: impl Fn(&OptionRow) -> bool,
        takes_dials: bool,
        takes_labels: bool,
        model: &Model,
    ) -> UserData {
        let mut new = old.clone();
        new.carried.retain(|name, _| matches!(Entry::named(name), Entry::Row(_)));
        for (name, value) in self.data.options {
            if model.tables().options.find(&name).is_some_and(|(_, row)| takes(row)) {
                new.carried.remove(&name);
                new.options.insert(name, value);
            } else {
                new.carried.insert(name, value);
            }
        }
        new.carried.extend(self.data.carried);
        if takes_dials {
            new.speed_dials = self.data.speed_dials;
        } else {
            for (at, dial) in self.data.speed_dials {
                new.carried.insert(numbered(DIAL_LABEL, at), dial.label);
                new.carried.insert(numbered(DIAL_NUMBER, at), dial.number);
            }
        }
        if takes_labels {
            new.feature_labels = self.data.feature_labels;
            new.unit_labels = self.data.unit_labels;
        } else {
            let own = self.data.feature_labels.into_iter().map(|(at, label)| (numbered(FEATURE_LABEL, at), label));
            let units = self.data.unit_labels.into_iter().map(|(at, label)| (numbered(UNIT_LABEL, at), label));
            new.carried.extend(own.chain(units));
        }
        new
    }
}
