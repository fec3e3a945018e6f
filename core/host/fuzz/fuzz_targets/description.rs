//! A plugin's document is read, judged and used, whatever stands in it.
#![no_main]

use std::sync::Arc;

use deskset_models::{BootText, Description, Extension, Model, Signaling, TableHooks};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(description) = serde_json::from_slice::<Description>(data) else { return };
    let flaws = description.flaws();
    let Ok(model) = Model::new(description, Arc::new(TableHooks)) else {
        assert!(!flaws.is_empty(), "a description without flaws was refused");
        return;
    };
    assert_eq!(flaws, [], "a description with flaws became a model");
    let Ok(extension) = "21045".parse::<Extension>() else { return };
    for signaling in Signaling::ALL {
        let release = Default::default();
        model.upgrade_script(signaling, release).expect("the name was checked");
        if model.under(signaling).is_some() {
            // An extension may make a name too long; that is an error, not a panic.
            let _ = model.backup_file(&extension, signaling, release);
        }
        for (_, row) in model.tables().options.rows_on(signaling) {
            model.check_value(&row.name, &row.values, &row.default).expect("a default is among its values");
        }
    }
    for row in &model.tables().parameters.rows {
        let _ = row.values.accepts(&row.default);
    }
    model.tables().boot_texts.say(BootText::Loading, &[("seconds", "5")]);
});
