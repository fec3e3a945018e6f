//! Any bytes are checked, and every finding lies inside the text.
#![no_main]

use std::sync::{Arc, LazyLock};

use deskset_files::{
    lint::{SourceFile, check},
    settings::Target,
};
use deskset_models::{
    Description, Display, FilenameRules, Model, ParameterRow, ParameterTable, Release, Signaling, SignalingRules,
    TableHooks, Values,
};
use libfuzzer_sys::fuzz_target;

static MODEL: LazyLock<Model> = LazyLock::new(|| {
    let row = |name, values, default| ParameterRow::new(name, values, default, "");
    let rows = vec![
        row("OPSTAT", Values::Digits { min_chars: 1, max_chars: 3 }, "111"),
        row("APPSTAT", Values::Number { min: 0, max: 3 }, "1"),
        row("HTTPSRVR", Values::AddressList, ""),
        row("FTPSRVR", Values::Address, ""),
        row("TPSLIST", Values::Text { max_chars: 255 }, ""),
    ];
    let rules = || SignalingRules { releases: vec![Release::new(2, 2)], ..SignalingRules::default() };
    let backup = [(Signaling::H323, "{ext}_data.txt"), (Signaling::Sip, "{ext}_sip.txt")];
    let description = Description {
        name: "X100".to_owned(),
        model_id: "X100D01A".to_owned(),
        model4: "X100".to_owned(),
        signaling: [(Signaling::H323, rules()), (Signaling::Sip, rules())].into(),
        files: FilenameRules {
            upgrade_script: "upgrade.scr".to_owned(),
            backup: backup.map(|(signaling, name)| (signaling, name.to_owned())).into(),
            ..FilenameRules::default()
        },
        parameters: ParameterTable { rows },
        display: Display { width: 168, height: 80, columns: 28, rows: 5, ..Display::default() },
        ..Description::default()
    };
    Model::new(description, Arc::new(TableHooks)).expect("the model has no flaws")
});

fuzz_target!(|bytes: &[u8]| {
    let Ok(file) = SourceFile::read("upgrade.scr", bytes) else { return };
    let targets: Vec<Target<'_>> =
        Signaling::ALL.into_iter().filter_map(|signaling| Target::newest(&MODEL, signaling)).collect();
    let text = file.script.text().to_owned();
    for found in check(&[file], &targets) {
        assert!(text.get(found.place.range()).is_some(), "{found:?}");
    }
});
