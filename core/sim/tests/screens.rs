//! The screens of phones that are used, cell by cell and pixel by pixel: `tests/golden/MODEL-SCENE.screen`.
#![allow(missing_docs, clippy::unwrap_used)]

#[path = "screens/at_rest.rs"]
mod at_rest;
mod common;
#[path = "../../screen/tests/golden/mod.rs"]
mod golden;
#[path = "screens/in_use.rs"]
mod in_use;
#[path = "screens/options.rs"]
mod options;
#[path = "screens/scene.rs"]
mod scene;

use std::{collections::BTreeSet, fs, path::Path};

use golden::assert_screen;
use scene::Scene;

const ALL: &[&str] = &["4610SW", "4620", "4620SW", "4621SW", "4622SW", "4625SW"];
const THREE: &[&str] = &["4610SW", "4620", "4625SW"];
const SMALL_AND_LARGE: &[&str] = &["4610SW", "4625SW"];

const KINDS: [&[Scene]; 12] = [
    at_rest::BOOT,
    at_rest::LOGIN,
    at_rest::IDLE,
    in_use::PHONE,
    in_use::SPEED_DIAL,
    in_use::EDITING,
    in_use::LISTS,
    options::MENUS,
    options::VALUES,
    options::COLORS,
    options::BACKUP,
    options::PROCEDURES,
];

fn check(scenes: &[Scene]) {
    for scene in scenes {
        for model in scene.models {
            let (display, screen) = scene.play(model);
            assert_screen(&scene.golden(model), &display, &screen);
        }
    }
}

// req: DC-4, FS-8
#[test]
fn start_up_says_what_it_does_and_what_went_wrong() {
    check(at_rest::BOOT);
}

// req: BR-19, AR-1
#[test]
fn the_questions_for_extension_and_password_look_as_they_did() {
    check(at_rest::LOGIN);
}

// req: DC-4
#[test]
fn a_phone_that_rests_looks_as_it_did() {
    check(at_rest::IDLE);
}

// req: DC-4, BR-1, BR-17
#[test]
fn calls_and_feature_buttons_look_as_they_did() {
    check(in_use::PHONE);
}

// req: BR-14, BR-15
#[test]
fn speed_dial_labels_in_every_script_look_as_they_did() {
    check(in_use::SPEED_DIAL);
}

// req: BR-1, BR-15
#[test]
fn labels_that_are_entered_look_as_they_did() {
    check(in_use::EDITING);
}

// req: DC-4
#[test]
fn call_log_redial_and_web_look_as_they_did() {
    check(in_use::LISTS);
}

// req: BR-8
#[test]
fn the_options_that_each_administrator_allows_look_as_they_did() {
    check(options::MENUS);
}

// req: BR-1, DC-4
#[test]
fn the_screens_of_single_options_look_as_they_did() {
    check(options::VALUES);
}

// req: BR-18
#[test]
fn the_four_backgrounds_look_as_they_did() {
    check(options::COLORS);
}

// req: BD-9, BD-10, BR-19
#[test]
fn backup_and_retrieval_look_as_they_did() {
    check(options::BACKUP);
}

// req: DC-4
#[test]
fn the_local_procedures_look_as_they_did() {
    check(options::PROCEDURES);
}

// req: DC-4
#[test]
fn every_golden_screen_belongs_to_a_scene() {
    let names = || KINDS.into_iter().flatten().flat_map(Scene::goldens);
    let wanted: BTreeSet<String> = names().map(|name| format!("{name}.screen")).collect();
    assert_eq!(wanted.len(), names().count(), "two scenes have one name");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let there = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    assert_eq!(there.collect::<BTreeSet<_>>(), wanted);
    assert!(wanted.len() >= 80);
}
