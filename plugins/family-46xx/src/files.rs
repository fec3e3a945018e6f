use deskset_models::{FilenameRules, Signaling};

use crate::Panel;

/// Source: LAN Administrator Guide 555-233-507 R2.7, "Scripts and Application Files" and Backup/Restore.
///
/// All but the smallest model say `4620`, so that a user who moves up from a 4620 keeps the file.
pub(crate) fn filename_rules(panel: Panel, sip: bool) -> FilenameRules {
    let class = if panel == Panel::Small { "4610" } else { "4620" };
    let h323 = (Signaling::H323, format!("{{ext}}_{class}data.txt"));
    let sip = sip.then(|| (Signaling::Sip, format!("{{ext}}_{class}data_sip.txt")));
    FilenameRules {
        upgrade_script: "46xxupgrade.scr".to_owned(),
        settings: vec!["46xxsettings.scr".to_owned(), "46xxsettings.txt".to_owned()],
        backup: [h323].into_iter().chain(sip).collect(),
    }
}
