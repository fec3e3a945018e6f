//! A small model, made by hand.

use std::sync::{Arc, LazyLock};

use deskset_models::{
    Description, Display, FilenameRules, KeyTable, Model, OptionRow, OptionTable, Repertoire, RowKind, Signaling,
    SignalingRules, SpeedDialRules, TableHooks, Values,
};

pub static MODEL: LazyLock<Model> = LazyLock::new(|| {
    let on_off = Values::choice(&[("1", "On"), ("0", "Off")]);
    let row = |name, values, default| OptionRow::new(RowKind::Option, name, values).default(default);
    let rows = vec![
        row("Redial", on_off.clone(), "1").aliases(&["PHNREDIAL"]),
        row("Contrast", Values::Number { min: 0, max: 15 }, "8"),
        row("Language", Values::choice(&[("English", "English"), ("German", "Deutsch")]), "English"),
        row("FTP Server", Values::Address, ""),
        row("FTP Directory", Values::Text { max_chars: 127 }, ""),
        row("Background", on_off.clone(), "1").carried(),
        row("Transfer Type", on_off, "0").only(Signaling::Sip),
    ];
    let backup = [(Signaling::H323, "{ext}_data.txt"), (Signaling::Sip, "{ext}_sip.txt")];
    let rules = SignalingRules::default;
    let description = Description {
        name: "X100".to_owned(),
        signaling: [(Signaling::H323, rules()), (Signaling::Sip, rules())].into(),
        files: FilenameRules {
            upgrade_script: "upgrade.scr".to_owned(),
            backup: backup.map(|(signaling, name)| (signaling, name.to_owned())).into(),
            ..FilenameRules::default()
        },
        options: OptionTable { rows },
        display: Display {
            width: 168,
            height: 80,
            columns: 28,
            rows: 5,
            repertoire: Repertoire { ranges: vec![(0x20, 0x7E), (0xA0, 0xFF)], sets: Vec::new() },
            ..Display::default()
        },
        keys: KeyTable { expansion_buttons: 24, ..KeyTable::default() },
        speed_dial: SpeedDialRules {
            entries: 108,
            label_chars: 13,
            number_chars: 24,
            number_characters: "0123456789*#,".to_owned(),
            feature_labels: 24,
            feature_label_chars: 13,
            ..SpeedDialRules::default()
        },
        ..Description::default()
    };
    Model::new(description, Arc::new(TableHooks)).expect("the model has no flaws")
});
