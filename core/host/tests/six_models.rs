#![allow(clippy::unwrap_used, missing_docs)]
//! The project's own plugins, all loaded into one process.

use std::{collections::BTreeSet, sync::LazyLock};

use deskset_host::{Catalog, UnknownModel, from_environment};
use deskset_models::Signaling::{self, H323, Sip};

const ALL: [&str; 6] = ["4610SW", "4620", "4620SW", "4621SW", "4622SW", "4625SW"];

/// Loaded once for all tests of this file.
fn catalog() -> &'static Catalog {
    static CATALOG: LazyLock<Catalog> = LazyLock::new(|| from_environment().unwrap_or_else(|wrong| panic!("{wrong}")));
    &CATALOG
}

// req: DC-1, DC-4
#[test]
fn six_plugins_load_side_by_side_and_none_is_taken_for_another() {
    let catalog = catalog();
    assert_eq!(catalog.refusals().iter().map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
    let names: Vec<&str> = catalog.models().map(|model| model.name()).collect();
    assert_eq!(names, ALL);

    let plugins = catalog.plugins();
    let ids: Vec<&str> = plugins.iter().map(|plugin| plugin.id.as_str()).collect();
    assert_eq!(
        ids,
        ["deskset-4610sw", "deskset-4620", "deskset-4620sw", "deskset-4621sw", "deskset-4622sw", "deskset-4625sw"]
    );
    for (plugin, model) in plugins.iter().zip(ALL) {
        assert_eq!((plugin.models.as_slice(), plugin.interface.as_str()), ([model.to_owned()].as_slice(), "1.0.0"));
    }
    let digests: BTreeSet<&str> = plugins.iter().map(|plugin| plugin.sha256.as_str()).collect();
    assert_eq!(digests.len(), ALL.len());
    for one in catalog.models() {
        for other in catalog.models().filter(|other| other.name() != one.name()) {
            assert_ne!(one.tables(), other.tables(), "{} and {} say the same", one.name(), other.name());
        }
    }
}

// req: DC-4
#[test]
fn each_model_names_its_set_id_and_the_signalings_it_has_software_for() {
    let catalog = catalog();
    let said: Vec<(&str, &str, &str, Vec<Signaling>)> = catalog
        .models()
        .map(|model| model.tables())
        .map(|tables| {
            (
                tables.name.as_str(),
                tables.model_id.as_str(),
                tables.model4.as_str(),
                tables.signaling.keys().copied().collect(),
            )
        })
        .collect();
    let expected = [
        ("4610SW", "4610D01A", "4610", vec![H323, Sip]),
        ("4620", "4620D01A", "4620", vec![H323]),
        ("4620SW", "4620D01B", "4620", vec![H323, Sip]),
        ("4621SW", "4621D01A", "4621", vec![H323, Sip]),
        ("4622SW", "4622D01A", "4622", vec![H323]),
        ("4625SW", "4625D01A", "4625", vec![H323, Sip]),
    ];
    assert_eq!(said, expected);
}

#[test]
fn a_model_is_found_in_any_case_and_a_wrong_name_gets_a_hint() {
    let catalog = catalog();
    assert_eq!(catalog.model("4621sw").unwrap().name(), "4621SW");
    let wrong = catalog.model("4621").unwrap_err();
    assert_eq!(
        wrong,
        UnknownModel {
            asked: "4621".to_owned(),
            alike: vec!["4621SW".to_owned(), "4620".to_owned(), "4620SW".to_owned()],
            all: ALL.map(str::to_owned).to_vec(),
        }
    );
    assert_eq!(
        wrong.to_string(),
        "there is no model \"4621\", did you mean 4621SW or 4620 or 4620SW?; \
         the plugins describe 4610SW, 4620, 4620SW, 4621SW, 4622SW, 4625SW"
    );
}

#[test]
fn a_folder_named_twice_gives_each_plugin_once() {
    let folders: Vec<_> = std::env::split_paths(&std::env::var_os("DESKSET_PLUGINS").unwrap()).collect();
    let twice: Vec<_> = folders.iter().chain(&folders).cloned().collect();
    let catalog = Catalog::load(&twice);
    assert_eq!((catalog.plugins().len(), catalog.set_aside().len(), catalog.refusals().len()), (ALL.len(), 0, 0));
}

#[test]
fn a_parameter_s_default_is_among_its_own_values_or_unknown() {
    for model in catalog().models() {
        let odd: Vec<(&str, &str)> = model
            .tables()
            .parameters
            .rows
            .iter()
            .filter(|row| !row.default.is_empty() && !row.values.accepts(&row.default))
            .map(|row| (row.name.as_str(), row.default.as_str()))
            .collect();
        assert_eq!(odd, [], "{}", model.name());
    }
}
