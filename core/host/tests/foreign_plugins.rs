#![allow(clippy::unwrap_used, missing_docs)]
//! Plugins of other makers: beside each other, in several versions, and when their hooks go wrong.

mod built;

use std::fs;

use deskset_host::{Catalog, LoadedPlugin};
use deskset_models::{HookError, Model, NameError, Signaling::H323, ValueFault, Values};
use tempfile::TempDir;

/// A folder with these fixtures under these names.
fn folder(libraries: &[(&str, &str)]) -> (TempDir, Catalog) {
    let folder = TempDir::new().unwrap();
    for (fixture, name) in libraries {
        fs::copy(built::library(fixture), folder.path().join(name)).unwrap();
    }
    let catalog = Catalog::load(&[folder.path().to_owned()]);
    (folder, catalog)
}

fn told(folder: &TempDir, text: impl ToString) -> String {
    text.to_string().replace(&format!("{}/", folder.path().display()), "")
}

// req: DC-5
#[test]
fn a_foreign_plugin_brings_its_model_and_its_own_keys_are_kept() {
    let (folder, catalog) = folder(&[("sound", "a.so"), ("rootless", "b.so")]);
    let [LoadedPlugin { id, version, vendor, path, sha256, interface, models }] = catalog.plugins() else {
        panic!("{:?}", catalog.plugins())
    };
    let said = [id, version, vendor, interface, &models.join(", "), &sha256.len().to_string()];
    assert_eq!(said, ["fixture-x", "1.9.0", "Fixtures", "1.0.0", "X100", "64"]);
    assert_eq!(*path, folder.path().join("a.so"));
    let model = catalog.model("x100").unwrap();
    assert_eq!(catalog.document(model).unwrap()["smell"], "of new plastic");
    assert_eq!(catalog.refusals().len(), 1);
}

#[test]
fn a_file_that_is_not_called_like_a_library_is_left_alone() {
    let (_folder, catalog) = folder(&[("sound", "a.so"), ("rootless", "b.so.old"), ("rootless", "README.md")]);
    assert_eq!((catalog.plugins().len(), catalog.refusals().len()), (1, 0));
}

#[test]
fn of_two_versions_the_higher_one_is_used_whatever_the_order() {
    for (sound, newer) in [("a.so", "b.so"), ("b.so", "a.so")] {
        let (folder, catalog) = folder(&[("sound", sound), ("newer", newer)]);
        let names: Vec<&str> = catalog.models().map(Model::name).collect();
        assert_eq!(names, ["X100 Plus"]);
        let [aside] = catalog.set_aside() else { panic!("{:?}", catalog.set_aside()) };
        assert_eq!(
            told(&folder, aside),
            format!("{sound}\n  is version 1.9.0 of the plugin fixture-x; version 1.10.0 is used ({newer})")
        );
        assert_eq!(catalog.refusals().len(), 0);
    }
}

#[test]
fn of_two_equal_versions_the_first_one_is_used() {
    let (folder, catalog) = folder(&[("sound", "a.so"), ("sound", "b.so")]);
    assert_eq!(catalog.plugins()[0].path, folder.path().join("a.so"));
    let aside: Vec<String> = catalog.set_aside().iter().map(|aside| told(&folder, aside)).collect();
    assert_eq!(aside, ["b.so\n  is version 1.9.0 of the plugin fixture-x; version 1.9.0 is used (a.so)"]);
}

#[test]
fn a_model_that_another_plugin_has_is_refused_with_the_plugin_that_claims_it() {
    let (folder, catalog) = folder(&[("sound", "a.so"), ("claiming", "b.so")]);
    let refusals: Vec<String> = catalog.refusals().iter().map(|refusal| told(&folder, refusal)).collect();
    assert_eq!(
        refusals,
        [
            "b.so\n  describes the model x100, which the plugin fixture-x already has (a.so)\n  remove one of the two plugins"
        ]
    );
    assert_eq!(catalog.model("X100").unwrap().name(), "X100");
}

fn backup_file(catalog: &Catalog, extension: &str) -> Result<String, HookError> {
    let model = catalog.model("X100").unwrap();
    model.backup_file(&extension.parse().unwrap(), H323, "1.0".parse().unwrap()).map(|name| name.to_string())
}

fn failed(hook: &'static str, why: &str) -> HookError {
    HookError::Failed { plugin: "fixture-x".to_owned(), hook, why: why.to_owned() }
}

// req: DC-4
#[test]
fn a_hook_names_a_file_where_it_likes_and_the_table_does_elsewhere() {
    let (_folder, catalog) = folder(&[("sound", "a.so")]);
    assert_eq!(backup_file(&catalog, "700"), Ok("vip-700-1.0.txt".to_owned()));
    assert_eq!(backup_file(&catalog, "701"), Ok("701_data.txt".to_owned()));
}

#[test]
fn a_panic_in_a_hook_names_plugin_and_hook_and_the_next_call_works() {
    let (_folder, catalog) = folder(&[("sound", "a.so")]);
    let wrong = backup_file(&catalog, "666").unwrap_err();
    assert_eq!(wrong, failed("file_name", "panicked: no file for 666"));
    assert_eq!(
        wrong.to_string(),
        "plugin fixture-x: hook file_name failed: panicked: no file for 666; \
         report it to the plugin's maker, other phones go on"
    );
    assert_eq!(backup_file(&catalog, "701"), Ok("701_data.txt".to_owned()));
}

#[test]
fn a_hook_s_name_never_leaves_the_folder_and_is_never_endless() {
    let (_folder, catalog) = folder(&[("sound", "a.so")]);
    let escaped = backup_file(&catalog, "668");
    assert!(matches!(escaped, Err(HookError::Name { source: NameError::Forbidden(_), .. })), "{escaped:?}");
    let why = "its answer has 5000 bytes, at most 4096 are read";
    assert_eq!(backup_file(&catalog, "667"), Err(failed("file_name", why)));
}

#[test]
fn a_hook_may_refuse_a_value_that_the_table_takes() {
    let (_folder, catalog) = folder(&[("sound", "a.so")]);
    let model = catalog.model("X100").unwrap();
    let values = Values::Number { min: 1, max: 8 };
    let check = |value| model.check_value("Ring", &values, value);
    assert_eq!(check("5"), Ok(()));
    assert_eq!(check("6"), Err(ValueFault::Hook(failed("check_value", "panicked: six is out of the question"))));
    let (name, value, why) = ("Ring".to_owned(), "7".to_owned(), "seven is taken".to_owned());
    assert_eq!(check("7"), Err(ValueFault::Refused { name, value, why }));
    let (name, value, allowed) = ("Ring".to_owned(), "9".to_owned(), values.in_words());
    assert_eq!(check("9"), Err(ValueFault::NotAllowed { name, value, allowed }));
}
