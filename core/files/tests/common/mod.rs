//! A small model, made by hand.
#![allow(dead_code, missing_docs, clippy::unwrap_used)]

use std::sync::Arc;

use deskset_models::{
    Description, Display, FilenameRules, KeyTable, Model, OptionRow, OptionTable, RowKind, Signaling, SignalingRules,
    SpeedDialRules, TableHooks, Values, Zones,
};

pub fn description() -> Description {
    let on_off = Values::choice(&[("1", "On"), ("0", "Off")]);
    let language = Values::choice(&[("English", "English"), ("German", "Deutsch")]);
    let row = |name, values, default| OptionRow::new(RowKind::Option, name, values).default(default);
    let rows = vec![
        row("Redial", on_off.clone(), "1").aliases(&["PHNREDIAL"]),
        row("Contrast", Values::Number { min: 0, max: 15 }, "8"),
        row("Display Language", language, "English").aliases(&["LANGUSER"]),
        row("FTP Directory Path", Values::Text { max_chars: 10 }, ""),
        row("Background", on_off.clone(), "1").carried(),
        row("Transfer Type", on_off, "0").only(Signaling::Sip),
    ];
    let rules = |sig| SignalingRules { sig, releases: vec!["2.2".parse().unwrap()], ..SignalingRules::default() };
    let backup = [(Signaling::H323, "{ext}_data.txt"), (Signaling::Sip, "{ext}_sip.txt")];
    Description {
        schema: 1,
        name: "X100".to_owned(),
        model_id: "X100D01A".to_owned(),
        model4: "X100".to_owned(),
        signaling: [(Signaling::H323, rules(1)), (Signaling::Sip, rules(2))].into(),
        files: FilenameRules {
            upgrade_script: "upgrade.scr".to_owned(),
            settings: vec!["settings.scr".to_owned(), "settings.txt".to_owned()],
            backup: backup.map(|(signaling, name)| (signaling, name.to_owned())).into(),
        },
        options: OptionTable { rows },
        display: Display {
            width: 168,
            height: 80,
            columns: 28,
            rows: 5,
            cell_width: 6,
            cell_height: 16,
            zones: Zones { first_application_row: 1, application_rows: 3, softkey_row: 4, ..Zones::default() },
            ..Display::default()
        },
        keys: KeyTable { expansion_buttons: 4, ..KeyTable::default() },
        speed_dial: SpeedDialRules {
            entries: 12,
            per_page: 6,
            label_chars: 13,
            number_chars: 24,
            number_characters: "0123456789*#,".to_owned(),
            feature_labels: 6,
            feature_label_chars: 13,
        },
        ..Description::default()
    }
}

pub fn model() -> Model {
    Model::new(description(), Arc::new(TableHooks)).unwrap()
}
