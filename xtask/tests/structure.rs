//! The project is laid out as it says, and each check sees what it looks for.
#![allow(clippy::unwrap_used, missing_docs)]

use std::path::Path;

use xtask::structure::{
    Package, TrackedFile, boundary_faults, forbidden_texts, import_faults, import_table, long_files,
    model_names_in_core, packages, tracked_files,
};

const NONE: [&str; 0] = [];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn package(room: &str, imports: &[&str], for_tests: &[&str]) -> Package {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    Package { room: room.to_owned(), imports: owned(imports), for_tests: owned(for_tests) }
}

fn file(path: &str, text: impl Into<String>) -> TrackedFile {
    TrackedFile { path: path.to_owned(), bytes: text.into().into_bytes() }
}

// req: DC-2, DC-3, DC-5
#[test]
fn rooms_import_what_the_design_allows() {
    let all = packages(root()).unwrap();
    let plugins = all.iter().filter(|package| package.room == "plugin");
    assert!(plugins.clone().count() >= 6 && plugins.clone().all(|plugin| plugin.imports.contains(&"abi".to_owned())));
    assert_eq!(import_faults(&all), NONE);
}

// req: DC-2
#[test]
fn the_architecture_s_table_is_the_one_that_is_checked() {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    assert!(text.contains(&import_table()), "ARCHITECTURE.md should hold this:\n{}", import_table());
}

// req: DC-3, DC-5
#[test]
fn only_the_two_sides_of_the_boundary_know_its_crate() {
    assert_eq!(boundary_faults(&packages(root()).unwrap()), NONE);
}

// req: DC-3, DC-5
#[test]
fn core_names_no_model_and_no_series() {
    assert_eq!(model_names_in_core(&tracked_files(root()).unwrap()), NONE);
}

// req: DC-2
#[test]
fn the_top_level_is_the_design_card_s() {
    let files = tracked_files(root()).unwrap();
    let mut tops: Vec<&str> = files.iter().filter_map(|file| Some(file.path.split_once('/')?.0)).collect();
    tops.dedup();
    tops.retain(|top| !top.starts_with('.') && *top != "docs");
    assert_eq!(tops, ["core", "models", "plugins", "profiles", "xtask"]);
    assert!(files.iter().any(|file| file.path == "Cargo.toml"));
}

#[test]
fn nothing_points_out_of_the_project_and_nothing_is_left_undone() {
    assert_eq!(forbidden_texts(&tracked_files(root()).unwrap()), NONE);
}

#[test]
fn a_source_file_tells_one_story() {
    assert_eq!(long_files(&tracked_files(root()).unwrap()), NONE);
}

#[test]
fn a_forbidden_import_is_seen() {
    let all = [
        package("models", &["serde"], &[]),
        package("phone", &["files", "models", "host"], &["host", "sim", "phone", "proptest"]),
        package("sim", &["xtask"], &[]),
        package("plugin", &["abi", "abi_stable", "family-46xx", "files"], &[]),
        package("xtask", &["runtime", "sim"], &[]),
        package("cellar", &[], &[]),
    ];
    assert_eq!(
        import_faults(&all),
        [
            "phone imports host",
            "test of phone imports sim",
            "sim imports xtask",
            "plugin imports files",
            "cellar is not in the list of rooms"
        ]
    );
    let all = [package("host", &["abi_stable"], &[]), package("phone", &[], &["abi_stable"])];
    assert_eq!(boundary_faults(&all), ["phone imports abi_stable"]);
}

#[test]
fn a_forbidden_text_is_seen() {
    let files = [
        file("core/phone/src/a.rs", "one\n  let name = \"4625SW\";\n"),
        file("core/phone/src/b.rs", "46XXSETTINGS\n46x 460\n"),
        file("core/phone/tests/src/a.rs", "4620\n"),
        file("plugins/x/src/a.rs", "4620\n"),
    ];
    assert_eq!(
        model_names_in_core(&files),
        ["core/phone/src/a.rs:2: let name = \"4625SW\";", "core/phone/src/b.rs:1: 46XXSETTINGS"]
    );

    let undone = concat!("to", "do!(\"later\")");
    let files = [file("a.md", concat!("see ..", "/shared/x")), file("src/b.rs", format!("fn b() {{\n{undone}\n}}"))];
    assert_eq!(forbidden_texts(&files), [concat!("a.md:1: see ..", "/shared/x"), &format!("src/b.rs:2: {undone}")]);

    let files =
        [file("src/a.rs", "\n".repeat(501)), file("src/b.rs", "\n".repeat(500)), file("a.md", "\n".repeat(900))];
    assert_eq!(long_files(&files), ["src/a.rs has 501 lines, more than 500"]);
}
